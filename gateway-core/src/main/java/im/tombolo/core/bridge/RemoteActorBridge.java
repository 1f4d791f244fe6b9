package im.tombolo.core.bridge;

import im.tombolo.core.address.Ids;
import im.tombolo.core.atom.Avatars;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Picture;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.util.Optional;

/** What happens to fediverse accounts themselves: a new face, the end. */
final class RemoteActorBridge {
  private final Store store;
  private final ActorDirectory directory;
  private final Notices notices;
  private final ReactionBridge reactions;
  private final RemotePostBridge posts;

  RemoteActorBridge(
      Store store,
      ActorDirectory directory,
      Notices notices,
      ReactionBridge reactions,
      RemotePostBridge posts) {
    this.store = store;
    this.directory = directory;
    this.notices = notices;
    this.reactions = reactions;
    this.posts = posts;
    directory.onWithdrawal(this::withdraw);
  }

  /** Only the actor's own document tells what changed, not the activity. */
  Effect updated(IncomingActivity.UpdateActor update) {
    if (isStranger(update.actor())) {
      return Effect.NOTHING;
    }
    Answer<RemoteActor> now = directory.refresh(update.actor());
    if (!(now instanceof Answer.Got<RemoteActor>(RemoteActor actor))) {
      return Effect.without(now);
    }
    Optional<Picture> picture = directory.avatar(actor);
    String version = Ids.key("profile", update.id().toString());
    return Effect.now(session -> announce(session, actor, picture, version));
  }

  /** Mastodon tells everybody of every account that ends; most of them nobody here ever met. */
  Effect deleted(IncomingActivity.Delete delete) {
    if (isStranger(delete.actor())) {
      return Effect.NOTHING;
    }
    return switch (directory.refresh(delete.actor())) {
      case Answer.Gone<RemoteActor> really -> ended(delete);
      case Answer.Missing<RemoteActor> really -> ended(delete);
      case Answer.Unavailable<RemoteActor>(String reason) -> new Effect.Later(reason);
      case Answer.Got<RemoteActor> there -> Effect.NOTHING;
      case Answer.Closed<RemoteActor> unknown -> Effect.NOTHING;
    };
  }

  private Effect ended(IncomingActivity.Delete delete) {
    return Effect.now(session -> {
      notices.ended(session, delete.actor(), Ids.key(delete.id().toString()));
      withdraw(session, delete.actor());
      session.remoteActors().remove(delete.actor());
    });
  }

  /** Takes what they said and liked from where others can read it. */
  private void withdraw(Session session, URI actor) {
    reactions.gone(session, actor);
    posts.withdraw(session, actor);
  }

  private boolean isStranger(URI actor) {
    return store.inTransaction(session -> isStranger(session, actor));
  }

  boolean isStranger(Session session, URI actor) {
    return session.remoteActors().find(actor).isEmpty();
  }

  private void announce(
      Session session, RemoteActor actor, Optional<Picture> picture, String version) {
    Element nick = Element.of("nick", Namespaces.NICK).text(VCards.nameOf(actor)).build();
    announce(
        session, actor, Namespaces.VCARD4_NODE, item("current", VCards.vcard4(actor)), version);
    announce(session, actor, Namespaces.NICK, item("current", nick), version);
    announce(
        session,
        actor,
        Namespaces.AVATAR_METADATA,
        item(picture.map(Picture::sha1).orElse("current"), Avatars.metadata(picture)),
        version);
    announce(
        session,
        actor,
        Namespaces.BANNER,
        item("current", Avatars.banner(actor.profile().banner())),
        version);
  }

  private void announce(
      Session session, RemoteActor actor, String node, Element item, String version) {
    notices.item(session, actor.id(), node, addressed -> item, version);
  }

  private static Element item(String id, Element payload) {
    return Element.of("item", Namespaces.PUBSUB_EVENT).attribute("id", id).child(payload).build();
  }
}
