package im.tombolo.core.address;

import java.net.URI;
import java.util.Locale;

/** The canonical name of a server in URLs: {@code host[:port]}, by which we keep its health. */
public final class Authority {
  /** In place of a server, of URLs that name none. */
  public static final String NONE = "-";

  private Authority() {}

  /** Lower case, without user information, and without the port that the scheme implies. */
  public static String of(URI url) {
    String host = url.getHost();
    if (host == null) {
      return NONE;
    }
    int port = url.getPort();
    boolean isImplied = port < 0 || port == ("http".equals(url.getScheme()) ? 80 : 443);
    String lower = host.toLowerCase(Locale.ROOT);
    return isImplied ? lower : lower + ":" + port;
  }
}
