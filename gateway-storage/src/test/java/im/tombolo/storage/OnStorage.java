package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A real database for the tests of a class. Names differ by test. */
abstract class OnStorage {
  static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  static final Jid ROMEO = Jid.of("romeo@example.org");
  static final Jid ADA_JID = Jid.of("ada\\40social.example@ap.example.org");
  static final URI ADA = URI.create("https://social.example/ada");
  static final URI BOB = URI.create("https://other.example/bob");

  static PostgresServer server;
  static Storage storage;

  @BeforeAll
  static void start(@TempDir Path directory) {
    server = PostgresServer.start(directory.resolve("data"), 0);
    storage = Storage.open(server.settings(4), () -> NOW);
  }

  @AfterAll
  static void stop() {
    storage.close();
    server.close();
  }

  static <T> T ask(Function<Session, T> work) {
    return storage.inTransaction(work);
  }

  static void act(Consumer<Session> work) {
    storage.inTransaction(session -> {
      work.accept(session);
      return true;
    });
  }

  static void sql(String statement) {
    ask(session -> ((SqlSession) session).sql().update(statement));
  }

  static URI id(String name) {
    return URI.create("https://social.example/posts/" + name);
  }
}
