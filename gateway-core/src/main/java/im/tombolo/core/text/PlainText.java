package im.tombolo.core.text;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Node;
import im.tombolo.core.xml.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cleaned HTML as people would type it: paragraphs, lines, lists and quotations stay to be seen,
 * and links keep their addresses. For one text.
 */
final class PlainText {
  private static final Pattern SPACES = Pattern.compile("[ \\t]++\n");
  private static final Pattern EMPTY_LINES = Pattern.compile("\n{3,}");

  private final StringBuilder out = new StringBuilder();
  private final Deque<int[]> lists = new ArrayDeque<>();
  private int preformatted;

  String of(Element body) {
    children(body);
    String lines = SPACES.matcher(out).replaceAll("\n");
    return EMPTY_LINES.matcher(lines).replaceAll("\n\n").strip();
  }

  private void children(Element element) {
    for (Node node : element.children()) {
      switch (node) {
        case Text(String text) -> text(text);
        case Element child -> element(child);
      }
    }
  }

  private void text(String text) {
    if (preformatted > 0) {
      out.append(text);
      return;
    }
    boolean afterSpace = out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
      if (!space) {
        out.append(c);
      } else if (!afterSpace) {
        out.append(' ');
      }
      afterSpace = space;
    }
  }

  private void element(Element element) {
    switch (element.name()) {
      case "br" -> out.append('\n');
      case "hr" -> block("\n\n");
      case "a" -> link(element);
      case "ul" -> list(element, -1);
      case "ol" -> list(element, start(element));
      case "li" -> item(element);
      case "blockquote" -> quotation(element);
      case "pre" -> {
        block("\n\n");
        preformatted++;
        children(element);
        preformatted--;
        block("\n\n");
      }
      case "p", "h1", "h2", "h3", "h4", "h5", "h6" -> {
        block("\n\n");
        children(element);
        block("\n\n");
      }
      default -> children(element);
    }
  }

  private static int start(Element list) {
    String start = list.attributeOr("start", "");
    return start.matches("[0-9]{1,6}") ? Integer.parseInt(start) : 1;
  }

  /** Nothing before the first words, and no more than one empty line. */
  private void block(String separator) {
    if (!out.isEmpty()) {
      out.append(separator);
    }
  }

  /**
   * @param number of its first item; below 0 for none
   */
  private void list(Element list, int number) {
    block(lists.isEmpty() ? "\n\n" : "\n");
    lists.push(new int[] {number});
    children(list);
    lists.pop();
    block(lists.isEmpty() ? "\n\n" : "\n");
  }

  private void item(Element item) {
    if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
      out.append('\n');
    }
    out.append("  ".repeat(Math.max(0, lists.size() - 1)));
    int[] number = lists.peek();
    out.append(number == null || number[0] < 0 ? "- " : number[0]++ + ". ");
    int before = out.length();
    children(item);
    trim(before);
  }

  /** A paragraph inside an item begins beside its mark. */
  private void trim(int from) {
    while (out.length() > from && Character.isWhitespace(out.charAt(from))) {
      out.deleteCharAt(from);
    }
    while (out.length() > from && Character.isWhitespace(out.charAt(out.length() - 1))) {
      out.setLength(out.length() - 1);
    }
  }

  private void quotation(Element quotation) {
    PlainText inner = new PlainText();
    String text = inner.of(quotation);
    block("\n\n");
    text.lines().forEach(line -> out.append(line.isEmpty() ? ">" : "> ").append(line).append('\n'));
    block("\n");
  }

  /** Mastodon hides parts of long addresses; whoever reads plain text needs the whole. */
  private void link(Element link) {
    String href = link.attributeOr("href", "");
    String words = link.text();
    boolean hides = hasClass(link, "invisible") || hasClass(link, "ellipsis");
    if (hides && href.contains(words.strip())) {
      out.append(href);
      return;
    }
    int before = out.length();
    children(link);
    boolean says = words.isBlank() || sameAddress(words.strip(), href) || isName(link, words);
    if (!says && out.length() > before) {
      out.append(" (").append(href).append(')');
    } else if (words.isBlank()) {
      out.append(href);
    }
  }

  private static boolean sameAddress(String words, String href) {
    return words.equals(href) || bare(words).equals(bare(href));
  }

  /** Without what people leave out of addresses. */
  private static String bare(String address) {
    int scheme = address.indexOf("://");
    int start = scheme < 0 ? (address.startsWith("xmpp:") ? 5 : 0) : scheme + 3;
    start = address.startsWith("www.", start) ? start + 4 : start;
    int end = address.endsWith("/") ? address.length() - 1 : address.length();
    return address.substring(Math.min(start, end), end);
  }

  private static boolean isName(Element link, String words) {
    return hasClass(link, "mention")
        || hasClass(link, "hashtag")
        || words.startsWith("@")
        || words.startsWith("#");
  }

  /** Of an element, or of one inside of it. */
  private static boolean hasClass(Element element, String name) {
    return element
            .attribute("class")
            .filter(all -> List.of(all.split(" ")).contains(name))
            .isPresent()
        || element.elements().stream().anyMatch(child -> hasClass(child, name));
  }
}
