package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Follower;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Follows that wait for the word of whom they follow. */
public interface FollowRequests {
  /** Follows of one account that wait; more are refused. */
  int MAX_WAITING = 1_000;

  /** Whether an account decides about each follow itself; who has a closed blog always does. */
  boolean areNeeded(Jid account);

  void need(Jid account, boolean needed);

  /** Inserts or refreshes. */
  void add(Jid account, Follower follower);

  Optional<Follower> find(Jid account, URI actor);

  /** True when there was one. */
  boolean remove(Jid account, URI actor);

  /** Ends one of which only the id is known; true when there was one by that actor. */
  boolean removeByFollowId(URI actor, URI followId);

  long count(Jid account);

  /** Actor ids in a stable order. */
  List<URI> page(Jid account, Optional<URI> after, int max);
}
