package im.tombolo.app.admin;

import im.tombolo.app.config.Configuration;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;

/** Where commands find a running gateway, and what they have to show there. */
public final class AdminAddress {
  private final Configuration.Admin admin;

  public AdminAddress(Configuration.Admin admin) {
    this.admin = admin;
  }

  /** Host and port; who listens everywhere listens here. */
  public String place() {
    String host = admin.listen().getHostString();
    String there =
        switch (host) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::", "[::]" -> "[::1]";
          default -> host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    return there + ":" + admin.listen().getPort();
  }

  /**
   * @param path with its query
   */
  public URI page(String path) {
    return URI.create("http://" + place() + path);
  }

  /** What a request has to have. */
  public Map<String, String> headers() {
    return admin
        .token()
        .map(token -> Map.of("Authorization", "Bearer " + token.value()))
        .orElse(Map.of());
  }

  /**
   * @param path with its query
   */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(page(path));
    headers().forEach(request::header);
    return request;
  }
}
