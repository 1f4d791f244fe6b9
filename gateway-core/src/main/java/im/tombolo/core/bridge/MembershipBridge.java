package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Membership;
import im.tombolo.core.model.Membership.State;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * People come to the fediverse, and leave it with all that they said there. Leaving is noted at
 * once, from when on nobody sees anything of them; the erasing is done piece by piece. Safe for any
 * thread; {@link #runDue} is called by one at a time.
 */
public final class MembershipBridge {
  /** Posts and reactions that are taken back in one transaction. */
  private static final int POSTS = 100;

  private static final int BATCH = 20;
  // Until then most servers have what they are told.
  private static final Duration SWEEP = Duration.ofHours(1);

  private final Store store;
  private final SubscriptionBridge subscriptions;
  private final PostBridge posts;
  private final OwnReactions reactions;
  private final OwnRsvps rsvps;
  private final BridgeSettings settings;
  private final ActivityWriter activities;

  public MembershipBridge(
      Store store,
      SubscriptionBridge subscriptions,
      References references,
      BridgeSettings settings) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.posts = new PostBridge(references, settings);
    this.reactions = new OwnReactions(settings);
    this.rsvps = new OwnRsvps(settings);
    this.settings = settings;
    this.activities = new ActivityWriter(settings.urls());
  }

  /** What came of joining. */
  public enum Joined {
    WELCOME,
    /** Everybody is bridged whose blog is open. */
    NOT_NEEDED,
    /** They had joined before. */
    ALREADY,
    /** They are still being erased. */
    NOT_YET
  }

  /** What came of leaving. */
  public enum Left {
    /** It has begun. */
    ERASING,
    /** There was nothing to erase; nothing will come. */
    NOTED,
    ALREADY
  }

  /**
   * @return {@link Answer.Closed} for who is not served here
   */
  public Answer<Joined> join(Jid from) {
    Jid person = from.bare();
    return settings.urls().serves(person)
        ? Answer.got(store.inTransaction(session -> join(session, person)))
        : new Answer.Closed<>();
  }

  private Joined join(Session session, Jid person) {
    Optional<State> before = session.members().find(person).map(Membership::state);
    if (before.isEmpty() && settings.consent() == BridgeSettings.Consent.OPEN_NODES) {
      return Joined.NOT_NEEDED;
    }
    if (before.isPresent() && before.get() == State.JOINED) {
      return Joined.ALREADY;
    }
    if (before.isPresent() && before.get() == State.LEAVING) {
      return Joined.NOT_YET;
    }
    save(session, person, State.JOINED, Optional.empty());
    return Joined.WELCOME;
  }

  /**
   * @return {@link Answer.Closed} for who is not served here
   */
  public Answer<Left> leave(Jid from) {
    Jid person = from.bare();
    return settings.urls().serves(person)
        ? Answer.got(store.inTransaction(session -> leave(session, person)))
        : new Answer.Closed<>();
  }

  private Left leave(Session session, Jid person) {
    Optional<State> before = session.members().find(person).map(Membership::state);
    if (before.filter(state -> state != State.JOINED).isPresent()) {
      return Left.ALREADY;
    }
    boolean wasThere = session.accounts().find(person).isPresent();
    Instant now = settings.clock().instant();
    save(
        session,
        person,
        wasThere ? State.LEAVING : State.DECLINED,
        wasThere ? Optional.of(now) : Optional.empty());
    if (!wasThere) {
      // What they watched, blocked and chose is of no use to anybody.
      session.accounts().remove(person);
    }
    return wasThere ? Left.ERASING : Left.NOTED;
  }

  private void save(Session session, Jid person, State state, Optional<Instant> due) {
    session.members().save(new Membership(person, state, settings.clock().instant(), due));
  }

  /** Whether somebody is there, or asked to be. */
  public boolean isMember(Jid from) {
    Jid person = from.bare();
    return store.inTransaction(session ->
        LocalAccounts.isBridged(session, settings, person)
            && (session.members().find(person).isPresent()
                || session.accounts().find(person).filter(Account::isActor).isPresent()));
  }

  /** Goes on with those who leave; how many they are. */
  public int runDue() {
    Instant now = settings.clock().instant();
    List<Membership> due = store.inTransaction(session -> session.members().due(now, BATCH));
    for (Membership leaving : due) {
      store.inTransaction(session -> {
        if (leaving.state() == State.LEAVING) {
          erase(session, leaving);
        } else {
          sweep(session, leaving);
        }
        return true;
      });
    }
    return due.size();
  }

  private void erase(Session session, Membership leaving) {
    List<LocalPost> left = session.localPosts().live(leaving.account(), POSTS);
    left.forEach(post -> posts.bury(session, post));
    if (isCommunity(session, leaving.account())) {
      posts.closed(session, OwnCommunities.node(leaving.account()));
    }
    boolean more =
        left.size() == POSTS
            || reactions.forget(session, leaving.account(), POSTS)
            || rsvps.forget(session, leaving.account(), POSTS);
    if (!more) {
      end(session, leaving);
    }
  }

  private static boolean isCommunity(Session session, Jid account) {
    return session
        .accounts()
        .find(account)
        .filter(known -> known.kind() == ActorKind.GROUP)
        .isPresent();
  }

  private void end(Session session, Membership leaving) {
    Jid person = leaving.account();
    Written farewell = activities.deleteActor(person, leaving.since());
    Publication.add(session, settings, person, farewell);
    for (Following following : session.followings().ofSubscriber(person)) {
      inbox(session, following.actor())
          .ifPresent(inbox -> session.deliveries().add(farewell.key(), inbox));
      subscriptions.end(session, following);
    }
    session.deliveries().addForFollowers(farewell.key(), person);
    session.accounts().remove(person);
    session
        .members()
        .save(
            new Membership(
                person, State.GONE, leaving.since(), Optional.of(settings.clock().instant())));
  }

  private static Optional<URI> inbox(Session session, URI actor) {
    return session
        .remoteActors()
        .find(actor)
        .map(RemoteActor::endpoints)
        .map(there -> there.sharedInbox().orElse(there.inbox()));
  }

  /** What was told goes as soon as everybody has been told. */
  private void sweep(Session session, Membership gone) {
    boolean more = session.activities().forgetTold(gone.account());
    Instant later = settings.clock().instant().plus(SWEEP);
    session
        .members()
        .save(
            new Membership(
                gone.account(),
                gone.state(),
                gone.since(),
                more ? Optional.of(later) : Optional.empty()));
  }
}
