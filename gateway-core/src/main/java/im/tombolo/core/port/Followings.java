package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Following;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What XMPP people follow on the fediverse. */
public interface Followings {
  Optional<Following> find(Jid subscriber, URI actor);

  /** The same; who else wants to lock it waits until this transaction ends. */
  Optional<Following> lock(Jid subscriber, URI actor);

  /** By the id of our Follow activity. */
  Optional<Following> findByFollowId(URI followId);

  void save(Following following);

  boolean remove(Jid subscriber, URI actor);

  List<Following> ofSubscriber(Jid subscriber);

  /** Whom the subscriber follows publicly and who agreed: actor ids in a stable order. */
  List<URI> publicOf(Jid subscriber, Optional<URI> after, int max);

  long countPublic(Jid subscriber);

  /** Notes whether the subscriber's own node says that they follow the actor. */
  void list(Jid subscriber, URI actor, boolean listed);

  /** Accepted follows of an actor, in pages by subscriber. */
  List<Following> acceptedOf(URI actor, Optional<Jid> after, int max);

  /** True when anybody here follows the actor, accepted or not. */
  boolean isFollowed(URI actor);
}
