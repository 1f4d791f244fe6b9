package im.tombolo.http.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;

/** What the answer to a delivery means. */
final class DeliveryAnswer {
  private DeliveryAnswer() {}

  static Delivered read(Exchange.Answered answered, Instant now) {
    int status = answered.status();
    String reason = "HTTP " + status;
    return switch (status) {
      case 410 -> new Delivered.Gone();
      case 501 -> new Delivered.Never(reason);
      // 401 and 403 also come while a peer cannot read our key.
      case 401, 403, 408, 425 -> new Delivered.Later(reason, retryAfter(answered, now));
      // What stands before a server says 502 to 504, and Cloudflare 520 to 530.
      case 429, 502, 503, 504 -> new Delivered.Down(reason, retryAfter(answered, now));
      default -> {
        if (status >= 200 && status < 300) {
          yield new Delivered.Taken();
        }
        if (status >= 520 && status <= 530) {
          yield new Delivered.Down(reason, retryAfter(answered, now));
        }
        yield status >= 500
            ? new Delivered.Later(reason, retryAfter(answered, now))
            : new Delivered.Never(reason);
      }
    };
  }

  private static Optional<Duration> retryAfter(Exchange.Answered answered, Instant now) {
    return answered.header(HttpHeader.RETRY_AFTER).flatMap(text -> RetryAfter.read(text, now));
  }
}
