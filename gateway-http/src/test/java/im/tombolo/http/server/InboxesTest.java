package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse.Document;
import im.tombolo.core.port.Inbox;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxesTest {
  private static final KeyPairPem OTHER = KeyPairSource.rsa().generate();
  private static final String ROMEO = "https://example.org/users/example.org/romeo";
  private static final String INBOX = "/users/example.org/romeo/inbox";
  private static final Charset UTF = StandardCharsets.UTF_8;

  private final Database database;
  private final Website site;
  private int number;

  /** Another one for each test, so that nothing is remembered of her. */
  private String ada = "";

  InboxesTest(Database database) {
    this.database = database;
    this.site = new Website(database);
  }

  @BeforeEach
  void addRomeoAndAda() {
    site.withRomeo();
    site.asked.clear();
    ada = "https://social.example/users/ada" + number++;
    publish(ada, ada + "#main-key", ada, SignedRequest.PAIR);
  }

  @AfterAll
  void stop() {
    site.close();
  }

  private SignedRequest post(String path, String body) {
    return SignedRequest.post(path, body).keyId(ada + "#main-key");
  }

  private void serve(String url, String json) {
    URI uri = URI.create(url);
    site.documents.put(uri, Answer.got(new Document(uri, json)));
  }

  /** An actor with a key, at its own id. */
  private void publish(String actor, String keyId, String owner, KeyPairPem pair) {
    serve(actor, actor(actor, keyId, owner, pair));
  }

  private static String actor(String actor, String keyId, String owner, KeyPairPem pair) {
    return """
    {"@context":"https://www.w3.org/ns/activitystreams","id":"%s","type":"Person",
    "preferredUsername":"ada","inbox":"%s/inbox",
    "publicKey":{"id":"%s","owner":"%s","publicKeyPem":"%s"}}
    """
        .formatted(actor, actor, keyId, owner, pair.publicPem().replace("\n", "\\n"));
  }

  private static String follow(String id, String actor) {
    return """
    {"@context":"https://www.w3.org/ns/activitystreams","id":"%s","type":"Follow",\
    "actor":"%s","object":"%s"}\
    """
        .formatted(id, actor, ROMEO);
  }

  private String follow() {
    return follow(ada + "/follows/1", ada);
  }

  private List<Inbox.Row> kept() {
    return database
        .storage()
        .inTransaction(session ->
            session
                .inbox()
                .claim(
                    new Inbox.Claim(false, 100, 100, 1 << 20),
                    DrivenClock.START,
                    DrivenClock.START))
        .stream()
        .flatMap(lane -> lane.rows().stream())
        .toList();
  }

  private void assertKept(String... bodies) {
    assertThat(kept()).extracting(Inbox.Row::json).containsExactly(bodies);
  }

  private void assertRefused(int status, SignedRequest request) {
    assertThat(site.send(request).status()).isEqualTo(status);
    assertThat(kept()).isEmpty();
  }

  // What is taken

  @ParameterizedTest
  @ValueSource(strings = {"/inbox", INBOX})
  void aSignedActivityIsKeptAndThenAccepted(String path) {
    assertThat(site.send(post(path, follow())).status()).isEqualTo(202);
    assertKept(follow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/activity+json",
        "application/activity+json; charset=utf-8",
        "Application/Activity+JSON",
        "application/ld+json",
        "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\""
      })
  void bothMediaTypesAreTaken(String type) {
    assertThat(site.send(post("/inbox", follow()).with("content-type", type)).status())
        .isEqualTo(202);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void theSameActivityIsKeptOnceHoweverOftenItComes() {
    for (String path : List.of("/inbox", INBOX, "/inbox")) {
      assertThat(site.send(post(path, follow())).status()).isEqualTo(202);
    }
    assertKept(follow());
  }

  @Test
  void case9_theSameBytesPlayedAgainWithinTheHourDoNothing() {
    SignedRequest request = post("/inbox", follow());
    site.send(request);
    database.clock().pass(Duration.ofMinutes(50));
    assertThat(site.send(request).status()).isEqualTo(202);
    assertKept(follow());
  }

  @Test
  void case54_anActivityThatComesManyTimesAtOnceIsKeptOnce() throws Exception {
    List<Callable<Integer>> senders = new ArrayList<>();
    senders.add(() -> site.send(post("/inbox", follow())).status());
    for (int i = 0; i < 50; i++) {
      senders.add(() -> site.send(post(INBOX, follow())).status());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> status : threads.invokeAll(senders)) {
        assertThat(status.get()).isEqualTo(202);
      }
    }
    assertKept(follow());
  }

  @Test
  void activitiesOfOneActorAreKeptInTheOrderTheyCameIn() {
    String second = follow(ada + "/follows/2", ada);
    site.send(post("/inbox", follow()));
    site.send(post("/inbox", second));
    assertKept(follow(), second);
  }

  @Test
  void aKindOfActivityThatWeDoNotKnowIsTakenToo() {
    String dance = follow().replace("Follow", "Dance");
    assertThat(site.send(post("/inbox", dance)).status()).isEqualTo(202);
  }

  @Test
  void aKeyIsAskedForOnce() {
    site.send(post("/inbox", follow(ada + "/follows/1", ada)));
    site.send(post("/inbox", follow(ada + "/follows/2", ada)));
    assertThat(site.asked).containsExactly(URI.create(ada));
  }

  @Test
  void case51_aDeleteOfAStrangerIsTakenAndNothingIsFetchedOrKept() {
    String delete = follow().replace("Follow", "Delete").replace(ROMEO, ada);
    assertThat(site.send(post("/inbox", delete).signedWith(OTHER.privatePem())).status())
        .isEqualTo(202);
    assertThat(site.asked).isEmpty();
    assertThat(kept()).isEmpty();
  }

  @Test
  void case52_aDeleteOfWhomWeKnowHasToBeSigned() {
    site.send(post("/inbox", follow()));
    String delete = follow(ada + "#delete", ada).replace("Follow", "Delete").replace(ROMEO, ada);
    assertThat(site.send(post("/inbox", delete).signedWith(OTHER.privatePem())).status())
        .isEqualTo(401);
    assertThat(site.send(post("/inbox", delete)).status()).isEqualTo(202);
    assertKept(follow(), delete);
  }

  @Test
  void case77_whoSendsTooMuchIsToldToWait() {
    try (Website strict =
        new Website(
            database, false, ServerSettings.Limits.DEFAULT, new InboxDoor.Limits(100, 1, 1))) {
      strict.documents.putAll(site.documents);
      strict.send(post("/inbox", follow()));
      Received answer = strict.send(post("/inbox", follow(ada + "/follows/2", ada)));
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("Retry-After")).contains("60");
      assertKept(follow());
    }
  }

  @Test
  void whileTooMuchWaitsEverybodyIsToldToWait() {
    site.send(post("/inbox", follow()));
    try (Website full =
        new Website(
            database, false, ServerSettings.Limits.DEFAULT, new InboxDoor.Limits(1, 9, 9))) {
      full.documents.putAll(site.documents);
      Received answer = full.send(post("/inbox", follow(ada + "/follows/2", ada)));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isPresent();
      assertKept(follow());
    }
  }

  // Who signed

  @Test
  void case1_anUnsignedActivityIsRefused() {
    Received answer =
        site.send(
            "POST /inbox HTTP/1.1",
            List.of(
                "Host: example.org",
                "Content-Type: application/activity+json",
                "Content-Length: " + follow().length()),
            follow().getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(kept()).isEmpty();
    assertThat(site.asked).isEmpty();
  }

  @Test
  void case3_anActivityWithAnotherBodyThanWasSignedIsRefused() {
    String other = follow().replace("Follow", "Accept");
    assertRefused(
        401,
        post("/inbox", follow())
            .with("digest", "SHA-256=" + SignedRequest.hash("SHA-256", other.getBytes(UTF))));
  }

  @Test
  void anActivitySignedWithAnotherKeyIsRefused() {
    assertRefused(401, post("/inbox", follow()).signedWith(OTHER.privatePem()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://social.example/users/eve", "https://other.example/users/ada"})
  void case4_anActivityOfSomebodyElseThanTheSignerIsRefused(String actor) {
    assertRefused(401, post("/inbox", follow(actor + "/follows/1", actor)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://social.example./users/",
        "https://social.example:8443/users/",
        "https://social.example/%75sers/",
        "https://social.example/Users/",
        "http://social.example/users/"
      })
  void case10_anActorWhoseIdOnlyLooksLikeTheSignersIsRefused(String place) {
    String actor = ada.replace("https://social.example/users/", place);
    assertRefused(401, post("/inbox", follow(actor + "/follows/1", actor)));
  }

  @Test
  void case5_aKeyThatNamesAnOwnerWhoDoesNotListItIsRefused() {
    String eve = "https://social.example/users/eve";
    publish(eve, eve + "#main-key", ada, OTHER);
    assertRefused(
        401, post("/inbox", follow()).keyId(eve + "#main-key").signedWith(OTHER.privatePem()));
  }

  @Test
  void case6_aKeyOnAnotherHostThanTheActorThatItIsShownInIsRefused() {
    String evil = "https://evil.example/users/ada";
    serve(evil, actor(ada, evil + "#main-key", ada, OTHER));
    assertRefused(
        401, post("/inbox", follow()).keyId(evil + "#main-key").signedWith(OTHER.privatePem()));
  }

  @Test
  void case79_aKeyDocumentOfItsOwnIsTakenWhenItsOwnerListsIt() {
    String keyId = ada + "/main-key";
    publish(ada, keyId, ada, SignedRequest.PAIR);
    serve(
        keyId,
        """
        {"id":"%s","owner":"%s","publicKeyPem":"%s"}\
        """
            .formatted(keyId, ada, SignedRequest.PAIR.publicPem().replace("\n", "\\n")));
    assertThat(site.send(post("/inbox", follow()).keyId(keyId)).status()).isEqualTo(202);
  }

  @Test
  void aKeyThatIsGoneIsRefused() {
    site.documents.put(URI.create(ada), new Answer.Gone<>());
    assertRefused(401, post("/inbox", follow()));
  }

  @Test
  void whileAKeyCannotBeHadThePeerIsAskedToComeBack() {
    site.documents.put(URI.create(ada), new Answer.Unavailable<>("down"));
    Received answer = site.send(post("/inbox", follow()));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(kept()).isEmpty();
  }

  @Test
  void case39_manyBadSignaturesCostOneFetch() {
    for (int i = 0; i < 20; i++) {
      assertRefused(401, post("/inbox", follow()).signedWith(OTHER.privatePem()));
    }
    assertThat(site.asked).hasSize(1);
  }

  @Test
  void case53_aKeyThatWasReplacedIsBelievedAfterTenMinutes() {
    site.send(post("/inbox", follow()));
    publish(ada, ada + "#main-key", ada, OTHER);
    database.clock().pass(Duration.ofMinutes(10));
    SignedRequest request =
        post("/inbox", follow(ada + "/follows/2", ada)).signedWith(OTHER.privatePem());
    assertThat(site.send(request).status()).isEqualTo(202);
  }

  @Test
  void case7_aSignatureForAnotherInboxIsRefused() {
    assertRefused(401, post("/inbox", follow()).signingTarget("post " + INBOX));
  }

  @Test
  void case8_aSignatureWithTwoDatesIsRefused() {
    SignedRequest request = post("/inbox", follow());
    List<String> headers = new ArrayList<>();
    request.headers().forEach((name, value) -> headers.add(name + ": " + value));
    headers.add("date: " + SignedRequest.date(DrivenClock.START));
    headers.add("content-length: " + request.body().length);
    assertThat(site.send("POST /inbox HTTP/1.1", headers, request.body()).status()).isEqualTo(401);
    assertThat(kept()).isEmpty();
  }

  @Test
  void case8_aRequestWithTwoHostsIsRefused() {
    SignedRequest request = post("/inbox", follow());
    List<String> headers = new ArrayList<>();
    request.headers().forEach((name, value) -> headers.add(name + ": " + value));
    headers.add("host: other.example");
    headers.add("content-length: " + request.body().length);
    assertThat(site.send("POST /inbox HTTP/1.1", headers, request.body()).status())
        .isBetween(400, 401);
    assertThat(kept()).isEmpty();
  }

  @Test
  void aForwardedHostCountsOnlyFromAProxyThatWeTrust() {
    assertRefused(
        401,
        post("/inbox", follow())
            .with("host", "other.example")
            .with("x-forwarded-host", "example.org"));
  }

  @Test
  void whatTheProxyThatWeTrustWasAskedForCounts() {
    try (Website behind =
        new Website(database, "https://example.org", false, List.of("127.0.0.1"))) {
      behind.documents.putAll(site.documents);
      SignedRequest request =
          post("/inbox", follow())
              .later("host", "127.0.0.1:8080")
              .with("x-forwarded-host", "example.org");
      assertThat(behind.send(request).status()).isEqualTo(202);
    }
  }

  // What is said

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "{",
        "[]",
        "null",
        "\"text\"",
        "{}",
        "{\"id\":\"https://social.example/1\"}",
        "{\"id\":null,\"type\":\"Follow\",\"actor\":\"https://social.example/users/ada\"}",
        "{\"id\":7,\"type\":\"Follow\",\"actor\":\"https://social.example/users/ada\"}",
        "{\"id\":\"https://social.example/1\",\"type\":\"Follow\",\"actor\":\"javascript:x\"}",
        "{\"@graph\":[]}",
        "{\"a\":NaN}",
        "{\"a\":1,\"a\":2}"
      })
  void case25_whatIsNoActivityIsBad(String body) {
    assertRefused(400, post("/inbox", body));
  }

  @Test
  void case42_anActivityThatNamesTwoActorsIsBad() {
    assertRefused(
        400, post("/inbox", follow().replace("{", "{\"actor\":\"https://evil.example/eve\",")));
  }

  @Test
  void case25_anActivityOfAnotherServerThanItsActorsIsBad() {
    assertRefused(400, post("/inbox", follow("https://other.example/follows/1", ada)));
  }

  @Test
  void case41_jsonThatIsNestedWithoutEndIsBad() {
    assertRefused(400, post("/inbox", "{\"a\":" + "[".repeat(4_000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "text/plain",
        "text/html",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/activity+jsonx",
        ""
      })
  void anotherMediaTypeIsRefused(String type) {
    assertRefused(415, post("/inbox", follow()).with("content-type", type));
  }

  @Test
  void aBodyOfTheLargestSizeIsTaken() {
    String body = follow() + " ".repeat(Website.MAX_BYTES - follow().length());
    assertThat(site.send(post("/inbox", body)).status()).isEqualTo(202);
  }

  @Test
  void case41_aBodyThatIsOneByteLongerIsRefused() {
    String body = follow() + " ".repeat(Website.MAX_BYTES + 1 - follow().length());
    assertRefused(413, post("/inbox", body));
    assertThat(site.asked).isEmpty();
  }

  private Received sendInParts(String body) {
    SignedRequest request = post("/inbox", body);
    List<String> headers = new ArrayList<>();
    request.headers().forEach((name, value) -> headers.add(name + ": " + value));
    headers.add("transfer-encoding: chunked");
    String parts = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    return site.send("POST /inbox HTTP/1.1", headers, parts.getBytes(UTF));
  }

  @Test
  void aBodyInPartsIsTaken() {
    assertThat(sendInParts(follow()).status()).isEqualTo(202);
    assertKept(follow());
  }

  @Test
  void case41_aBodyInPartsThatIsTooLongIsRefused() {
    assertThat(sendInParts(follow() + " ".repeat(Website.MAX_BYTES)).status()).isEqualTo(413);
    assertThat(kept()).isEmpty();
  }

  @Test
  void aBodyInBrokenPartsIsBad() {
    Received answer =
        site.send(
            "POST /inbox HTTP/1.1",
            List.of(
                "Host: example.org",
                "Content-Type: application/activity+json",
                "Transfer-Encoding: chunked"),
            "xyz\r\n{}\r\n0\r\n\r\n".getBytes(UTF));
    assertThat(answer.status()).isEqualTo(400);
  }

  // Where

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/other.example/romeo/inbox",
        "/users/example.org//inbox",
        "/users/example.org/ROMEO/inbox",
        "/users/example.org/a|b/inbox"
      })
  void anInboxOfNobodyIsNotThere(String path) {
    assertThat(site.send(post(path, follow())).status()).isIn(400, 404);
    assertThat(kept()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"})
  void case86_nothingButPostWorksOnAnInbox(String method) {
    for (String path : List.of("/inbox", INBOX)) {
      Received answer = site.ask(method, path);
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).contains("POST");
    }
  }
}
