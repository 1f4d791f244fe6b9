package im.tombolo.core.activity;

import im.tombolo.core.model.Content;
import im.tombolo.core.model.CustomEmoji;
import im.tombolo.core.model.Mention;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/** Writes what a post has in {@code tag}: what can be done without comes last. */
final class TagWriter {
  private static final int MAX_EMOJIS = 64;
  private static final String ACTIVITY =
      "application/ld+json; profile=\"" + Vocabulary.ACTIVITY_STREAMS + "\"";

  private TagWriter() {}

  /**
   * @param author where hashtags lead
   * @return how many have to stay, however long the post is: who is not tagged is not told of it
   */
  static int write(Content content, String author, ArrayNode out) {
    for (Mention mention : content.mentions()) {
      out.addObject()
          .put("type", "Mention")
          .put("name", mention.name())
          .put("href", mention.target().toString());
    }
    NoteWriter.quoted(content).ifPresent(quoted -> quote(quoted, out));
    int kept = out.size();
    for (String tag : content.tags()) {
      out.addObject().put("type", "Hashtag").put("name", name(tag)).put("href", author);
    }
    List<CustomEmoji> emojis = content.emojis();
    for (CustomEmoji emoji : emojis.subList(0, Math.min(emojis.size(), MAX_EMOJIS))) {
      emoji(emoji, out);
    }
    return kept;
  }

  private static String name(String tag) {
    StringBuilder name = new StringBuilder(tag.length() + 1).append('#');
    for (int i = 0; i < tag.length(); i++) {
      char c = tag.charAt(i);
      if (c != ' ' && (c < '\t' || c > '\r')) {
        name.append(c);
      }
    }
    return name.toString();
  }

  /** FEP-e232, which names no relation: Misskey's is the one that is read as a quotation. */
  private static void quote(String quoted, ArrayNode out) {
    out.addObject()
        .put("type", "Link")
        .put("mediaType", ACTIVITY)
        .put("rel", "https://misskey-hub.net/ns#_misskey_quote")
        .put("name", "RE: " + quoted)
        .put("href", quoted);
  }

  private static void emoji(CustomEmoji emoji, ArrayNode out) {
    out.addObject()
        .put("type", "Emoji")
        .put("name", emoji.name())
        .putObject("icon")
        .put("type", "Image")
        .put("url", emoji.icon().toString());
  }
}
