package im.tombolo.bench.scenario;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The gateway as its users run it: by the launcher, in a process of its own. */
final class GatewayProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final int TAIL = 4_000;

  private final Path launcher;
  private final Path configuration;
  private final Path log;
  private final int web;
  private final int admin;
  private Optional<Process> process = Optional.empty();

  /**
   * @param launcher the file {@code tombolo}
   * @param directory for configuration and log
   * @param rest of the configuration, without what listens where
   * @param publicPort of {@code web.url}; the own one where it is 0
   */
  GatewayProcess(Path launcher, Path directory, String rest, int publicPort) throws IOException {
    this.launcher = launcher;
    this.web = freePort();
    this.admin = freePort();
    int shown = publicPort == 0 ? web : publicPort;
    log = directory.resolve("gateway-" + web + ".log");
    configuration =
        Files.writeString(
            directory.resolve("tombolo-" + web + ".yml"),
            """
            web:
              url: http://127.0.0.1:%d
              listen: 127.0.0.1:%d
            admin:
              listen: 127.0.0.1:%d
            %s\
            """
                .formatted(shown, web, admin, rest));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }

  int webPort() {
    return web;
  }

  InetSocketAddress web() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), web);
  }

  /** Of the process that runs, or ran last; 0 before the first. */
  long pid() {
    return process.map(Process::pid).orElse(0L);
  }

  /** Starts it, and waits until database and XMPP link are there; how long that took. */
  Duration start() {
    long begun = System.nanoTime();
    launch();
    while (!isReady()) {
      if (!process.orElseThrow().isAlive()) {
        throw new ScenarioException("the gateway ended while it started:\n" + logTail());
      }
      if (System.nanoTime() - begun > START.toNanos()) {
        throw new ScenarioException("the gateway is not ready:\n" + logTail());
      }
      Await.pause(LOOK);
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Starts it, and does not wait. */
  void launch() {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(launcher.toString(), "run", "--config", configuration.toString()));
    builder.environment().put("TOMBOLO_AS_BUILT", "yes");
    builder.environment().put("TOMBOLO_JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      process = Optional.of(builder.start());
    } catch (IOException missing) {
      throw new ScenarioException("the gateway cannot be started", missing);
    }
  }

  private boolean isReady() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + admin + "/readyz").toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(5_000);
      return connection.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** SIGKILL: nothing is flushed, nobody is told. Returns when the process is gone. */
  void kill() {
    process.ifPresent(running -> {
      running.destroyForcibly();
      await(running);
    });
  }

  private static boolean await(Process running) {
    try {
      return running.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  String logTail() {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - TAIL));
    } catch (IOException none) {
      return "(no log)";
    }
  }

  /** SIGTERM, and SIGKILL for one that does not listen. */
  @Override
  public void close() {
    process.ifPresent(running -> {
      running.destroy();
      if (!await(running)) {
        kill();
      }
    });
  }
}
