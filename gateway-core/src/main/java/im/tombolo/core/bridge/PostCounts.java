package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;

/**
 * How many posts of somebody are here. Long histories are not counted for each page: that takes
 * longer than the page. Safe for any thread.
 */
final class PostCounts {
  private static final long MANY = 1_000;
  private static final Duration COUNTED = Duration.ofSeconds(10);
  private static final Duration KNOWN = Duration.ofMinutes(5);
  private static final long MAX_CACHED = 10_000;

  private final Cache<Posts, Long> counts;
  private final Cache<Posts, Boolean> counted;

  private record Posts(URI author, boolean followersToo) {}

  PostCounts(BridgeSettings settings) {
    this.counts = cache(settings, KNOWN);
    this.counted = cache(settings, COUNTED);
  }

  private static <T> Cache<Posts, T> cache(BridgeSettings settings, Duration expiry) {
    return Caffeine.newBuilder()
        .expireAfterWrite(expiry)
        .maximumSize(MAX_CACHED)
        .ticker(settings.ticker())
        .build();
  }

  /**
   * @param followersToo also those that are for followers
   */
  long of(Session session, URI author, boolean followersToo) {
    Posts posts = new Posts(author, followersToo);
    Long known = counts.getIfPresent(posts);
    // One counts again, the others go on with what is known.
    if (known != null && counted.asMap().putIfAbsent(posts, true) != null) {
      return known;
    }
    long count = session.remotePosts().count(author, followersToo);
    if (count >= MANY) {
      counts.put(posts, count);
      counted.put(posts, true);
    }
    return count;
  }
}
