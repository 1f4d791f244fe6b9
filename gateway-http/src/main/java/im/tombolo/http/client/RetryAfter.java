package im.tombolo.http.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code Retry-After} header: seconds or a date (RFC 9110 §10.2.3). */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern SECONDS = Pattern.compile("[0-9]+");
  private static final int MAX_DIGITS = 9;

  private RetryAfter() {}

  /** A wait of more than nothing and a day at most; empty for what is neither. */
  static Optional<Duration> read(String header, Instant now) {
    return wait(header.strip(), now)
        .filter(Duration::isPositive)
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }

  private static Optional<Duration> wait(String text, Instant now) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(
          text.length() > MAX_DIGITS ? LONGEST : Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant end = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      return Optional.of(Duration.between(now, end));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
