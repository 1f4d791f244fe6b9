package im.tombolo.core.activity;

import im.tombolo.core.model.Reaction;
import im.tombolo.core.text.Emoji;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What Likes and EmojiReacts say (FEP-c0e0). */
final class ReactionReader {
  private static final Pattern PICTURE = Pattern.compile(":[^:\\s]{1,100}:");

  private ReactionReader() {}

  /** Whether it says one thing: an EmojiReact of several emoji, or of words, is none. */
  static boolean isReaction(JsonNode reaction) {
    return Json.isType(reaction, "Like", "Dislike")
        || Json.text(reaction, "content")
            .filter(text -> Emoji.of(text).isPresent() || PICTURE.matcher(text).matches())
            .isPresent();
  }

  /**
   * The emoji of a reaction; empty for a like. Misskey's likes are hearts; pictures of a server's
   * own, which are no emoji elsewhere, count as likes.
   */
  static Optional<String> emoji(JsonNode reaction) {
    if (Json.isType(reaction, "Dislike")) {
      return Optional.of(Reaction.DISLIKE);
    }
    Optional<String> content =
        Json.text(reaction, "content").or(() -> Json.text(reaction, "_misskey_reaction"));
    boolean isHeart = Json.isType(reaction, "Like") && content.filter(Emoji::isHeart).isPresent();
    return isHeart ? Optional.empty() : content.flatMap(Emoji::of);
  }
}
