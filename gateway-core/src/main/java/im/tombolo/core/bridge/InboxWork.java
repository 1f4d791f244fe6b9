package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.Inbox;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on activities that were kept, in order for each actor. What one does and that it is done
 * are one transaction, so that it happens once. Safe for any thread; several may run it.
 */
public final class InboxWork {
  private static final Logger LOG = LoggerFactory.getLogger(InboxWork.class);
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  // Waits double: the last attempt comes about a day after the first.
  private static final int MAX_ATTEMPTS = 14;
  private static final int BATCH = 50;
  // No server sends an activity again after so long.
  private static final Duration REMEMBERED = Duration.ofDays(30);
  private static final int FORGET_BATCH = 1_000;

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
  private final MessageReactions inMessages;
  private final RemoteActorBridge actors;
  private final Notices notices = new Notices();

  public InboxWork(
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
    this.follows = new FollowBridge(directory, accounts, settings);
    RemoteSource source = new RemoteSource(store, fediverse, directory, settings);
    this.posts = new RemotePostBridge(store, source, notices, settings);
    this.messages = new DirectNotes(store, source, settings);
    this.subscriptions = subscriptions;
    this.polls = polls;
    this.quotes = new QuoteBridge(source, new PostBridge(references, settings), settings);
    this.repeats = new RepeatBridge(store, source, notices, settings);
    this.reactions = new ReactionBridge(store, source, settings);
    this.inMessages = new MessageReactions(settings);
    this.actors = new RemoteActorBridge(store, directory, notices, reactions);
  }

  /** Works on what is due; how many it were. */
  public int runDue() {
    Instant now = settings.clock().instant();
    List<Inbox.Row> rows =
        store.inTransaction(session -> session.inbox().claim(now, now.plus(LEASE), BATCH));
    rows.forEach(this::work);
    return rows.size();
  }

  /** Forgets some of the ids that are kept against doing things twice; how many. */
  public int forgetOld() {
    Instant before = settings.clock().instant().minus(REMEMBERED);
    return store.inTransaction(session -> session.inbox().forgetDone(before, FORGET_BATCH));
  }

  /** One that fails must not hold up those of other actors. */
  private void work(Inbox.Row row) {
    try {
      Effect effect =
          ActivityReader.read(row.json())
              .value()
              .filter(activity -> !isBlocked(activity))
              .map(this::effect)
              .orElse(Effect.NOTHING);
      store.inTransaction(session -> {
        switch (effect) {
          case Effect.Now(Consumer<Session> change) -> {
            change.accept(session);
            session.inbox().done(row.id());
          }
          case Effect.Later(String reason, Consumer<Session> otherwise) ->
              later(session, row, reason, otherwise);
        }
        return true;
      });
    } catch (RuntimeException failed) {
      LOG.warn("activity {} of {} failed", row.activityId(), row.actor(), failed);
      store.inTransaction(session -> {
        later(session, row, failed.getClass().getSimpleName(), nothing -> {});
        return true;
      });
    }
  }

  private void later(Session session, Inbox.Row row, String reason, Consumer<Session> otherwise) {
    if (row.attempts() >= MAX_ATTEMPTS) {
      LOG.warn("gave up activity {} of {}: {}", row.activityId(), row.actor(), reason);
      otherwise.accept(session);
      session.inbox().done(row.id());
    } else {
      Duration wait = FIRST_WAIT.multipliedBy(1L << row.attempts());
      session.inbox().retry(row.id(), settings.clock().instant().plus(wait), reason);
    }
  }

  /** What is done to a post of somebody who blocks who does it. Follows are answered. */
  private boolean isBlocked(IncomingActivity activity) {
    Optional<URI> post =
        switch (activity) {
          case IncomingActivity.Announce announce -> Optional.of(announce.post());
          case IncomingActivity.React reaction -> Optional.of(reaction.post());
          case IncomingActivity.Vote vote -> Optional.of(vote.post());
          case IncomingActivity.QuoteRequest request -> Optional.of(request.quoted());
          default -> Optional.empty();
        };
    return post.flatMap(settings.urls()::post)
        .filter(ours ->
            store.inTransaction(
                session -> BlockBridge.blocks(session, ours.account(), activity.actor())))
        .isPresent();
  }

  private Effect effect(IncomingActivity activity) {
    return switch (activity) {
      case IncomingActivity.Follow follow -> follows.followed(follow);
      case IncomingActivity.UndoFollow undo -> follows.undone(undo);
      case IncomingActivity.UndoById undo -> undone(undo);
      case IncomingActivity.Announce announce -> repeats.announced(announce);
      case IncomingActivity.UndoAnnounce undo -> repeats.undone(undo);
      case IncomingActivity.React reaction ->
          messages.knows(reaction.post())
              ? inMessages.reacted(reaction)
              : reactions.reacted(reaction);
      case IncomingActivity.UndoReact undo ->
          messages.knows(undo.post()) ? inMessages.undone(undo) : reactions.undone(undo);
      case IncomingActivity.Accept accept ->
          Effect.now(session -> {
            if (!quotes.accepted(session, accept)) {
              subscriptions.accepted(session, accept);
            }
          });
      case IncomingActivity.Reject reject ->
          Effect.now(session -> subscriptions.rejected(session, reject));
      case IncomingActivity.Vote vote -> polls.voted(vote);
      case IncomingActivity.QuoteRequest request -> quotes.requested(request);
      case IncomingActivity.CreatePost create -> created(create.post());
      case IncomingActivity.UpdatePost update ->
          messages.knows(update.post().id())
              ? messages.updated(update.post())
              : posts.updated(update.post());
      case IncomingActivity.UpdateActor update -> actors.updated(update);
      case IncomingActivity.Delete delete ->
          delete.object().equals(delete.actor())
              ? actors.deleted(delete)
              : Effect.both(messages.deleted(delete), posts.deleted(delete));
      case IncomingActivity.Other other -> Effect.NOTHING;
    };
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
    });
  }
}
