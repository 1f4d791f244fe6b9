package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Follower;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Fediverse accounts that follow a served account. */
public interface Followers {
  /** Adds or refreshes. */
  void add(Jid account, Follower follower);

  Optional<Follower> find(Jid account, URI actor);

  /** True when there was one. */
  boolean remove(Jid account, URI actor);

  /** Ends a follow of which only the id is known; true when there was one by that actor. */
  boolean removeByFollowId(URI actor, URI followId);

  /**
   * Ends the follows of those whose inbox, own or shared, that is, at any account; returns how
   * many.
   */
  int removeByInbox(URI inbox);

  long count(Jid account);

  /** Actor ids in a stable order. */
  List<URI> page(Jid account, Optional<URI> after, int max);
}
