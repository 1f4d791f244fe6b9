package im.tombolo.core.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A file that belongs to a post.
 *
 * @param href http or https address
 * @param mediaType such as {@code image/png}
 * @param description the alternative text
 * @param details what else is known of it
 * @param mirrors other addresses of the same file
 */
public record Attachment(
    URI href,
    Optional<String> mediaType,
    Optional<String> description,
    Details details,
    List<URI> mirrors) {

  public Attachment {
    mirrors = List.copyOf(mirrors);
  }

  public Attachment(URI href, Optional<String> mediaType, Optional<String> description) {
    this(href, mediaType, description, Details.UNKNOWN, List.of());
  }

  /**
   * @param bytes its size
   * @param size of a picture or film
   * @param duration of a film or sound
   * @param blurhash a blurred preview in about 30 characters
   * @param focus what to keep in view when a picture is cut
   */
  public record Details(
      Optional<Long> bytes,
      Optional<Size> size,
      Optional<Duration> duration,
      Optional<String> blurhash,
      Optional<Focus> focus) {
    public static final Details UNKNOWN =
        new Details(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** Pixels, both above 0. */
  public record Size(int width, int height) {}

  /** From the middle of the picture: x to the right and y upwards, each -1 to 1. */
  public record Focus(double x, double y) {}
}
