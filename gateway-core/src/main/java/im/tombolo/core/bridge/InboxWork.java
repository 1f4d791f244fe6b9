package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.bridge.ActivityFlows.AtOnce;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.Inbox.Claim;
import im.tombolo.core.port.Inbox.End;
import im.tombolo.core.port.Inbox.Lane;
import im.tombolo.core.port.Inbox.Row;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on activities that were kept, in order for each actor. What one does and that it is done
 * are one transaction, so that it happens once. What can be done with what we know is done for many
 * actors in one transaction; whatever makes us ask other servers is worked on apart, one at a time,
 * so that a slow server holds up nobody else's. Safe for any thread; several may run both.
 */
public final class InboxWork {
  private static final Logger LOG = LoggerFactory.getLogger(InboxWork.class);
  // What a killed process had in its hands waits for so long.
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration LEASE_TO_ASK = Duration.ofMinutes(2);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  // Waits double: the last attempt comes about a day after the first.
  private static final int MAX_ATTEMPTS = 14;
  // What waits for another activity of the inbox does so three times.
  private static final int PATIENCE = 3;
  private static final Duration WAIT_FOR_OTHERS = Duration.ofSeconds(1);
  // At worst each lane has one activity of the largest size.
  private static final Claim TOGETHER = new Claim(false, 16, 50, 1 << 16);
  private static final Claim APART = new Claim(true, 1, 1, 1);
  // No server sends an activity again after so long.
  private static final Duration REMEMBERED = Duration.ofDays(30);
  private static final int FORGET_BATCH = 1_000;

  private final Store store;
  private final BridgeSettings settings;
  private final ActivityFlows flows;

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
    this.flows =
        new ActivityFlows(
            store, fediverse, directory, accounts, subscriptions, polls, references, settings);
  }

  /** Does what is due and needs nobody to be asked; of how many actors it was. */
  public int runDue() {
    List<Lane> lanes = claim(TOGETHER, LEASE);
    try {
      if (!lanes.isEmpty()) {
        together(lanes);
      }
    } catch (RuntimeException failed) {
      LOG.debug("activities of {} actors failed together", lanes.size(), failed);
      lanes.forEach(this::first);
    }
    return lanes.size();
  }

  /** Works on one activity that makes us ask others; how many it were. */
  public int runAsking() {
    List<Lane> lanes = claim(APART, LEASE_TO_ASK);
    lanes.forEach(lane -> {
      if (lane.rows().isEmpty()) {
        together(lanes);
      } else {
        asking(lane.actor(), lane.rows().getFirst());
      }
    });
    return lanes.size();
  }

  /** Forgets some of the ids that are kept against doing things twice; how many. */
  public int forgetOld() {
    Instant before = now().minus(REMEMBERED);
    return store.inTransaction(session -> session.inbox().forgetDone(before, FORGET_BATCH));
  }

  private List<Lane> claim(Claim claim, Duration lease) {
    Instant now = now();
    return store.inTransaction(session -> session.inbox().claim(claim, now, now.plus(lease)));
  }

  /** A lane, and what its rows say: empty where that cannot be read. */
  private record Work(Lane lane, List<Optional<IncomingActivity>> activities) {
    static Work of(Lane lane) {
      return new Work(
          lane, lane.rows().stream().map(row -> ActivityReader.read(row.json()).value()).toList());
    }

    Stream<RemotePost> created() {
      return activities.stream()
          .flatMap(Optional::stream)
          .filter(IncomingActivity.CreatePost.class::isInstance)
          .map(activity -> ((IncomingActivity.CreatePost) activity).post());
    }
  }

  private void together(List<Lane> lanes) {
    List<Work> all = lanes.stream().map(Work::of).toList();
    List<RemotePost> created = all.stream().flatMap(Work::created).toList();
    store.inTransaction(session -> {
      if (created.size() > 1) {
        session.foresee(
            created.stream().map(RemotePost::id).toList(),
            created.stream().map(RemotePost::author).distinct().toList());
      }
      List<Long> done = new ArrayList<>();
      List<End> ends = new ArrayList<>();
      all.forEach(work -> advance(session, work, done).ifPresent(ends::add));
      session.inbox().done(done);
      session.inbox().release(ends, now());
      return true;
    });
  }

  /** Only the first of a lane, so that one that fails holds up none of the others. */
  private void first(Lane lane) {
    try {
      together(
          List.of(new Lane(lane.actor(), lane.last(), lane.rows().stream().limit(1).toList())));
    } catch (RuntimeException failed) {
      if (lane.rows().isEmpty()) {
        throw failed;
      }
      failed(lane.actor(), lane.rows().getFirst(), failed);
    }
  }

  /** Goes along a lane as far as possible; empty when its next one has to wait. */
  private Optional<End> advance(Session session, Work work, List<Long> done) {
    Lane lane = work.lane();
    List<Optional<IncomingActivity>> activities = work.activities();
    Set<URI> overtaken = Overtaken.among(activities.stream().flatMap(Optional::stream).toList());
    long until = lane.rows().isEmpty() ? lane.last() : 0;
    for (int i = 0; i < activities.size(); i++) {
      Row row = lane.rows().get(i);
      AtOnce how =
          activities
              .get(i)
              .filter(activity -> !overtaken.contains(activity.id()))
              .map(activity ->
                  flows.atOnce(session, activity, row.json(), row.attempts() < PATIENCE))
              .orElse(AtOnce.DONE);
      switch (how) {
        case DONE -> {
          done.add(row.id());
          until = row.id();
        }
        case ASKS -> {
          return Optional.of(new End(lane.actor(), until, true));
        }
        case WAITS -> {
          Instant due = now().plus(WAIT_FOR_OTHERS);
          session.inbox().retry(row, lane.actor(), due, "it answers what waits itself");
          return Optional.empty();
        }
      }
    }
    return Optional.of(new End(lane.actor(), until, false));
  }

  private void asking(URI actor, Row row) {
    try {
      Effect effect =
          ActivityReader.read(row.json())
              .value()
              .map(activity -> flows.effect(activity, row.json()))
              .orElse(Effect.NOTHING);
      store.inTransaction(session -> {
        switch (effect) {
          case Effect.Now(Consumer<Session> change) -> {
            change.accept(session);
            done(session, actor, row);
          }
          case Effect.Later(String reason, Consumer<Session> otherwise) ->
              later(session, actor, row, reason, otherwise);
        }
        return true;
      });
    } catch (RuntimeException failed) {
      failed(actor, row, failed);
    }
  }

  private void done(Session session, URI actor, Row row) {
    session.inbox().done(List.of(row.id()));
    session.inbox().release(List.of(new End(actor, row.id(), false)), now());
  }

  private void failed(URI actor, Row row, RuntimeException failed) {
    LOG.warn("activity {} of {} failed", row.activityId(), actor, failed);
    store.inTransaction(session -> {
      later(session, actor, row, failed.getClass().getSimpleName(), nothing -> {});
      return true;
    });
  }

  private void later(
      Session session, URI actor, Row row, String reason, Consumer<Session> otherwise) {
    if (row.attempts() >= MAX_ATTEMPTS) {
      LOG.warn("gave up activity {} of {}: {}", row.activityId(), actor, reason);
      otherwise.accept(session);
      done(session, actor, row);
    } else {
      Duration wait = FIRST_WAIT.multipliedBy(1L << row.attempts());
      session.inbox().retry(row, actor, now().plus(wait), reason);
    }
  }

  private Instant now() {
    return settings.clock().instant();
  }
}
