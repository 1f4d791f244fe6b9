package im.tombolo.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * The seat of the one process that has the component link: an advisory lock on a connection that is
 * used for nothing else. Whoever sits on it is asked to {@link #beat} often. PostgreSQL gives the
 * seat to another when the connection ends, and ends the connection itself after {@link #SILENCE}
 * without a beat, also when the host behind it hangs. One thread.
 */
public final class LeaderSeat implements AutoCloseable {
  /** How long a beat holds the seat: PostgreSQL never gives it away before. */
  public static final Duration SILENCE = Duration.ofSeconds(6);

  // "tombolo" in ASCII
  private static final long LOCK = 0x746f6d626f6c6fL;
  // Shorter than a holder may believe in its last beat.
  private static final int TIMEOUT_SECONDS = 3;

  private final Connection connection;
  private final String holder;

  private LeaderSeat(Connection connection, String holder) {
    this.connection = connection;
    this.holder = holder;
  }

  /**
   * Whoever sat there before.
   *
   * @param silence time since the last beat
   * @param hasLeft whether it said that it goes
   */
  public record Predecessor(Duration silence, boolean hasLeft) {}

  /**
   * Connects, standing.
   *
   * @param holder a name for this process, told to the others
   * @throws StorageException as everything here, when the database does not answer
   */
  public static LeaderSeat open(DatabaseSettings settings, String holder) {
    return open(settings, holder, SILENCE);
  }

  static LeaderSeat open(DatabaseSettings settings, String holder, Duration silence) {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("ApplicationName", "tombolo leader");
    properties.setProperty("connectTimeout", Integer.toString(TIMEOUT_SECONDS));
    properties.setProperty("loginTimeout", Integer.toString(TIMEOUT_SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(TIMEOUT_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    try {
      LeaderSeat seat =
          new LeaderSeat(DriverManager.getConnection(settings.url(), properties), holder);
      // A beat that a crash of the server takes back does no harm; one that waits for a disk does.
      seat.execute(
          "set synchronous_commit = off; set idle_session_timeout = " + silence.toMillis());
      return seat;
    } catch (SQLException failed) {
      throw new StorageException("the database is not reachable", failed);
    }
  }

  /** Sits down if nobody else sits there. Says whether it did. */
  public boolean take() {
    return ask("select pg_try_advisory_lock(" + LOCK + ")", row -> row.flag(1)).orElseThrow();
  }

  /** Who sat here last; empty when nobody ever did. */
  public Optional<Predecessor> predecessor() {
    return ask(
        "select extract(epoch from clock_timestamp() - beat_at) * 1000, has_left from leader",
        row -> new Predecessor(Duration.ofMillis(row.number(1)), row.flag(2)));
  }

  /**
   * Says that the holder is there.
   *
   * @param linkIsUp whether it has the component link now, for the others to know
   */
  public void beat(boolean linkIsUp) {
    write(linkIsUp, false);
  }

  /** Says that the holder goes: the next one need not wait. */
  public void leave() {
    write(false, true);
  }

  private void write(boolean linkIsUp, boolean hasLeft) {
    new Sql(connection)
        .update(
            "insert into leader (seat, holder, beat_at, link_up, has_left)"
                + " values (true, ?, clock_timestamp(), ?, ?) on conflict (seat) do update set"
                + " holder = excluded.holder, beat_at = excluded.beat_at,"
                + " link_up = excluded.link_up, has_left = excluded.has_left",
            holder,
            linkIsUp,
            hasLeft);
  }

  /** Waits, but not a moment longer than the connection lasts. */
  public void rest(Duration time) {
    try {
      connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(time.toMillis()));
    } catch (SQLException ended) {
      throw new StorageException("the connection to the database ended", ended);
    }
  }

  private <T> Optional<T> ask(String question, Sql.Reader<T> reader) {
    return new Sql(connection).one(question, reader);
  }

  private void execute(String statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException alreadyGone) {
      throw new StorageException("the leader's connection did not close", alreadyGone);
    }
  }
}
