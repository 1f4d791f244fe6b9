package im.tombolo.interop.stage;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private final List<String> doctor;

  /**
   * Makes the configuration; {@link #start()} runs it. {@code site} has the XMPP server's domain as
   * its name.
   */
  public Gateway(Stage stage, Site site, XmppServer xmpp, TestPostgres postgres) {
    this.site = site;
    Path directory = stage.directory("gateway");
    Path configuration =
        Stage.write(directory.resolve("tombolo.yml"), configuration(stage, xmpp, postgres));
    Path libraries = Stage.module().resolveSibling("gateway-app/target/tombolo/lib");
    if (!Files.isDirectory(libraries)) {
      throw new StageException("no distribution at " + libraries + "; mvnw package makes it");
    }
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "--enable-native-access=ALL-UNNAMED",
            "-Djdk.net.hosts.file=" + stage.hostsFile(),
            "-cp",
            libraries.resolve("*").toString(),
            "im.tombolo.app.Main");
    List<String> file = List.of("--config", configuration.toString());
    List<String> command = Stream.of(java, List.of("run"), file).flatMap(List::stream).toList();
    doctor = Stream.of(java, List.of("doctor"), file).flatMap(List::stream).toList();
    program = new Program(new Program.Spec("gateway", command, Map.of(), directory, false));
    front = new TlsFront(site, stage.ca().issue(site.name(), xmpp.pubsubDomain()), webPort);
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
    try {
      Process process = new ProcessBuilder(doctor).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new StageException("the doctor does not start: " + failed);
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
    front.close();
    program.close();
  }
}
