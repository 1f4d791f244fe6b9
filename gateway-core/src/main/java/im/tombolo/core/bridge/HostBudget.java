package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import im.tombolo.core.address.Authority;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * How often something may be done at one host in some time, so that nobody has us pester a third.
 * Hosts beyond the bound are forgotten, the least used first. Safe for any thread.
 */
final class HostBudget {
  private static final long MAX_HOSTS = 10_000;

  private final int most;
  private final Function<URI, String> name;
  private final Cache<String, AtomicInteger> spent;

  HostBudget(int most, Duration time, Ticker ticker) {
    this(most, time, ticker, Authority::of);
  }

  private HostBudget(int most, Duration time, Ticker ticker, Function<URI, String> name) {
    this.most = most;
    this.name = name;
    this.spent =
        Caffeine.newBuilder().expireAfterWrite(time).maximumSize(MAX_HOSTS).ticker(ticker).build();
  }

  /** For all hosts together of whoever has a domain, who may have as many as they like. */
  static HostBudget ofSites(int most, Duration time, Ticker ticker) {
    return new HostBudget(most, time, ticker, Authority::site);
  }

  boolean isSpent(URI place) {
    AtomicInteger so = spent.getIfPresent(name.apply(place));
    return so != null && so.get() >= most;
  }

  /** False when nothing was left. */
  boolean spend(URI place) {
    return spent.get(name.apply(place), host -> new AtomicInteger()).incrementAndGet() <= most;
  }
}
