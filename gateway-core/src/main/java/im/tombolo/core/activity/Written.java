package im.tombolo.core.activity;

/**
 * An activity of ours, ready to be kept and sent.
 *
 * @param key last segment of its URL; the same for the same thing done
 * @param json the document
 */
public record Written(String key, String json) {}
