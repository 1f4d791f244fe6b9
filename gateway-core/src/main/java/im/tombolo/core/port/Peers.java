package im.tombolo.core.port;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The health of the servers that we talk to: one record for each, named by {@link
 * im.tombolo.core.address.Authority}. One that failed rests for a while; then it is tried with a
 * single delivery before it gets the others.
 */
public interface Peers {
  /**
   * A signed message came from there, so it lives: what waits for it is tried now, unless it asked
   * us for a longer wait or has just been tried. Cheap, and changes nothing for a peer that is
   * well.
   */
  void heardFrom(String host);

  /** How that server reads signatures, as long as what we know of it is to be believed. */
  Optional<Dialect> dialect(String host);

  /** It showed how it reads signatures. */
  void understands(String host, Dialect dialect, Instant until);

  /** The two ways of signing requests on the fediverse. */
  enum Dialect {
    DRAFT_CAVAGE,
    RFC_9421;

    public Dialect other() {
      return this == DRAFT_CAVAGE ? RFC_9421 : DRAFT_CAVAGE;
    }
  }

  /**
   * Takes hosts for the caller alone until then.
   *
   * @return those that nobody else has and that do not rest, in no order
   */
  List<Leased> lease(Collection<String> hosts, Instant now, Instant until);

  /** Keeps what was leased for longer; nothing for hosts that were given back. */
  void renew(Collection<String> hosts, Instant until);

  /** Gives leased hosts back, as they are. */
  void release(Collection<String> hosts);

  /** Gives leased hosts back: they answer as they should. */
  void well(Collection<String> hosts, Instant now);

  /** Gives a leased host back: it failed, and rests. */
  void failed(String host, Failure failure);

  Optional<Health> health(String host);

  /** Hosts that rest now. */
  long resting(Instant now);

  /**
   * @param failures how often it failed in a row
   * @param dialect as in {@link #dialect}
   */
  record Leased(String host, int failures, Optional<Dialect> dialect) {}

  /**
   * @param failures how often it has now failed in a row
   * @param at when
   * @param resume until when it rests
   * @param asked until when it asked us to wait
   * @param error why, in one line
   */
  record Failure(int failures, Instant at, Instant resume, Optional<Instant> asked, String error) {}

  /**
   * @param answered when it last did as it should
   * @param failure what is the matter, until it does again
   */
  record Health(Optional<Instant> answered, Optional<Failure> failure) {}
}
