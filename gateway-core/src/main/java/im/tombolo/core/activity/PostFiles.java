package im.tombolo.core.activity;

import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Link;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a post has beside its text: files and addresses. */
final class PostFiles {
  private static final int MAX_FILES = 50;
  private static final int MAX_DESCRIPTION = 10_000;
  private static final String[] FILES = {"Document", "Image", "Video", "Audio"};

  private PostFiles() {}

  static List<Link> links(ObjectNode post) {
    return Json.objects(post, "attachment")
        .filter(attachment -> Json.isType(attachment, "Link"))
        .flatMap(link ->
            Json.link(link).stream()
                .map(href -> new Link(href, Json.text(link, "name").filter(t -> !t.isBlank()))))
        .limit(MAX_FILES)
        .toList();
  }

  static List<Attachment> attachments(ObjectNode post) {
    Stream<Attachment> own =
        Json.isType(post, FILES)
            ? itself(post)
            : Json.objects(post, "image").flatMap(PostFiles::attachment);
    return Stream.concat(
            Json.objects(post, "attachment")
                .filter(file -> Json.isType(file, FILES))
                .flatMap(PostFiles::attachment),
            own)
        .distinct()
        .limit(MAX_FILES)
        .toList();
  }

  /**
   * The file that a Video, Audio or Image is: the first of its addresses that says to be one.
   * PeerTube lists the page first, then a playlist with the files in its tags.
   */
  private static Stream<Attachment> itself(ObjectNode post) {
    List<ObjectNode> links =
        Json.objects(post, "url")
            .flatMap(link -> Stream.concat(Stream.of(link), Json.objects(link, "tag")))
            .toList();
    Optional<Attachment> linked =
        Stream.<List<String>>of(
                List.of("video/", "audio/", "image/"), List.of("application/x-mpegurl"))
            .flatMap(types -> links.stream().filter(link -> isOf(link, types)))
            .flatMap(link -> file(link, Json.text(link, "mediaType"), Optional.empty()))
            .findFirst();
    return linked
        .or(() ->
            isOf(post, List.of("video/", "audio/", "image/"))
                ? attachment(post).findFirst()
                : Optional.empty())
        .stream();
  }

  private static boolean isOf(JsonNode link, List<String> types) {
    String type = Json.text(link, "mediaType").orElse("").toLowerCase(Locale.ROOT);
    return types.stream().anyMatch(type::startsWith);
  }

  private static Stream<Attachment> attachment(ObjectNode file) {
    Optional<String> type =
        Json.text(file, "mediaType")
            .or(() ->
                Json.objects(file, "url")
                    .filter(url -> Json.link(url).isPresent())
                    .flatMap(url -> Json.text(url, "mediaType").stream())
                    .findFirst());
    // GoToSocial and Pixelfed write the description into either.
    Optional<String> description =
        Stream.of("name", "summary")
            .flatMap(property -> Json.text(file, property).stream())
            .filter(text -> !text.isBlank())
            .findFirst();
    return file(file, type, description);
  }

  private static Stream<Attachment> file(
      ObjectNode file, Optional<String> type, Optional<String> description) {
    Optional<String> shown =
        description.map(text -> text.substring(0, Math.min(MAX_DESCRIPTION, text.length())));
    return Json.link(file).stream().map(href -> new Attachment(href, type, shown));
  }
}
