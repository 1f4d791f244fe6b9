package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Membership;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people said about being on the fediverse; most say nothing. */
public interface Members {
  Optional<Membership> find(Jid account);

  /** Inserts or replaces. */
  void save(Membership membership);

  /** Those about which there is something to do, longest due first. */
  List<Membership> due(Instant now, int max);
}
