package im.tombolo.core.text;

import java.util.Optional;
import java.util.regex.Pattern;

/** Emoji as people react with them: one character, as its readers see it (Unicode TS #51). */
public final class Emoji {
  /** Longest sequence, in UTF-16 units: families and flags of regions are long. */
  public static final int MAX_LENGTH = 40;

  private static final Pattern ONE_CHARACTER = Pattern.compile("\\X");
  private static final int TEXT_STYLE = 0xFE0E;
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int KEYCAP = 0x20E3;

  private Emoji() {}

  /** The emoji that a text is; empty for everything else, {@code :names:} of servers included. */
  public static Optional<String> of(String text) {
    String one = text.strip();
    boolean fits = !one.isEmpty() && one.length() <= MAX_LENGTH;
    return fits && ONE_CHARACTER.matcher(one).matches() && isEmoji(one)
        ? Optional.of(one)
        : Optional.empty();
  }

  /** Digits are emoji by their property, and look like it only in a keycap. */
  private static boolean isEmoji(String one) {
    int first = one.codePointAt(0);
    return Character.isEmoji(first)
        && (first > 0x7F || one.codePoints().anyMatch(c -> c == KEYCAP));
  }

  /** Whether a text is nothing but the heart that stands for a like. */
  public static boolean isHeart(String text) {
    String bare =
        text.strip()
            .codePoints()
            .filter(c -> c != TEXT_STYLE && c != EMOJI_STYLE)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return bare.equals("♥") || bare.equals("❤");
  }
}
