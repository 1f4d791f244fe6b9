package im.tombolo.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.storage.DatabaseSettings;
import im.tombolo.storage.LeaderSeat;
import im.tombolo.storage.PostgresServer;
import im.tombolo.storage.Storage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of two processes leads, against a real PostgreSQL. */
class LeadershipTest {
  private static PostgresServer server;
  private static DatabaseSettings database;

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Candidate one = new Candidate("one");
  private final Candidate other = new Candidate("other");

  /** A process that writes down what it does. */
  private final class Candidate implements Leadership.Duties {
    private final String name;
    private final Leadership leadership;
    private Optional<Duration> away = Optional.empty();

    Candidate(String name) {
      this.name = name;
      this.leadership = new Leadership(() -> LeaderSeat.open(database, name));
    }

    void start() {
      leadership.start(this);
    }

    @Override
    public void begin(Optional<Duration> nobodyLed, BooleanSupplier isHeld) {
      away = nobodyLed;
      events.add(name + (isHeld.getAsBoolean() ? " begins" : " begins without the right"));
    }

    @Override
    public void drop() {
      events.add(name + " drops");
    }

    @Override
    public void end() {
      events.add(name + " ends");
    }

    @Override
    public boolean linkIsUp() {
      return true;
    }
  }

  @BeforeAll
  static void startServer(@TempDir Path directory) {
    server = PostgresServer.start(directory.resolve("data"), 0);
    database = server.settings(2);
    Storage.open(database, InstantSource.system()).close();
  }

  @BeforeEach
  void forgetLeaders() throws SQLException {
    execute("delete from leader");
  }

  @AfterEach
  void stop() {
    one.leadership.close();
    other.leadership.close();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.url(), "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void oneLeads() {
    one.start();
    await().until(one.leadership::isHeld);
    await().until(() -> events.contains("one begins"));
    other.start();
  }

  @Test
  void whoIsAloneLeads() {
    one.start();

    await().until(() -> events.contains("one begins"));
    assertThat(one.away).isEmpty();
  }

  @Test
  void theSecondWaitsForTheFirstToEnd() {
    oneLeads();
    assertThat(other.leadership.isHeld()).isFalse();

    one.leadership.close();

    await().until(other.leadership::isHeld);
    await().until(() -> events.size() == 3);
    assertThat(events).containsExactly("one begins", "one ends", "other begins");
    assertThat(one.leadership.isHeld()).isFalse();
  }

  @Test
  void whoLosesTheConnectionDropsTheLinkBeforeAnotherBegins() throws SQLException {
    oneLeads();

    execute(
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted");

    await().until(() -> events.size() >= 3);
    assertThat(events.subList(0, 2)).containsExactly("one begins", "one drops");
    assertThat(events.get(2)).endsWith(" begins");
  }

  @Test
  void whoBeginsIsToldForHowLongNobodyLed() throws SQLException {
    execute(
        "insert into leader values (true, 'old', clock_timestamp() - interval '1 hour', true, true)");

    one.start();

    await().until(() -> events.contains("one begins"));
    assertThat(one.away)
        .hasValueSatisfying(
            away -> assertThat(away).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(70)));
  }
}
