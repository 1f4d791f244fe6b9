package im.tombolo.http.client;

import static im.tombolo.http.fake.Peer.answer;
import static im.tombolo.http.fake.Peer.redirect;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse.Document;
import im.tombolo.core.port.Fediverse.File;
import im.tombolo.core.port.Fediverse.Finger;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.Peer;
import im.tombolo.http.fake.Peer.Seen;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.signature.Message;
import im.tombolo.http.signature.Rsa;
import im.tombolo.http.signature.SignatureCheck;
import im.tombolo.http.signature.SignatureCheck.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FediverseClientTest {
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final String ACTIVITY = "application/activity+json";
  private static final String DOCUMENT = "{\"id\":\"x\"}";
  private static final int MAX_BYTES = 4_096;
  private static final DrivenClock CLOCK = new DrivenClock();
  private static final FediverseClient CLIENT = client(true, true, Duration.ofSeconds(15));

  private static Peer peer;

  private static FediverseClient client(
      boolean allowPrivate, boolean allowHttp, Duration requestTimeout) {
    return client(allowPrivate, allowHttp, requestTimeout, 100);
  }

  private static FediverseClient client(
      boolean allowPrivate, boolean allowHttp, Duration requestTimeout, int connectionsKept) {
    return new FediverseClient(
        new ClientSettings(
            allowPrivate,
            allowHttp,
            Optional.empty(),
            "Tombolo/1 (+https://example.org)",
            new ClientSettings.Limits(
                8, connectionsKept, 16, MAX_BYTES, 3, Duration.ofSeconds(5), requestTimeout)),
        SignedRequest.signer(URLS, CLOCK),
        URLS.instanceJid(),
        CLOCK);
  }

  @BeforeAll
  static void start() {
    peer = Peer.start();
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    peer.close();
  }

  @BeforeEach
  void forget() {
    peer.forget();
  }

  /** Where nobody listens. */
  private static URI down() {
    try (Peer gone = Peer.start()) {
      return gone.uri("/ada");
    }
  }

  private Answer<Document> document(String path) {
    return CLIENT.document(peer.uri(path));
  }

  /** Who signed a request that the peer saw, by the check that we use ourselves. */
  private Outcome signer(Seen seen) {
    SignatureCheck check =
        new SignatureCheck(
            peer.uri("/"),
            (keyId, fresh) ->
                Answer.got(
                    new OwnedKey(
                        keyId,
                        URI.create(keyId.toString().replace("#main-key", "")),
                        SignedRequest.PAIR.publicPem())),
            new Rsa(),
            CLOCK);
    return check.check(
        new Message(seen.method(), seen.target(), seen::header),
        seen.method().equals("POST")
            ? Optional.of(seen.body().getBytes(StandardCharsets.UTF_8))
            : Optional.empty());
  }

  @Test
  void case71_aBlockedServerIsNeitherAskedNorSentTo() throws Exception {
    try (FediverseClient blocking =
        new FediverseClient(
            new ClientSettings(
                true,
                true,
                Optional.empty(),
                "Tombolo/1",
                ClientSettings.Limits.DEFAULT,
                target -> true),
            SignedRequest.signer(URLS, CLOCK),
            URLS.instanceJid(),
            CLOCK)) {
      assertThat(blocking.document(peer.uri("/ada"))).isInstanceOf(Answer.Missing.class);
      assertThat(blocking.picture(peer.uri("/ada"), MAX_BYTES)).isInstanceOf(Answer.Missing.class);
      assertThat(blocking.deliver(peer.uri("/ada"), URLS.instanceJid(), "{}".getBytes(UTF_8)))
          .isEqualTo(new Delivered.Never("a server that is not talked to"));
    }
    assertThat(peer.seen()).isEmpty();
  }

  // Documents

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/activity+json",
        "application/activity+json; charset=utf-8",
        "Application/Activity+JSON;charset=UTF-8",
        "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
        "application/ld+json;profile=\"https://www.w3.org/ns/activitystreams\";charset=utf-8",
        "application/ld+json; profile=https://www.w3.org/ns/activitystreams",
        "application/ld+json; profile=\"http://a.example https://www.w3.org/ns/activitystreams\""
      })
  void aDocumentOfAnActivityStreamsTypeIsRead(String type) {
    peer.on("/ada", answer(200, type, DOCUMENT));
    assertThat(document("/ada")).isEqualTo(Answer.got(new Document(peer.uri("/ada"), DOCUMENT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "text/html",
        "text/plain",
        "image/png",
        "application/ld+json",
        "application/ld+json; profile=\"https://www.w3.org/ns/other\"",
        "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams-not\"",
        "application/ld+json; a=\"https://www.w3.org/ns/activitystreams\"",
        "application/activity+jsonp",
        "application/activity+json-seq",
        "text/html; a=application/activity+json",
        ""
      })
  void case17_aDocumentOfAnotherTypeMayBeAnybodysUploadAndCountsForNothing(String type) {
    peer.on("/ada", answer(200, type, DOCUMENT));
    assertThat(document("/ada")).isInstanceOf(Answer.Missing.class);
  }

  static Stream<Arguments> statuses() {
    return Stream.of(
        arguments(404, Answer.Missing.class),
        arguments(410, Answer.Gone.class),
        arguments(401, Answer.Closed.class),
        arguments(403, Answer.Closed.class),
        arguments(204, Answer.Unavailable.class),
        arguments(300, Answer.Unavailable.class),
        arguments(304, Answer.Unavailable.class),
        arguments(400, Answer.Unavailable.class),
        arguments(429, Answer.Unavailable.class),
        arguments(500, Answer.Unavailable.class),
        arguments(502, Answer.Unavailable.class),
        arguments(503, Answer.Unavailable.class));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void aStatusSaysWhetherTheDocumentIsThere(int status, Class<?> answer) {
    peer.on("/ada", answer(status, Map.of()));
    assertThat(document("/ada")).isInstanceOf(answer);
  }

  @Test
  void aServerThatIsDownIsUnavailable() {
    assertThat(CLIENT.document(down())).isInstanceOf(Answer.Unavailable.class);
  }

  @Test
  void aConnectionThatBreaksInTheMiddleIsUnavailable() {
    peer.on(
        "/ada",
        (request, response, callback) -> {
          response.getHeaders().put("Content-Type", ACTIVITY).put("Content-Length", 100);
          response.write(
              false,
              ByteBuffer.wrap(new byte[10]),
              Callback.from(() -> callback.failed(new IOException("broken on purpose"))));
        });
    assertThat(document("/ada")).isInstanceOf(Answer.Unavailable.class);
  }

  @Test
  void aBodyOfTheLargestSizeIsRead() {
    String json = "\"" + "x".repeat(MAX_BYTES - 2) + "\"";
    peer.on("/ada", answer(200, ACTIVITY, json));
    assertThat(document("/ada").value().map(Document::json)).contains(json);
  }

  @Test
  void aBodyThatIsOneByteLongerIsNotRead() {
    peer.on("/ada", answer(200, ACTIVITY, "x".repeat(MAX_BYTES + 1)));
    assertThat(document("/ada")).isInstanceOf(Answer.Unavailable.class);
  }

  @Test
  void case40_aBodyWhoseLengthIsNotSaidBeforeIsBoundedToo() {
    peer.on(
        "/ada",
        (request, response, callback) -> {
          response.getHeaders().put("Content-Type", ACTIVITY);
          ByteBuffer part = ByteBuffer.wrap(new byte[MAX_BYTES]);
          response.write(
              false,
              part,
              Callback.from(
                  () -> response.write(true, ByteBuffer.wrap(new byte[1]), callback),
                  callback::failed));
        });
    assertThat(document("/ada")).isInstanceOf(Answer.Unavailable.class);
  }

  private static byte[] gzipped(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return out.toByteArray();
  }

  private void answerGzipped(byte[] plain) {
    peer.on(
        "/ada",
        (request, response, callback) -> {
          response.getHeaders().put("Content-Encoding", "gzip");
          answer(200, ACTIVITY, gzipped(plain)).answer(request, response, callback);
        });
  }

  @Test
  void aCompressedBodyIsRead() {
    answerGzipped(DOCUMENT.getBytes(StandardCharsets.UTF_8));
    assertThat(document("/ada").value().map(Document::json)).contains(DOCUMENT);
  }

  @Test
  void case40_aBodyThatUnfoldsToMoreThanTheLimitIsNotRead() {
    answerGzipped(new byte[100 * MAX_BYTES]);
    assertThat(document("/ada")).isInstanceOf(Answer.Unavailable.class);
  }

  // What a question looks like

  @Test
  void everyQuestionIsSignedByTheInstanceActor() {
    document("/ada?page=1#main-key");
    CLIENT.picture(peer.uri("/ada.png"), 100);
    CLIENT.finger(new Handle("ada", peer.authority()));
    assertThat(peer.seen())
        .hasSize(3)
        .allSatisfy(
            seen -> assertThat(signer(seen)).isEqualTo(new Outcome.Signed(URLS.instanceActor())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "?a=b", "/", "/?author=1", "/a//b", "/%7Eada/%2e%2e/x", "/a;b=c", "/a?b?c=/"})
  void whatIsSignedIsWhatIsSent(String path) {
    CLIENT.document(peer.uri(path));
    assertThat(peer.seen())
        .singleElement()
        .satisfies(
            seen -> assertThat(signer(seen)).isEqualTo(new Outcome.Signed(URLS.instanceActor())));
  }

  @Test
  void aDocumentIsAskedForInBothActivityStreamsTypes() {
    document("/ada");
    assertThat(peer.seen(seen -> seen.header("Accept")))
        .containsExactly(
            Optional.of(
                "application/activity+json, application/ld+json;"
                    + " profile=\"https://www.w3.org/ns/activitystreams\""));
  }

  @Test
  void weSayWhoWeAre() {
    document("/ada");
    assertThat(peer.seen(seen -> seen.header("User-Agent")))
        .containsExactly(Optional.of("Tombolo/1 (+https://example.org)"));
  }

  @Test
  void cookiesAreNotKept() {
    peer.on("/ada", answer(200, Map.of("Set-Cookie", "a=b; Path=/")));
    document("/ada");
    document("/ada");
    assertThat(peer.seen(seen -> seen.header("Cookie")))
        .containsExactly(Optional.empty(), Optional.empty());
  }

  // Where we do not ask

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1/a",
        "file:///etc/passwd",
        "data:application/activity+json,x",
        "gopher://127.0.0.1/",
        "//127.0.0.1/a",
        "/a",
        "https:///a",
        "https://a_b/",
        "https://bücher.example/"
      })
  void case36_whatIsNoWebAddressIsNotAskedFor(String uri) {
    assertThat(CLIENT.document(URI.create(uri))).isInstanceOf(Answer.Missing.class);
  }

  @Test
  void case36_anAddressWithAUserInItIsNotAskedFor() {
    URI uri = URI.create("http://social.example@" + peer.authority() + "/ada");
    assertThat(CLIENT.document(uri)).isInstanceOf(Answer.Missing.class);
    assertThat(peer.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 25, 110, 143, 993, 1_023})
  void case36_aPortOfAnotherServiceIsNotAskedFor(int port) {
    assertThat(CLIENT.document(URI.create("http://127.0.0.1:" + port + "/")))
        .isInstanceOf(Answer.Missing.class);
  }

  @Test
  void case36_anAddressThatIsTooLongIsNotAskedFor() {
    assertThat(document("/" + "a".repeat(2_048))).isInstanceOf(Answer.Missing.class);
    assertThat(peer.seen()).isEmpty();
  }

  @Test
  void case35_httpIsNotSpokenUnlessItIsAllowed() {
    try (FediverseClient careful = client(true, false, Duration.ofSeconds(15))) {
      assertThat(careful.document(peer.uri("/ada"))).isInstanceOf(Answer.Missing.class);
      assertThat(careful.deliver(peer.uri("/inbox"), ROMEO, "{}".getBytes(UTF_8)))
          .isInstanceOf(Delivered.Never.class);
    }
    assertThat(peer.seen()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,close close", "1,none close", "2,none none"})
  void withAsManyConnectionsAsAreKeptTheyAreClosed(int kept, String said) {
    try (Peer other = Peer.start();
        FediverseClient client = client(true, true, Duration.ofSeconds(15), kept)) {
      client.deliver(peer.uri("/inbox"), ROMEO, "{}".getBytes(UTF_8));
      client.deliver(other.uri("/inbox"), ROMEO, "{}".getBytes(UTF_8));

      assertThat(
              Stream.concat(peer.seen().stream(), other.seen().stream())
                  .map(seen -> seen.header("Connection").orElse("none"))
                  .collect(joining(" ")))
          .isEqualTo(said);
    }
  }

  @Test
  void case35_ourOwnNetworkIsNotReachedUnlessItIsAllowed() {
    try (FediverseClient careful = client(false, true, Duration.ofSeconds(15))) {
      assertThat(careful.document(peer.uri("/ada"))).isInstanceOf(Answer.Unavailable.class);
      assertThat(careful.picture(peer.uri("/ada.png"), 10)).isInstanceOf(Answer.Unavailable.class);
      assertThat(careful.finger(new Handle("ada", peer.authority())))
          .isInstanceOf(Answer.Unavailable.class);
      assertThat(careful.deliver(peer.uri("/inbox"), ROMEO, "{}".getBytes(UTF_8)))
          .isInstanceOf(Delivered.Down.class);
    }
    assertThat(peer.seen()).isEmpty();
  }

  // Redirects

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsFollowedAndTheDocumentIsWhereItWasFound(int status) {
    peer.on("/ada", redirect(status, "/users/ada"));
    peer.on("/users/ada", answer(200, ACTIVITY, DOCUMENT));
    assertThat(document("/ada"))
        .isEqualTo(Answer.got(new Document(peer.uri("/users/ada"), DOCUMENT)));
  }

  @Test
  void case34_everyStepIsSignedAnew() {
    peer.on("/ada", redirect(302, peer.uri("/users/ada?a=b").toString()));
    document("/ada");
    assertThat(peer.seen(Seen::target)).containsExactly("/ada", "/users/ada?a=b");
    assertThat(peer.seen())
        .allSatisfy(
            seen -> assertThat(signer(seen)).isEqualTo(new Outcome.Signed(URLS.instanceActor())));
  }

  @Test
  void threeRedirectsAreFollowed() {
    peer.on("/0", redirect(302, "/1")).on("/1", redirect(302, "/2")).on("/2", redirect(302, "/3"));
    peer.on("/3", answer(200, ACTIVITY, DOCUMENT));
    assertThat(document("/0")).isInstanceOf(Answer.Got.class);
  }

  @Test
  void case38_aFourthRedirectIsNotFollowed() {
    for (int i = 0; i < 20; i++) {
      peer.on("/" + i, redirect(302, "/" + (i + 1)));
    }
    assertThat(document("/0")).isEqualTo(new Answer.Unavailable<>("too many redirects"));
    assertThat(peer.seen(Seen::target)).containsExactly("/0", "/1", "/2", "/3");
  }

  @Test
  void case38_aCircleOfRedirectsEnds() {
    peer.on("/a", redirect(302, "/b")).on("/b", redirect(302, "/a"));
    assertThat(document("/a")).isInstanceOf(Answer.Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data:application/activity+json,{}",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "ftp://127.0.0.1/",
        "http://a@127.0.0.1/",
        "http://127.0.0.1:25/",
        "https://"
      })
  void case32_aRedirectToWhereWeDoNotAskIsNotFollowed(String location) {
    peer.on("/ada", redirect(302, location));
    assertThat(document("/ada").value()).isEmpty();
    assertThat(peer.seen()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://%%%", "http://a b/", "\\\\a"})
  void aRedirectToNowhereIsAFailure(String location) {
    peer.on("/ada", redirect(302, location));
    assertThat(document("/ada")).isInstanceOf(Answer.Unavailable.class);
  }

  @Test
  void aRedirectWithoutALocationIsAFailure() {
    peer.on("/ada", answer(302, Map.of()));
    assertThat(document("/ada")).isEqualTo(new Answer.Unavailable<>("HTTP 302"));
  }

  private static int port() {
    return peer.uri("/").getPort();
  }

  /** Only the first host may be asked; it stands for one that is out on the internet. */
  private FediverseClient inside() {
    return new FediverseClient(
        new ClientSettings(
            false,
            true,
            Optional.empty(),
            "Tombolo/1",
            new ClientSettings.Limits(
                8, 100, 16, MAX_BYTES, 3, Duration.ofSeconds(5), Duration.ofSeconds(15))),
        SignedRequest.signer(URLS, CLOCK),
        URLS.instanceJid(),
        CLOCK,
        threads -> {
          CheckedResolver checked =
              new CheckedResolver(
                  threads,
                  host ->
                      new InetAddress[] {InetAddress.getByAddress(host, new byte[] {10, 0, 0, 1})},
                  false);
          return (host, port, context, promise) -> {
            if (host.equals("out.example")) {
              promise.succeeded(
                  List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port())));
            } else {
              checked.resolve(host, port, context, promise);
            }
          };
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://in.example/secret",
        "http://127.0.0.1:PORT/secret",
        "http://localhost:PORT/secret",
        "http://2130706433:PORT/secret",
        "http://[::1]:PORT/secret",
        "http://[::ffff:127.0.0.1]:PORT/secret",
        "//127.0.0.1:PORT/secret"
      })
  void case32_aRedirectFromOutsideLeadsNobodyInside(String location) {
    String there = location.replace("PORT", Integer.toString(port()));
    peer.on("/ada", redirect(302, there)).on("/more", redirect(302, "/ada"));
    peer.on("/secret", answer(200, ACTIVITY, DOCUMENT));
    try (FediverseClient careful = inside()) {
      for (String path : List.of("/ada", "/more")) {
        URI start = URI.create("http://out.example:" + port() + path);
        assertThat(careful.document(start).value()).isEmpty();
        assertThat(careful.picture(start, 100).value()).isEmpty();
      }
    }
    assertThat(peer.seen(Seen::target)).contains("/ada", "/more").doesNotContain("/secret");
  }

  @Test
  void case21_aRedirectOfWebFingerLeadsNobodyInside() {
    peer.on("/.well-known/webfinger", redirect(302, "http://127.0.0.1:" + port() + "/secret"));
    try (FediverseClient careful = inside()) {
      assertThat(careful.finger(new Handle("ada", "out.example:" + port())).value()).isEmpty();
    }
    assertThat(peer.seen(Seen::target)).noneMatch("/secret"::equals);
  }

  // Time

  @Test
  void case40_aServerThatNeverAnswersIsUnavailable() {
    peer.on("/ada", (request, response, callback) -> {});
    try (FediverseClient hasty = client(true, true, Duration.ofMillis(300))) {
      assertThat(hasty.document(peer.uri("/ada"))).isInstanceOf(Answer.Unavailable.class);
    }
  }

  @Test
  void case40_aServerThatStopsInTheMiddleIsUnavailable() {
    peer.on(
        "/ada",
        (request, response, callback) -> {
          response.getHeaders().put("Content-Type", ACTIVITY);
          response.write(false, ByteBuffer.wrap(new byte[1]), Callback.NOOP);
        });
    try (FediverseClient hasty = client(true, true, Duration.ofMillis(300))) {
      assertThat(hasty.document(peer.uri("/ada"))).isInstanceOf(Answer.Unavailable.class);
    }
  }

  // WebFinger

  private String jrd() {
    return "{\"subject\":\"acct:ada@social.example\",\"links\":[{\"rel\":\"self\","
        + "\"type\":\"application/activity+json\",\"href\":\""
        + peer.uri("/ada")
        + "\"}]}";
  }

  private Answer<Finger> finger() {
    return CLIENT.finger(new Handle("ada", peer.authority()));
  }

  @Test
  void webFingerTellsSubjectAndActor() {
    peer.on("/.well-known/webfinger", answer(200, "application/jrd+json", jrd()));
    assertThat(finger())
        .isEqualTo(Answer.got(new Finger(new Handle("ada", "social.example"), peer.uri("/ada"))));
    assertThat(peer.seen(Seen::target))
        .containsExactly(
            "/.well-known/webfinger?resource=acct%3Aada%40" + peer.authority().replace(":", "%3A"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "[]", "{}", "{\"subject\":\"acct:ada@social.example\"}"})
  void case21_aWebFingerAnswerThatSaysNothingIsMissing(String body) {
    peer.on("/.well-known/webfinger", answer(200, "application/jrd+json", body));
    assertThat(finger()).isInstanceOf(Answer.Missing.class);
  }

  @Test
  void case21_aWebFingerAnswerThatIsTooLongIsNotRead() {
    peer.on(
        "/.well-known/webfinger",
        answer(200, "application/jrd+json", jrd() + " ".repeat(64 * 1024)));
    assertThat(finger()).isInstanceOf(Answer.Unavailable.class);
  }

  @Test
  void webFingerOfAnUnknownNameIsMissing() {
    assertThat(finger()).isInstanceOf(Answer.Missing.class);
  }

  // Pictures

  @Test
  void aPictureIsReadUpToItsLimit() {
    peer.on("/ada.png", answer(200, "image/png", new byte[100]));
    assertThat(CLIENT.picture(peer.uri("/ada.png"), 100).value().map(File::mediaType))
        .contains("image/png");
    assertThat(CLIENT.picture(peer.uri("/ada.png"), 99)).isInstanceOf(Answer.Unavailable.class);
  }

  // Delivery

  private Delivered deliver() {
    return CLIENT.deliver(peer.uri("/inbox"), ROMEO, "{\"type\":\"Follow\"}".getBytes(UTF_8));
  }

  @Test
  void anActivityIsPostedAsItIsAndSignedByItsSender() {
    peer.on("/inbox", answer(202, Map.of()));
    assertThat(deliver()).isEqualTo(new Delivered.Taken());
    assertThat(peer.seen())
        .singleElement()
        .satisfies(seen -> {
          assertThat(seen.method()).isEqualTo("POST");
          assertThat(seen.body()).isEqualTo("{\"type\":\"Follow\"}");
          assertThat(seen.header("Content-Type")).contains(ACTIVITY);
          assertThat(signer(seen)).isEqualTo(new Outcome.Signed(URLS.actor(ROMEO)));
        });
  }

  static Stream<Arguments> receipts() {
    return Stream.of(
        arguments(200, Delivered.Taken.class),
        arguments(201, Delivered.Taken.class),
        arguments(202, Delivered.Taken.class),
        arguments(204, Delivered.Taken.class),
        arguments(301, Delivered.Never.class),
        arguments(400, Delivered.Never.class),
        arguments(404, Delivered.Never.class),
        arguments(405, Delivered.Never.class),
        arguments(406, Delivered.Never.class),
        arguments(410, Delivered.Gone.class),
        arguments(413, Delivered.Never.class),
        arguments(422, Delivered.Never.class),
        arguments(401, Delivered.Later.class),
        arguments(403, Delivered.Later.class),
        arguments(408, Delivered.Later.class),
        arguments(425, Delivered.Later.class),
        arguments(501, Delivered.Never.class),
        arguments(429, Delivered.Down.class),
        arguments(500, Delivered.Later.class),
        arguments(507, Delivered.Later.class),
        arguments(502, Delivered.Down.class),
        arguments(503, Delivered.Down.class),
        arguments(504, Delivered.Down.class),
        arguments(522, Delivered.Down.class));
  }

  @ParameterizedTest
  @MethodSource("receipts")
  void aStatusSaysWhetherAnActivityWasTaken(int status, Class<?> delivered) {
    peer.on("/inbox", answer(status, Map.of()));
    assertThat(deliver()).isInstanceOf(delivered);
  }

  /** Jetty's own handling of 401 would hide the status. */
  @Test
  void aRefusalIsKeptAsItsStatus() {
    peer.on("/inbox", answer(401, Map.of()));
    assertThat(deliver()).isEqualTo(new Delivered.Later("HTTP 401", Optional.empty()));
  }

  @Test
  void anActivityIsNotSentOnToWhereAnInboxPoints() {
    peer.on("/inbox", redirect(307, "/other"));
    assertThat(deliver()).isEqualTo(new Delivered.Never("HTTP 307"));
    assertThat(peer.seen(Seen::target)).containsExactly("/inbox");
  }

  @Test
  void aServerThatIsDownGetsItsActivityLater() {
    assertThat(CLIENT.deliver(down(), ROMEO, "{}".getBytes(UTF_8)))
        .isInstanceOf(Delivered.Down.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "3600, PT1H",
        "' 5 ', PT5S",
        "86400, PT24H",
        "86401, PT24H",
        "1000000000, PT24H",
        "99999999999999999999999, PT24H",
        "'Sun, 01 Mar 2026 12:30:00 GMT', PT30M",
        "'Mon, 01 Mar 2027 12:00:00 GMT', PT24H",
        "'Sun, 01 Mar 2026 11:30:00 GMT', none",
        "0, none",
        "-5, none",
        "1.5, none",
        "soon, none",
        "'', none"
      })
  void case56_theWaitThatAPeerAsksForIsHeededUpToADay(String retryAfter, Duration wait) {
    peer.on("/inbox", answer(429, Map.of("Retry-After", retryAfter)));
    assertThat(deliver()).isEqualTo(new Delivered.Down("HTTP 429", Optional.ofNullable(wait)));
  }
}
