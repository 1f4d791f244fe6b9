package im.tombolo.xmpp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between attempts: doubled after each failure, with jitter, so that crowds disperse. */
final class Backoff {
  private static final int MAX_DOUBLINGS = 16;

  private final Duration shortest;
  private final Duration longest;
  private final RandomGenerator random;
  private int failures;

  Backoff(Duration shortest, Duration longest, RandomGenerator random) {
    this.shortest = shortest;
    this.longest = longest;
    this.random = random;
  }

  /** The next wait, between {@code shortest} and {@code longest}. */
  Duration next() {
    long full = shortest.toMillis() << Math.min(failures++, MAX_DOUBLINGS);
    long capped = Math.min(full, longest.toMillis());
    long jittered = capped / 2 + random.nextLong(capped / 2 + 1);
    return Duration.ofMillis(Math.max(jittered, shortest.toMillis()));
  }

  void succeeded() {
    failures = 0;
  }
}
