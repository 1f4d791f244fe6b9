package im.tombolo.http.client;

import java.net.URI;

/** Which addresses may be asked at all, whoever is behind them. */
final class WebAddresses {
  private static final int MAX_LENGTH = 2_048;
  private static final int FIRST_FREE_PORT = 1_024;

  private WebAddresses() {}

  /**
   * @param allowHttp also without TLS
   */
  static boolean mayBeAsked(URI target, boolean allowHttp) {
    boolean isWeb =
        "https".equals(target.getScheme()) || (allowHttp && "http".equals(target.getScheme()));
    return isWeb
        && target.getHost() != null
        && target.getRawUserInfo() == null
        && isWebPort(target.getPort())
        && target.toString().length() <= MAX_LENGTH;
  }

  /** Behind the others are services that might take a request for their own language. */
  private static boolean isWebPort(int port) {
    return switch (port) {
      case -1, 80, 443 -> true;
      default -> port >= FIRST_FREE_PORT;
    };
  }
}
