package im.tombolo.core.text;

import im.tombolo.core.xml.XmlText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.IntPredicate;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * Writes of a parsed tree what a text may have: of elements and attributes those that are named
 * here, and all words. In one walk, however the tree is shaped: a cleaned copy of it would cost
 * several times as much as to parse it.
 */
final class HtmlWriter implements NodeVisitor {
  /** What lies deeper keeps its words and loses its elements. */
  private static final int MAX_DEPTH = 40;

  private static final Set<String> NONE = Set.of();
  private static final Set<String> CLASS = Set.of("class");
  private static final Set<String> VOID = Set.of("br", "hr");
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("a", Set.of("href", "title", "class")),
          Map.entry("p", CLASS),
          Map.entry("span", CLASS),
          Map.entry("ol", Set.of("start")),
          Map.entry("ul", NONE),
          Map.entry("li", NONE),
          Map.entry("br", NONE),
          Map.entry("hr", NONE),
          Map.entry("blockquote", NONE),
          Map.entry("pre", NONE),
          Map.entry("code", NONE),
          Map.entry("em", NONE),
          Map.entry("strong", NONE),
          Map.entry("del", NONE),
          Map.entry("b", NONE),
          Map.entry("i", NONE),
          Map.entry("u", NONE),
          Map.entry("s", NONE),
          Map.entry("h1", NONE),
          Map.entry("h2", NONE),
          Map.entry("h3", NONE),
          Map.entry("h4", NONE),
          Map.entry("h5", NONE),
          Map.entry("h6", NONE));
  private static final Set<String> INLINE =
      Set.of("span", "br", "code", "em", "strong", "del", "b", "i", "u", "s");
  private static final List<String> SCHEMES = List.of("https://", "http://", "xmpp:", "mailto:");

  /** Of every link. */
  static final String REL = "nofollow noopener noreferrer";

  // Mastodon keeps these classes; readers style mentions and shortened links by them.
  private static final Set<String> CLASSES =
      Set.of("mention", "hashtag", "ellipsis", "invisible", "quote-inline");

  private static final int MAX_CLASSES = 10;

  private static final String PRE = "<pre>";

  private final StringBuilder out;

  /** Names of what was begun and is not ended, the innermost first; empty for what is left out. */
  private final Deque<String> open = new ArrayDeque<>();

  private HtmlWriter(int room) {
    out = new StringBuilder(room);
  }

  /**
   * @param room about how long the text will be
   */
  static String write(List<Node> nodes, int room) {
    HtmlWriter writer = new HtmlWriter(room);
    for (Node node : nodes) {
      NodeTraversor.traverse(writer, node);
    }
    return writer.out.toString().strip();
  }

  /** The one way in which our texts are escaped, so that equal texts are equal. */
  static String escape(String text) {
    return text.indexOf('&') < 0 && text.indexOf('<') < 0 && text.indexOf('>') < 0
        ? text
        : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public void head(Node node, int inTree) {
    switch (node) {
      case TextNode text -> text(text.getWholeText());
      case Element element -> start(element);
      default -> {
        // Comments and scripts say nothing to readers.
      }
    }
  }

  @Override
  public void tail(Node node, int inTree) {
    if (node instanceof Element element) {
      end(element);
    }
  }

  /** References such as &#x1F; are decoded by now. */
  private void text(String text) {
    String escaped = escape(XmlText.clean(text));
    // A line break there would be lost to whoever reads it.
    boolean begins = out.indexOf(PRE, out.length() - PRE.length()) >= 0;
    out.append(begins ? escaped.replaceFirst("^\\n+", "") : escaped);
  }

  private void start(Element element) {
    String name = name(element);
    if (ALLOWED.containsKey(name)) {
      boolean fits = open.size() < MAX_DEPTH && fits(name);
      if (fits) {
        out.append('<').append(name);
        attributes(element, name);
        out.append('>');
      } else if (open.size() < MAX_DEPTH && !name.equals("a")) {
        out.append("<br>");
      }
      open.push(fits ? name : "");
    }
    switch (element.normalName()) {
      case "img" -> text(element.attr("alt"));
      case "rt" -> out.append('(');
      default -> {
        // Has its words inside.
      }
    }
  }

  private void end(Element element) {
    switch (element.normalName()) {
      case "rt" -> out.append(')');
      case "td", "th" -> out.append(' ');
      case "tr", "dt", "dd" -> out.append(open.size() < MAX_DEPTH ? "<br>" : "");
      default -> {
        // Ends with its words.
      }
    }
    String name = name(element);
    if (ALLOWED.containsKey(name) && !open.pop().isEmpty() && !VOID.contains(name)) {
      out.append("</").append(name).append('>');
    }
  }

  /** Whether it can be inside of what is open: readers of HTML end that otherwise. */
  private boolean fits(String name) {
    if (INLINE.contains(name)) {
      return true;
    }
    if (name.equals("a")) {
      return !open.contains(name);
    }
    if (open.contains("p")) {
      return false;
    }
    return switch (name) {
      case "li" -> !endsItem();
      case "h1", "h2", "h3", "h4", "h5", "h6" -> !isHeading(innermost());
      default -> true;
    };
  }

  /** An item ends the one before it, but not that of another list. */
  private boolean endsItem() {
    for (String around : open) {
      if (around.equals("li")) {
        return true;
      }
      if (!around.isEmpty() && !around.equals("a") && !INLINE.contains(around)) {
        return false;
      }
    }
    return false;
  }

  private String innermost() {
    for (String around : open) {
      if (!around.isEmpty()) {
        return around;
      }
    }
    return "";
  }

  private static boolean isHeading(String name) {
    return name.length() == 2 && name.charAt(0) == 'h' && name.charAt(1) != 'r';
  }

  /** What it is called here: boxes with words of their own are paragraphs. */
  private static String name(Element element) {
    String name = element.normalName();
    return switch (name) {
      case "div",
          "section",
          "article",
          "figure",
          "figcaption",
          "summary",
          "address",
          "header",
          "footer" ->
          element.childNodeSize() > 0 && !hasBlocks(element) ? "p" : name;
      default -> name;
    };
  }

  private static boolean hasBlocks(Element box) {
    for (int i = 0; i < box.childNodeSize(); i++) {
      if (box.childNode(i) instanceof Element child && (child.isBlock() || hasBlocks(child))) {
        return true;
      }
    }
    return false;
  }

  private void attributes(Element element, String name) {
    Set<String> allowed = ALLOWED.getOrDefault(name, NONE);
    if (!allowed.isEmpty() && element.attributesSize() > 0) {
      for (Attribute attribute : element.attributes()) {
        if (allowed.contains(attribute.getKey())) {
          value(element, attribute).ifPresent(value -> attribute(attribute.getKey(), value));
        }
      }
    }
    if (name.equals("a")) {
      attribute("rel", REL);
    }
  }

  private void attribute(String name, String value) {
    out.append(' ').append(name).append("=\"");
    out.append(escape(XmlText.clean(value)).replace("\"", "&quot;")).append('"');
  }

  private static Optional<String> value(Element element, Attribute attribute) {
    return switch (attribute.getKey()) {
      case "class" -> Optional.of(classes(attribute.getValue())).filter(kept -> !kept.isEmpty());
      case "href" -> Optional.of(address(element, attribute.getValue())).filter(HtmlWriter::isSafe);
      default -> Optional.of(attribute.getValue());
    };
  }

  private static String classes(String all) {
    List<String> kept = new ArrayList<>(2);
    StringTokenizer names = new StringTokenizer(all);
    while (names.hasMoreTokens() && kept.size() < MAX_CLASSES) {
      String name = names.nextToken();
      if ((CLASSES.contains(name) || isMicroformat(name)) && !kept.contains(name)) {
        kept.add(name);
      }
    }
    return String.join(" ", kept);
  }

  /** {@code h-card} and its like. */
  private static boolean isMicroformat(String name) {
    return name.length() > 2
        && "hpu".indexOf(name.charAt(0)) >= 0
        && name.charAt(1) == '-'
        && isAllOf(name, 2, c -> c == '-' || (c >= 'a' && c <= 'z'));
  }

  private static boolean isAllOf(String text, int from, IntPredicate kind) {
    for (int i = from; i < text.length(); i++) {
      if (!kind.test(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** A usual address stays as it was written: to take it apart costs more than all the rest. */
  private static String address(Element link, String written) {
    if (isSafe(written) && isAllOf(written, 0, HtmlWriter::isPlain)) {
      return written;
    }
    String whole = link.absUrl("href");
    // Of the web there is nothing that the library does not understand and others should.
    return whole.isEmpty() && !written.toLowerCase(Locale.ROOT).startsWith("http")
        ? written
        : whole;
  }

  /** RFC 3986 §2. */
  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~:/?#[]@!$&'()*+,;=%".indexOf(c) >= 0;
  }

  private static boolean isSafe(String address) {
    for (String scheme : SCHEMES) {
      if (address.startsWith(scheme)) {
        return true;
      }
    }
    return false;
  }
}
