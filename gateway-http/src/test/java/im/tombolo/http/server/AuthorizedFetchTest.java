package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse.Document;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where documents are for signed questions only. */
@ExtendWith(WithStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizedFetchTest {
  private static final String ACTOR = "/users/example.org/romeo";
  private static final URI ADA = URI.create("https://social.example/users/ada");

  private final Database database;
  private final Website site;
  private String activity = "";

  AuthorizedFetchTest(Database database) {
    this.database = database;
    this.site = new Website(database, "https://example.org", true, List.of());
    site.documents.put(
        ADA,
        Answer.got(
            new Document(
                ADA,
                """
                {"id":"%1$s","type":"Person","preferredUsername":"ada","inbox":"%1$s/inbox",
                "publicKey":{"id":"%1$s#main-key","owner":"%1$s","publicKeyPem":"%2$s"}}\
                """
                    .formatted(ADA, SignedRequest.PAIR.publicPem().replace("\n", "\\n")))));
  }

  @BeforeEach
  void publish() {
    site.withRomeo();
    site.publish(Website.post("k1", 0));
    Written create = new ActivityWriter(site.urls).create(Website.post("k1", 0));
    site.act(session ->
        session.activities().add(new Sent(create.key(), Website.ROMEO, true, create.json())));
    activity = "/activities/" + create.key();
  }

  @AfterAll
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ACTOR,
        ACTOR + "/posts/k1",
        ACTOR + "/outbox",
        ACTOR + "/outbox?page=first",
        ACTOR + "/followers",
        ACTOR + "/following?page=first",
        ACTOR + "/featured"
      })
  void anUnsignedQuestionForADocumentIsRefused(String path) {
    Received answer = site.document(path);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain("@context");
  }

  @Test
  void anAnswerThatIsKeptIsGuardedToo() {
    try (Website keeping =
        new Website(database, true, ServerSettings.Limits.DEFAULT, InboxDoor.Limits.DEFAULT)) {
      keeping.documents.putAll(site.documents);
      SignedRequest signed = SignedRequest.get(ACTOR).with("accept", "application/activity+json");
      assertThat(keeping.send(signed).status()).isEqualTo(200);
      assertThat(keeping.document(ACTOR).status()).isEqualTo(401);
    }
  }

  /** What is always a document is guarded whatever the question says that it likes. */
  @ParameterizedTest
  @CsvSource({
    "/outbox?page=first, text/html",
    "/outbox?page=first, */*",
    "/followers, text/html",
    "/following, application/atom+xml"
  })
  void nobodyGetsADocumentByAskingForAPage(String path, String accept) {
    assertThat(site.get(ACTOR + path, "Accept: " + accept).status()).isEqualTo(401);
  }

  @Test
  void anActivityIsGuardedToo() {
    assertThat(site.get(activity, "Accept: text/html").status()).isEqualTo(401);
    assertThat(site.document(activity).status()).isEqualTo(401);
  }

  @Test
  void case61_aSignedQuestionIsAnsweredAndTheAnswerIsForItsAskerOnly() {
    Received answer =
        site.send(SignedRequest.get(ACTOR).with("accept", "application/activity+json"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).contains("private, no-store");
    assertThat(answer.header("Vary")).contains("Accept, Signature");
  }

  @Test
  void aSignedQuestionWithParametersIsAnswered() {
    assertThat(site.send(SignedRequest.get(ACTOR + "/outbox?page=first")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actor",
        "/.well-known/webfinger?resource=acct:romeo@example.org",
        "/.well-known/nodeinfo",
        "/nodeinfo/2.1"
      })
  void whatOthersNeedToCheckOurSignaturesIsForEverybody(String path) {
    assertThat(site.document(path).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    ACTOR + ", text/html",
    ACTOR + ", application/atom+xml",
    ACTOR + "/posts/k1, text/html"
  })
  void pagesForPeopleStayOpen(String path, String accept) {
    assertThat(site.get(path, "Accept: " + accept).status()).isEqualTo(200);
  }
}
