package im.tombolo.core.xml;

import java.util.List;

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
    // To count is cheaper than to copy a text that grows.
    Chars out = new Chars(length(element, inherited));
    write(element, inherited, out);
    return out.text.toString();
  }

  /**
   * What is in an element, without the element itself.
   *
   * @param inherited the default namespace where the text will stand
   */
  public static String writeInside(Element element, String inherited) {
    Length length = new Length();
    inside(element, inherited, length);
    Chars out = new Chars(length.chars);
    inside(element, inherited, out);
    return out.text.toString();
  }

  /** How long the text of an element is, in characters. */
  public static int length(Element element) {
    return length(element, "");
  }

  private static int length(Element element, String inherited) {
    Length out = new Length();
    write(element, inherited, out);
    return out.chars;
  }

  /** Where text goes. */
  private sealed interface Sink {
    default Sink add(String text) {
      return add(text, 0, text.length());
    }

    Sink add(String text, int from, int to);
  }

  private static final class Chars implements Sink {
    private final StringBuilder text;

    Chars(int room) {
      text = new StringBuilder(room);
    }

    @Override
    public Sink add(String more, int from, int to) {
      text.append(more, from, to);
      return this;
    }
  }

  private static final class Length implements Sink {
    private int chars;

    @Override
    public Sink add(String more, int from, int to) {
      chars += to - from;
      return this;
    }
  }

  private static void write(Element element, String inherited, Sink out) {
    out.add("<").add(element.name());
    if (!element.namespace().equals(inherited)) {
      attribute("xmlns", element.namespace(), out);
    }
    element.attributes().forEach((name, value) -> attribute(name, value, out));
    if (element.children().isEmpty()) {
      out.add("/>");
      return;
    }
    out.add(">");
    inside(element, element.namespace(), out);
    out.add("</").add(element.name()).add(">");
  }

  private static void inside(Element element, String inherited, Sink out) {
    List<Node> children = element.children();
    // By number: iterators are a tenth of all garbage of a post.
    for (int i = 0; i < children.size(); i++) {
      switch (children.get(i)) {
        case Text(String value) -> escape(value, false, out);
        case Element child -> write(child, inherited, out);
      }
    }
  }

  private static void attribute(String name, String value, Sink out) {
    out.add(" ").add(name).add("='");
    escape(value, true, out);
    out.add("'");
  }

  private static void escape(String text, boolean inAttribute, Sink out) {
    String clean = XmlText.clean(text);
    // Most text needs no escapes, and is copied as a whole.
    int copied = 0;
    for (int i = 0; i < clean.length(); i++) {
      String escaped = escaped(clean.charAt(i), inAttribute);
      if (!escaped.isEmpty()) {
        out.add(clean, copied, i).add(escaped);
        copied = i + 1;
      }
    }
    out.add(clean, copied, clean.length());
  }

  /** Empty for what stands as it is; in attributes breaks would be spaces (XML 1.0 §3.3.3). */
  private static String escaped(char c, boolean inAttribute) {
    return switch (c) {
      case '\n' -> inAttribute ? "&#10;" : "";
      case '\t' -> inAttribute ? "&#9;" : "";
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
