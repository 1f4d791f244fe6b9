package im.tombolo.http.server;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Whom to tell of a hole (RFC 9116). */
final class SecurityText {
  /** What is older is not to be believed (RFC 9116 §2.5.5 recommends less than a year). */
  private static final int DAYS = 180;

  private SecurityText() {}

  /** The same for a whole day, so that it can be kept. */
  static String of(URI contact, URI place, Instant now) {
    Instant expires = now.truncatedTo(ChronoUnit.DAYS).plus(DAYS, ChronoUnit.DAYS);
    return "Contact: %s\nExpires: %s\nCanonical: %s\nPreferred-Languages: en\n"
        .formatted(contact, expires, place);
  }
}
