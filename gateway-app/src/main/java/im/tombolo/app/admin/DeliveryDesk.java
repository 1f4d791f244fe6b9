package im.tombolo.app.admin;

import im.tombolo.core.port.QueuedDeliveries.Dropped;
import im.tombolo.core.port.QueuedDeliveries.Host;
import im.tombolo.core.port.QueuedDeliveries.Row;
import im.tombolo.core.port.QueuedDeliveries.Selection;
import im.tombolo.core.port.Store;
import im.tombolo.http.client.DeliveryLedger;
import java.util.List;

/** What an administrator does with deliveries; a part at a time. Safe for any thread. */
public final class DeliveryDesk {
  /** Of a page that is read, and of a part that is changed in one transaction. */
  static final int PAGE = 1_000;

  private final Store store;
  private final DeliveryLedger.Ends ends;

  /**
   * @param ends are told of what is dropped while somebody waits for it
   */
  public DeliveryDesk(Store store, DeliveryLedger.Ends ends) {
    this.store = store;
    this.ends = ends;
  }

  List<Host> hosts(Selection selection, String after) {
    return store.inTransaction(session -> session.queuedDeliveries().hosts(selection, after, PAGE));
  }

  List<Row> rows(Selection selection, long after) {
    return store.inTransaction(session -> session.queuedDeliveries().rows(selection, after, PAGE));
  }

  /** How many; fewer than {@link #PAGE} are the last. */
  int retry(Selection selection) {
    return store.inTransaction(session -> session.queuedDeliveries().retry(selection, PAGE));
  }

  /** How many; fewer than {@link #PAGE} are the last. */
  int drop(Selection selection) {
    return store.inTransaction(session -> {
      List<Dropped> dropped = session.queuedDeliveries().drop(selection, PAGE);
      dropped.stream()
          .filter(one -> !one.wasDead())
          .forEach(one -> ends.givenUp(session, one.delivery(), false));
      return dropped.size();
    });
  }
}
