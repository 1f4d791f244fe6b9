package im.tombolo.http.fake;

import im.tombolo.storage.DatabaseSettings;
import im.tombolo.storage.PostgresServer;
import im.tombolo.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Database}: real, empty before each test, one server for all classes. The
 * clock starts anew for each test too.
 */
public final class WithStorage implements BeforeEachCallback, ParameterResolver {
  private static final int CONNECTIONS = 8;

  /** The storage, and the clock that it and the test share. */
  public record Database(Storage storage, DrivenClock clock) {}

  private record Running(
      Path directory, PostgresServer server, Connection connection, Database database)
      implements AutoCloseable {
    static Running start() {
      try {
        Path directory = Files.createTempDirectory("tombolo-http");
        PostgresServer server = PostgresServer.start(directory.resolve("data"), 0);
        DatabaseSettings settings = server.settings(CONNECTIONS);
        DrivenClock clock = new DrivenClock();
        Storage storage = Storage.open(settings, clock);
        return new Running(
            directory,
            server,
            DriverManager.getConnection(settings.url(), settings.user(), settings.password()),
            new Database(storage, clock));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
    }

    void empty() throws SQLException {
      try (Statement statement = connection.createStatement()) {
        StringBuilder deletes = new StringBuilder("set synchronous_commit = off;");
        try (ResultSet names =
            statement.executeQuery(
                "select tablename from pg_tables where schemaname = 'public'"
                    + " and tablename <> 'flyway_schema_history'")) {
          while (names.next()) {
            deletes.append("delete from ").append(names.getString(1)).append(';');
          }
        }
        statement.execute(deletes.toString());
      }
    }

    @Override
    public void close() throws IOException, SQLException {
      connection.close();
      database.storage().close();
      server.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Running running(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(WithStorage.class))
        .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws SQLException {
    running(context).empty();
    running(context).database().clock().set(DrivenClock.START);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Database.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return running(context).database();
  }
}
