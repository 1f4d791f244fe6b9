package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * The outbox towards the fediverse: one row for each activity and distinct inbox. Rows of one inbox
 * are handed out one after the other in the order they came in, so a Delete never overtakes its
 * Create.
 */
public interface Deliveries {
  void add(String activityKey, URI inbox);

  /** One row for every distinct inbox of the account's followers, shared inboxes folded. */
  int addForFollowers(String activityKey, Jid account);

  /**
   * Takes due rows: none is handed out again before {@code leaseUntil}, and of each inbox only the
   * oldest.
   */
  List<Delivery> claim(Instant now, Instant leaseUntil, int max);

  /** The peer has it. */
  void delivered(long id);

  /** Try again at {@code due}. */
  void retry(long id, Instant due, String error);

  /** Given up; kept to be looked at. */
  void dead(long id, String error);

  /** Rows that wait, for metrics. */
  long waiting();

  /**
   * @param attempts how many failed so far
   * @param firstQueued when it was accepted
   * @param activityKey which activity it is
   */
  record Delivery(
      long id,
      URI inbox,
      Jid signer,
      String json,
      int attempts,
      Instant firstQueued,
      String activityKey) {}
}
