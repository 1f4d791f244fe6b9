package im.tombolo.core.text;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Reads what {@link HtmlWriter} wrote, in one walk and nothing else: elements that close in order,
 * attributes in double quotes, four references. Anything else was not cleaned, and is text.
 */
final class CleanHtml {
  private static final Set<String> VOID = Set.of("br", "hr");
  private static final int USUAL_DEPTH = 5;

  /** The most usual names of elements and attributes. */
  private static final List<String> NAMES =
      List.of("p", "a", "span", "br", "href", "class", "rel", "em", "strong", "ul", "li", "code");

  private final String html;
  private final Deque<Element.Builder> open = new ArrayDeque<>(USUAL_DEPTH);
  private int at;

  private CleanHtml(String html) {
    this.html = html;
  }

  /** A {@code div} of XHTML. */
  static Element parse(String html) {
    return new CleanHtml(html).read();
  }

  private Element read() {
    open.push(Element.of("div", Namespaces.XHTML));
    while (at < html.length()) {
      int tag = html.indexOf('<', at);
      text(tag < 0 ? html.length() : tag);
      if (tag >= 0) {
        int end = html.indexOf('>', tag);
        if (end < 0) {
          text(html.length());
        } else if (html.charAt(tag + 1) == '/') {
          at = end + 1;
          close(tag + 2, end);
        } else {
          at = end + 1;
          start(tag + 1, end);
        }
      }
    }
    while (open.size() > 1) {
      close();
    }
    return open.pop().build();
  }

  private void text(int end) {
    if (end > at) {
      open.element().text(plain(html.substring(at, end)));
      at = end;
    }
  }

  private void close(int from, int end) {
    String name = open.element().name();
    if (open.size() > 1 && name.length() == end - from && html.startsWith(name, from)) {
      close();
    }
  }

  private void close() {
    Element element = open.pop().build();
    open.element().child(element);
  }

  private void start(int from, int end) {
    int space = html.indexOf(' ', from, end);
    String name = name(from, space < 0 ? end : space);
    Element.Builder element = Element.of(name, Namespaces.XHTML);
    int next = from + name.length();
    while (next < end) {
      int equals = html.indexOf("=\"", next, end);
      int quote = equals < 0 ? -1 : html.indexOf('"', equals + 2, end);
      if (quote < 0) {
        break;
      }
      int word = html.charAt(next) == ' ' ? next + 1 : next;
      element.attribute(name(word, equals), plain(html.substring(equals + 2, quote)));
      next = quote + 1;
    }
    if (VOID.contains(name)) {
      open.element().child(element.build());
    } else {
      open.push(element);
    }
  }

  /** The same text for all of a name, instead of one for each. */
  private String name(int from, int end) {
    for (int i = 0; i < NAMES.size(); i++) {
      String name = NAMES.get(i);
      if (name.length() == end - from && html.startsWith(name, from)) {
        return name;
      }
    }
    return html.substring(from, end);
  }

  private static String plain(String escaped) {
    return escaped.indexOf('&') < 0
        ? escaped
        : escaped
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&");
  }
}
