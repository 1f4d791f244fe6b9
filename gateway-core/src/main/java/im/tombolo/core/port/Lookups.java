package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Accounts that processes without the component link want to know about; the one that has it asks
 * their servers and writes down what it found. Nothing in here outlives a minute.
 */
public interface Lookups {
  /** Most accounts that are looked for at a time. */
  int MAX_WAITING = 1_000;

  /** What was found. */
  enum Found {
    /** It is an actor, and among {@link Accounts}. */
    THERE,
    MISSING,
    /** Its server did not say. */
    UNKNOWN
  }

  /** Asks, whatever was found before. False when too many wait. */
  boolean ask(Jid account, Instant now);

  /** What came of it; empty while it waits. */
  Optional<Found> found(Jid account);

  /** Those that wait, longest first, for one process at a time. */
  List<Jid> claim(Instant now, Instant leaseUntil, int max);

  void answer(Jid account, Found found);

  /** Forgets what was asked before. */
  void forget(Instant before);
}
