package im.tombolo.core.address;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The canonical name of a server in URLs: {@code host[:port]}, by which we keep its health. */
public final class Authority {
  /** In place of a server, of URLs that name none. */
  public static final String NONE = "-";

  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|\\[.*");
  // Registries that give out names below co.uk, com.au, ne.jp …
  private static final Pattern PUBLIC_SUFFIX = Pattern.compile("[a-z]{2,3}\\.[a-z]{2}");

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

  /**
   * The domain that somebody has registered, as far as that can be told without a list: the last
   * two names of a host, or three below the registry of a country. An address stands for itself,
   * with its port.
   */
  public static String site(URI url) {
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    if (NUMBERS.matcher(host).matches()) {
      return of(url);
    }
    String[] names = host.split("\\.");
    int last = names.length;
    int kept =
        last > 2 && PUBLIC_SUFFIX.matcher(names[last - 2] + "." + names[last - 1]).matches()
            ? 3
            : 2;
    return String.join(".", Arrays.copyOfRange(names, Math.max(0, last - kept), last));
  }
}
