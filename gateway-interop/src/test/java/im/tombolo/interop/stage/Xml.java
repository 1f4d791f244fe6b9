package im.tombolo.interop.stage;

import java.io.IOException;
import java.io.StringReader;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * XML as the tests look at it: XPath 1.0 with the prefixes of {@link #PREFIXES}. Elements and
 * namespaces count, prefixes and white space in the wire form do not.
 */
public final class Xml {
  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry("c", "jabber:client"),
          Map.entry("ps", "http://jabber.org/protocol/pubsub"),
          Map.entry("owner", "http://jabber.org/protocol/pubsub#owner"),
          Map.entry("ev", "http://jabber.org/protocol/pubsub#event"),
          Map.entry("err", "urn:ietf:params:xml:ns:xmpp-stanzas"),
          Map.entry("info", "http://jabber.org/protocol/disco#info"),
          Map.entry("items", "http://jabber.org/protocol/disco#items"),
          Map.entry("x", "jabber:x:data"),
          Map.entry("rsm", "http://jabber.org/protocol/rsm"),
          Map.entry("a", "http://www.w3.org/2005/Atom"),
          Map.entry("h", "http://www.w3.org/1999/xhtml"),
          Map.entry("v4", "urn:ietf:params:xml:ns:vcard-4.0"),
          Map.entry("vt", "vcard-temp"),
          Map.entry("md", "urn:xmpp:avatar:metadata"),
          Map.entry("data", "urn:xmpp:avatar:data"),
          Map.entry("at", "urn:xmpp:pubsub-attachments:1"),
          Map.entry("sum", "urn:xmpp:pubsub-attachments:summary:1"),
          Map.entry("nick", "http://jabber.org/protocol/nick"),
          Map.entry("r", "urn:xmpp:reference:0"),
          Map.entry("thr", "http://purl.org/syndication/thread/1.0"),
          Map.entry("sub", "urn:xmpp:pubsub:subscription:0"));

  private final Node node;
  private final String source;

  private Xml(Node node, String source) {
    this.node = node;
    this.source = source;
  }

  public static Xml parse(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new Xml(
          factory.newDocumentBuilder().parse(new InputSource(new StringReader(text))), text);
    } catch (SAXException | IOException | ParserConfigurationException problem) {
      throw new AssertionError("not XML: " + text, problem);
    }
  }

  /** The string value of the first match; empty when there is none. */
  public String text(String path) {
    return (String) evaluate(path, XPathConstants.STRING);
  }

  /** The string value of each match, in document order. */
  public List<String> texts(String path) {
    NodeList found = (NodeList) evaluate(path, XPathConstants.NODESET);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent())
        .toList();
  }

  /** Each match as a tree of its own; paths in it are relative. */
  public List<Xml> each(String path) {
    NodeList found = (NodeList) evaluate(path, XPathConstants.NODESET);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> new Xml(found.item(i), source))
        .toList();
  }

  /** Whether there is a match. */
  public boolean has(String path) {
    return (Boolean) evaluate("boolean(" + path + ")", XPathConstants.BOOLEAN);
  }

  private Object evaluate(String path, javax.xml.namespace.QName as) {
    try {
      XPath xpath = XPathFactory.newInstance().newXPath();
      xpath.setNamespaceContext(new Prefixes());
      return xpath.evaluate(path, node, as);
    } catch (XPathExpressionException problem) {
      throw new IllegalArgumentException(path, problem);
    }
  }

  /** The text it was parsed from, whole even for a part. */
  @Override
  public String toString() {
    return source;
  }

  /** Text as it may stand in an element or in an attribute. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("'", "&apos;")
        .replace("\"", "&quot;");
  }

  private static final class Prefixes implements NamespaceContext {
    @Override
    public String getNamespaceURI(String prefix) {
      return prefix.equals(XMLConstants.XML_NS_PREFIX)
          ? XMLConstants.XML_NS_URI
          : PREFIXES.getOrDefault(prefix, XMLConstants.NULL_NS_URI);
    }

    @Override
    public String getPrefix(String uri) {
      throw new UnsupportedOperationException("XPath needs it not");
    }

    @Override
    public Iterator<String> getPrefixes(String uri) {
      throw new UnsupportedOperationException("XPath needs it not");
    }
  }
}
