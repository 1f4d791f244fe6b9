package im.tombolo.core.text;

import im.tombolo.core.xml.Element;
import java.util.List;

/**
 * Text with formatting, as safe HTML: made by {@link Html} only, so that nothing unclean gets into
 * the model.
 *
 * @param html a fragment, without scripts, styles and foreign schemes
 */
public record RichText(String html) {
  public static final RichText EMPTY = new RichText("");

  public boolean isEmpty() {
    return html.isEmpty();
  }

  /** The words, with line breaks where paragraphs and lines end. */
  public String toPlainText() {
    return toPlainText(toXhtml());
  }

  /** The same of what {@link #toXhtml} gave, for who needs both. */
  public static String toPlainText(Element xhtml) {
    return PlainText.of(xhtml);
  }

  /**
   * A link in a text.
   *
   * @param words what it says
   */
  public record Anchor(String href, String words) {}

  /** The links, in order. */
  public List<Anchor> links() {
    return Html.links(html);
  }

  /** A {@code div} of XHTML (XEP-0277 §3). */
  public Element toXhtml() {
    return CleanHtml.parse(html);
  }

  @Override
  public String toString() {
    return "RichText[" + html.length() + " characters]";
  }
}
