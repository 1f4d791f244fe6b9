package im.tombolo.core.text;

import im.tombolo.core.xml.Element;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text with formatting, as safe HTML: made by {@link Html} only, so that nothing unclean gets into
 * the model. Knows its plain text once somebody has asked for it. Safe for several threads.
 */
public final class RichText {
  public static final RichText EMPTY = new RichText("");

  private final String html;
  // Computed by whoever comes first, perhaps twice.
  private @Nullable String plain;

  /**
   * @param html a fragment, without scripts, styles and foreign schemes
   */
  public RichText(String html) {
    this.html = html;
  }

  public String html() {
    return html;
  }

  public boolean isEmpty() {
    return html.isEmpty();
  }

  /** The words, with line breaks where paragraphs and lines end. */
  public String toPlainText() {
    String known = plain;
    return known == null ? toPlainText(toXhtml()) : known;
  }

  /** The same of what {@link #toXhtml} gave, for who needs both. */
  public String toPlainText(Element xhtml) {
    String text = PlainText.of(xhtml, html.length());
    plain = text;
    return text;
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
  public boolean equals(Object other) {
    return other instanceof RichText text && text.html.equals(html);
  }

  @Override
  public int hashCode() {
    return html.hashCode();
  }

  @Override
  public String toString() {
    return "RichText[" + html.length() + " characters]";
  }
}
