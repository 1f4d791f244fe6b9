package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.Follower;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store.Session;
import java.util.Optional;

/** People there follow blogs here. */
final class FollowBridge {
  private final ActorDirectory directory;
  private final LocalAccounts accounts;
  private final BridgeSettings settings;
  private final ActivityWriter activities;
  private final PersonalNotices notices;

  FollowBridge(ActorDirectory directory, LocalAccounts accounts, BridgeSettings settings) {
    this.directory = directory;
    this.accounts = accounts;
    this.settings = settings;
    this.activities = new ActivityWriter(settings.urls());
    this.notices = new PersonalNotices(settings);
  }

  /**
   * Accepted if strangers can read the blog at this moment, whatever we thought before, and its
   * owner does not block who follows.
   */
  Effect followed(IncomingActivity.Follow follow) {
    Optional<Jid> address = settings.urls().account(follow.object());
    if (address.isEmpty()) {
      return Effect.NOTHING;
    }
    Answer<RemoteActor> follower = directory.byId(follow.actor());
    if (!(follower instanceof Answer.Got<RemoteActor>(RemoteActor actor))) {
      return Effect.without(follower);
    }
    return switch (accounts.probe(address.get())) {
      case Answer.Got<Account> open ->
          Effect.now(session -> accept(session, address.get(), follow, actor));
      case Answer.Unavailable<Account>(String reason) -> new Effect.Later(reason);
      case Answer.Closed<Account> closed -> rejected(address.get(), follow, actor);
      case Answer.Missing<Account> missing -> rejected(address.get(), follow, actor);
      case Answer.Gone<Account> gone -> rejected(address.get(), follow, actor);
    };
  }

  /** Whoever undoes a Follow is its actor: the reader has seen to that. */
  Effect undone(IncomingActivity.UndoFollow undo) {
    return settings
        .urls()
        .account(undo.object())
        .map(account -> Effect.now(session -> session.followers().remove(account, undo.actor())))
        .orElse(Effect.NOTHING);
  }

  /** By the id of the Follow, or, as snac has it, by whom it followed. */
  void undone(Session session, IncomingActivity.UndoById undo) {
    session.followers().removeByFollowId(undo.actor(), undo.undone());
    settings
        .urls()
        .account(undo.undone())
        .ifPresent(account -> session.followers().remove(account, undo.actor()));
  }

  private void accept(
      Session session, Jid address, IncomingActivity.Follow follow, RemoteActor actor) {
    if (BlockBridge.blocks(session, address, actor.id())) {
      send(session, address, activities.reject(address, follow), actor);
      return;
    }
    boolean isNew = session.followers().find(address, actor.id()).isEmpty();
    session
        .followers()
        .add(
            address,
            new Follower(
                actor.id(),
                actor.endpoints().inbox(),
                actor.endpoints().sharedInbox(),
                follow.id()));
    session.accounts().reconcileBy(address, settings.clock().instant());
    send(session, address, activities.accept(address, follow), actor);
    if (isNew) {
      notices.followedBy(session, address, actor);
    }
  }

  /** Nobody answers for an account that never was an actor: whom would the peer believe? */
  private Effect rejected(Jid address, IncomingActivity.Follow follow, RemoteActor actor) {
    return Effect.now(session -> {
      if (session.accounts().find(address).isPresent()) {
        // If the blog was open before, the comparison finds out what that means.
        session.accounts().reconcileBy(address, settings.clock().instant());
        send(session, address, activities.reject(address, follow), actor);
      }
    });
  }

  private static void send(Session session, Jid signer, Written answer, RemoteActor to) {
    session.activities().add(new Activities.Sent(answer.key(), signer, false, answer.json()));
    session.deliveries().add(answer.key(), to.endpoints().inbox());
  }
}
