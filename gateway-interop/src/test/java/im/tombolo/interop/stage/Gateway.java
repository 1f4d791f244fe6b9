package im.tombolo.interop.stage;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The product as its users run it: the assembled distribution in a process of its own, with a TLS
 * proxy in front that stays up when the gateway goes. The public address is {@code
 * https://xmpp.test}, so people have the same address on both sides.
 */
public final class Gateway implements AutoCloseable {
  /** Tests wait for these intervals, so they are short here. */
  private static final Map<String, String> LIMITS =
      Map.of("reconcile-soonest", "2s", "reconcile-latest", "3s");

  private final int webPort = Ports.free();
  private final int adminPort = Ports.free();
  private final Site site;
  private final Program program;
  private final TlsFront front;
  private final Path hosts;
  private final Path file;
  private final Function<Gateway, Path> configuration;
  private final boolean isPartner;

  /**
   * Makes the configuration; {@link #start()} runs it. {@code site} has the XMPP server's domain as
   * its name.
   */
  public Gateway(Stage stage, Site site, XmppServer xmpp, TestPostgres postgres) {
    this.site = site;
    this.isPartner = false;
    this.hosts = stage.hostsFile();
    this.configuration =
        gateway ->
            Stage.write(
                stage.directory(gateway.name()).resolve("tombolo.yml"),
                gateway.configuration(stage, xmpp, postgres));
    this.front = new TlsFront(site, stage.ca().issue(site.name(), xmpp.pubsubDomain()), webPort);
    this.file = configuration.apply(this);
    this.program = program();
  }

  private Gateway(Gateway other) {
    this.site = other.site;
    this.isPartner = true;
    this.hosts = other.hosts;
    this.configuration = other.configuration;
    this.front = other.front;
    this.file = configuration.apply(this);
    this.program = program();
    front.prefer(webPort);
  }

  /**
   * Another process on the same database, behind the same proxy, which hands it all requests while
   * it runs.
   */
  public Gateway partner() {
    return new Gateway(this);
  }

  private String name() {
    return isPartner ? "partner" : "gateway";
  }

  private Program program() {
    Path directory = file.toAbsolutePath().getParent();
    return new Program(new Program.Spec(name(), command("run"), Map.of(), directory, false));
  }

  private List<String> command(String command) {
    Path libraries = Stage.module().resolveSibling("gateway-app/target/tombolo/lib");
    if (!Files.isDirectory(libraries)) {
      throw new StageException("no distribution at " + libraries + "; mvnw package makes it");
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx384m",
        "--enable-native-access=ALL-UNNAMED",
        "-Djdk.net.hosts.file=" + hosts,
        "-cp",
        libraries.resolve("*").toString(),
        "im.tombolo.app.Main",
        command,
        "--config",
        file.toString());
  }

  private String configuration(Stage stage, XmppServer xmpp, TestPostgres postgres) {
    String limits =
        LIMITS.entrySet().stream()
            .map(limit -> limit.getKey() + ": " + limit.getValue())
            .collect(Collectors.joining(", ", "{", "}"));
    return """
    xmpp:
      component: %s
      host: 127.0.0.1
      port: %d
      secret: "%s"
      domains: [%s, %s]
    web:
      url: %s
      listen: 127.0.0.1:%d
    admin:
      listen: 127.0.0.1:%d
    database:
      url: %s
      user: %s
      password: postgres
    federation:
      allow-private-addresses: true
      trusted-certificates: %s
    media:
      proxy: true
    limits: %s
    """
        .formatted(
            xmpp.componentDomain(),
            xmpp.componentPort(),
            xmpp.secret(),
            xmpp.domain(),
            xmpp.pubsubDomain(),
            site.origin(),
            webPort,
            adminPort,
            postgres.url(),
            postgres.user(),
            stage.ca().certificate(),
            limits);
  }

  /** Starts it and waits until it says that it is ready: database and component link are up. */
  public void start() {
    program.start(this::ready);
  }

  /** Whether {@code /readyz} answers 200 now. */
  public boolean ready() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + adminPort + "/readyz").toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(5_000);
      return connection.getResponseCode() == 200;
    } catch (IOException silent) {
      return false;
    }
  }

  /** What {@code tombolo doctor} prints about it. */
  public String doctor() {
    return printed("doctor");
  }

  /** What {@code tombolo status} prints about it. */
  public String status() {
    return printed("status");
  }

  private String printed(String command) {
    try {
      Process process = new ProcessBuilder(command(command)).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new StageException("tombolo " + command + " does not start: " + failed);
    }
  }

  /** Whether it has the component link, as it says itself. */
  public boolean hasLink() {
    try (InputStream metrics =
        URI.create("http://127.0.0.1:" + adminPort + "/metrics").toURL().openStream()) {
      return new String(metrics.readAllBytes(), StandardCharsets.UTF_8)
          .contains("\ntombolo_xmpp_link_up 1");
    } catch (IOException silent) {
      return false;
    }
  }

  /** SIGTERM: drains and stops. */
  public void stop() {
    program.stop();
  }

  /** SIGKILL, in the middle of whatever it does. */
  public void kill9() {
    program.kill9();
  }

  public boolean alive() {
    return program.alive();
  }

  public String origin() {
    return site.origin();
  }

  /** What the world was answered, refusals for want of a gateway included. */
  public List<TlsFront.Answer> answers() {
    return front.answers();
  }

  public String logTail() {
    return program.logTail();
  }

  @Override
  public void close() {
    if (isPartner) {
      front.leave(webPort);
    } else {
      front.close();
    }
    program.close();
  }
}
