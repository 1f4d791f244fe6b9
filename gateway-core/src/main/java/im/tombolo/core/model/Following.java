package im.tombolo.core.model;

import im.tombolo.core.address.Jid;
import java.net.URI;

/**
 * An XMPP person's follow of a fediverse account.
 *
 * @param subscriber bare JID of the person
 * @param actor id of the account followed
 * @param addressed the virtual JID that the person wrote to; events come from it
 * @param followId id of our Follow activity
 * @param state how far it got
 * @param manner how the person wants it
 */
public record Following(
    Jid subscriber, URI actor, Jid addressed, URI followId, FollowState state, Manner manner) {

  public Following(Jid subscriber, URI actor, Jid addressed, URI followId, FollowState state) {
    this(subscriber, actor, addressed, followId, state, Manner.PLAIN);
  }

  /**
   * How somebody follows.
   *
   * @param asked that everybody may know, asked for with the subscription (XEP-0465)
   * @param listed that everybody may know, published by the person in a node of their own
   * @param presence the answer is awaited as presence, too
   */
  public record Manner(boolean asked, boolean listed, boolean presence) {
    public static final Manner PLAIN = new Manner(false, false, false);

    /** Whether anybody may be told of it. */
    public boolean isPublic() {
      return asked || listed;
    }
  }

  public Following accepted() {
    return new Following(subscriber, actor, addressed, followId, FollowState.ACCEPTED, manner);
  }

  public Following again(Jid spelling, Manner wanted) {
    return new Following(subscriber, actor, spelling, followId, state, wanted);
  }
}
