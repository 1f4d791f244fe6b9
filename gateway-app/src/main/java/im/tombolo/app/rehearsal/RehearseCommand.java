package im.tombolo.app.rehearsal;

import im.tombolo.app.Gateway;
import im.tombolo.app.config.Configuration;
import im.tombolo.app.config.ConfigurationReader;
import im.tombolo.app.config.ConfigurationReader.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code tombolo rehearse}: a gateway on loopback with a database of its own, some requests, and
 * the end. The launcher runs it once for each build.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Starts and stops a gateway, for what Java keeps to start faster.")
public final class RehearseCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ROUNDS = 50;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "an empty one; default: an embedded one")
  private String database = "embedded";

  @Option(names = "--user", paramLabel = "NAME", description = "of that database")
  private String user = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Path directory = Files.createTempDirectory("tombolo-rehearsal");
    try (XmppStub xmpp = new XmppStub()) {
      int port = freePort();
      try (Gateway gateway = new Gateway(configuration(directory, port, xmpp.port()))) {
        gateway.start();
        visit(URI.create("http://127.0.0.1:" + port));
      }
    } catch (RuntimeException failed) {
      err.println("the rehearsal failed: " + failed.getMessage());
      return ExitCode.SOFTWARE;
    } finally {
      delete(directory);
    }
    return ExitCode.OK;
  }

  private Configuration configuration(Path directory, int web, int component) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("tombolo.yml"),
            """
            xmpp:
              component: ap.rehearsal.example
              port: %d
              secret: "secret"
              domains: [rehearsal.example]
            web:
              url: http://127.0.0.1:%d
              listen: 127.0.0.1:%d
            admin:
              listen: 127.0.0.1:%d
            database:
              url: "%s"
              user: "%s"
              directory: postgres
            federation:
              allow-http: true
            """
                .formatted(component, web, web, freePort(), database, user));
    return switch (ConfigurationReader.read(file, Map.of())) {
      case Outcome.Good(Configuration configuration) -> configuration;
      case Outcome.Bad(List<String> mistakes) ->
          throw new IllegalStateException(String.join("; ", mistakes));
    };
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }

  /** What needs neither people nor peers; the answers do not matter. */
  private static void visit(URI base) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = 0; i < ROUNDS && System.nanoTime() < end; i++) {
        for (String path :
            List.of(
                "/actor",
                "/nodeinfo/2.1",
                "/.well-known/nodeinfo",
                "/.well-known/webfinger?resource=acct:nobody@other.example")) {
          ask(http, HttpRequest.newBuilder(base.resolve(path)));
        }
        ask(
            http,
            HttpRequest.newBuilder(base.resolve("/inbox"))
                .header("Content-Type", "application/activity+json")
                .POST(BodyPublishers.ofString("{}")));
      }
    }
  }

  private static void ask(HttpClient http, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    http.send(
        request.header("Accept", "application/activity+json").timeout(PATIENCE).build(),
        BodyHandlers.discarding());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
