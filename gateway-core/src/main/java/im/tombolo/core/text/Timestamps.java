package im.tombolo.core.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times with a date and an offset (RFC 3339, ISO 8601). */
public final class Timestamps {
  private static final String USUAL = "0000-00-00T00:00:00Z";

  private Timestamps() {}

  /** Empty for what is no time. */
  public static Optional<Instant> parse(String text) {
    String time = text.strip();
    try {
      return Optional.of(isUsual(time) ? usual(time) : OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  /** Whole seconds in UTC, as most write them: java.time makes 1.5 kB of garbage for it. */
  private static boolean isUsual(String time) {
    if (time.length() != USUAL.length()) {
      return false;
    }
    for (int i = 0; i < time.length(); i++) {
      char c = time.charAt(i);
      char kind = c >= '0' && c <= '9' ? '0' : c;
      if (kind != USUAL.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static Instant usual(String time) {
    return LocalDateTime.of(
            number(time, 0, 4),
            number(time, 5, 7),
            number(time, 8, 10),
            number(time, 11, 13),
            number(time, 14, 16),
            number(time, 17, 19))
        .toInstant(ZoneOffset.UTC);
  }

  private static int number(String time, int from, int to) {
    return Integer.parseInt(time, from, to, 10);
  }
}
