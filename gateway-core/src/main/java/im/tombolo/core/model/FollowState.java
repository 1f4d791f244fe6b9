package im.tombolo.core.model;

/** How far a follow of an XMPP person got. */
public enum FollowState {
  /** Asked; the other side has not answered. Locked accounts may take days. */
  PENDING,
  ACCEPTED
}
