package im.tombolo.http.media;

import java.util.Set;
import java.util.regex.Pattern;

/** What files are served as: pictures, sound and film by their names, the rest as bytes to keep. */
public final class MediaTypes {
  /** What anything else is. */
  public static final String BYTES = "application/octet-stream";

  private static final Set<String> PICTURES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif");
  // No "+": browsers take what ends in +xml for a document.
  private static final Pattern PLAYED = Pattern.compile("(audio|video)/[a-z0-9.-]{1,60}");

  private MediaTypes() {}

  /** The type itself if nothing of it can run in a browser. */
  static String harmless(String type) {
    return PICTURES.contains(type) || PLAYED.matcher(type).matches() ? type : BYTES;
  }

  /** Whether a browser may show it in place; else it is saved. */
  public static boolean isShown(String type) {
    return !type.equals(BYTES);
  }
}
