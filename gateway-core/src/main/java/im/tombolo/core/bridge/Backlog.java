package im.tombolo.core.bridge;

import im.tombolo.core.port.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Whether too many activities wait. Looks once in a while, as counting costs. Any thread. */
final class Backlog {
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Store store;
  private final InstantSource clock;
  private final int max;
  private final AtomicLong nextLook = new AtomicLong(Long.MIN_VALUE);
  private volatile boolean isFull;

  Backlog(Store store, InstantSource clock, int max) {
    this.store = store;
    this.clock = clock;
    this.max = max;
  }

  boolean isFull() {
    long now = clock.millis();
    long due = nextLook.get();
    if (now >= due && nextLook.compareAndSet(due, now + PACE.toMillis())) {
      isFull = store.inTransaction(session -> session.inbox().hasWaiting(max));
    }
    return isFull;
  }
}
