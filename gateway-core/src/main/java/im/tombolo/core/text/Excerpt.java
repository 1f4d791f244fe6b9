package im.tombolo.core.text;

/** A beginning of a text, cut between words. */
public final class Excerpt {
  private Excerpt() {}

  /**
   * @param max length in characters, at least 2, the ellipsis included
   */
  public static String of(String plain, int max) {
    String line = plain.strip().replaceAll("\\s+", " ");
    if (line.length() <= max) {
      return line;
    }
    int end = line.lastIndexOf(' ', max - 1);
    if (end < max / 2) {
      end = Character.isHighSurrogate(line.charAt(max - 2)) ? max - 2 : max - 1;
    }
    return line.substring(0, end) + "…";
  }
}
