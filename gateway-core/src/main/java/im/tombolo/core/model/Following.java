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
 */
public record Following(Jid subscriber, URI actor, Jid addressed, URI followId, FollowState state) {

  public Following accepted() {
    return new Following(subscriber, actor, addressed, followId, FollowState.ACCEPTED);
  }
}
