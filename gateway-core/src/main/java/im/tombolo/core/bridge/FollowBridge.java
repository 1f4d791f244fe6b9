package im.tombolo.core.bridge;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.Follower;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.FollowRequests;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.Optional;

/** People there follow blogs here. */
final class FollowBridge {
  private final ActorDirectory directory;
  private final LocalAccounts accounts;
  private final BridgeSettings settings;
  private final FollowAnswers answers;
  private final PersonalNotices notices;

  FollowBridge(ActorDirectory directory, LocalAccounts accounts, BridgeSettings settings) {
    this.directory = directory;
    this.accounts = accounts;
    this.settings = settings;
    this.answers = new FollowAnswers(settings);
    this.notices = new PersonalNotices(settings);
  }

  /**
   * Accepted if strangers can read the blog at this moment, whatever we thought before, and its
   * owner does not block who follows; unless the owner wants to be asked.
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
        .map(account -> Effect.now(session -> ended(session, account, undo.actor())))
        .orElse(Effect.NOTHING);
  }

  /** By the id of the Follow, or, as snac has it, by whom it followed. */
  void undone(Session session, IncomingActivity.UndoById undo) {
    session.followers().removeByFollowId(undo.actor(), undo.undone());
    session.followRequests().removeByFollowId(undo.actor(), undo.undone());
    settings
        .urls()
        .account(undo.undone())
        .ifPresent(account -> ended(session, account, undo.actor()));
  }

  private static void ended(Session session, Jid account, URI actor) {
    session.followers().remove(account, actor);
    session.followRequests().remove(account, actor);
  }

  private void accept(
      Session session, Jid address, IncomingActivity.Follow follow, RemoteActor actor) {
    Follower follower = follower(follow, actor);
    if (BlockBridge.blocks(session, address, actor.id())) {
      answers.refuse(session, address, follower);
      return;
    }
    // Who blocks and then follows has changed their mind, whatever was said of it.
    session.blockers().remove(address, actor.id());
    boolean isNew = session.followers().find(address, actor.id()).isEmpty();
    if (isNew && session.followRequests().areNeeded(address)) {
      ask(session, address, follower, actor);
      return;
    }
    answers.accept(session, address, follower);
    if (isNew) {
      notices.followedBy(session, address, actor);
    }
  }

  private void ask(Session session, Jid address, Follower follower, RemoteActor actor) {
    boolean isNew = session.followRequests().find(address, actor.id()).isEmpty();
    if (isNew && session.followRequests().count(address) >= FollowRequests.MAX_WAITING) {
      answers.refuse(session, address, follower);
      return;
    }
    session.followRequests().add(address, follower);
    if (isNew) {
      notices.askedBy(session, address, actor);
    }
  }

  private static Follower follower(IncomingActivity.Follow follow, RemoteActor actor) {
    return new Follower(
        actor.id(), actor.endpoints().inbox(), actor.endpoints().sharedInbox(), follow.id());
  }

  /** Nobody answers for an account that never was an actor: whom would the peer believe? */
  private Effect rejected(Jid address, IncomingActivity.Follow follow, RemoteActor actor) {
    return Effect.now(session -> {
      if (session.accounts().find(address).isPresent()) {
        // If the blog was open before, the comparison finds out what that means.
        session.accounts().reconcileBy(address, settings.clock().instant());
        answers.refuse(session, address, follower(follow, actor));
      }
    });
  }
}
