package im.tombolo.core.activity;

import im.tombolo.core.model.Turn;

/**
 * An activity of ours, ready to be kept and sent.
 *
 * @param key last segment of its URL; the same for the same thing done
 * @param json the document
 * @param turn when it goes out
 */
public record Written(String key, String json, Turn turn) {}
