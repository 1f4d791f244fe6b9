package im.tombolo.core.port;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.DeliveryShards.Share;
import im.tombolo.core.port.Peers.Standing;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The outbox towards the fediverse: one row for each activity and distinct inbox. A row waits while
 * an older one to the same host is about the same, or about what it has to follow; otherwise rows
 * are independent. One process at a time works on a host ({@link DeliveryShards}).
 */
public interface Deliveries {
  /** Deliveries of one open activity that are remembered by name after they were done. */
  int MAX_REMEMBERED = 100;

  /** What is handed out of one host at a time. */
  int MAX_OF_HOST = 32;

  void add(String activityKey, URI inbox);

  /** One row for every distinct inbox of the account's followers, shared inboxes folded. */
  int addForFollowers(String activityKey, Jid account);

  /**
   * A number that is another one when rows were queued, which tells so at little cost. It does not
   * tell of rows that were committed after younger ones.
   */
  long newest();

  /**
   * What is due at hosts of the asker that do not rest: first what is urgent, then the others in a
   * round, and of each host the most urgent and the longest due first. May look at a part only, and
   * find nothing there.
   *
   * @param after where the round goes on, empty at its beginning
   * @param max rows, of all hosts
   */
  Round hostsDue(Instant now, Mine mine, String after, int max);

  /** The same for certain hosts, whether they rest or not; without those where nothing is due. */
  List<Stop> due(Instant now, Collection<Standing> peers);

  /** Those of the hosts that have something due, though it may have to wait for older rows. */
  Set<String> remaining(Instant now, Collection<String> hosts);

  /** The peers have them. */
  void taken(List<Delivery> deliveries);

  /** Try again at {@code due}. */
  void retry(long id, Instant due, String error);

  /** Whether the last attempt ended so. */
  boolean failedWith(long id, String error);

  /** Given up; kept to be looked at. */
  void dead(long id, String error);

  /** Gives up what has waited for a host since before {@code queued}. */
  List<Delivery> expire(String host, Instant queued, int max);

  /** Rows that wait, for metrics. */
  long waiting();

  /** Rows that were given up and are kept. */
  long dead();

  /** How far the deliveries of an activity got: what waits, what was given up, what is done. */
  Progress progress(String activityKey, int max);

  /** Forgets what was done before {@code before}; returns how many. */
  int forgetDelivered(Instant before, int max);

  /**
   * Where the asker may work.
   *
   * @param busy hosts where it already does
   */
  record Mine(Share share, Set<String> busy) {
    /** Of the only process, while it is idle. */
    public static final Mine ALL = new Mine(Share.ALL, Set.of());
  }

  /**
   * @param next where the round goes on; empty when it came to its end
   */
  record Round(List<Stop> stops, String next) {}

  /**
   * A host and what is due there.
   *
   * @param due independent of each other, in the order in which they are begun
   */
  record Stop(Standing peer, List<Delivery> due) {}

  /**
   * @param taken peers that have it, also those that are not remembered by name
   * @param waiting rows that wait
   * @param dead rows that were given up
   * @param some of each state, {@code max} at most
   */
  record Progress(long taken, long waiting, long dead, List<Step> some) {}

  /**
   * How far one delivery got.
   *
   * @param error of the last attempt
   * @param next when it is tried again at the earliest; empty when it is not waiting
   */
  record Step(URI inbox, State state, Optional<String> error, Optional<Instant> next) {
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
   * @param activity what is sent
   */
  record Delivery(
      long id, String host, URI inbox, int attempts, Instant firstQueued, Outgoing activity) {
    public String activityKey() {
      return activity.key();
    }

    public Jid signer() {
      return activity.signer();
    }

    public String json() {
      return new String(activity.body(), UTF_8);
    }
  }

  /**
   * An activity, one for all its deliveries.
   *
   * @param body JSON in UTF-8; nobody changes it
   */
  @SuppressWarnings("ArrayRecordComponent") // shared by thousands, never compared
  record Outgoing(String key, Jid signer, byte[] body) {}
}
