package im.tombolo.core.port;

import im.tombolo.core.address.Jid;

/** Follows that wait for the word of whom they follow: followers that are none yet. */
public interface FollowRequests extends Followers {
  /** Follows of one account that wait; more are refused. */
  int MAX_WAITING = 1_000;

  /** Whether an account decides about each follow itself; who has a closed blog always does. */
  boolean areNeeded(Jid account);

  void need(Jid account, boolean needed);
}
