package im.tombolo.core.model;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody thinks of a post, on either network: that they like it, or one emoji.
 *
 * @param post id of the post
 * @param actor whose it is; ours have actor ids as well
 * @param emoji empty: a like
 * @param activity id of the activity that said it
 * @param item the item of the post's comments node that said it, where one did
 */
public record Reaction(
    URI post, URI actor, Optional<String> emoji, URI activity, Optional<String> item, Instant at) {
  /** Most of one person to one post. */
  public static final int MAX_OF_ONE = 20;

  /** The emoji that a vote against a post is, on XMPP. */
  public static final String DISLIKE = "\ud83d\udc4e";

  public boolean isLike() {
    return emoji.isEmpty();
  }

  public boolean isDislike() {
    return emoji.filter(DISLIKE::equals).isPresent();
  }
}
