package im.tombolo.core.xml;

/** What XML 1.0 can carry (§2.2, Char). */
public final class XmlText {
  private XmlText() {}

  /** The text without the code points that XML 1.0 forbids; lone surrogates among them. */
  public static String clean(String text) {
    if (isClean(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().filter(XmlText::isChar).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); ) {
      char first = text.charAt(i);
      if (first >= 0x20 && first <= 0xd7ff) {
        i++;
        continue;
      }
      int c = text.codePointAt(i);
      if (!isChar(c)) {
        return false;
      }
      i += Character.charCount(c);
    }
    return true;
  }

  static boolean isChar(int c) {
    return (c >= 0x20 && c <= 0xd7ff)
        || c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0xe000 && c <= 0xfffd)
        || (c >= 0x10000 && c <= 0x10ffff);
  }
}
