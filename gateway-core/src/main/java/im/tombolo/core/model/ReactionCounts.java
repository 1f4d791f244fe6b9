package im.tombolo.core.model;

import java.util.SequencedMap;

/**
 * How many think what of a post.
 *
 * @param emojis the most frequent first
 */
public record ReactionCounts(long likes, SequencedMap<String, Long> emojis) {
  public boolean isEmpty() {
    return likes == 0 && emojis.isEmpty();
  }
}
