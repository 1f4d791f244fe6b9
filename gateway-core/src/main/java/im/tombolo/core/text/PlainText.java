package im.tombolo.core.text;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Node;
import im.tombolo.core.xml.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Cleaned HTML as people would type it: paragraphs, lines, lists and quotations stay to be seen,
 * and links keep their addresses. For one text.
 */
final class PlainText {
  /** Characters of a usual quotation. */
  private static final int QUOTED = 256;

  private final StringBuilder out;
  private final Deque<int[]> lists = new ArrayDeque<>(1);
  private int preformatted;

  private PlainText(int room) {
    out = new StringBuilder(room);
  }

  /**
   * @param room about how long the text will be
   */
  static String of(Element body, int room) {
    PlainText text = new PlainText(room);
    text.children(body);
    text.tidy();
    text.trim(0);
    return text.out.toString();
  }

  /** No spaces at the ends of lines, and one empty line at most. */
  private void tidy() {
    int end = 0;
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c == '\n') {
        while (end > 0 && (out.charAt(end - 1) == ' ' || out.charAt(end - 1) == '\t')) {
          end--;
        }
      }
      if (c != '\n' || end < 2 || out.charAt(end - 1) != '\n' || out.charAt(end - 2) != '\n') {
        out.setCharAt(end++, c);
      }
    }
    out.setLength(end);
  }

  private void children(Element element) {
    List<Node> children = element.children();
    for (int i = 0; i < children.size(); i++) {
      switch (children.get(i)) {
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

  /** No white space around what stands from there: an item's paragraph begins beside its mark. */
  private void trim(int from) {
    int end = out.length();
    while (end > from && Character.isWhitespace(out.charAt(end - 1))) {
      end--;
    }
    out.setLength(end);
    int start = from;
    while (start < end && Character.isWhitespace(out.charAt(start))) {
      start++;
    }
    out.delete(from, start);
  }

  private void quotation(Element quotation) {
    String text = of(quotation, QUOTED);
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
    boolean says = words.isBlank() || isName(link, words) || sameAddress(words.strip(), href);
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
    if (isAmong(name, element.attributeOr("class", ""))) {
      return true;
    }
    List<Node> children = element.children();
    for (int i = 0; i < children.size(); i++) {
      if (children.get(i) instanceof Element inner && hasClass(inner, name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is one of several names with spaces between. */
  private static boolean isAmong(String name, String all) {
    int at = all.indexOf(name);
    while (at >= 0) {
      int end = at + name.length();
      if ((at == 0 || all.charAt(at - 1) == ' ')
          && (end == all.length() || all.charAt(end) == ' ')) {
        return true;
      }
      at = all.indexOf(name, end);
    }
    return false;
  }
}
