package im.tombolo.core.atom;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Addresses that somebody wrote into an entry. */
final class Uris {
  private static final Set<String> WEB = Set.of("http", "https");
  private static final Set<String> SAFE = Set.of("http", "https", "xmpp", "mailto");

  private Uris() {}

  /** http or https, with a host. */
  static Optional<URI> web(String text) {
    return safe(text).filter(Uris::isWeb);
  }

  /** Of a scheme that does nothing by itself. */
  static Optional<URI> safe(String text) {
    try {
      URI uri = new URI(text.strip());
      return SAFE.contains(scheme(uri)) && (!isWeb(uri) || uri.getHost() != null)
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }

  private static boolean isWeb(URI uri) {
    return WEB.contains(scheme(uri));
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }
}
