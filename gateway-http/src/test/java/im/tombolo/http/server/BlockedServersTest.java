package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.policy.Moderation;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse.Document;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the administrator does not want, at the web. */
@ExtendWith(WithStorage.class)
class BlockedServersTest {
  private static final String ROMEO = "/users/example.org/romeo";
  private static final String FINGER = "/.well-known/webfinger?resource=acct:romeo@example.org";
  private static final Moderation.Choices BLOCKING =
      new Moderation.Choices(
          false, Set.of(), Set.of("evil.example", "xn--bcher-kva.example"), List.of());
  private static final Moderation.Choices LISTED =
      new Moderation.Choices(true, Set.of("friends.example"), Set.of(), List.of());

  private final Database database;
  private Website site;

  BlockedServersTest(Database database) {
    this.database = database;
    this.site = new Website(database, false, new Moderation(BLOCKING));
  }

  @BeforeEach
  void publish() {
    site.withRomeo();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private void listed() {
    site.close();
    site = new Website(database, true, new Moderation(LISTED));
    URI ada = URI.create("https://friends.example/ada");
    site.documents.put(
        ada,
        Answer.got(
            new Document(
                ada,
                """
                {"id":"%1$s","type":"Person","preferredUsername":"ada","inbox":"%1$s/inbox",
                "publicKey":{"id":"%1$s#main-key","owner":"%1$s","publicKeyPem":"%2$s"}}\
                """
                    .formatted(ada, SignedRequest.PAIR.publicPem().replace("\n", "\\n")))));
  }

  private static SignedRequest read(String path, String host) {
    return SignedRequest.get(path)
        .with("accept", "application/activity+json")
        .keyId("https://" + host + "/ada#main-key");
  }

  private long inbox() {
    return database.storage().inTransaction(session -> session.inbox().waiting());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "EVIL.example",
        "a.b.evil.example",
        "evil.example.",
        "evil.example:8443",
        "xn--bcher-kva.example"
      })
  void case71_whatABlockedServerSendsIsRefusedBeforeItIsAskedForItsKey(String host) {
    String ada = "https://" + host + "/ada";
    String follow =
        "{\"id\":\"%s/1\",\"type\":\"Follow\",\"actor\":\"%s\",\"object\":\"https://example.org%s\"}"
            .formatted(ada, ada, ROMEO);

    Received answer = site.send(SignedRequest.post("/inbox", follow).keyId(ada + "#main-key"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(site.asked).isEmpty();
    assertThat(inbox()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {ROMEO, ROMEO + "/outbox", FINGER})
  void case71_whoSignsAsABlockedServerGetsNothing(String path) {
    Received answer = site.send(read(path, "evil.example"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain("romeo");
    assertThat(site.asked).isEmpty();
  }

  @Test
  void case71_othersAreNotConcerned() {
    assertThat(site.send(read(ROMEO, "notevil.example")).status()).isEqualTo(200);
    assertThat(site.document(ROMEO).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {ROMEO, ROMEO + "/outbox", ROMEO + "/followers"})
  void case72_withAnAllowListDocumentsAreForThoseOnIt(String path) {
    listed();

    assertThat(site.document(path).status()).isEqualTo(401);
    assertThat(site.send(read(path, "unknown.example")).status()).isEqualTo(403);
    assertThat(site.asked).isEmpty();
    assertThat(site.send(read(path, "friends.example")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actor", FINGER, "/.well-known/nodeinfo", "/nodeinfo/2.1"})
  void case72_whatOthersNeedToKnowUsStaysOpen(String path) {
    listed();

    assertThat(site.document(path).status()).isEqualTo(200);
  }

  @Test
  void theFileForReportsNamesItsContactAndItsEnd() {
    Received answer = site.get("/.well-known/security.txt", "Accept: */*");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(answer.body())
        .startsWith("Contact: mailto:security@example.org\nExpires: ")
        .contains("\nCanonical: https://example.org/.well-known/security.txt\n");
  }

  @Test
  void withoutAContactThereIsNoSuchFile() {
    try (Website without = new Website(database)) {
      assertThat(without.get("/.well-known/security.txt", "Accept: */*").status()).isEqualTo(404);
    }
  }
}
