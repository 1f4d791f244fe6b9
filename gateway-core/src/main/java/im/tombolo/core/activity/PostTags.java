package im.tombolo.core.activity;

import im.tombolo.core.model.CustomEmoji;
import im.tombolo.core.model.Mention;
import im.tombolo.core.text.Tags;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What a post has in {@code tag}: hashtags, people, custom emoji. */
final class PostTags {
  private static final int MAX_MENTIONS = 50;
  private static final int MAX_EMOJIS = 64;
  private static final int MAX_NAME = 320;
  private static final Pattern EMOJI = Pattern.compile(":?([\\w+.-]{1,100})(?:@[\\w.:-]+)?:?");

  private PostTags() {}

  static List<String> hashtags(ObjectNode post) {
    return Json.objects(post, "tag")
        .filter(tag -> Json.isType(tag, "Hashtag"))
        .flatMap(tag -> Json.text(tag, "name").stream())
        .flatMap(name -> Tags.normalise(name).stream())
        .distinct()
        .limit(Tags.MAX_PER_POST)
        .toList();
  }

  static List<Mention> mentions(ObjectNode post) {
    return Json.objects(post, "tag")
        .filter(tag -> Json.isType(tag, "Mention"))
        .flatMap(tag ->
            Json.text(tag, "href").flatMap(Json::uri).stream()
                .map(href -> new Mention(href, name(tag, href))))
        .distinct()
        .limit(MAX_MENTIONS)
        .toList();
  }

  private static String name(ObjectNode tag, URI href) {
    return Json.text(tag, "name")
        .filter(name -> name.length() <= MAX_NAME && !name.isBlank())
        .orElseGet(href::toString);
  }

  /** Akkoma leaves out their ids, and Misskey and Pleroma write {@code :name@host:} for others'. */
  static List<CustomEmoji> emojis(ObjectNode post) {
    return Json.objects(post, "tag")
        .filter(tag -> Json.isType(tag, "Emoji"))
        .flatMap(tag -> emoji(tag).stream())
        .distinct()
        .limit(MAX_EMOJIS)
        .toList();
  }

  private static Optional<CustomEmoji> emoji(ObjectNode tag) {
    Optional<String> name =
        Json.text(tag, "name")
            .map(EMOJI::matcher)
            .filter(matcher -> matcher.matches())
            .map(matcher -> ":" + matcher.group(1) + ":");
    return name.flatMap(known ->
        Json.values(tag, "icon").stream()
            .flatMap(icon -> Json.link(icon).stream())
            .findFirst()
            .map(icon -> new CustomEmoji(known, icon)));
  }
}
