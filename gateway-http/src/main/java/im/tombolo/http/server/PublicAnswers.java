package im.tombolo.http.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import im.tombolo.core.bridge.SingleFlight;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers that are the same for everybody, kept for a moment: when a thousand servers ask for one
 * post at once, it is read and written once. Nothing that depends on who asks may get in here.
 * Bounded by bytes; safe for any thread.
 */
final class PublicAnswers {
  private static final long MAX_BYTES = 16L << 20;

  private final SingleFlight<Key, Reply> loads = new SingleFlight<>();
  private final Cache<Key, Reply> kept;

  /**
   * @param time how old an answer may be; zero keeps none
   */
  PublicAnswers(Duration time, Ticker ticker) {
    this.kept =
        Caffeine.newBuilder()
            .expireAfterWrite(time)
            .maximumWeight(MAX_BYTES)
            .weigher((Key key, Reply reply) -> key.target().length() + reply.body().length)
            .ticker(ticker)
            .build();
  }

  /** All of a question that an answer depends on. */
  private record Key(String target, Form blog, Form post) {
    static Key of(Query query) {
      Optional<String> accept = query.header("accept");
      return new Key(
          query.message().target(),
          Form.wanted(accept, AccountRoutes.BLOG),
          Form.wanted(accept, AccountRoutes.POST));
    }
  }

  Reply answer(Query query, Supplier<Reply> load) {
    Key key = Key.of(query);
    Reply known = kept.getIfPresent(key);
    return known != null ? known : loads.ask(key, () -> load(key, load));
  }

  private Reply load(Key key, Supplier<Reply> load) {
    Reply known = kept.getIfPresent(key);
    if (known != null) {
      return known;
    }
    Reply reply = load.get();
    if (isLasting(reply)) {
      kept.put(key, reply);
    }
    return reply;
  }

  /** An answer about the thing itself, not about the moment. */
  private static boolean isLasting(Reply reply) {
    return switch (reply.status()) {
      case 200, 404, 410 -> true;
      default -> false;
    };
  }
}
