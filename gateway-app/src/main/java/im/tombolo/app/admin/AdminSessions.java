package im.tombolo.app.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.app.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * Who showed the token in a browser. Sessions end with the process. Safe for any thread.
 *
 * <p>A wrong token is answered by all the same, whoever tries: some wrong ones in a minute, and no
 * more are looked at until it is over.
 */
final class AdminSessions {
  static final Duration LIFE = Duration.ofHours(12);
  static final int WRONG_IN_A_MINUTE = 20;
  private static final int MAX_SESSIONS = 100;
  private static final int ID_BYTES = 32;
  private static final long MINUTE = 60;

  private final byte[] token;
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;
  private final Cache<String, Boolean> sessions;
  private long minute;
  private int wrong;

  AdminSessions(Secret token, InstantSource clock) {
    this.token = token.value().getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
    this.sessions =
        Caffeine.newBuilder()
            .expireAfterWrite(LIFE)
            .maximumSize(MAX_SESSIONS)
            .ticker(() -> clock.millis() * 1_000_000)
            .build();
  }

  /** What came of showing a token. */
  enum Look {
    RIGHT,
    WRONG,
    /** Nobody looked: there were too many wrong ones. */
    NONE
  }

  synchronized Look show(String shown) {
    long now = clock.instant().getEpochSecond() / MINUTE;
    if (now != minute) {
      minute = now;
      wrong = 0;
    }
    if (wrong >= WRONG_IN_A_MINUTE) {
      return Look.NONE;
    }
    // Takes as long whatever is wrong with it.
    if (MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8))) {
      return Look.RIGHT;
    }
    wrong++;
    return Look.WRONG;
  }

  /** The name of a new session. */
  String open() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String name = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    sessions.put(name, true);
    return name;
  }

  boolean isOpen(Optional<String> session) {
    return session.filter(name -> sessions.getIfPresent(name) != null).isPresent();
  }
}
