package im.tombolo.core.text;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlText;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/** The one cleaner for HTML. */
public final class Html {
  /** Longer input is cut here before it is parsed. */
  public static final int MAX_CHARS = 512 * 1024;

  private static final int MAX_DEPTH = 40;
  private static final Pattern URL =
      Pattern.compile("\\b(?:https?://|xmpp:)[^\\s<>\"]{1,2000}[^\\s<>\".,;:!?)\\]']");
  // Mastodon keeps these classes; readers style mentions and shortened links by them.
  private static final Pattern CLASS =
      Pattern.compile("[hpu]-[a-z-]+|mention|hashtag|ellipsis|invisible");

  private Html() {}

  /**
   * Safe text from what somebody wrote.
   *
   * @param base where relative links start; links are dropped without it
   */
  public static RichText clean(String html, Optional<URI> base) {
    String cut = XmlText.clean(html.length() > MAX_CHARS ? html.substring(0, MAX_CHARS) : html);
    Document dirty = Jsoup.parseBodyFragment(cut, base.map(URI::toString).orElse(""));
    Document clean = new Cleaner(safelist()).clean(dirty);
    clean.select("[class]").forEach(Html::keepKnownClasses);
    flatten(clean.body());
    clean.outputSettings().prettyPrint(false);
    return new RichText(clean.body().html().strip());
  }

  /** Paragraphs, lines and links of a plain text. */
  public static RichText ofPlainText(String plain) {
    String text = XmlText.clean(plain).strip();
    if (text.isEmpty()) {
      return RichText.EMPTY;
    }
    return new RichText(
        Stream.of(text.split("\\R{2,}"))
            .map(paragraph -> "<p>" + linked(paragraph).replaceAll("\\R", "<br>") + "</p>")
            .collect(Collectors.joining()));
  }

  /** From the {@code div} of an Atom text construct. */
  public static RichText ofXhtml(Element div) {
    return clean(XmlWriter.write(div, Namespaces.XHTML), Optional.empty());
  }

  static String toPlainText(String html) {
    StringBuilder out = new StringBuilder(html.length());
    plain(Jsoup.parseBodyFragment(html).body(), out);
    return out.toString().replaceAll("[ \\t]+\n", "\n").replaceAll("\n{3,}", "\n\n").strip();
  }

  static Element toXhtml(String html) {
    return xhtml(Jsoup.parseBodyFragment(html).body(), "div");
  }

  private static Safelist safelist() {
    return new Safelist()
        .addTags("p", "br", "a", "span", "del", "pre", "code", "em", "strong", "b", "i", "u", "s")
        .addTags("ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
        .addAttributes("a", "href", "title", "class")
        .addAttributes("span", "class")
        .addAttributes("ol", "start")
        .addProtocols("a", "href", "http", "https", "xmpp", "mailto")
        .addEnforcedAttribute("a", "rel", "nofollow noopener noreferrer")
        .preserveRelativeLinks(false);
  }

  private static void keepKnownClasses(org.jsoup.nodes.Element element) {
    String kept =
        element.classNames().stream()
            .filter(name -> CLASS.matcher(name).matches())
            .collect(Collectors.joining(" "));
    if (kept.isEmpty()) {
      element.removeAttr("class");
    } else {
      element.attr("class", kept);
    }
  }

  /** What lies too deep keeps its words and loses its elements. */
  private static void flatten(org.jsoup.nodes.Element body) {
    body.select("*").stream()
        .filter(element -> element.parents().size() > MAX_DEPTH)
        .toList()
        .forEach(org.jsoup.nodes.Element::unwrap);
  }

  private static String linked(String plain) {
    StringBuilder out = new StringBuilder();
    int[] at = {0};
    URL.matcher(plain)
        .results()
        .forEach(m -> {
          out.append(escape(plain.substring(at[0], m.start())));
          String url = escape(m.group());
          out.append("<a href=\"").append(url).append("\" rel=\"nofollow noopener noreferrer\">");
          out.append(url).append("</a>");
          at[0] = m.end();
        });
    return out.append(escape(plain.substring(at[0]))).toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static void plain(Node node, StringBuilder out) {
    if (node instanceof TextNode text) {
      boolean kept =
          text.parentNode() instanceof org.jsoup.nodes.Element e && e.closest("pre") != null;
      out.append(kept ? text.getWholeText() : text.getWholeText().replaceAll("\\s+", " "));
      return;
    }
    switch (node.nodeName()) {
      case "br" -> out.append('\n');
      case "li" -> out.append("\n- ");
      case "hr" -> out.append("\n\n");
      default -> {
        // Only these have a text of their own.
      }
    }
    node.childNodes().forEach(child -> plain(child, out));
    switch (node.nodeName()) {
      case "p", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6" ->
          out.append("\n\n");
      default -> {
        // Inline.
      }
    }
  }

  private static Element xhtml(org.jsoup.nodes.Element from, String name) {
    Element.Builder to = Element.of(name, Namespaces.XHTML);
    if (!name.equals("div")) {
      from.attributes().forEach(a -> to.attribute(a.getKey(), a.getValue()));
    }
    for (Node child : from.childNodes()) {
      if (child instanceof TextNode text) {
        to.text(text.getWholeText());
      } else if (child instanceof org.jsoup.nodes.Element element) {
        to.child(xhtml(element, element.normalName()));
      }
    }
    return to.build();
  }
}
