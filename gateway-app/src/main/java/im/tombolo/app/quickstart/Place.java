package im.tombolo.app.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a quickstart keeps its data and where it listens, on loopback all of it.
 *
 * @param directory absolute
 * @param postgres 0: any free port
 */
record Place(Path directory, int web, int admin, int clients, int component, int postgres) {
  static final String DOMAIN = "xmpp.localhost";
  static final String COMPONENT = "ap.localhost";
  static final String PASSWORD = "tombolo";

  static Place usual(Path directory) {
    return new Place(directory.toAbsolutePath().normalize(), 8_080, 9_090, 5_222, 5_347, 0);
  }

  static Place from(Path directory, int base) {
    Path data = directory.toAbsolutePath().normalize();
    return new Place(data, base, base + 1, base + 2, base + 3, base + 4);
  }

  String url() {
    return "http://127.0.0.1:" + web;
  }

  /** A sentence about a port that somebody else listens at. */
  Optional<String> taken() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("web", web);
    ports.put("admin", admin);
    ports.put("XMPP clients", clients);
    ports.put("XMPP component", component);
    ports.put("PostgreSQL", postgres);
    return ports.entrySet().stream()
        .filter(port -> !isFree(port.getValue()))
        .findFirst()
        .map(port ->
            "port "
                + port.getValue()
                + " ("
                + port.getKey()
                + ") is taken; choose others with --port-base, for example --port-base 18080");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** The gateway's configuration, good to be copied. */
  String configuration(String secret) {
    return """
    # Written by "tombolo quickstart": everything on loopback, nothing encrypted, for trying only.
    # docs/admin.md tells what else can be set.
    xmpp:
      component: %s
      host: 127.0.0.1
      port: %d
      secret: "%s"
      domains: [%s]
    web:
      url: %s
      listen: 127.0.0.1:%d
    admin:
      listen: 127.0.0.1:%d
    database:
      url: embedded
      directory: postgres
      port: %d
    federation:
      # These two are what makes a gateway on loopback possible. Never set them in production.
      allow-http: true
      allow-private-addresses: true
    """
        .formatted(COMPONENT, component, secret, DOMAIN, url(), web, admin, postgres);
  }
}
