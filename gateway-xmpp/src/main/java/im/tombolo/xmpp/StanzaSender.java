package im.tombolo.xmpp;

import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Stanzas;
import im.tombolo.core.port.Store;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox towards XMPP: writes stanzas in order, asks the server whether it has read
 * them, and only then forgets them. While one answer is awaited, more is written. After a broken
 * link they are written again, under the same ids. One thread.
 */
public final class StanzaSender {
  private static final Logger LOG = LoggerFactory.getLogger(StanzaSender.class);
  private static final int BATCH = 200;
  // So much is written again at most after the link broke.
  private static final int BATCHES_UNDER_WAY = 8;
  // Then whoever called may see to something else.
  private static final int BATCHES_IN_A_ROW = 100;

  private final Store store;
  private final ComponentLink link;
  private final XmlReader reader = XmlReader.strict();

  public StanzaSender(Store store, ComponentLink link) {
    this.store = store;
    this.link = link;
  }

  private record Batch(List<Long> ids, Future<Boolean> answered) {}

  /** Sends what there is; how many the server has taken. */
  public int runDue() {
    Deque<Batch> underWay = new ArrayDeque<>();
    int taken = 0;
    for (int batches = 0; link.connected() && batches < BATCHES_IN_A_ROW; batches++) {
      List<Stanzas.Row> rows = next(underWay);
      if (rows.isEmpty()) {
        break;
      }
      Optional<Future<Boolean>> answered =
          link.deliver(rows.stream().flatMap(row -> read(row).stream()).toList());
      if (answered.isEmpty()) {
        break;
      }
      underWay.add(new Batch(rows.stream().map(Stanzas.Row::id).toList(), answered.get()));
      taken += forget(underWay, BATCHES_UNDER_WAY - 1);
    }
    return taken + forget(underWay, 0);
  }

  private List<Stanzas.Row> next(Deque<Batch> underWay) {
    List<Long> ids = underWay.stream().flatMap(batch -> batch.ids().stream()).toList();
    return store.inTransaction(session -> session.stanzas().next(ids, BATCH));
  }

  /**
   * Forgets what was answered, and waits for answers while more than {@code most} are under way. An
   * answer speaks for all that was written before it.
   */
  private int forget(Deque<Batch> underWay, int most) {
    List<Long> taken = new ArrayList<>();
    while (!underWay.isEmpty()
        && (underWay.size() > most || underWay.getFirst().answered().isDone())
        && isAnswered(underWay.getFirst())) {
      taken.addAll(underWay.removeFirst().ids());
    }
    if (underWay.size() > most) {
      underWay.clear();
    }
    if (!taken.isEmpty()) {
      store.inTransaction(session -> {
        session.stanzas().sent(taken);
        return true;
      });
    }
    return taken.size();
  }

  private static boolean isAnswered(Batch batch) {
    try {
      return batch.answered().get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Optional<Element> read(Stanzas.Row row) {
    return switch (reader.read(row.xml(), Namespaces.JABBER_CLIENT)) {
      case Reading.Of<Element>(Element stanza) -> Optional.of(stanza);
      case Reading.Refused<Element>(String reason) -> {
        LOG.warn("stanza {} to {} cannot be sent: {}", row.id(), row.to(), reason);
        yield Optional.empty();
      }
    };
  }
}
