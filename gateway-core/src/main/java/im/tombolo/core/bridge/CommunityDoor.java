package im.tombolo.core.bridge;

import im.tombolo.core.activity.CommunityWriter;
import im.tombolo.core.activity.CommunityWriter.Refusal;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.Optional;

/**
 * What communities here do not take of what people of the fediverse do in them, and who is told so
 * (FEP-1b12 §Announce). Works inside the caller's transaction.
 */
final class CommunityDoor {
  private final CommunityWriter activities;

  CommunityDoor(BridgeSettings settings) {
    this.activities = new CommunityWriter(settings.urls());
  }

  /** Why a community takes nothing of somebody, whatever its service would say. */
  Optional<Refusal> refusal(Session session, Jid community, URI actor) {
    if (BlockBridge.blocks(session, community, actor)) {
      return Optional.of(Refusal.CAST_OUT);
    }
    return session.remoteActors().find(actor).filter(who -> !who.wishes().shown()).isPresent()
        ? Optional.of(Refusal.NOT_TO_BE_SHOWN)
        : Optional.empty();
  }

  /**
   * Why a comment is not taken.
   *
   * @param concerned the community in which it would stand
   */
  Optional<Refusal> ofComment(
      Session session, IncomingActivity.CreatePost create, Optional<Jid> concerned) {
    if (concerned.isEmpty() || create.post().parent().isEmpty()) {
      return Optional.empty();
    }
    if (BlockBridge.blocks(session, concerned.get(), create.actor())) {
      return Optional.of(Refusal.CAST_OUT);
    }
    URI root = OwnCommunities.root(session, create.post().parent().get());
    return session.decisions().isLocked(root) ? Optional.of(Refusal.LOCKED) : Optional.empty();
  }

  /** What somebody who was cast out takes back is gone; nothing else of theirs is passed on. */
  boolean passesOn(Session session, Jid community, IncomingActivity activity) {
    return activity instanceof IncomingActivity.Delete
        || activity instanceof IncomingActivity.UndoReact
        || !BlockBridge.blocks(session, community, activity.actor());
  }

  void refuse(Session session, Jid community, URI activity, RemoteActor author, Refusal why) {
    Written reject = activities.refuse(community, activity, author.id(), why);
    session
        .activities()
        .add(new Activities.Sent(reject.key(), community, false, reject.json(), reject.turn()));
    session.deliveries().add(reject.key(), author.endpoints().inbox());
  }
}
