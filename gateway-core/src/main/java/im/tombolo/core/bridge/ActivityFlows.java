package im.tombolo.core.bridge;

import im.tombolo.core.activity.CommunityWriter.Refusal;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Rsvp.State;
import im.tombolo.core.policy.Moderation;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** What becomes of activities: which flow is whose. Safe for any thread. */
final class ActivityFlows {
  private final Store store;
  private final BridgeSettings settings;
  private final FollowBridge follows;
  private final RemotePostBridge posts;
  private final DirectNotes messages;
  private final RepeatBridge repeats;
  private final SubscriptionBridge subscriptions;
  private final PollBridge polls;
  private final QuoteBridge quotes;
  private final ReactionBridge reactions;
  private final GuestBridge guests;
  private final OwnRsvps rsvps;
  private final MessageReactions inMessages;
  private final RemoteActorBridge actors;
  private final FlagBridge flags;
  private final BlockerBridge blockers;
  private final CommunityBridge communities;
  private final Submissions submissions;
  private final RemoteSource source;
  private final CommunityDoor door;
  private final CommunityRefusals refusals;

  ActivityFlows(
      Store store,
      Fediverse fediverse,
      ActorDirectory directory,
      LocalAccounts accounts,
      SubscriptionBridge subscriptions,
      PollBridge polls,
      References references,
      BridgeSettings settings) {
    this.store = store;
    this.settings = settings;
    Notices notices = new Notices();
    this.follows = new FollowBridge(directory, accounts, settings);
    this.source = new RemoteSource(store, fediverse, directory, settings);
    this.door = new CommunityDoor(settings);
    this.posts = new RemotePostBridge(store, source, notices, settings);
    this.messages = new DirectNotes(store, source, settings);
    this.subscriptions = subscriptions;
    this.polls = polls;
    this.quotes = new QuoteBridge(source, new PostBridge(references, settings), settings);
    this.submissions = new Submissions(settings);
    this.refusals = new CommunityRefusals(notices, settings);
    this.communities =
        new CommunityBridge(
            store,
            source,
            new SecondHand(fediverse, directory, settings),
            new Moderators(fediverse, settings),
            posts,
            new CommunityNode(notices, settings),
            refusals,
            this::effect,
            settings);
    this.repeats = new RepeatBridge(store, source, notices, communities, settings);
    this.reactions = new ReactionBridge(store, source, settings);
    this.guests = new GuestBridge(store, source, settings);
    this.rsvps = new OwnRsvps(settings);
    this.inMessages = new MessageReactions(settings);
    this.actors = new RemoteActorBridge(store, directory, notices, reactions, posts);
    this.flags = new FlagBridge(settings);
    this.blockers = new BlockerBridge(settings);
  }

  /** How far an activity got inside a transaction, where nobody is asked. */
  enum AtOnce {
    DONE,
    /** Other servers may have to be asked, or it concerns single people: see {@link #effect}. */
    ASKS,
    /** It comes after something else that waits. */
    WAITS
  }

  /**
   * The same as {@link #atOnce(Session, IncomingActivity, boolean)}; communities here pass on what
   * concerns them.
   *
   * @param json the activity as it came
   */
  AtOnce atOnce(Session session, IncomingActivity activity, String json, boolean isPatient) {
    if (!submissions.mayConcern(activity, json)
        || settings.moderation().refuses(activity.actor())) {
      return atOnce(session, activity, isPatient);
    }
    Optional<Jid> concerned = submissions.concerned(session, activity);
    if (refusal(session, activity, concerned).isPresent()) {
      return AtOnce.ASKS;
    }
    AtOnce how = atOnce(session, activity, isPatient);
    if (how == AtOnce.DONE) {
      submissions.done(session, activity, json, concerned);
    }
    return how;
  }

  /**
   * Does what can be done with what we know; nothing otherwise. Takes no locks in which activities
   * of different actors could get entangled: many of them share a transaction.
   *
   * @param isPatient whether it may wait for what comes before it
   */
  AtOnce atOnce(Session session, IncomingActivity activity, boolean isPatient) {
    if (settings.moderation().refuses(activity.actor())) {
      return AtOnce.DONE;
    }
    return switch (activity) {
      case IncomingActivity.CreatePost create -> created(session, create.post(), isPatient);
      case IncomingActivity.UpdatePost update ->
          messages.knows(session, update.post().id())
              ? now(session, messages.updated(update.post()))
              : posts.updated(session, update.post());
      case IncomingActivity.Delete delete when !delete.object().equals(delete.actor()) ->
          now(session, deleted(delete));
      case IncomingActivity.Delete delete -> asks(!actors.isStranger(session, delete.actor()));
      case IncomingActivity.React reaction -> reacted(session, reaction);
      case IncomingActivity.UndoReact undo ->
          now(
              session,
              messages.knows(session, undo.post())
                  ? inMessages.undone(undo)
                  : reactions.undone(undo));
      case IncomingActivity.UndoById undo -> now(session, undone(undo));
      case IncomingActivity.UndoFollow undo -> now(session, follows.undone(undo));
      case IncomingActivity.UndoAnnounce undo -> now(session, repeats.undone(undo));
      case IncomingActivity.Flag flag -> now(session, flagged(flag));
      case IncomingActivity.Block block -> now(session, blocked(block));
      case IncomingActivity.UndoBlock undo -> now(session, undone(undo));
      case IncomingActivity.Other other -> AtOnce.DONE;
      default -> AtOnce.ASKS;
    };
  }

  private AtOnce created(Session session, RemotePost post, boolean isPatient) {
    return messages.knows(session, post.id()) || messages.concerns(session, post)
        ? AtOnce.ASKS
        : posts.created(session, post, isPatient);
  }

  private AtOnce reacted(Session session, IncomingActivity.React reaction) {
    return messages.knows(session, reaction.post())
        ? AtOnce.ASKS
        : asks(!isBlocked(session, reaction) && !reactions.reacted(session, reaction));
  }

  private static AtOnce asks(boolean asks) {
    return asks ? AtOnce.ASKS : AtOnce.DONE;
  }

  private static AtOnce now(Session session, Effect effect) {
    if (effect instanceof Effect.Now(Consumer<Session> change)) {
      change.accept(session);
      return AtOnce.DONE;
    }
    return AtOnce.ASKS;
  }

  /** By whom the administrator refuses, or showing what they wrote. */
  private boolean isUnwelcome(IncomingActivity activity) {
    Moderation moderation = settings.moderation();
    return moderation.refuses(activity.actor())
        || (activity instanceof IncomingActivity.Announce announce
            && settings.urls().post(announce.post()).isEmpty()
            && (moderation.refuses(announce.post()) || isByUnwelcome(announce.post())));
  }

  /** A post that came another way may be of an actor who is refused, but not the server. */
  private boolean isByUnwelcome(URI post) {
    return store.inTransaction(session ->
        session
            .remotePosts()
            .find(post)
            .filter(kept -> settings.moderation().refuses(kept.post().author()))
            .isPresent());
  }

  private Effect flagged(IncomingActivity.Flag flag) {
    return Effect.now(session -> flags.flagged(session, flag));
  }

  private Effect blocked(IncomingActivity.Block block) {
    return Effect.now(session -> blockers.blocked(session, block));
  }

  private Effect undone(IncomingActivity.UndoBlock undo) {
    return Effect.now(session -> blockers.undone(session, undo));
  }

  /** What is done to a post of somebody who blocks who does it. Follows are answered. */
  private boolean isBlocked(Session session, IncomingActivity activity) {
    Optional<URI> post =
        switch (activity) {
          case IncomingActivity.Announce announce -> Optional.of(announce.post());
          case IncomingActivity.React reaction -> Optional.of(reaction.post());
          case IncomingActivity.Vote vote -> Optional.of(vote.post());
          case IncomingActivity.QuoteRequest request -> Optional.of(request.quoted());
          default -> Optional.empty();
        };
    return post.flatMap(settings.urls()::post)
        .filter(ours -> BlockBridge.blocks(session, ours.account(), activity.actor()))
        .isPresent();
  }

  /**
   * The same as {@link #effect(IncomingActivity)}; communities here pass on what concerns them.
   *
   * @param json the activity as it came
   */
  Effect effect(IncomingActivity activity, String json) {
    if (!submissions.mayConcern(activity, json) || isUnwelcome(activity)) {
      return effect(activity);
    }
    Optional<Jid> concerned =
        store.inTransaction(session -> submissions.concerned(session, activity));
    return store
        .inTransaction(session -> refusal(session, activity, concerned))
        .map(why -> refused(concerned.orElseThrow(), activity, why))
        .orElseGet(() ->
            Effect.both(
                effect(activity),
                Effect.now(session -> submissions.done(session, activity, json, concerned))));
  }

  private Optional<Refusal> refusal(
      Session session, IncomingActivity activity, Optional<Jid> concerned) {
    return activity instanceof IncomingActivity.CreatePost create
        ? door.ofComment(session, create, concerned)
        : Optional.empty();
  }

  private Effect refused(Jid community, IncomingActivity activity, Refusal why) {
    Answer<RemoteActor> author = source.actor(activity.actor());
    return author instanceof Answer.Got<RemoteActor>(RemoteActor told)
        ? Effect.now(session -> door.refuse(session, community, activity.id(), told, why))
        : Effect.without(author);
  }

  /** What follows from an activity; asks other servers, so never inside a transaction. */
  Effect effect(IncomingActivity activity) {
    if (isUnwelcome(activity) || store.inTransaction(session -> isBlocked(session, activity))) {
      return Effect.NOTHING;
    }
    return switch (activity) {
      case IncomingActivity.Follow follow -> follows.followed(follow);
      case IncomingActivity.UndoFollow undo -> follows.undone(undo);
      case IncomingActivity.UndoById undo -> undone(undo);
      case IncomingActivity.Announce announce -> repeats.announced(announce);
      case IncomingActivity.UndoAnnounce undo -> repeats.undone(undo);
      case IncomingActivity.PassedOn passed -> communities.passedOn(passed);
      case IncomingActivity.React reaction ->
          messages.knows(reaction.post())
              ? inMessages.reacted(reaction)
              : reactions.reacted(reaction);
      case IncomingActivity.UndoReact undo ->
          messages.knows(undo.post()) ? inMessages.undone(undo) : reactions.undone(undo);
      case IncomingActivity.Accept accept -> accepted(accept);
      case IncomingActivity.Reject reject -> rejected(reject);
      case IncomingActivity.Join join -> guests.joined(join);
      case IncomingActivity.TentativeAccept maybe -> guests.maybe(maybe);
      case IncomingActivity.Leave leave -> guests.left(leave.event(), leave.actor());
      case IncomingActivity.Invite invite -> guests.invited(invite);
      case IncomingActivity.Vote vote -> polls.voted(vote);
      case IncomingActivity.QuoteRequest request -> quotes.requested(request);
      case IncomingActivity.CreatePost create -> created(create.post());
      case IncomingActivity.UpdatePost update ->
          messages.knows(update.post().id())
              ? messages.updated(update.post())
              : posts.updated(update.post());
      case IncomingActivity.UpdateActor update -> actors.updated(update);
      case IncomingActivity.Delete delete ->
          delete.object().equals(delete.actor()) ? actors.deleted(delete) : deleted(delete);
      case IncomingActivity.Flag flag -> flagged(flag);
      case IncomingActivity.Block block -> blocked(block);
      case IncomingActivity.UndoBlock undo -> undone(undo);
      // Moderators are believed by the word of their community alone, and in those here.
      case IncomingActivity.TakeDown down -> Effect.NOTHING;
      case IncomingActivity.Restore restore -> Effect.NOTHING;
      case IncomingActivity.Lock lock -> Effect.NOTHING;
      case IncomingActivity.Feature feature -> Effect.NOTHING;
      case IncomingActivity.Ban ban -> Effect.NOTHING;
      case IncomingActivity.Other other -> Effect.NOTHING;
    };
  }

  /** Friendica and Hubzilla accept and reject an event itself. */
  private Effect accepted(IncomingActivity.Accept accept) {
    Optional<URI> event = accept.request().filter(guests::hasEvent);
    return event
        .map(id ->
            guests.joined(
                new IncomingActivity.Join(accept.id(), accept.actor(), id, Optional.empty())))
        .orElseGet(() ->
            Effect.now(session -> {
              boolean isDone =
                  quotes.accepted(session, accept)
                      || rsvps.answered(session, accept.request(), accept.actor(), State.ACCEPTED);
              if (!isDone) {
                subscriptions.accepted(session, accept);
              }
            }));
  }

  private Effect rejected(IncomingActivity.Reject reject) {
    Optional<URI> event = reject.request().filter(guests::hasEvent);
    return event
        .map(id -> guests.left(id, reject.actor()))
        .orElseGet(() ->
            Effect.now(session -> {
              boolean isDone =
                  rsvps.answered(session, reject.request(), reject.actor(), State.REJECTED)
                      || refusals.refused(session, reject);
              if (!isDone) {
                subscriptions.rejected(session, reject);
              }
            }));
  }

  private Effect deleted(IncomingActivity.Delete delete) {
    return Effect.both(messages.deleted(delete), posts.deleted(delete));
  }

  /** What was a message once stays one, whatever is said of it later. */
  private Effect created(RemotePost post) {
    return messages.knows(post.id())
        ? messages.created(post)
        : Effect.both(messages.created(post), posts.created(post));
  }

  /** Of whatever kind it was. */
  private Effect undone(IncomingActivity.UndoById undo) {
    return Effect.now(session -> {
      follows.undone(session, undo);
      repeats.undone(session, undo.actor(), undo.undone());
      inMessages.undone(session, undo);
      reactions.undone(session, undo.actor(), undo.undone());
      blockers.undone(session, undo);
    });
  }
}
