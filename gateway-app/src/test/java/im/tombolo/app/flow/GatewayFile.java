package im.tombolo.app.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration by which commands find a gateway's admin address. */
final class GatewayFile {
  private GatewayFile() {}

  static String with(Path directory, int adminPort) throws IOException {
    Path file = directory.resolve("tombolo.yml");
    Files.writeString(
        file,
        """
        xmpp:
          component: ap.example.org
          secret: hunter2
          domains: [example.org]
        web:
          url: https://example.org
        admin:
          listen: 127.0.0.1:%d
        """
            .formatted(adminPort));
    return file.toString();
  }
}
