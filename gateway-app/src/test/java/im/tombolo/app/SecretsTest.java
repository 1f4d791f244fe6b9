package im.tombolo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import im.tombolo.app.config.Configuration;
import im.tombolo.app.config.ConfigurationReader;
import im.tombolo.app.config.ConfigurationReader.Outcome;
import im.tombolo.app.siege.HomeServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** No secret of the configuration gets into anything that somebody reads. */
class SecretsTest {
  private static final List<String> SECRETS =
      List.of("xmppsecretxyzzy1", "tokenxyzzy2tokenxyzzy2", "keysxyzzy3", "dbxyzzy4", "urlxyzzy5");

  @TempDir Path directory;
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Map<Logger, Optional<Level>> before = new HashMap<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        private final PatternLayout layout = new PatternLayout();

        @Override
        public void start() {
          layout.setContext(SecretsTest.this.context);
          layout.setPattern("%msg %mdc %kvp%n%ex");
          layout.start();
          super.start();
        }

        @Override
        protected void append(ILoggingEvent event) {
          logged.add(layout.doLayout(event));
        }
      };

  private Logger root() {
    return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** As much as an administrator can make the gateway say: with TOMBOLO_LOG_LEVEL=TRACE. */
  @BeforeEach
  void listen() {
    LoggerContext shipped = new LoggerContext();
    LogSetup.configure(shipped, Map.of("TOMBOLO_LOG_LEVEL", "TRACE"));
    for (Logger logger : shipped.getLoggerList()) {
      if (logger.getLevel() != null) {
        Logger here = context.getLogger(logger.getName());
        before.put(here, Optional.ofNullable(here.getLevel()));
        here.setLevel(logger.getLevel());
      }
    }
    assertThat(context.getLogger(Gateway.class).isTraceEnabled()).isTrue();
    appender.start();
    root().addAppender(appender);
  }

  @AfterEach
  void stop() {
    before.forEach((logger, level) -> logger.setLevel(level.orElse(null)));
    root().detachAppender(appender);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Path file(String database, int web, int admin, int xmpp) throws IOException {
    return Files.writeString(
        directory.resolve("tombolo.yml"),
        """
        xmpp:
          component: ap.example.org
          port: %d
          secret: xmppsecretxyzzy1
          domains: [example.org]
        web:
          url: https://localhost:1
          listen: 127.0.0.1:%d
        admin:
          listen: 127.0.0.1:%d
          token: tokenxyzzy2tokenxyzzy2
        database:
          key-encryption-secret: keysxyzzy3
          %s
        limits:
          spare-keys: 0
        """
            .formatted(xmpp, web, admin, database));
  }

  private static Configuration good(Path file) {
    return ((Outcome.Good) ConfigurationReader.read(file, Map.of())).configuration();
  }

  /** The head and the body of an answer, which has to have something to say. */
  private static String get(int port, String path, String... headers)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .headers(headers)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).describedAs(path).isNotEmpty();
      return answer.headers() + "\n" + answer.body();
    }
  }

  private static void assertAdministrationIsClean(int port) throws Exception {
    for (String path :
        List.of(
            "/",
            "/status",
            "/status.json",
            "/metrics",
            "/livez",
            "/readyz",
            "/deliveries",
            "/blocks",
            "/flags",
            "/keys?jid=example.org",
            "/nothing")) {
      assertClean(get(port, path, "Authorization", "Bearer " + SECRETS.get(1)));
      assertClean(get(port, path, "Authorization", "Bearer wrong"));
    }
  }

  private static void assertWebIsClean(int port) throws Exception {
    for (String path :
        List.of(
            "/",
            "/actor",
            "/.well-known/webfinger",
            "/.well-known/webfinger?resource=acct:romeo@example.org",
            "/.well-known/nodeinfo",
            "/nodeinfo/2.1",
            "/users/example.org/romeo",
            "/users/example.org/romeo/outbox",
            "/users/example.org/%00",
            "/inbox",
            "/nothing")) {
      for (String accept : List.of("application/activity+json", "text/html")) {
        assertClean(get(port, path, "Accept", accept));
      }
    }
  }

  private static void assertCommandsAreClean(Path file) {
    for (List<String> command :
        List.of(
            List.of("check-config"),
            List.of("status"),
            List.of("status", "--json"),
            List.of("doctor"),
            List.of("doctor", "--json"),
            List.of("deliveries", "list"),
            List.of("block", "list"),
            List.of("flags", "list"),
            List.of("keys", "list", "romeo@example.org"))) {
      List<String> all = new ArrayList<>(command);
      all.addAll(List.of("--config", file.toString()));
      assertClean(run(all.toArray(String[]::new)));
    }
  }

  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine commands = Main.commands();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(out, true));
    commands.execute(arguments);
    return out.toString();
  }

  private static void assertClean(String text) {
    assertThat(text).doesNotContain(SECRETS).doesNotContain("PRIVATE KEY");
  }

  @Test
  void neitherTheLogNorAnyPageNorAnyCommandOfARunningGatewayHasOne() throws Exception {
    int admin = freePort();
    int web = freePort();
    try (HomeServer xmpp = new HomeServer()) {
      Path file = file("directory: db", web, admin, xmpp.port());
      Configuration configuration = good(file);
      assertClean(configuration.toString());
      try (Gateway gateway = new Gateway(configuration)) {
        gateway.start();
        await().until(() -> logged.stream().anyMatch(line -> line.contains("XMPP link up")));
        assertWebIsClean(web);
        assertAdministrationIsClean(admin);
        assertCommandsAreClean(file);
      }
    }
    assertThat(logged).isNotEmpty();
    logged.forEach(SecretsTest::assertClean);
  }

  @Test
  void noMistakeInTheConfigurationIsToldWithOne() throws IOException {
    Path file = file("colour: dbxyzzy4", 80, 90, 5347);
    Files.writeString(
        file,
        Files.readString(file)
            .replace("keysxyzzy3", "[keysxyzzy3, {dbxyzzy4: urlxyzzy5}]")
            .replace("example.org]", "example.org"));

    assertClean(run("check-config", "--config", file.toString()));
    assertClean(run("status", "--config", file.toString()));
  }

  @Test
  void aDatabaseThatRefusesUsIsToldWithoutOne() throws IOException {
    String url = "jdbc:postgresql://127.0.0.1:" + freePort() + "/tombolo";
    Path file =
        file(
            "url: " + url + "?password=urlxyzzy5\n  user: me\n  password: dbxyzzy4",
            freePort(),
            freePort(),
            freePort());
    Configuration configuration = good(file);
    assertClean(configuration.toString());

    Thread.currentThread().interrupt();
    try (Gateway gateway = new Gateway(configuration)) {
      gateway.start();
    } catch (RuntimeException refused) {
      StringWriter trace = new StringWriter();
      refused.printStackTrace(new PrintWriter(trace, true));
      assertClean(trace.toString());
    } finally {
      Thread.interrupted();
    }
    logged.forEach(SecretsTest::assertClean);
  }
}
