package im.tombolo.http.signature;

import im.tombolo.core.port.Peers.Dialect;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a request says of its signer, once it keeps all rules of its dialect: only the key is still
 * to be asked.
 *
 * @param keyId http or https address of the key
 * @param algorithms one of which has to fit
 * @param texts one of which has to be the one that was signed
 * @param signature raw bytes; not changed after construction
 */
@SuppressWarnings("ArrayRecordComponent") // read once, by the check
record Claim(
    URI keyId, List<Algorithm> algorithms, List<String> texts, byte[] signature, Dialect dialect) {
  private static final Duration WINDOW = Duration.ofHours(1);

  /** How far clocks may be apart, which is also how long a signature lives. */
  static boolean isRecent(Instant made, Instant now) {
    return Duration.between(made, now).abs().compareTo(WINDOW) <= 0;
  }

  /** The plain web address that a key's id has to be. */
  static Optional<URI> keyAddress(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      return Optional.of(uri)
          .filter(known -> web && known.getHost() != null && known.getRawUserInfo() == null);
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }
}
