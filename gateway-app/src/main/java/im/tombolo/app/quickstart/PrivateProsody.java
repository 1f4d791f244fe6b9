package im.tombolo.app.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Prosody with a configuration and data of its own. */
final class PrivateProsody implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final String CONFIGURATION =
      """
      -- Written by "tombolo quickstart".
      run_as_root = true
      pidfile = "@DIR@/prosody.pid"
      data_path = "@DIR@/prosody"
      log = { info = "@DIR@/prosody.log" }
      interfaces = { "127.0.0.1" }
      component_interfaces = { "127.0.0.1" }
      c2s_ports = { @CLIENTS@ }
      component_ports = { @COMPONENT@ }
      modules_enabled = {
        "roster", "saslauth", "disco", "presence", "message", "iq", "offline",
        "pep", "vcard4", "vcard_legacy", "ping", "private", "carbons", "mam"
      }
      modules_disabled = { "s2s", "tls", "http", "https" }
      c2s_require_encryption = false
      allow_unencrypted_plain_auth = true
      authentication = "internal_plain"
      storage = "internal"
      pep_max_items = 10000

      VirtualHost "@DOMAIN@"

      Component "@GATEWAY@"
        component_secret = "@SECRET@"
      """;

  private final Process process;

  private PrivateProsody(Process process) {
    this.process = process;
  }

  /**
   * Writes the configuration, makes romeo and juliet, starts and waits until clients are answered.
   *
   * @throws IllegalStateException when it does not start
   */
  static PrivateProsody start(Place place, String secret) {
    try {
      Path configuration = place.directory().resolve("prosody.cfg.lua");
      Files.writeString(configuration, configuration(place, secret));
      for (String user : List.of("romeo", "juliet")) {
        account(place, user);
      }
      Process process =
          new ProcessBuilder("prosody", "--config", configuration.toString(), "-F")
              .redirectErrorStream(true)
              .redirectOutput(place.directory().resolve("prosody.out").toFile())
              .start();
      PrivateProsody prosody = new PrivateProsody(process);
      prosody.await(place);
      return prosody;
    } catch (IOException failed) {
      throw new UncheckedIOException("Prosody cannot be started: " + failed.getMessage(), failed);
    }
  }

  private static String configuration(Place place, String secret) {
    return CONFIGURATION
        .replace("@DIR@", place.directory().toString())
        .replace("@CLIENTS@", Integer.toString(place.clients()))
        .replace("@COMPONENT@", Integer.toString(place.component()))
        .replace("@DOMAIN@", Place.DOMAIN)
        .replace("@GATEWAY@", Place.COMPONENT)
        .replace("@SECRET@", secret);
  }

  private static void account(Place place, String user) throws IOException {
    // Prosody writes a dot in a file name as %2e.
    Path accounts =
        place.directory().resolve("prosody/" + Place.DOMAIN.replace(".", "%2e") + "/accounts");
    Files.createDirectories(accounts);
    Path account = accounts.resolve(user + ".dat");
    if (!Files.exists(account)) {
      Files.writeString(account, "return {\n\t[\"password\"] = \"" + Place.PASSWORD + "\";\n};\n");
    }
  }

  private void await(Place place) {
    Instant end = Instant.now().plus(START);
    while (!answers(place.clients()) || !answers(place.component())) {
      if (!process.isAlive() || Instant.now().isAfter(end)) {
        close();
        throw new IllegalStateException(
            "Prosody did not start; see " + place.directory().resolve("prosody.log"));
      }
      pause();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
