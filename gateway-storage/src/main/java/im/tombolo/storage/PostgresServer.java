package im.tombolo.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL of our own, on loopback, for installations that have none: real binaries, data that
 * stay, and full durability. Works as root too.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final EmbeddedPostgres postgres;

  private PostgresServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Starts the server and waits until it answers. One that a killed process left behind in the same
   * directory is stopped first.
   *
   * @param directory of the data; made when it is not there
   * @param port on loopback; 0 takes a free one
   */
  public static PostgresServer start(Path directory, int port) {
    try {
      Files.createDirectories(directory.toAbsolutePath().getParent());
      stopLeftBehind(directory);
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setDataDirectory(directory.toAbsolutePath())
              .setCleanDataDirectory(false)
              // Whoever started it closes it, after what still writes.
              .setRegisterShutdownHook(false)
              .setPGStartupWait(START)
              .setServerConfig("fsync", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("listen_addresses", "127.0.0.1");
      return new PostgresServer((port == 0 ? builder : builder.setPort(port)).start());
    } catch (IOException failed) {
      throw new StorageException(
          "the embedded PostgreSQL in " + directory + " did not start: " + failed.getMessage(),
          failed);
    }
  }

  public DatabaseSettings settings(int connections) {
    return new DatabaseSettings(
        postgres.getJdbcUrl("postgres", "postgres"), "postgres", "", connections);
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException failed) {
      throw new StorageException("the embedded PostgreSQL did not stop", failed);
    }
  }

  private static void stopLeftBehind(Path directory) throws IOException {
    Path file = directory.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    Optional<ProcessHandle> left =
        Files.readAllLines(file).stream()
            .findFirst()
            .map(String::strip)
            .filter(line -> line.matches("[0-9]{1,9}"))
            .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
            .filter(handle -> handle.info().command().orElse("").endsWith("/postgres"));
    if (left.isPresent()) {
      left.get().destroy();
      try {
        left.get().onExit().get(START.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException stays) {
        throw new IOException(
            "process " + left.get().pid() + " of an earlier run does not stop", stays);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", interrupted);
      }
    }
  }
}
