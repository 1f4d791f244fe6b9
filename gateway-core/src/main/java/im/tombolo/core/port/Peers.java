package im.tombolo.core.port;

import java.time.Instant;
import java.util.Collection;
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

  /** They answer as they should. */
  void well(Collection<String> hosts);

  /** It failed, and rests. */
  void failed(String host, Failure failure);

  /** It refused so many more activities, and took none of those that it got with them. */
  void refused(String host, int activities);

  /** Hosts that rest now. */
  long resting(Instant now);

  /**
   * How a host stands with us.
   *
   * @param shard of those of {@link DeliveryShards}
   * @param failures how often it failed in a row
   * @param refused activities that it refused since it last took one
   * @param dialect as in {@link #dialect}
   */
  record Standing(String host, int shard, int failures, int refused, Optional<Dialect> dialect) {}

  /**
   * @param failures how often it has now failed in a row
   * @param at when
   * @param resume until when it rests
   * @param asked until when it asked us to wait
   * @param error why, in one line
   */
  record Failure(int failures, Instant at, Instant resume, Optional<Instant> asked, String error) {}
}
