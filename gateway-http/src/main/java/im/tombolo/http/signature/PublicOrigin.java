package im.tombolo.http.signature;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port under which the public reaches us, whatever a proxy calls us by.
 *
 * @param host lower case; with the port where it is not the scheme's own
 */
record PublicOrigin(String scheme, String host) {
  static PublicOrigin of(URI base) {
    return new PublicOrigin(
        base.getScheme().toLowerCase(Locale.ROOT), base.getRawAuthority().toLowerCase(Locale.ROOT));
  }

  /** Some clients write the port also where it is the scheme's own. */
  boolean isAskedBy(Message message) {
    return message
        .value("host")
        .map(asked -> asked.toLowerCase(Locale.ROOT))
        .filter(asked ->
            asked.equals(host) || asked.equals(host + ":443") || asked.equals(host + ":80"))
        .isPresent();
  }

  /**
   * @param target raw path and query
   */
  String uri(String target) {
    return scheme + "://" + host + target;
  }
}
