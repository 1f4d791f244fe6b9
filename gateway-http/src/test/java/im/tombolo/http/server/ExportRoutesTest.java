package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.ExportBridge;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.DirectMessage;
import im.tombolo.core.port.Answer;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People fetch what is kept of them. */
@ExtendWith(WithStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportRoutesTest {
  private final Database database;
  private final Website site;

  ExportRoutesTest(Database database) {
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

  private String offered() {
    return Website.path(site.exports.offer(Website.ROMEO).value().orElseThrow().toString());
  }

  private Received fetch(String target) {
    return site.ask("POST", target, "Content-Length: 0");
  }

  @Test
  void aPageWithAButtonComesFirstAndUsesNothingUp() {
    String target = offered();

    for (int look = 0; look < 3; look++) {
      Received page = site.get(target);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body()).contains("<form method=\"post\">", "romeo@example.org");
      assertThat(page.header("Cache-Control")).contains("no-store");
      assertThat(page.header("Content-Security-Policy").orElse("")).contains("form-action 'self'");
    }
    assertThat(fetch(target).status()).isEqualTo(200);
  }

  @Test
  void theFileIsThereOnce() {
    site.publish(Website.post("one", 1));
    String target = offered();

    Received file = fetch(target);
    assertThat(file.type()).isEqualTo("application/json");
    assertThat(file.header("Content-Disposition").orElse("")).contains("attachment");
    assertThat(file.header("Cache-Control")).contains("no-store");
    assertThat(file.text("person")).isEqualTo("romeo@example.org");
    assertThat(file.json().at("/actor/type").asString()).isEqualTo("Person");
    assertThat(file.json().at("/posts/0/content").asString()).contains("Post one");
    assertThat(file.json().at("/notify/mentions").asBoolean()).isTrue();
    assertThat(file.json().path("complete").asBoolean()).isTrue();

    assertThat(fetch(target).status()).isEqualTo(404);
    assertThat(site.get(target).status()).isEqualTo(404);
  }

  @Test
  void messagesAreNamed() {
    URI ada = URI.create("https://social.example/ada");
    URI romeo = URI.create("https://example.org/users/example.org/romeo");
    site.act(session ->
        session
            .messages()
            .save(
                new DirectMessage(
                    Website.ROMEO,
                    URI.create("https://social.example/1"),
                    ada,
                    new DirectMessage.Peer(ada, Jid.of("ada@ap.example.org")),
                    Set.of(romeo),
                    new DirectMessage.Place("t", ada, Optional.empty()),
                    new Dates(DrivenClock.START, DrivenClock.START),
                    "digest",
                    List.of(new DirectMessage.Part("m", Optional.empty())),
                    false)));

    Received file = fetch(offered());
    assertThat(file.json().at("/messages/0/id").asString()).isEqualTo("https://social.example/1");
    assertThat(file.json().at("/messages/0/to/0").asString()).isEqualTo(romeo.toString());
  }

  @Test
  void anAddressIsOverAfterAnHour() {
    String target = offered();
    database.clock().pass(ExportBridge.VALID.minus(Duration.ofSeconds(1)));
    assertThat(site.get(target).status()).isEqualTo(200);
    database.clock().pass(Duration.ofSeconds(1));

    assertThat(site.get(target).status()).isEqualTo(404);
    assertThat(fetch(target).status()).isEqualTo(404);
  }

  @Test
  void aNewAddressEndsTheOneBefore() {
    String first = offered();
    String second = offered();

    assertThat(fetch(first).status()).isEqualTo(404);
    assertThat(fetch(second).status()).isEqualTo(200);
  }

  @Test
  void theAddressOfOneIsNotThatOfAnother() {
    String target = offered();

    assertThat(fetch(target.replace("romeo", "juliet")).status()).isEqualTo(404);
    assertThat(fetch(target).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123456789abcdef0123456789abcdef", "x", "", "%00"})
  void whatWasNotOfferedIsNotThere(String secret) {
    String target = "/users/example.org/romeo/export/" + secret;

    assertThat(fetch(target).status()).isIn(400, 404);
    assertThat(site.get(target).status()).isIn(400, 404);
  }

  @Test
  void theSecretIsNotKept() {
    String target = offered();
    String secret = target.substring(target.lastIndexOf('/') + 1);

    assertThat(secret).hasSize(32);
    Optional<Jid> byItself =
        database
            .storage()
            .inTransaction(
                session -> session.exportTickets().find(secret, database.clock().instant()));
    assertThat(byItself).isEmpty();
  }

  @Test
  void strangersAreOfferedNothing() {
    assertThat(site.exports.offer(Jid.of("iago@elsewhere.example")))
        .isInstanceOf(Answer.Closed.class);
  }
}
