package im.tombolo.core.activity;

import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Attachment.Details;
import im.tombolo.core.model.Attachment.Focus;
import im.tombolo.core.model.Attachment.Size;
import im.tombolo.core.model.Link;
import im.tombolo.core.text.Excerpt;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a post has beside its text: files and addresses. */
final class PostFiles {
  private static final int MAX_FILES = 50;
  private static final int MAX_MIRRORS = 5;
  private static final int MAX_DESCRIPTION = 10_000;
  private static final int MAX_PIXELS = 100_000;
  private static final long MAX_SECONDS = 100L * 365 * 24 * 60 * 60;
  // Enough for any screen, and not the master copy.
  private static final int MAX_HEIGHT = 1_080;
  private static final String[] FILES = {"Document", "Image", "Video", "Audio"};
  private static final List<String> PLAYABLE = List.of("video/", "audio/", "image/");
  private static final Pattern BLURHASH = Pattern.compile("[\\w#$%*+,\\-.:;=?@\\[\\]^{|}~]{6,200}");

  private PostFiles() {}

  static List<Link> links(ObjectNode post) {
    List<Link> links = new ArrayList<>();
    for (ObjectNode link : Json.objects(post, "attachment")) {
      if (links.size() < MAX_FILES && Json.isType(link, "Link")) {
        Json.link(link)
            .map(href -> new Link(href, Json.text(link, "name").filter(t -> !t.isBlank())))
            .ifPresent(links::add);
      }
    }
    return links;
  }

  static List<Attachment> attachments(ObjectNode post) {
    Set<Attachment> files = new LinkedHashSet<>();
    for (ObjectNode file : Json.objects(post, "attachment")) {
      if (files.size() < MAX_FILES && Json.isType(file, FILES)) {
        attachment(file).ifPresent(files::add);
      }
    }
    if (Json.isType(post, FILES)) {
      itself(post).filter(file -> files.size() < MAX_FILES).ifPresent(files::add);
    } else {
      besides(post, files);
    }
    return List.copyOf(files);
  }

  /** Castopod has {@code audio}, blogs have an {@code image}. */
  private static void besides(ObjectNode post, Set<Attachment> files) {
    for (ObjectNode audio : Json.objects(post, "audio")) {
      if (files.size() < MAX_FILES) {
        attachment(audio).ifPresent(files::add);
      }
    }
    for (JsonNode image : Json.values(post, "image")) {
      if (files.size() < MAX_FILES) {
        picture(image).ifPresent(files::add);
      }
    }
  }

  /** Ghost gives the bare address. */
  private static Optional<Attachment> picture(JsonNode image) {
    return image instanceof ObjectNode object
        ? attachment(object)
        : Json.link(image).map(href -> new Attachment(href, Optional.empty(), Optional.empty()));
  }

  /**
   * The file that a Video, Audio or Image is. PeerTube lists the page first, then a playlist with
   * the files in its tags, in several sizes: the largest that is not too large comes first.
   */
  private static Optional<Attachment> itself(ObjectNode post) {
    List<ObjectNode> links =
        Json.objects(post, "url").stream()
            .flatMap(link -> Stream.concat(Stream.of(link), Json.objects(link, "tag").stream()))
            .filter(link -> Json.link(link).isPresent())
            .toList();
    List<ObjectNode> files =
        links.stream()
            .filter(link -> isOf(link, PLAYABLE))
            .sorted(Comparator.comparingInt(PostFiles::rank))
            .toList();
    List<ObjectNode> usable =
        files.isEmpty()
            ? links.stream().filter(link -> isOf(link, List.of("application/x-mpegurl"))).toList()
            : files;
    if (usable.isEmpty()) {
      return isOf(post, PLAYABLE) ? attachment(post) : Optional.empty();
    }
    ObjectNode best = usable.getFirst();
    return Json.link(best)
        .map(href ->
            new Attachment(
                href,
                Json.text(best, "mediaType"),
                Optional.empty(),
                details(post, best),
                mirrors(href, usable)));
  }

  /** What plays everywhere comes first; a large one only where there is no other. */
  private static int rank(JsonNode link) {
    int height = Math.clamp(link.path("height").asLong(0), 0, MAX_PIXELS);
    int kind = isOf(link, List.of("video/mp4")) ? 0 : MAX_HEIGHT;
    return height > MAX_HEIGHT ? 2 * MAX_HEIGHT + height : kind + MAX_HEIGHT - height;
  }

  private static boolean isOf(JsonNode link, List<String> types) {
    String type = Json.text(link, "mediaType").orElse("").toLowerCase(Locale.ROOT);
    return types.stream().anyMatch(type::startsWith);
  }

  private static Optional<Attachment> attachment(ObjectNode file) {
    List<JsonNode> urls = Json.values(file, "url");
    Optional<String> type =
        Json.text(file, "mediaType")
            .or(() ->
                urls.stream()
                    .filter(url -> Json.link(url).isPresent())
                    .flatMap(url -> Json.text(url, "mediaType").stream())
                    .findFirst());
    // GoToSocial and Pixelfed write the description into either.
    Optional<String> description =
        Json.text(file, "name")
            .filter(text -> !text.isBlank())
            .or(() -> Json.text(file, "summary").filter(text -> !text.isBlank()))
            .map(text -> Excerpt.cut(text, MAX_DESCRIPTION));
    return Json.link(file)
        .map(href ->
            new Attachment(href, type, description, details(file, file), mirrors(href, urls)));
  }

  private static List<URI> mirrors(URI href, List<? extends JsonNode> links) {
    List<URI> others = new ArrayList<>();
    for (JsonNode link : links) {
      boolean same = link.isString() && link.stringValue().equals(href.toString());
      if (others.size() < MAX_MIRRORS && !same) {
        Json.link(link)
            .filter(other -> !other.equals(href) && !others.contains(other))
            .ifPresent(others::add);
      }
    }
    return others;
  }

  /**
   * @param link the address that is used, which may know its own size
   */
  private static Details details(ObjectNode file, ObjectNode link) {
    return new Details(
        number(link.path("size"), Long.MAX_VALUE)
            .or(() -> number(file.path("size"), Long.MAX_VALUE)),
        size(link).or(() -> size(file)),
        Json.text(file, "duration").flatMap(PostFiles::duration).or(() -> seconds(file)),
        Json.text(file, "blurhash").filter(hash -> BLURHASH.matcher(hash).matches()),
        focus(file));
  }

  private static Optional<Size> size(JsonNode file) {
    Optional<Long> width = number(file.path("width"), MAX_PIXELS);
    Optional<Long> height = number(file.path("height"), MAX_PIXELS);
    return width.isPresent() && height.isPresent()
        ? Optional.of(new Size(width.get().intValue(), height.get().intValue()))
        : Optional.empty();
  }

  private static Optional<Long> number(JsonNode node, long max) {
    return node.isIntegralNumber()
            && node.canConvertToLong()
            && node.longValue() > 0
            && node.longValue() <= max
        ? Optional.of(node.longValue())
        : Optional.empty();
  }

  /** Funkwhale counts seconds. */
  private static Optional<Duration> seconds(JsonNode file) {
    return number(file.path("duration"), MAX_SECONDS).map(Duration::ofSeconds);
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text.strip())).filter(time -> time.isPositive());
    } catch (DateTimeException | ArithmeticException notATime) {
      return Optional.empty();
    }
  }

  private static Optional<Focus> focus(JsonNode file) {
    JsonNode point = file.path("focalPoint");
    boolean usable =
        point.isArray()
            && point.size() == 2
            && point.valueStream().allMatch(v -> v.isNumber() && Math.abs(v.doubleValue()) <= 1);
    return usable
        ? Optional.of(new Focus(point.get(0).doubleValue(), point.get(1).doubleValue()))
        : Optional.empty();
  }
}
