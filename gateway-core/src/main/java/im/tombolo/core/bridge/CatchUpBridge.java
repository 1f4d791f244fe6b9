package im.tombolo.core.bridge;

import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.CatchUps.CatchUp;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts that we missed while no process was there. Some servers try to deliver for minutes only
 * (GoToSocial about four), so after a longer absence the newest page of each followed outbox is
 * read, one after the other, and what is new is told as if it had been delivered. Any thread;
 * several may run it.
 */
public final class CatchUpBridge {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUpBridge.class);

  /** Every server tries again for longer than this. */
  private static final Duration SHORTEST_ABSENCE = Duration.ofMinutes(3);

  // What was on its way when we went.
  private static final Duration OVERLAP = Duration.ofMinutes(5);
  private static final Duration APART = Duration.ofMillis(250);
  private static final Duration SPREAD = Duration.ofMinutes(10);
  private static final Duration AGAIN = Duration.ofMinutes(10);
  private static final int MAX_ATTEMPTS = 3;
  private static final int BATCH = 4;
  private static final int POSTS = 20;
  // The collection and its first page.
  private static final int PAGES = 2;

  private final Store store;
  private final RemoteSource source;
  private final RemotePostBridge posts;
  private final OutboxReader outboxes;
  private final BridgeSettings settings;

  public CatchUpBridge(
      Store store, Fediverse fediverse, ActorDirectory directory, BridgeSettings settings) {
    this.store = store;
    this.settings = settings;
    this.source = new RemoteSource(store, fediverse, directory, settings);
    this.posts = new RemotePostBridge(store, source, new Notices(), settings);
    this.outboxes = new OutboxReader(fediverse, POSTS, PAGES);
  }

  /** Nobody was there for some time, until now. */
  public void wereAway(Duration time) {
    if (time.compareTo(SHORTEST_ABSENCE) >= 0) {
      LOG.info("away for {}: outboxes of followed accounts are read", time);
      Instant now = settings.clock().instant();
      change(session -> session.catchUps().addFollowed(now.minus(time), now, APART, SPREAD));
    }
  }

  /** Reads the outboxes that are due; how many it were. */
  public int runDue() {
    Instant now = settings.clock().instant();
    List<CatchUp> due =
        store.inTransaction(session -> session.catchUps().claim(now, now.plus(AGAIN), BATCH));
    due.forEach(this::catchUp);
    return due.size();
  }

  /** One that fails is tried again, and must not hold up the others. */
  private void catchUp(CatchUp missed) {
    boolean isDone = false;
    try {
      isDone = read(missed);
    } catch (RuntimeException failed) {
      LOG.warn("the outbox of {} could not be caught up with", missed.actor(), failed);
    }
    if (isDone || missed.attempts() >= MAX_ATTEMPTS) {
      change(session -> session.catchUps().done(missed.actor()));
    }
  }

  private boolean read(CatchUp missed) {
    return switch (source.actor(missed.actor()).flatMap(this::newest)) {
      case Answer.Got<List<RemotePost>>(List<RemotePost> newest) -> tell(missed, newest);
      case Answer.Unavailable<List<RemotePost>> silent -> false;
      case Answer<List<RemotePost>> none -> true;
    };
  }

  private Answer<List<RemotePost>> newest(RemoteActor actor) {
    return actor
        .endpoints()
        .outbox()
        .map(
            outbox -> outboxes.read(actor, outbox, this::isUntold).map(OutboxReader.Stretch::posts))
        .orElseGet(() -> Answer.got(List.of()));
  }

  private boolean isUntold(URI post) {
    return store.inTransaction(session -> !session.remotePosts().isTold(post));
  }

  /** In the order in which they were written. False when one has to wait. */
  private boolean tell(CatchUp missed, List<RemotePost> newest) {
    Instant after = lastSeen(missed);
    List<Effect> effects =
        newest.stream()
            .filter(post -> post.author().equals(missed.actor()))
            .filter(post -> post.dates().published().isAfter(after))
            .sorted(Comparator.comparing(post -> post.dates().published()))
            .map(posts::created)
            .toList();
    effects.forEach(this::apply);
    return effects.stream().noneMatch(Effect.Later.class::isInstance);
  }

  private void apply(Effect effect) {
    if (effect instanceof Effect.Now(Consumer<Session> told)) {
      change(told);
    }
  }

  /** What is older than the last post that we had before we went is not new to anybody. */
  private Instant lastSeen(CatchUp missed) {
    Instant overlap = missed.since().minus(OVERLAP);
    return store
        .inTransaction(session -> session.remotePosts().newestUntil(missed.actor(), missed.since()))
        .filter(overlap::isBefore)
        .orElse(overlap);
  }

  private void change(Consumer<Session> change) {
    store.inTransaction(session -> {
      change.accept(session);
      return true;
    });
  }
}
