package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Deliveries.Delivery;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The outbox towards the fediverse as an administrator sees it: what waits, and what is dead. */
public interface QueuedDeliveries {
  /** By name after {@code after}. */
  List<Host> hosts(Selection selection, String after, int max);

  /** The oldest first, after the one with that id. */
  List<Row> rows(Selection selection, long after, int max);

  /**
   * Makes some due now, with all their time again. What was done about the same thing afterwards
   * has reached the inbox by now, so a dead one that would undo it stays dead.
   *
   * @return how many; none is left to do when there are fewer than {@code max}
   */
  int retry(Selection selection, int max);

  /** Takes some out of the outbox. */
  List<Dropped> drop(Selection selection, int max);

  /**
   * @param host all when empty
   * @param deadOnly else also what waits
   */
  record Selection(Optional<String> host, boolean deadOnly) {}

  /**
   * @param oldest when the oldest was queued
   * @param resting why and until when the host gets nothing
   */
  record Host(
      String name,
      long waiting,
      long dead,
      Instant oldest,
      Optional<String> error,
      Optional<Instant> resting) {}

  /**
   * @param next when it is tried at the earliest; empty when it is dead
   */
  record Row(
      long id,
      URI inbox,
      Jid actor,
      String activityKey,
      Instant queued,
      int attempts,
      Optional<String> error,
      Optional<Instant> next) {}

  /**
   * @param wasDead else somebody may still wait for it
   */
  record Dropped(Delivery delivery, boolean wasDead) {}
}
