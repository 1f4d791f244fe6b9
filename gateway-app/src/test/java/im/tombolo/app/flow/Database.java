package im.tombolo.app.flow;

import im.tombolo.core.port.Store;
import im.tombolo.storage.DatabaseSettings;
import im.tombolo.storage.Storage;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** One PostgreSQL for all tests of this process; nothing in it has to outlive them. */
final class Database {
  private static final int CONNECTIONS = 8;

  private static final class OfProcess {
    private static final Database DATABASE = start();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(DATABASE::close));
    }
  }

  private final AtomicReference<InstantSource> clock =
      new AtomicReference<>(InstantSource.fixed(Instant.EPOCH));
  private final EmbeddedPostgres postgres;
  private final Storage storage;
  private final Connection ours;
  private final List<String> tables;

  private Database() throws IOException, SQLException {
    postgres =
        EmbeddedPostgres.builder()
            // It would be closed before what uses it.
            .setRegisterShutdownHook(false)
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("synchronous_commit", "off")
            .start();
    String url = postgres.getJdbcUrl("postgres", "postgres");
    storage =
        Storage.open(
            new DatabaseSettings(url, "postgres", "", CONNECTIONS), () -> clock.get().instant());
    ours = DriverManager.getConnection(url);
    tables =
        list(
            "select table_name from information_schema.tables where table_schema = 'public'"
                + " and table_name not like 'flyway%'",
            row -> row.getString(1));
    // So that tables can be emptied without regard to references between them.
    execute("set session_replication_role = replica");
  }

  static Database ofProcess() {
    return OfProcess.DATABASE;
  }

  private static Database start() {
    try {
      return new Database();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The state, without anything in it, and with a clock of its own. */
  Store emptyStore(InstantSource newClock) {
    // Deleting is much faster than truncating where little is in a table.
    execute("delete from " + String.join("; delete from ", tables));
    clock.set(newClock);
    return storage;
  }

  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String select, Reader<T> reader) {
    try (Statement statement = ours.createStatement();
        ResultSet rows = statement.executeQuery(select)) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  void execute(String statements) {
    try (Statement statement = ours.createStatement()) {
      statement.execute(statements);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void close() {
    try {
      ours.close();
      storage.close();
      postgres.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
