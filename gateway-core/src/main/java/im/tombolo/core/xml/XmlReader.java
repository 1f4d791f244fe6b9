package im.tombolo.core.xml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import im.tombolo.core.model.Reading;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads one element from text that somebody else wrote: no DTD, no entities but the five, bounded
 * size, depth and number of nodes. Safe for several threads.
 */
public final class XmlReader {
  /** Of one element; it keeps them in a list. */
  private static final int MAX_ATTRIBUTES = 100;

  private final Limits limits;
  private final XMLInputFactory factory;

  /**
   * @param maxChars length of the text
   * @param maxDepth nesting of elements
   * @param maxNodes elements and attributes together
   */
  public record Limits(int maxChars, int maxDepth, int maxNodes) {
    /** 1 MiB of characters, 64 deep, 50,000 nodes. */
    public static final Limits DEFAULT = new Limits(1 << 20, 64, 50_000);
  }

  public XmlReader(Limits limits) {
    this.limits = limits;
    factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
  }

  public static XmlReader strict() {
    return new XmlReader(Limits.DEFAULT);
  }

  public Reading<Element> read(String xml) {
    return read(xml, "");
  }

  /**
   * @param defaultNamespace of elements that declare none
   */
  public Reading<Element> read(String xml, String defaultNamespace) {
    if (xml.length() > limits.maxChars()) {
      return Reading.refused("XML longer than " + limits.maxChars() + " characters");
    }
    try {
      XMLStreamReader in = factory.createXMLStreamReader(new StringReader(xml));
      try {
        return Reading.of(element(in, defaultNamespace));
      } finally {
        in.close();
      }
    } catch (TooMuchXmlException tooMuch) {
      return Reading.refused(tooMuch.reason);
    } catch (XMLStreamException | RuntimeException malformed) {
      // Woodstox lazily parses: some errors of the text arrive unchecked.
      return Reading.refused("not well-formed XML");
    }
  }

  private Element element(XMLStreamReader in, String defaultNamespace)
      throws XMLStreamException, TooMuchXmlException {
    Deque<Element.Builder> open = new ArrayDeque<>();
    int nodes = 0;
    Element root = null;
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          nodes += 1 + in.getAttributeCount();
          if (open.size() >= limits.maxDepth() || nodes > limits.maxNodes()) {
            throw new TooMuchXmlException("XML deeper or larger than allowed");
          }
          open.push(start(in, defaultNamespace));
        }
        case XMLStreamConstants.END_ELEMENT -> {
          Element done = open.pop().build();
          if (open.isEmpty()) {
            root = done;
          } else {
            open.peek().child(done);
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (!open.isEmpty()) {
            open.peek().text(in.getText());
          }
        }
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw new TooMuchXmlException("XML with a DTD");
        default -> {
          // Comments and processing instructions say nothing to us.
        }
      }
    }
    if (root == null) {
      throw new XMLStreamException("no element");
    }
    return root;
  }

  private static Element.Builder start(XMLStreamReader in, String defaultNamespace) {
    String namespace = in.getNamespaceURI();
    boolean none = namespace == null || namespace.isEmpty();
    Element.Builder element = Element.of(in.getLocalName(), none ? defaultNamespace : namespace);
    for (int i = 0; i < in.getAttributeCount(); i++) {
      String of = in.getAttributeNamespace(i);
      if (of == null || of.isEmpty()) {
        element.attribute(in.getAttributeLocalName(i), in.getAttributeValue(i));
      } else if (of.equals(XMLConstants.XML_NS_URI) && in.getAttributeLocalName(i).equals("lang")) {
        element.attribute(Element.LANG, in.getAttributeValue(i));
      }
    }
    return element;
  }

  private static final class TooMuchXmlException extends Exception {
    private final String reason;

    TooMuchXmlException(String reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
