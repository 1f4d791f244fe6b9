package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** People here follow people there: a subscription is a Follow. Safe for any thread. */
public final class SubscriptionBridge {
  private final Store store;
  private final ActorDirectory directory;
  private final BridgeSettings settings;
  private final ActivityWriter activities;

  public SubscriptionBridge(Store store, ActorDirectory directory, BridgeSettings settings) {
    this.store = store;
    this.directory = directory;
    this.settings = settings;
    this.activities = new ActivityWriter(settings.urls());
  }

  /**
   * Follows, or tells how far an earlier follow got.
   *
   * @param addressed the virtual JID that was written to, in whatever spelling
   * @return {@link Answer.Closed} when the subscriber is not of a served domain or left, {@link
   *     Answer.Missing} when nobody is behind the virtual JID
   */
  public Answer<FollowState> subscribe(Jid addressed, Jid subscriber) {
    Jid person = subscriber.bare();
    if (!settings.urls().serves(person) || !isBridged(person)) {
      return new Answer.Closed<>();
    }
    Optional<Handle> handle = settings.virtual().handle(addressed);
    if (handle.isEmpty()) {
      return new Answer.Missing<>();
    }
    return directory
        .byHandle(handle.get())
        .map(actor ->
            store.inTransaction(session -> follow(session, actor, addressed.bare(), person)));
  }

  private FollowState follow(Session session, RemoteActor actor, Jid addressed, Jid subscriber) {
    Optional<Following> known = session.followings().find(subscriber, actor.id());
    if (known.isPresent()) {
      Following had = known.get();
      // Events come from the spelling that was used last.
      session
          .followings()
          .save(new Following(subscriber, had.actor(), addressed, had.followId(), had.state()));
      return had.state();
    }
    Instant now = settings.clock().instant();
    Account account =
        session
            .accounts()
            .find(subscriber)
            .orElseGet(() ->
                new Account(
                    subscriber,
                    ActorKind.PERSON,
                    Account.Blog.MISSING,
                    true,
                    Account.Face.EMPTY,
                    Instant.EPOCH));
    session.accounts().save(account.acting());
    Written activity = activities.follow(subscriber, actor.id(), now);
    session
        .followings()
        .save(
            new Following(
                subscriber,
                actor.id(),
                addressed,
                settings.urls().activity(activity.key()),
                FollowState.PENDING));
    send(session, subscriber, activity, actor.endpoints().inbox());
    return FollowState.PENDING;
  }

  /** True when there was something to end. */
  public boolean unsubscribe(Jid addressed, Jid subscriber) {
    return store.inTransaction(session -> {
      Optional<Following> following = find(session, addressed, subscriber.bare());
      following.ifPresent(known -> end(session, known));
      return following.isPresent();
    });
  }

  void end(Session session, Following following) {
    session
        .remoteActors()
        .find(following.actor())
        .ifPresent(actor ->
            send(
                session,
                following.subscriber(),
                activities.undoFollow(following),
                actor.endpoints().inbox()));
    session.followings().remove(following.subscriber(), following.actor());
  }

  private boolean isBridged(Jid person) {
    return store.inTransaction(session -> LocalAccounts.isBridged(session, settings, person));
  }

  /** What a subscriber follows, under one address or under all of them. */
  public List<Following> subscriptions(Jid subscriber, Optional<Jid> addressed) {
    return store.inTransaction(session ->
        addressed
            .map(one -> find(session, one, subscriber.bare()).stream().toList())
            .orElseGet(() -> session.followings().ofSubscriber(subscriber.bare())));
  }

  /** By the address that was subscribed to, or by what its owner is called by now. */
  private Optional<Following> find(Session session, Jid addressed, Jid subscriber) {
    Optional<Handle> handle = settings.virtual().handle(addressed);
    return handle.flatMap(wanted ->
        session.followings().ofSubscriber(subscriber).stream()
            .filter(known -> settings.virtual().handle(known.addressed()).equals(handle))
            .findFirst()
            .or(() ->
                session
                    .remoteActors()
                    .findByHandle(wanted)
                    .flatMap(actor -> session.followings().find(subscriber, actor.id()))));
  }

  /** An Accept counts only from whom was followed, and only once. */
  void accepted(Session session, Notices notices, IncomingActivity.Accept accept) {
    answered(session, accept.actor(), accept.request(), accept.asker())
        .filter(following -> following.state() == FollowState.PENDING)
        .ifPresent(following -> {
          session.followings().save(following.accepted());
          notices.subscription(session, following, Namespaces.MICROBLOG, "subscribed");
        });
  }

  /** Also ends a follow that was accepted before. */
  void rejected(Session session, Notices notices, IncomingActivity.Reject reject) {
    answered(session, reject.actor(), reject.request(), reject.asker())
        .ifPresent(following -> {
          session.followings().remove(following.subscriber(), reject.actor());
          notices.subscription(session, following, Namespaces.MICROBLOG, "none");
        });
  }

  /** By the id of our Follow, or by whose it was. */
  private Optional<Following> answered(
      Session session, URI actor, Optional<URI> followId, Optional<URI> asker) {
    return followId
        .flatMap(session.followings()::findByFollowId)
        .or(() ->
            asker
                .flatMap(settings.urls()::account)
                .flatMap(subscriber -> session.followings().find(subscriber, actor)))
        .filter(following -> following.actor().equals(actor));
  }

  private static void send(Session session, Jid signer, Written activity, URI inbox) {
    session.activities().add(new Activities.Sent(activity.key(), signer, false, activity.json()));
    session.deliveries().add(activity.key(), inbox);
  }
}
