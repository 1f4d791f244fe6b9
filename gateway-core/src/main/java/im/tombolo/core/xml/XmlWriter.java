package im.tombolo.core.xml;

/**
 * The only way from a tree to text. Emits no prefixes (Movim reads names literally), declares a
 * namespace wherever it changes, and drops what XML 1.0 cannot carry.
 */
public final class XmlWriter {
  private XmlWriter() {}

  public static String write(Element element) {
    return write(element, "");
  }

  /**
   * @param inherited the default namespace where the text will stand
   */
  public static String write(Element element, String inherited) {
    StringBuilder out = new StringBuilder(256);
    write(element, inherited, out);
    return out.toString();
  }

  private static void write(Element element, String inherited, StringBuilder out) {
    out.append('<').append(element.name());
    if (!element.namespace().equals(inherited)) {
      attribute("xmlns", element.namespace(), out);
    }
    element.attributes().forEach((name, value) -> attribute(name, value, out));
    if (element.children().isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    for (Node node : element.children()) {
      switch (node) {
        case Text(String value) -> escape(value, out);
        case Element child -> write(child, element.namespace(), out);
      }
    }
    out.append("</").append(element.name()).append('>');
  }

  private static void attribute(String name, String value, StringBuilder out) {
    out.append(' ').append(name).append("='");
    escape(value, out);
    out.append('\'');
  }

  private static void escape(String text, StringBuilder out) {
    String clean = XmlText.clean(text);
    // Most text needs no escapes, and is copied as a whole.
    int copied = 0;
    for (int i = 0; i < clean.length(); i++) {
      String escaped = escaped(clean.charAt(i));
      if (!escaped.isEmpty()) {
        out.append(clean, copied, i).append(escaped);
        copied = i + 1;
      }
    }
    out.append(clean, copied, clean.length());
  }

  /** Empty for what stands as it is. */
  private static String escaped(char c) {
    return switch (c) {
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '&' -> "&amp;";
      case '\'' -> "&apos;";
      case '"' -> "&quot;";
      case '\r' -> "&#13;";
      default -> "";
    };
  }
}
