package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** People here follow people there: a subscription is a Follow. Safe for any thread. */
public final class SubscriptionBridge {
  private final Store store;
  private final ActorDirectory directory;
  private final BridgeSettings settings;
  private final ActivityWriter activities;
  private final Notices notices = new Notices();

  public SubscriptionBridge(Store store, ActorDirectory directory, BridgeSettings settings) {
    this.store = store;
    this.directory = directory;
    this.settings = settings;
    this.activities = new ActivityWriter(settings.urls());
  }

  /** Follows by pubsub, without telling others. */
  public Answer<FollowState> subscribe(Jid addressed, Jid subscriber) {
    return subscribe(addressed, subscriber, SubscribeWay.QUIETLY);
  }

  /**
   * Follows, or tells how far an earlier follow got.
   *
   * @param addressed the virtual JID that was written to, in whatever spelling
   * @param way replaces what an earlier request said
   * @return {@link Answer.Closed} when the subscriber is not of a served domain or left, {@link
   *     Answer.Missing} when nobody is behind the virtual JID
   */
  public Answer<FollowState> subscribe(Jid addressed, Jid subscriber, SubscribeWay way) {
    return subscribe(addressed, subscriber, way, Feed.BLOG);
  }

  /**
   * The same.
   *
   * @param feed what the subscriber wants to get, beside what they get already
   */
  public Answer<FollowState> subscribe(Jid addressed, Jid subscriber, SubscribeWay way, Feed feed) {
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
            store.inTransaction(
                session -> follow(session, actor, new Wish(addressed.bare(), person, way, feed))));
  }

  /** Who wants to follow, and how. */
  private record Wish(Jid addressed, Jid subscriber, SubscribeWay way, Feed feed) {
    Following.Manner manner(Following.Manner before) {
      return way.manner(before).with(feed);
    }
  }

  private FollowState follow(Session session, RemoteActor actor, Wish wish) {
    Jid subscriber = wish.subscriber();
    Optional<Following> known =
        session
            .followings()
            .lock(subscriber, actor.id())
            .or(() -> {
              act(session, subscriber);
              // Another device may have asked meanwhile: the account's row let it go first.
              return session.followings().lock(subscriber, actor.id());
            });
    Following following =
        known
            // Events come from the spelling that was used last.
            .map(had -> had.again(wish.addressed(), wish.manner(had.manner())))
            .orElseGet(() -> ask(session, actor, wish));
    session.followings().save(following);
    if (wish.way() == SubscribeWay.BY_PRESENCE && following.state() == FollowState.ACCEPTED) {
      notices.presence(session, following, "subscribed");
    }
    return following.state();
  }

  private static void act(Session session, Jid subscriber) {
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
  }

  private Following ask(Session session, RemoteActor actor, Wish wish) {
    Jid subscriber = wish.subscriber();
    Written activity = activities.follow(subscriber, actor.id(), settings.clock().instant());
    send(session, subscriber, activity, actor.endpoints().inbox());
    return new Following(
        subscriber,
        actor.id(),
        wish.addressed(),
        settings.urls().activity(activity.key()),
        FollowState.PENDING,
        wish.manner(Following.Manner.BEGINNING));
  }

  /**
   * Gets one feed no more, by pubsub; with the last one the follow ends.
   *
   * @return true when there was something to end
   */
  public boolean unsubscribe(Jid addressed, Jid subscriber, Feed feed) {
    boolean keepsOthers =
        store.inTransaction(session -> {
          Optional<Following> following =
              find(session, addressed, subscriber.bare())
                  .filter(known -> known.manner().feeds().contains(feed))
                  .filter(known -> known.manner().feeds().size() > 1);
          following.ifPresent(known ->
              session
                  .followings()
                  .save(known.again(known.addressed(), known.manner().without(feed))));
          return following.isPresent();
        });
    return keepsOthers || (gets(addressed, subscriber, feed) && unsubscribe(addressed, subscriber));
  }

  private boolean gets(Jid addressed, Jid subscriber, Feed feed) {
    return subscriptions(subscriber.bare(), Optional.of(addressed)).stream()
        .anyMatch(known -> known.manner().feeds().contains(feed));
  }

  /** By pubsub; true when there was something to end. */
  public boolean unsubscribe(Jid addressed, Jid subscriber) {
    return unsubscribe(addressed, subscriber, this::tellPresence);
  }

  /** The same by presence, of which pubsub is told. */
  boolean unsubscribeByPresence(Jid addressed, Jid subscriber) {
    return unsubscribe(
        addressed,
        subscriber,
        (session, following) -> notices.subscription(session, following, "none"));
  }

  private boolean unsubscribe(Jid addressed, Jid subscriber, BiConsumer<Session, Following> tell) {
    return store.inTransaction(session -> {
      Optional<Following> following = find(session, addressed, subscriber.bare());
      following.ifPresent(known -> {
        undo(session, known);
        tell.accept(session, known);
      });
      return following.isPresent();
    });
  }

  /** How far a follow got; empty: there is none. */
  Optional<FollowState> state(Jid addressed, Jid subscriber) {
    Optional<Handle> handle = settings.virtual().handle(addressed);
    return store.inTransaction(session ->
        handle
            .flatMap(session.remoteActors()::findByHandle)
            .flatMap(actor -> session.followings().find(subscriber.bare(), actor.id()))
            .or(() -> find(session, addressed, subscriber.bare()))
            .map(Following::state));
  }

  /** Ends a follow from our side; the person is told. */
  void end(Session session, Following following) {
    undo(session, following);
    tellEnded(session, following);
  }

  private void undo(Session session, Following following) {
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
  void accepted(Session session, IncomingActivity.Accept accept) {
    answered(session, accept.actor(), accept.request(), accept.asker())
        .flatMap(found -> session.followings().lock(found.subscriber(), found.actor()))
        .filter(following -> following.state() == FollowState.PENDING)
        .ifPresent(following -> {
          session.followings().save(following.accepted());
          notices.subscription(session, following, "subscribed");
          if (following.manner().presence()) {
            notices.presence(session, following, "subscribed");
          }
        });
  }

  /** Also ends a follow that was accepted before. */
  void rejected(Session session, IncomingActivity.Reject reject) {
    answered(session, reject.actor(), reject.request(), reject.asker())
        .ifPresent(following -> ended(session, following));
  }

  /** An activity will never reach its peer: if it is a Follow, nobody is going to answer it. */
  public void givenUp(Session session, String activityKey) {
    session
        .followings()
        .findByFollowId(settings.urls().activity(activityKey))
        .filter(following -> following.state() == FollowState.PENDING)
        .ifPresent(following -> ended(session, following));
  }

  private void ended(Session session, Following following) {
    session.followings().remove(following.subscriber(), following.actor());
    tellEnded(session, following);
  }

  private void tellEnded(Session session, Following following) {
    notices.subscription(session, following, "none");
    tellPresence(session, following);
  }

  private void tellPresence(Session session, Following following) {
    if (following.manner().presence()) {
      notices.presence(session, following, "unsubscribed");
    }
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
    session
        .activities()
        .add(new Activities.Sent(activity.key(), signer, false, activity.json(), activity.turn()));
    session.deliveries().add(activity.key(), inbox);
  }
}
