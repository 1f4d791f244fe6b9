package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import java.time.Instant;
import java.util.Optional;

/** Leave to fetch what is kept of oneself, once. An account has one ticket at most. */
public interface ExportTickets {
  /**
   * Replaces an earlier ticket of the account, and drops those of others that are over.
   *
   * @param digest of the secret, which is not kept
   */
  void save(Jid account, String digest, Instant now, Instant expires);

  /** Whose ticket it is, if it is good now. */
  Optional<Jid> find(String digest, Instant now);

  /** The same, and the ticket is gone: of several who ask at once one gets it. */
  Optional<Jid> redeem(String digest, Instant now);
}
