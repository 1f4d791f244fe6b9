package im.tombolo.http.client;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures: exponential with full jitter, so that what failed together does
 * not come back together (Brooker, "Exponential Backoff and Jitter", 2015). As safe for threads as
 * the source of chance.
 */
final class Backoff {
  /** The longest wait after the first failure; it doubles with each. */
  static final Duration FIRST = Duration.ofSeconds(15);

  static final Duration LONGEST = Duration.ofHours(6);
  private static final int MAX_DOUBLINGS = 12;

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param before failures in a row before this one
   * @param asked what the peer asks for, at least
   */
  Duration after(int before, Optional<Duration> asked) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(before, MAX_DOUBLINGS));
    Duration cap = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    Duration wait = Duration.ofMillis(random.nextLong(cap.toMillis() + 1));
    return asked.filter(longer -> longer.compareTo(wait) > 0).orElse(wait);
  }
}
