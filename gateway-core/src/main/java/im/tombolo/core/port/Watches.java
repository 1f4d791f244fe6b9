package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Watch;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Who wants to know of reactions. */
public interface Watches {
  /** Inserts or replaces: one for each person and target. */
  void save(Watch watch);

  boolean remove(URI target, Jid subscriber);

  long countOf(Jid subscriber);

  /** What somebody watches at one address. */
  Optional<Watch> find(Jid subscriber, NodeAddress node);

  /** Those of a target, in pages by subscriber. */
  List<Watch> of(URI target, Optional<Jid> after, int max);

  void removeOf(URI target);
}
