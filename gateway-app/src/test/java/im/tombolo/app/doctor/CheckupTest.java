package im.tombolo.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import im.tombolo.app.config.Configuration;
import im.tombolo.app.config.ConfigurationReader;
import im.tombolo.app.doctor.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor finds at gateways that are ill in one way each. */
class CheckupTest {
  private record Page(int status, String body) {}

  @TempDir Path directory;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private HttpServer server;
  private String base;
  private InstantSource clock = InstantSource.system();

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Page page = pages.getOrDefault(exchange.getRequestURI().getPath(), new Page(404, ""));
          byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    pages.put("/readyz", new Page(200, "ready"));
    pages.put(
        "/lent",
        new Page(
            200,
            "lent example.org http://jabber.org/protocol/pubsub\n"
                + "lent example.org http://jabber.org/protocol/pubsub#owner\n"));
    pages.put("/.well-known/nodeinfo", new Page(200, "{\"href\":\"" + base + "/nodeinfo\"}"));
    pages.put("/actor", new Page(200, "{\"id\":\"" + base + "/actor\"}"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Configuration configuration(String admin) {
    try {
      Path file = directory.resolve("tombolo.yml");
      Files.writeString(
          file,
          """
          xmpp:
            component: ap.example.org
            secret: hunter2
            domains: [example.org]
          web:
            url: %s
          admin:
            listen: %s
          federation:
            allow-http: true
          """
              .formatted(base, admin));
      return ((ConfigurationReader.Outcome.Good) ConfigurationReader.read(file, Map.of()))
          .configuration();
    } catch (IOException full) {
      throw new IllegalStateException(full);
    }
  }

  private List<Finding> findings() {
    return findings("127.0.0.1:" + server.getAddress().getPort());
  }

  private List<Finding> findings(String admin) {
    try (Visits visits = new Visits(Optional.empty())) {
      return new Checkup(configuration(admin), visits, clock).run();
    }
  }

  private static List<String> checks(List<Finding> findings, Level level) {
    return findings.stream()
        .filter(finding -> finding.level() == level)
        .map(Finding::check)
        .toList();
  }

  @Test
  void nothingIsWrongWithAHealthyOne() {
    assertThat(findings()).allMatch(finding -> finding.level() == Level.OK);
    assertThat(checks(findings(), Level.OK))
        .containsExactly("gateway", "privileges", "public address", "clock", "paths");
  }

  @Test
  void oneThatDoesNotRunIsSaidSo() {
    server.stop(0);

    assertThat(checks(findings(), Level.FAIL)).containsExactly("gateway", "public address");
    assertThat(findings().getFirst().text()).contains("nobody listens there");
  }

  @Test
  void oneThatIsNotReadySaysWhy() {
    pages.put("/readyz", new Page(503, "the XMPP link is down\n"));

    assertThat(findings().getFirst())
        .isEqualTo(
            Finding.fail(
                "gateway",
                "It runs, and is not ready: the XMPP link is down.",
                "Its log says more. docs/admin.md has what each line means."));
  }

  @Test
  void whatTheServerDoesNotLendIsAWarning() {
    pages.put("/lent", new Page(200, "lent example.org http://jabber.org/protocol/pubsub\n"));

    assertThat(findings())
        .filteredOn(finding -> finding.level() == Level.WARN)
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.text())
                .startsWith(
                    "example.org does not let the gateway ask for its people in"
                        + " http://jabber.org/protocol/pubsub#owner:"));
  }

  @Test
  void wellKnownPathsThatAreNotHandedOverAreFound() {
    pages.put("/.well-known/nodeinfo", new Page(404, "another page"));

    assertThat(checks(findings(), Level.FAIL)).containsExactly("public address");
  }

  @Test
  void aHostHeaderThatIsLostIsFound() {
    pages.put("/actor", new Page(200, "{\"id\":\"http://localhost:8080/actor\"}"));

    assertThat(checks(findings(), Level.FAIL)).containsExactly("paths");
  }

  @Test
  void aClockThatIsWrongIsFound() {
    Instant late = Instant.now().plus(Duration.ofHours(2));
    clock = () -> late;

    assertThat(checks(findings(), Level.FAIL)).containsExactly("clock");
  }

  @Test
  void theSnippetsFitTheConfigurationAndKeepTheSecret() {
    assertThat(Snippets.of(configuration("127.0.0.1:9090")))
        .contains("Component \"ap.example.org\"")
        .contains("location ~ ^(/|/\\.well-known/(webfinger|nodeinfo)$) {")
        .contains("proxy_pass http://127.0.0.1:8080;")
        .doesNotContain("hunter2");
  }
}
