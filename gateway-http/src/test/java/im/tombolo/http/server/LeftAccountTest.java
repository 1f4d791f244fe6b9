package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Membership;
import im.tombolo.core.model.Membership.State;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the web says of people who left. */
@ExtendWith(WithStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeftAccountTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private final Database database;
  private final Website site;

  LeftAccountTest(Database database) {
    this.database = database;
    this.site = new Website(database);
  }

  @BeforeEach
  void addRomeo() {
    site.withRomeo();
  }

  @AfterAll
  void stop() {
    site.close();
  }

  private void said(State state) {
    database
        .storage()
        .inTransaction(session -> {
          session.members().save(new Membership(Website.ROMEO, state, THEN, Optional.empty()));
          return true;
        });
  }

  @ParameterizedTest
  @CsvSource({"LEAVING, 410", "GONE, 410", "DECLINED, 404", "JOINED, 200"})
  void case75_anAccountIsThereAsItsOwnerSaid(State state, int status) {
    said(state);

    assertThat(site.get("/.well-known/webfinger?resource=acct:romeo@example.org").status())
        .isEqualTo(status);
    assertThat(site.get("/users/example.org/romeo").status()).isEqualTo(status);
    assertThat(site.get("/users/example.org/romeo/outbox").status()).isEqualTo(status);
    assertThat(site.get("/users/example.org/romeo/followers").status()).isEqualTo(status);
  }
}
