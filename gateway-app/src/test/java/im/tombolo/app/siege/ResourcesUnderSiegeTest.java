package im.tombolo.app.siege;

import static im.tombolo.app.siege.HostilePeer.document;
import static im.tombolo.app.siege.HostilePeer.send;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.app.siege.HostilePeer.Deed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody makes the gateway work, wait or remember without bounds. */
@ExtendWith(UnderSiege.class)
class ResourcesUnderSiegeTest {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: application/activity+json\r\n";
  private static final int MEBIBYTE = 1 << 20;
  private static final long ROOM = 96L * MEBIBYTE;
  // What is on its way in sockets, beside what is read.
  private static final long ON_THE_WAY = 8L * MEBIBYTE;

  private final Siege siege;

  ResourcesUnderSiegeTest(Siege siege) {
    this.siege = siege;
  }

  @BeforeEach
  void forget() {
    siege.settle();
    siege.peer().forget();
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Whatever went on before, a well-behaved request is answered. */
  private void assertAlive() {
    assertThat(
            Siege.status(
                siege.raw("GET /actor HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n")))
        .isEqualTo(200);
  }

  // Servers that we ask

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  private static void endless(OutputStream out, byte[] part) throws IOException {
    for (int i = 0; i < 4_096; i++) {
      out.write(part);
    }
  }

  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      byte[] zeros = new byte[MEBIBYTE];
      for (int i = 0; i < 200; i++) {
        gzip.write(zeros);
      }
    }
    return bytes.toByteArray();
  }

  /** A byte now and then, for longer than anybody should wait. */
  private static void trickle(OutputStream out) throws IOException {
    try {
      for (int i = 0; i < 600; i++) {
        write(out, " ");
        Thread.sleep(100);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  static Stream<Arguments> servers() {
    byte[] part = new byte[64 * 1024];
    return Stream.of(
        server(
            "trickles",
            (asked, out) -> {
              write(out, HEAD + "\r\n");
              trickle(out);
            }),
        server(
            "trickles headers",
            (asked, out) -> {
              write(out, "HTTP/1.1 200 OK\r\nX-A:");
              trickle(out);
            }),
        server("is silent", (asked, out) -> trickle(OutputStream.nullOutputStream())),
        server(
            "has endless headers",
            (asked, out) -> {
              write(out, HEAD);
              endless(
                  out,
                  "X-A: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n".repeat(1_000).getBytes(ISO_8859_1));
            }),
        server(
            "has an endless body",
            (asked, out) -> {
              write(out, HEAD + "\r\n");
              endless(out, part);
            }),
        server(
            "lies about the length",
            (asked, out) -> {
              write(out, HEAD + "Content-Length: 2\r\n\r\n");
              endless(out, part);
            }),
        server(
            "sends a zip bomb",
            (asked, out) -> {
              byte[] bomb = bomb();
              write(
                  out,
                  HEAD + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n");
              out.write(bomb);
            }));
  }

  private static Arguments server(String name, Deed deed) {
    return Arguments.of(name, deed);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  void case40_aServerThat(String name, Deed deed) {
    URI key = siege.peer().at("slow", "/people/" + name.replace(' ', '-'));
    siege.peer().on(key.getPath(), deed);
    long memory = usedMemory();
    long start = System.nanoTime();

    int status = siege.post("/inbox", siege.follow("x"), key + "#main-key");

    assertThat(status).isIn(401, 503);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(Siege.REQUEST_TIME.multipliedBy(10));
    // On a busy machine the question is read when nobody waits for its answer any more.
    await().untilAsserted(() -> assertThat(siege.peer().fetches()).hasSize(1));
    assertThat(siege.peer().written()).isLessThan(ON_THE_WAY);
    assertThat(usedMemory() - memory).isLessThan(ROOM);
    assertThat(siege.post("/inbox", siege.follow("x"), key + "#main-key")).isIn(401, 503);
    assertThat(siege.peer().fetches()).hasSize(1);
  }

  @Test
  void case38_aCircleOfRedirectsCostsFourQuestions() {
    siege.peer().on("/a", HostilePeer.redirect("/b")).on("/b", HostilePeer.redirect("/a"));

    assertThat(siege.post("/inbox", siege.follow("x"), siege.peer().at("circle", "/a").toString()))
        .isIn(401, 503);

    assertThat(siege.peer().fetches()).hasSize(4);
  }

  @Test
  void case39_aThousandMessagesByAKeyThatIsNotThereCostOneQuestion() {
    String key = siege.peer().at("nokey", "/nothing").toString();
    for (int i = 0; i < 1_000; i++) {
      assertThat(siege.post("/inbox", siege.follow("x" + i), key)).isEqualTo(401);
    }
    assertThat(siege.peer().fetches()).hasSize(1);
  }

  @Test
  void case43_aCollectionWithoutEndCostsSoManyQuestions() throws Exception {
    siege
        .peer()
        .on(
            "/users/ada/outbox",
            (asked, out) ->
                document(
                        "{\"type\":\"OrderedCollectionPage\",\"totalItems\":1000000,\"orderedItems\":[],"
                            + "\"next\":\"%s?%d\"}"
                                .formatted(asked.url().split("\\?", 2)[0], System.nanoTime()))
                    .answer(asked, out));
    siege
        .peer()
        .on(
            "/.well-known/webfinger",
            (asked, out) ->
                send(
                    out,
                    "200 OK",
                    "application/jrd+json",
                    "{\"subject\":\"acct:ada@%s\",\"links\":[{\"rel\":\"self\",\"type\":\"application/activity+json\",\"href\":\"http://%s/users/ada\"}]}"
                        .formatted(asked.host(), asked.host())));

    siege
        .home()
        .ask(
            "romeo@" + HomeServer.DOMAIN,
            "ada\\40endless.%s\\3a%d@%s"
                .formatted(WildNames.DOMAIN, siege.peer().port(), HomeServer.COMPONENT),
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:microblog:0'/></pubsub>");

    assertThat(siege.peer().fetches().size()).isBetween(3, 45);
    assertThat(siege.peer().fetches()).allMatch(url -> url.startsWith("http://endless."));
  }

  /** Each post answers one on yet another host, whose author is there too. */
  private void everyPostAnswersAnother() {
    siege
        .peer()
        .on(
            "/posts/above",
            (asked, out) -> {
              String host = asked.host();
              int number = Integer.parseInt(host.substring(1, host.indexOf('.')));
              String author = "http://" + host + "/users/p";
              document(
                      """
                      {"id":"%s","type":"Note","attributedTo":"%s","content":"<p>%d</p>",
                       "to":["https://www.w3.org/ns/activitystreams#Public"],"inReplyTo":"%s"}
                      """
                          .formatted(
                              asked.url(),
                              author,
                              number,
                              siege.peer().at("h" + (number + 1), "/posts/above")))
                  .answer(asked, out);
            });
  }

  @Test
  void case44_aDiscussionThatGoesUpThroughAWildcardDomainEndsSoon() {
    everyPostAnswersAnother();
    String reply =
        siege.note("deep", ",\"inReplyTo\":\"" + siege.peer().at("h1", "/posts/above") + "\"");

    assertThat(siege.post("/inbox", siege.says("deep", "Create", reply))).isEqualTo(202);
    siege.settle();

    List<String> fetches = siege.peer().fetches();
    assertThat(fetches).isNotEmpty().hasSizeLessThanOrEqualTo(100);
    assertThat(fetches.stream().filter(url -> url.endsWith("/posts/above")))
        .hasSizeLessThanOrEqualTo(21);
    assertThat(siege.list("select id from remote_post where id like '%/notes/deep'")).hasSize(1);
  }

  @Test
  void case44_aDiscussionThatAnswersItselfEnds() {
    URI loop = siege.peer().at("loop", "/posts/loop");
    siege
        .peer()
        .on(
            "/posts/loop",
            document(
                """
                {"id":"%s","type":"Note","attributedTo":"%s","content":"<p>x</p>",
                 "to":["https://www.w3.org/ns/activitystreams#Public"],"inReplyTo":"%s"}
                """
                    .formatted(loop, siege.peer().at("loop", "/users/p"), loop)));

    siege.post(
        "/inbox",
        siege.says("loop", "Create", siege.note("loop", ",\"inReplyTo\":\"" + loop + "\"")));
    siege.settle();

    assertThat(siege.peer().fetches().stream().filter(loop.toString()::equals)).hasSize(1);
  }

  @Test
  void case46_thousandsOfMentionsAndFilesAreCutAndNobodyIsAskedForThem() {
    String mentions =
        IntStream.range(0, 3_000)
            .mapToObj(i ->
                "{\"type\":\"Mention\",\"href\":\"%s\"}"
                    .formatted(siege.peer().at("m" + i, "/users/m")))
            .collect(Collectors.joining(","));
    String files =
        IntStream.range(0, 3_000)
            .mapToObj(i ->
                "{\"type\":\"Image\",\"url\":\"%s\"}".formatted(siege.peer().at("f" + i, "/f.png")))
            .collect(Collectors.joining(","));
    String note =
        siege
            .note("crowd", ",\"attachment\":[" + files + "]")
            .replace("\"tag\":[", "\"tag\":[" + mentions + ",");

    assertThat(siege.post("/inbox", siege.says("crowd", "Create", note))).isEqualTo(202);
    siege.settle();

    assertThat(siege.peer().fetches()).isEmpty();
    assertThat(
            siege.list(
                "select length(document::text) from remote_post where id like '%/notes/crowd'"))
        .allMatch(length -> Integer.parseInt(length) < 64 * 1024);
  }

  @Test
  void case47_aPollOfThousandsOfOptionsIsCut() {
    String options =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "{\"type\":\"Note\",\"name\":\"%d\"}".formatted(i))
            .collect(Collectors.joining(","));
    String poll =
        siege
            .note("poll", ",\"oneOf\":[" + options + "]")
            .replace("\"type\":\"Note\",\"attr", "\"type\":\"Question\",\"attr");

    assertThat(siege.post("/inbox", siege.says("poll", "Create", poll))).isEqualTo(202);
    siege.settle();

    assertThat(siege.list("select document::text from remote_post where id like '%/notes/poll'"))
        .singleElement()
        .satisfies(post -> assertThat(post).contains("\"19\"").doesNotContain("\"20\""));
  }

  @Test
  void case51_deletesOfStrangersAreTakenAndLeaveNothing() {
    var rows = siege.rows();
    for (int i = 0; i < 1_000; i++) {
      URI stranger = siege.peer().at("gone" + i, "/users/s");
      String delete =
          "{\"id\":\"%1$s#delete\",\"type\":\"Delete\",\"actor\":\"%1$s\",\"object\":\"%1$s\"}"
              .formatted(stranger);
      assertThat(siege.post("/inbox", delete, stranger + "#main-key")).isEqualTo(202);
    }
    assertThat(siege.rows()).isEqualTo(rows);
    assertThat(siege.peer().asked()).isEmpty();
  }

  // Clients that come to us

  @Test
  void case41_aBodyWithoutEndIsRefusedBeforeItIsRead() throws IOException {
    String head =
        "POST /inbox HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/activity+json\r\n";
    assertThat(
            Siege.status(siege.raw(head + "Content-Length: 1048577\r\nConnection: close\r\n\r\n")))
        .isEqualTo(413);
    long sent = 0;
    try (Socket socket = siege.connect()) {
      OutputStream out = socket.getOutputStream();
      write(out, head.replace("HOST", "x") + "Transfer-Encoding: chunked\r\n\r\n");
      byte[] part = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(ISO_8859_1);
      for (int i = 0; i < 4_096; i++) {
        out.write(part);
        sent += part.length;
      }
    } catch (IOException cut) {
      // They read no more.
    }
    assertThat(sent).isLessThan(2 * ON_THE_WAY);
    assertAlive();
  }

  private List<Socket> manyConnections(int count, String start) throws IOException {
    List<Socket> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Socket socket = siege.connect();
      write(socket.getOutputStream(), start);
      all.add(socket);
    }
    return all;
  }

  /** Sends a byte now and then until they hang up; how long that took. */
  private static Duration untilCut(Socket socket) throws InterruptedException {
    long start = System.nanoTime();
    try (socket) {
      socket.setSoTimeout(100);
      while (Duration.ofNanos(System.nanoTime() - start).toSeconds() < 30) {
        write(socket.getOutputStream(), "a");
        try {
          if (socket.getInputStream().read() < 0) {
            break;
          }
        } catch (java.net.SocketTimeoutException stillOpen) {
          // Another byte.
        }
      }
    } catch (IOException cut) {
      // As it should be.
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void case40_slowHeadersHoldNoConnection() throws Exception {
    List<Socket> slow = manyConnections(50, "GET /actor HTTP/1.1\r\nX-A: ");

    assertAlive();
    assertThat(untilCut(slow.getFirst())).isLessThan(Siege.REQUEST_TIME.multipliedBy(8));
    for (Socket socket : slow) {
      socket.close();
    }
  }

  @Test
  void case40_slowBodiesHoldNoConnectionAndNoMemory() throws Exception {
    long memory = usedMemory();
    List<Socket> slow =
        manyConnections(
            50,
            "POST /inbox HTTP/1.1\r\nHost: x\r\nContent-Type: application/activity+json\r\n"
                + "Content-Length: 1000000\r\n\r\n"
                + "x".repeat(8_000));

    assertAlive();
    assertThat(usedMemory() - memory).isLessThan(ROOM);
    assertThat(untilCut(slow.getFirst())).isLessThan(Siege.REQUEST_TIME.multipliedBy(8));
    for (Socket socket : slow) {
      socket.close();
    }
  }

  @Test
  void case40_headersWithoutEndAreRefused() {
    assertThat(
            Siege.status(
                siege.raw(
                    "GET /actor HTTP/1.1\r\nHost: HOST\r\n"
                        + "X-A: b\r\n".repeat(10_000)
                        + "\r\n")))
        .isIn(0, 431);
    assertAlive();
  }

  /** There is no HTTP/2 here whose streams could be reset; the proxy in front speaks it. */
  @Test
  void case40_http2IsNotSpoken() {
    String answer = siege.raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assertThat(Siege.status(answer)).isIn(0, 400, 426, 505);
    assertThat(
            siege.raw(
                "GET /actor HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  // HTTP as it may be written

  @Test
  void case90_manyRequestsInOnePacketAreAnsweredInTheirOrder() {
    String answers =
        siege.raw(
            "GET /actor HTTP/1.1\r\nhost: HOST\r\naccept: application/activity+json\r\n\r\n"
                    .repeat(200)
                + "GET /nothing HTTP/1.1\r\nhOsT: HOST\r\nConnection: close\r\n\r\n");

    assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(201);
    assertThat(answers).contains("HTTP/1.1 404");
  }

  @Test
  void case90_aBodyThatWaitsForLeaveToComeIsAskedFor() {
    byte[] request =
        siege.signed(
            "/inbox",
            siege.follow("expect" + System.nanoTime()),
            siege.ada() + "#main-key",
            "/inbox",
            java.time.Instant.now());
    String text =
        new String(request, ISO_8859_1)
            .replaceFirst("Connection: close", "Expect: 100-continue\r\nConnection: close");

    String answer = siege.raw(text.getBytes(ISO_8859_1));

    assertThat(answer).contains("202");
  }

  @Test
  void case90_anIpv6AddressIsAHostToo() {
    assertThat(
            Siege.status(
                siege.raw("GET /actor HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: close\r\n\r\n")))
        .isEqualTo(200);
  }
}
