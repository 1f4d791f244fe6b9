package im.tombolo.core.text;

/**
 * A name that somebody chose for themselves: one line, bounded, without characters that turn the
 * text around them or that nobody sees. Joiners stay, which emoji and Persian need.
 */
public final class DisplayName {
  private DisplayName() {}

  /**
   * @param max length in characters, at least 2, the ellipsis included
   */
  public static String of(String raw, int max) {
    StringBuilder out = new StringBuilder(Math.min(raw.length(), 4 * max));
    raw.codePoints().limit(4L * max).filter(c -> !isHidden(c)).forEach(out::appendCodePoint);
    return Excerpt.of(out.toString(), max);
  }

  private static boolean isHidden(int c) {
    return (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200b
        || c == 0x2028
        || c == 0x2029
        || c == 0x2060
        || c == 0xfeff
        || c == 0x00ad
        || (c >= 0xe0000 && c <= 0xe001f);
  }
}
