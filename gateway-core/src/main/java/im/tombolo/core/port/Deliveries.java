package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

  /** Deliveries of one open activity that are remembered after they were done. */
  int MAX_REMEMBERED = 100;

  /** The peer has it. */
  void delivered(long id);

  /** Try again at {@code due}. */
  void retry(long id, Instant due, String error);

  /** Given up; kept to be looked at. */
  void dead(long id, String error);

  /** Rows that wait, for metrics. */
  long waiting();

  /** How far the deliveries of an activity got: what waits, what was given up, what is done. */
  List<Progress> progress(String activityKey, int max);

  /** Forgets what was done before {@code before}; returns how many. */
  int forgetDelivered(Instant before, int max);

  /**
   * @param error of the last attempt
   */
  record Progress(URI inbox, State state, Optional<String> error) {
    /** Whether the peer has it. */
    public enum State {
      WAITING,
      DEAD,
      TAKEN
    }
  }

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
