package im.tombolo.core.port;

import im.tombolo.core.address.Jid;
import java.net.URI;

/** Who on the fediverse wants nothing of served people, who are never told of it. */
public interface Blockers {
  /** Of one account; more are not kept. */
  int MAX = 10_000;

  /**
   * Nothing when it is there, or when there are too many.
   *
   * @param block id of the activity
   */
  void add(Jid account, URI actor, URI block);

  void remove(Jid account, URI actor);

  /** By the id of the activity, whomever it was about. */
  void removeById(URI actor, URI block);

  /** True when an actor wants nothing of an account. */
  boolean isBlocked(Jid account, URI actor);
}
