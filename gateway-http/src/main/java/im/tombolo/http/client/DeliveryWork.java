package im.tombolo.http.client;

import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox towards the fediverse: posts what is due, many at a time, and forgets a row
 * only when the peer has it or never will. Safe for any thread; several processes may run it.
 */
public final class DeliveryWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryWork.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
  private static final Duration LONGEST_WAIT = Duration.ofHours(6);
  private static final int MAX_DOUBLINGS = 12;

  private final Store store;
  private final FediverseClient client;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Limits limits;
  private final Ends ends;
  private final Semaphore places;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param atOnce deliveries under way at a time
   * @param giveUpAfter since the row was queued; then it is kept as dead
   */
  public record Limits(int atOnce, Duration giveUpAfter) {
    public static final Limits DEFAULT = new Limits(64, Duration.ofDays(7));
  }

  /** Who is told of ends, in the transaction that writes them down. */
  public interface Ends {
    /** The peer has it. */
    void taken(Session session, Delivery delivery);

    /**
     * It will never be delivered.
     *
     * @param isRefused whether the peer said so, else it did not answer in all the time
     */
    void givenUp(Session session, Delivery delivery, boolean isRefused);
  }

  public DeliveryWork(
      Store store,
      FediverseClient client,
      InstantSource clock,
      RandomGenerator random,
      Limits limits,
      Ends ends) {
    this.store = store;
    this.client = client;
    this.clock = clock;
    this.random = random;
    this.limits = limits;
    this.ends = ends;
    this.places = new Semaphore(limits.atOnce());
  }

  /** Takes what is due, as far as there is room; how many it were. Does not wait for their end. */
  public int runDue() {
    int room = places.drainPermits();
    if (room == 0) {
      return 0;
    }
    Instant now = clock.instant();
    // As long as an attempt can take: no row is under way twice, and what a killed process had
    // under way is soon taken up again.
    Instant leaseUntil = now.plus(client.longestDelivery());
    List<Delivery> due = List.of();
    try {
      due = store.inTransaction(session -> session.deliveries().claim(now, leaseUntil, room));
    } finally {
      places.release(room - due.size());
    }
    due.forEach(delivery -> threads.execute(() -> deliver(delivery)));
    return due.size();
  }

  private void deliver(Delivery delivery) {
    try {
      record(delivery, client.deliver(delivery.inbox(), delivery.signer(), delivery.json()));
    } catch (RuntimeException failed) {
      // The lease runs out, and the row is handed out again.
      LOG.warn("a delivery to {} failed", delivery.inbox().getHost(), failed);
    } finally {
      places.release();
    }
  }

  private void record(Delivery delivery, Delivered outcome) {
    long id = delivery.id();
    store.inTransaction(session -> {
      switch (outcome) {
        case Delivered.Taken taken -> {
          session.deliveries().delivered(id);
          ends.taken(session, delivery);
        }
        case Delivered.Never(String reason) -> giveUp(session, delivery, reason, true);
        case Delivered.Later(String reason, Optional<Duration> after) -> {
          if (isTooOld(delivery)) {
            giveUp(session, delivery, reason, false);
          } else {
            session.deliveries().retry(id, next(delivery.attempts(), after), reason);
          }
        }
      }
      return true;
    });
  }

  private void giveUp(Session session, Delivery delivery, String reason, boolean isRefused) {
    session.deliveries().dead(delivery.id(), reason);
    ends.givenUp(session, delivery, isRefused);
  }

  private boolean isTooOld(Delivery delivery) {
    return delivery.firstQueued().plus(limits.giveUpAfter()).isBefore(clock.instant());
  }

  /** Doubling, with jitter so that what failed together does not come together again. */
  private Instant next(int attempts, Optional<Duration> asked) {
    Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS));
    Duration wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    long half = wait.toMillis() / 2;
    Duration jittered = Duration.ofMillis(half + random.nextLong(half + 1));
    Duration longest = asked.filter(longer -> longer.compareTo(jittered) > 0).orElse(jittered);
    return clock.instant().plus(longest);
  }

  /** Waits for what is under way. */
  @Override
  public void close() {
    threads.close();
  }
}
