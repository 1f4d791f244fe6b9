package im.tombolo.core.address;

/** Escaping of characters that a JID's local part cannot hold (XEP-0106). */
public final class JidEscaping {
  private static final String ESCAPED = " \"&'/:<>@";

  private JidEscaping() {}

  /** What {@link #unescape} turns back into {@code text}. */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (ESCAPED.indexOf(c) >= 0 || (c == '\\' && isSequence(text, i))) {
        out.append('\\').append(String.format("%02x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  public static String unescape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) == '\\' && isSequence(text, i)) {
        out.append((char) Integer.parseInt(text, i + 1, i + 3, 16));
        i += 3;
      } else {
        out.append(text.charAt(i++));
      }
    }
    return out.toString();
  }

  /** XEP-0106 §4.2: lower-case sequences only, and only of the ten characters. */
  private static boolean isSequence(String text, int at) {
    if (at + 2 >= text.length()) {
      return false;
    }
    return switch (text.substring(at + 1, at + 3)) {
      case "20", "22", "26", "27", "2f", "3a", "3c", "3e", "40", "5c" -> true;
      default -> false;
    };
  }
}
