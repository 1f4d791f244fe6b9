package im.tombolo.app.flow;

import im.tombolo.storage.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One PostgreSQL for all tests of a run; nothing in it has to outlive them. */
final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 8;

  private final EmbeddedPostgres postgres;

  private Database(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static Database start() {
    try {
      return new Database(
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "off")
              .setServerConfig("full_page_writes", "off")
              .setServerConfig("synchronous_commit", "off")
              .start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  DatabaseSettings settings() {
    return new DatabaseSettings(url(), "postgres", "", CONNECTIONS);
  }

  private String url() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String select, Reader<T> reader) {
    try (Connection connection = DriverManager.getConnection(url());
        PreparedStatement statement = connection.prepareStatement(select);
        ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Deleting is much faster than truncating where little is in a table. */
  void empty() {
    List<String> tables =
        list(
            "select table_name from information_schema.tables where table_schema = 'public'"
                + " and table_name not like 'flyway%'",
            row -> row.getString(1));
    // Without regard to references between them.
    execute(
        "set session_replication_role = replica; delete from "
            + String.join("; delete from ", tables));
  }

  void execute(String statements) {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
