package im.tombolo.core.model;

import im.tombolo.core.address.Jid;
import java.time.Instant;
import java.util.Optional;

/**
 * What a served person said about being on the fediverse.
 *
 * @param since when they said so
 * @param due when there is something to do about it
 */
public record Membership(Jid account, State state, Instant since, Optional<Instant> due) {
  /** How it stands. */
  public enum State {
    /** They asked for it. */
    JOINED,
    /** They are being erased. */
    LEAVING,
    /** They were there, and are erased. */
    GONE,
    /** They never were there, and do not want to be. */
    DECLINED
  }
}
