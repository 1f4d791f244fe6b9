package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import im.tombolo.core.address.Authority;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often something may be done at one host in some time, so that nobody has us pester a third.
 * Hosts beyond the bound are forgotten, the least used first. Safe for any thread.
 */
final class HostBudget {
  private static final long MAX_HOSTS = 10_000;

  private final int most;
  private final Cache<String, AtomicInteger> spent;

  HostBudget(int most, Duration time, Ticker ticker) {
    this.most = most;
    this.spent =
        Caffeine.newBuilder().expireAfterWrite(time).maximumSize(MAX_HOSTS).ticker(ticker).build();
  }

  boolean isSpent(URI place) {
    AtomicInteger so = spent.getIfPresent(Authority.of(place));
    return so != null && so.get() >= most;
  }

  /** False when nothing was left. */
  boolean spend(URI place) {
    return spent.get(Authority.of(place), host -> new AtomicInteger()).incrementAndGet() <= most;
  }
}
