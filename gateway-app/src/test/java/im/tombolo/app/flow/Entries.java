package im.tombolo.app.flow;

import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlReader;
import java.time.Instant;
import java.util.Optional;

/** Blog items as clients write them. */
final class Entries {
  private Entries() {}

  static Item item(String id, String text, Instant at) {
    return item(id, text, at, at);
  }

  static Item item(String id, String text, Instant published, Instant updated) {
    return with(
        id,
        """
        <title>%s</title><published>%s</published><updated>%s</updated>
        """
            .formatted(text, published, updated));
  }

  /**
   * @param content of the Atom entry
   */
  static Item with(String id, String content) {
    return payload(id, "<entry xmlns='http://www.w3.org/2005/Atom'>" + content + "</entry>");
  }

  static Item payload(String id, String xml) {
    Element payload = XmlReader.strict().read(xml).value().orElseThrow();
    return new Item(id, Optional.of(payload));
  }
}
