package im.tombolo.interop.stage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A real PostgreSQL that can be stopped and started with its data and its port. Not thread-safe.
 */
public final class TestPostgres implements AutoCloseable {
  private final Path directory;
  private final int port = Ports.free();
  private Optional<EmbeddedPostgres> running = Optional.empty();

  public TestPostgres(Stage stage) {
    directory = stage.directory("postgres");
    start();
  }

  public void start() {
    try {
      running =
          Optional.of(
              EmbeddedPostgres.builder()
                  .setDataDirectory(directory.resolve("data"))
                  .setCleanDataDirectory(false)
                  .setPort(port)
                  .start());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** A fast shutdown: connections are cut, data is kept. */
  public void stop() {
    try {
      if (running.isPresent()) {
        running.get().close();
      }
      running = Optional.empty();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  public void restart() {
    stop();
    start();
  }

  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  public String user() {
    return "postgres";
  }

  @Override
  public void close() {
    stop();
  }
}
