package im.tombolo.core.activity;

import im.tombolo.core.model.CustomEmoji;
import im.tombolo.core.model.Mention;
import im.tombolo.core.text.Tags;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What a post has in {@code tag}: hashtags, people, custom emoji. */
record PostTags(List<String> hashtags, List<Mention> mentions, List<CustomEmoji> emojis) {
  private static final int MAX_MENTIONS = 50;
  private static final int MAX_EMOJIS = 64;
  private static final int MAX_NAME = 320;
  private static final Pattern EMOJI = Pattern.compile(":?([\\w+.-]{1,100})(?:@[\\w.:-]+)?:?");

  static PostTags read(ObjectNode post) {
    Set<String> hashtags = new LinkedHashSet<>();
    Set<Mention> mentions = new LinkedHashSet<>();
    Set<CustomEmoji> emojis = new LinkedHashSet<>();
    for (ObjectNode tag : Json.objects(post, "tag")) {
      if (Json.isType(tag, "Hashtag") && hashtags.size() < Tags.MAX_PER_POST) {
        Json.text(tag, "name").flatMap(Tags::normalise).ifPresent(hashtags::add);
      }
      if (Json.isType(tag, "Mention") && mentions.size() < MAX_MENTIONS) {
        mentioned(tag).map(href -> new Mention(href, name(tag, href))).ifPresent(mentions::add);
      }
      if (Json.isType(tag, "Emoji") && emojis.size() < MAX_EMOJIS) {
        emoji(tag).ifPresent(emojis::add);
      }
    }
    return new PostTags(List.copyOf(hashtags), List.copyOf(mentions), List.copyOf(emojis));
  }

  static Optional<URI> mentioned(ObjectNode mention) {
    return Json.text(mention, "href").flatMap(Json::uri);
  }

  private static String name(ObjectNode tag, URI href) {
    return Json.text(tag, "name")
        .filter(name -> name.length() <= MAX_NAME && !name.isBlank())
        .orElseGet(href::toString);
  }

  /** Akkoma leaves out their ids, and Misskey and Pleroma write {@code :name@host:} for others'. */
  private static Optional<CustomEmoji> emoji(ObjectNode tag) {
    Optional<String> name =
        Json.text(tag, "name")
            .map(EMOJI::matcher)
            .filter(matcher -> matcher.matches())
            .map(matcher -> ":" + matcher.group(1) + ":");
    return name.flatMap(
        known -> Json.first(tag, "icon", Json::link).map(icon -> new CustomEmoji(known, icon)));
  }
}
