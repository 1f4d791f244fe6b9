package im.tombolo.core.text;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlText;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.helper.ValidationException;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/** The one cleaner for HTML. */
public final class Html {
  /** Longer input is cut here before it is parsed. */
  public static final int MAX_CHARS = 160 * 1024;

  private static final int MAX_PARSED_DEPTH = 64;
  // What cleaned links are longer by.
  private static final int LINKS = 128;
  private static final Pattern MARKED =
      Pattern.compile(
          "(?<url>\\b(?:https?://|xmpp:)[^\\s<>\"]{1,2000}[^\\s<>\".,;:!?)\\]'])|(?<person>"
              + Mentions.IN_TEXT.pattern()
              + ")|(?<tag>"
              + Tags.IN_TEXT.pattern()
              + ")");
  private static final Pattern PARAGRAPHS = Pattern.compile("\\R{2,}");
  private static final Pattern LINES = Pattern.compile("\\R");
  // To HTML this begins an element and ends none, but for those that never have anything inside.
  private static final Pattern EMPTY =
      Pattern.compile("<((?!(?:br|hr|img|wbr|col|area|input)\\b)[^ />]++)([^>]*)/>");
  private static final Pattern TAG = Pattern.compile("<[^<>]*>");
  private static final Pattern RE = Pattern.compile("(?i:RE|QT|RN):\\s*\\S+");
  private static final org.jsoup.nodes.Element BODY = new org.jsoup.nodes.Element("body");

  private Html() {}

  /**
   * Safe text from what somebody wrote.
   *
   * @param base where relative links start; links are dropped without it
   */
  public static RichText clean(String html, Optional<URI> base) {
    String cut = XmlText.clean(html.length() > MAX_CHARS ? html.substring(0, MAX_CHARS) : html);
    return new RichText(
        HtmlWriter.write(parse(cut, base.map(URI::toString).orElse("")), cut.length() + LINKS));
  }

  /** No deeper than is shown in the end: deep trees take long. */
  private static List<Node> parse(String html, String base) {
    try {
      return Parser.htmlParser().setMaxDepth(MAX_PARSED_DEPTH).parseFragmentInput(html, BODY, base);
    } catch (ValidationException lost) {
      // jsoup loses its way where it cuts off templates in templates: the words are left.
      return List.of(
          new TextNode(Parser.unescapeEntities(TAG.matcher(html).replaceAll(" "), false)));
    }
  }

  /** Paragraphs, lines and links of a plain text. */
  public static RichText ofPlainText(String plain) {
    String text = XmlText.clean(Excerpt.cut(plain, MAX_CHARS)).strip();
    if (text.isEmpty()) {
      return RichText.EMPTY;
    }
    StringBuilder out = new StringBuilder(text.length() + LINKS);
    for (String paragraph : split(text, PARAGRAPHS, 0)) {
      out.append("<p>");
      String[] lines = split(paragraph, LINES, -1);
      for (int i = 0; i < lines.length; i++) {
        linked(lines[i], out.append(i == 0 ? "" : "<br>"));
      }
      out.append("</p>");
    }
    return new RichText(out.toString());
  }

  private static String[] split(String text, Pattern at, int limit) {
    for (int i = 0; i < text.length(); i++) {
      if (isBreak(text.charAt(i))) {
        return at.split(text, limit);
      }
    }
    return new String[] {text};
  }

  /** What {@code \R} takes for the end of a line. */
  private static boolean isBreak(char c) {
    return (c >= '\n' && c <= '\r') || c == '\u0085' || c == '\u2028' || c == '\u2029';
  }

  /** From the {@code div} of an Atom text construct. */
  public static RichText ofXhtml(Element div) {
    String xml = XmlWriter.writeInside(div, Namespaces.XHTML);
    return clean(EMPTY.matcher(xml).replaceAll("<$1$2></$1>"), Optional.empty());
  }

  /**
   * Without the words that only name what is quoted: {@code RE: address} at the end, for servers
   * that know no quotes.
   */
  public static RichText withoutQuote(RichText text) {
    Document document = Jsoup.parseBodyFragment(text.html());
    document.select(".quote-inline").remove();
    document.body().children().reversed().stream()
        .findFirst()
        .filter(last -> RE.matcher(last.text().strip()).matches())
        .ifPresent(org.jsoup.nodes.Element::remove);
    return new RichText(HtmlWriter.write(document.body().childNodes(), text.html().length()));
  }

  static List<RichText.Anchor> links(String html) {
    List<RichText.Anchor> found = new ArrayList<>();
    links(CleanHtml.parse(html), found);
    return found;
  }

  private static void links(Element element, List<RichText.Anchor> found) {
    if (element.name().equals("a") && element.attribute("href").isPresent()) {
      found.add(new RichText.Anchor(element.attributeOr("href", ""), element.text()));
    }
    element.elements().forEach(child -> links(child, found));
  }

  /** Addresses become links; tags and people are marked as Mastodon marks them. */
  private static void linked(String plain, StringBuilder out) {
    if (plain.indexOf('@') < 0 && plain.indexOf('#') < 0 && plain.indexOf(':') < 0) {
      out.append(HtmlWriter.escape(plain));
      return;
    }
    int at = 0;
    Matcher found = MARKED.matcher(plain);
    while (found.find()) {
      out.append(HtmlWriter.escape(plain.substring(at, found.start())));
      String word = HtmlWriter.escape(found.group());
      if (found.start("url") >= 0) {
        link(word, "", word, out);
      } else if (found.start("person") >= 0) {
        String[] parts = word.substring(1).split("@", 2);
        String page = "https://" + parts[1] + "/@" + parts[0];
        link(page, " class=\"u-url mention\"", word, out.append("<span class=\"h-card\">"));
        out.append("</span>");
      } else {
        out.append("<span class=\"hashtag\">").append(word).append("</span>");
      }
      at = found.end();
    }
    out.append(HtmlWriter.escape(plain.substring(at)));
  }

  private static void link(String href, String attributes, String words, StringBuilder out) {
    out.append("<a href=\"").append(href).append('"').append(attributes);
    out.append(" rel=\"").append(HtmlWriter.REL).append("\">").append(words).append("</a>");
  }
}
