package im.tombolo.core.text;

import java.text.BreakIterator;
import java.util.Locale;

/** A beginning of a text, cut between words. */
public final class Excerpt {
  // Longer than any family of emoji.
  private static final int CLUSTER = 64;

  private Excerpt() {}

  /**
   * @param max length in characters, at least 2, the ellipsis included
   */
  public static String of(String plain, int max) {
    String line = line(plain.strip());
    if (line.length() <= max) {
      return line;
    }
    int end = line.lastIndexOf(' ', max - 1);
    return (end < max / 2 ? cut(line, max - 1) : line.substring(0, end)) + "…";
  }

  /** One space for each that are beside each other, of whatever kind. */
  private static String line(String text) {
    if (isLine(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && (c < '\t' || c > '\r')) {
        out.append(c);
      } else if (out.isEmpty() || out.charAt(out.length() - 1) != ' ') {
        out.append(' ');
      }
    }
    return out.toString();
  }

  private static boolean isLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean twice = c == ' ' && i > 0 && text.charAt(i - 1) == ' ';
      if (twice || (c >= '\t' && c <= '\r')) {
        return false;
      }
    }
    return true;
  }

  /** A beginning as it is; what readers see as one character is not taken apart. */
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    int start = Math.max(0, max - CLUSTER);
    characters.setText(text.substring(start, Math.min(text.length(), max + CLUSTER)));
    int end = start + characters.preceding(max - start + 1);
    // Nobody writes so many marks on one letter: then it is cut all the same.
    return text.substring(0, end <= start && start > 0 ? max : Math.max(0, end));
  }
}
