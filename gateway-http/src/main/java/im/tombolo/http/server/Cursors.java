package im.tombolo.http.server;

import im.tombolo.core.port.LocalPosts.Position;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places in collections as text that needs no escaping in an address. */
final class Cursors {
  private static final long MICROS = 1_000_000;
  private static final Pattern POSITION = Pattern.compile("(-?[0-9]{1,18})-([a-z0-9]{1,64})");

  private Cursors() {}

  static String write(Position position) {
    Instant at = position.published();
    return at.getEpochSecond() * MICROS + at.getNano() / 1_000 + "-" + position.key();
  }

  static Optional<Position> position(String text) {
    Matcher matcher = POSITION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long micros = Long.parseLong(matcher.group(1));
    Instant at =
        Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    return Optional.of(new Position(at, matcher.group(2)));
  }

  static String write(URI uri) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(uri.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Optional<URI> uri(String text) {
    try {
      return Optional.of(
          URI.create(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
