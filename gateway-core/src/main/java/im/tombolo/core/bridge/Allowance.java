package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How much each of many may do in some time. Safe for any thread. */
final class Allowance {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long MAX_REMEMBERED = 100_000;

  private final int most;
  private final Cache<String, AtomicInteger> counts;

  /** In a minute. */
  Allowance(int most, BridgeSettings settings) {
    this(most, MINUTE, settings);
  }

  Allowance(int most, Duration time, BridgeSettings settings) {
    this.most = most;
    this.counts =
        Caffeine.newBuilder()
            .expireAfterWrite(time)
            .maximumSize(MAX_REMEMBERED)
            .ticker(settings.ticker())
            .build();
  }

  /** Counts one more; false when it is too many. */
  boolean take(String whose) {
    return counts.get(whose, first -> new AtomicInteger()).incrementAndGet() <= most;
  }
}
