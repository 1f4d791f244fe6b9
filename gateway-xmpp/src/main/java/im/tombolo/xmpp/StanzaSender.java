package im.tombolo.xmpp;

import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Stanzas;
import im.tombolo.core.port.Store;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox towards XMPP: writes stanzas in order, asks the server whether it has read
 * them, and only then forgets them. After a broken link they are written again, under the same ids.
 * One thread.
 */
public final class StanzaSender {
  private static final Logger LOG = LoggerFactory.getLogger(StanzaSender.class);
  private static final int BATCH = 200;

  private final Store store;
  private final ComponentLink link;
  private final XmlReader reader = XmlReader.strict();

  public StanzaSender(Store store, ComponentLink link) {
    this.store = store;
    this.link = link;
  }

  /** Sends some; how many the server has taken. */
  public int runDue() {
    if (!link.connected()) {
      return 0;
    }
    List<Stanzas.Row> rows = store.inTransaction(session -> session.stanzas().next(0, BATCH));
    if (rows.isEmpty() || !rows.stream().allMatch(this::send) || !link.ping()) {
      return 0;
    }
    store.inTransaction(session -> {
      session.stanzas().sent(rows.stream().map(Stanzas.Row::id).toList());
      return true;
    });
    return rows.size();
  }

  private boolean send(Stanzas.Row row) {
    return switch (reader.read(row.xml(), Namespaces.JABBER_CLIENT)) {
      case Reading.Of<Element>(Element stanza) -> link.send(stanza);
      case Reading.Refused<Element>(String reason) -> {
        LOG.warn("stanza {} to {} cannot be sent: {}", row.id(), row.to(), reason);
        yield true;
      }
    };
  }
}
