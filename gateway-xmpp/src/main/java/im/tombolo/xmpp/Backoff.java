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
    failures = Math.min(failures + 1, MAX_DOUBLINGS);
    long most = Math.min(shortest.toMillis() << failures, longest.toMillis());
    long least = Math.max(most / 2, shortest.toMillis());
    return Duration.ofMillis(least + random.nextLong(Math.max(most - least, 0) + 1));
  }

  void succeeded() {
    failures = 0;
  }
}
