package im.tombolo.core.text;

import im.tombolo.core.xml.XmlText;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * Writes a cleaned tree; what lies too deep keeps its words and loses its elements. In one walk,
 * however the tree is shaped: taking elements out of it would be slow in a wide one.
 */
final class HtmlWriter implements NodeVisitor {
  private final StringBuilder out = new StringBuilder();
  private final int maxDepth;

  private HtmlWriter(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  /** What is inside of an element. */
  static String write(Element body, int maxDepth) {
    HtmlWriter writer = new HtmlWriter(maxDepth);
    NodeTraversor.traverse(writer, body);
    return writer.out.toString();
  }

  /** The one way in which our texts are escaped, so that equal texts are equal. */
  static String escape(String text) {
    return text.indexOf('&') < 0 && text.indexOf('<') < 0 && text.indexOf('>') < 0
        ? text
        : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private boolean isShown(Node node, int depth) {
    return node instanceof Element && depth > 0 && depth <= maxDepth;
  }

  @Override
  public void head(Node node, int depth) {
    if (node instanceof TextNode text) {
      // References such as &#x1F; are decoded by now.
      out.append(escape(XmlText.clean(text.getWholeText())));
    } else if (isShown(node, depth)) {
      out.append('<').append(node.nodeName());
      for (Attribute attribute : node.attributes()) {
        out.append(' ').append(attribute.getKey()).append("=\"");
        out.append(escape(XmlText.clean(attribute.getValue())).replace("\"", "&quot;"));
        out.append('"');
      }
      out.append('>');
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (isShown(node, depth) && !((Element) node).tag().isEmpty()) {
      out.append("</").append(node.nodeName()).append('>');
    }
  }
}
