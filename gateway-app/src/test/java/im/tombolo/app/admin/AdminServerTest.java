package im.tombolo.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.config.Configuration;
import im.tombolo.storage.LeaderSeat;
import im.tombolo.storage.PostgresServer;
import im.tombolo.storage.Storage;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an administrator sees. */
class AdminServerTest {
  private static PostgresServer postgres;
  private static Storage storage;
  private static AdminServer admin;
  private static LeaderSeat seat;

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    postgres = PostgresServer.start(directory.resolve("data"), 0);
    storage = Storage.open(postgres.settings(4), InstantSource.system());
    fill();
    seat = LeaderSeat.open(postgres.settings(1), "77@elsewhere");
    seat.beat(true);
    StatusReader status =
        new StatusReader(
            storage,
            new StatusReader.Own("1@here", "0.1", () -> false, () -> false),
            InstantSource.system());
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Metrics.register(storage, status, metrics);
    admin =
        new AdminServer(
            new Configuration.Admin(
                InetSocketAddress.createUnresolved("127.0.0.1", 0), Optional.empty(), List.of()),
            new AdminServer.Sources(metrics, Optional::empty, () -> "", status));
    admin.start();
  }

  private static void fill() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(postgres.settings(1).url(), "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into activity (key, actor, open, json, topic, urgency)
            values ('a', 'romeo@example.org', true, '{}', 'a', 1);
          insert into delivery (activity_key, inbox, host, urgency, topic, dead, error)
            values ('a', 'https://dead.example/inbox', 'dead.example', 1, 1, true,
              '<b>HTTP 410</b>');
          insert into delivery (activity_key, inbox, host, urgency, topic, queued_at)
            values ('a', 'https://slow.example/inbox', 'slow.example', 1, 1,
              now() - interval '2 hours');
          insert into peer (host, failures, resume_at, error)
            values ('slow.example', 3, now() + interval '1 hour', 'it is <slow>');
          """);
    }
  }

  @AfterAll
  static void stop() {
    admin.close();
    seat.close();
    storage.close();
    postgres.close();
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void theStatusSaysWhatWaitsAndWhatFails() throws IOException, InterruptedException {
    assertThat(get("/status").body())
        .contains("Tombolo 0.1, process 1@here, up for ")
        .contains("XMPP link: up, at 77@elsewhere")
        .contains("deliveries 1 (oldest 2h 0m)")
        .contains("fails: slow.example, 3 times, next attempt in 59m")
        .contains("dead: 1 deliveries to dead.example: <b>HTTP 410</b>")
        .contains("database: ");
  }

  @Test
  void theStatusCanBeReadByPrograms() throws IOException, InterruptedException {
    JsonNode status = new JsonMapper().readTree(get("/status.json").body());

    assertThat(status.path("leads").asBoolean()).isFalse();
    assertThat(status.path("leader").asString()).isEqualTo("77@elsewhere");
    assertThat(status.path("link_up").asBoolean()).isTrue();
    assertThat(status.at("/queues/0/waiting").asInt()).isEqualTo(1);
    assertThat(status.at("/failing/0/host").asString()).isEqualTo("slow.example");
    assertThat(status.at("/dead/0/deliveries").asInt()).isEqualTo(1);
    assertThat(status.path("database_bytes").asLong()).isPositive();
  }

  @Test
  void theDashboardIsAPageThatRunsNothing() throws IOException, InterruptedException {
    HttpResponse<String> page = get("/");

    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none';"));
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.body())
        .contains("slow.example", "it is &lt;slow", "&lt;b", "dead.example", "delivery")
        .contains("<form action='report'>")
        .doesNotContain("<script", "<slow>", "<b>");
    assertThat(get("/style.css").statusCode()).isEqualTo(200);
  }

  @Test
  void nothingIsChangedOrToldByOtherMethods() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + "/status"))
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(405);
    }
  }

  @Test
  void tablesHaveTheirSizesInTheMetrics() throws IOException, InterruptedException {
    assertThat(get("/metrics").body())
        .contains("tombolo_table_bytes{table=\"remote_post\"}")
        .contains("tombolo_table_rows{table=\"delivery\"}")
        .contains("tombolo_leader 0")
        .contains("tombolo_oldest_seconds{queue=\"deliveries\"} 7");
  }
}
