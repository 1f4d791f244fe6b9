package im.tombolo.core.port;

import java.time.Instant;
import java.util.Optional;

/**
 * The health of the servers that we talk to: one record for each, named by {@link
 * im.tombolo.core.address.Authority}.
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
}
