package im.tombolo.http.server;

import static im.tombolo.http.fake.Peer.answer;
import static im.tombolo.http.fake.Peer.redirect;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.MediaUrls;
import im.tombolo.http.client.ClientSettings;
import im.tombolo.http.client.FediverseClient;
import im.tombolo.http.fake.Peer;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import im.tombolo.http.media.MediaLimits;
import im.tombolo.http.media.MediaProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The media proxy from the request of a reader to the server of a stranger. */
@ExtendWith(WithStorage.class)
class MediaRoutesTest {
  private static final GatewayUrls GATEWAY =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));
  private static final MediaUrls URLS = new MediaUrls(GATEWAY, new byte[] {1, 2, 3});
  private static final int MAX_BYTES = 1_000;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final String TEN = "0123456789";

  @TempDir private Path directory;
  private Peer peer;
  private FediverseClient client;
  private Website website;

  @BeforeEach
  void start(Database database) {
    peer = Peer.start();
    client = client(database, true);
    website = website(database, client);
  }

  @AfterEach
  void stop() {
    website.close();
    client.close();
    peer.close();
  }

  private static FediverseClient client(Database database, boolean allowPrivate) {
    return new FediverseClient(
        new ClientSettings(
            allowPrivate, true, Optional.empty(), "Tombolo", ClientSettings.Limits.DEFAULT),
        SignedRequest.signer(GATEWAY, database.clock()),
        GATEWAY.instanceJid(),
        database.clock());
  }

  private Website website(Database database, FediverseClient fediverse) {
    return new Website(
        database,
        IDLE,
        new MediaProxy(
            URLS,
            fediverse::download,
            directory,
            new MediaLimits(MAX_BYTES, 1 << 20, Duration.ofDays(1)),
            database.clock()));
  }

  private static String path(URI source) {
    return Website.path(URLS.of(source).toString());
  }

  private Received get(String path, String... headers) {
    return website.get(path(peer.uri(path)), headers);
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void aPictureIsServedAsItIs() {
    peer.on("/a.png", answer(200, "Image/PNG; x=y", TEN));
    Received received = get("/a.png");
    assertThat(received.status()).isEqualTo(200);
    assertThat(received.body()).isEqualTo(TEN);
    assertThat(received.headers())
        .containsEntry("Content-Type", "image/png")
        .containsEntry("Content-Length", "10")
        .containsEntry("Accept-Ranges", "bytes")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Content-Security-Policy", "default-src 'none'; sandbox")
        .containsEntry("Cache-Control", "public, max-age=86400")
        .containsEntry(
            "ETag", "\"84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882\"")
        .containsEntry("Repr-Digest", "sha-256=:hNiYd/DUBB77a/kaFvAkjy/Vc+avBcGflr7bn4gveII=:")
        .doesNotContainKey("Content-Disposition");
  }

  @Test
  void itsServerIsAskedOnceAndSeesNoReader() {
    peer.on("/a.png", answer(200, "image/png", TEN));
    get("/a.png", "User-Agent: Reader", "Cookie: a=b", "Referer: https://reader.example/");
    get("/a.png", "User-Agent: Reader");
    assertThat(peer.seen())
        .singleElement()
        .satisfies(seen -> {
          assertThat(seen.header("User-Agent")).contains("Tombolo");
          assertThat(seen.header("Cookie")).isEmpty();
          assertThat(seen.header("Referer")).isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "image/svg+xml",
        "application/xhtml+xml",
        "text/xml",
        "application/javascript",
        "application/pdf",
        "multipart/x-mixed-replace",
        "nonsense"
      })
  void case19_whatABrowserMightRunIsOnlyToBeSaved(String type) {
    peer.on("/x", answer(200, type, "<script>alert(1)</script>"));
    Received received = get("/x");
    assertThat(received.status()).isEqualTo(200);
    assertThat(received.headers())
        .containsEntry("Content-Type", "application/octet-stream")
        .containsEntry("Content-Disposition", "attachment")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Content-Security-Policy", "default-src 'none'; sandbox");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, bytes 0-3/10, 0123",
    "bytes=7-, 206, bytes 7-9/10, 789",
    "bytes=-2, 206, bytes 8-9/10, 89",
    "bytes=5-500, 206, bytes 5-9/10, 56789",
    "bytes=10-, 416, bytes */10, ''",
    "'bytes=0-1,3-4', 200, '', 0123456789",
    "lines=1-2, 200, '', 0123456789"
  })
  void partsCanBeAskedFor(String range, int status, String contentRange, String body) {
    peer.on("/a.mp4", answer(200, "video/mp4", TEN));
    Received received = get("/a.mp4", "Range: " + range);
    assertThat(received.status()).isEqualTo(status);
    assertThat(received.header("Content-Range").orElse("")).isEqualTo(contentRange);
    assertThat(received.body()).isEqualTo(body);
  }

  @Test
  void aPartOfWhatHasChangedIsTheWhole() {
    peer.on("/a.mp4", answer(200, "video/mp4", TEN));
    String tag = get("/a.mp4").header("ETag").orElseThrow();
    assertThat(get("/a.mp4", "Range: bytes=0-1", "If-Range: " + tag).status()).isEqualTo(206);
    assertThat(get("/a.mp4", "Range: bytes=0-1", "If-Range: \"other\"").body()).isEqualTo(TEN);
    assertThat(get("/a.mp4", "If-None-Match: " + tag).status()).isEqualTo(304);
  }

  @Test
  void headTellsWhatGetWould() {
    peer.on("/a.png", answer(200, "image/png", TEN));
    Received received = website.ask("HEAD", path(peer.uri("/a.png")), "Range: bytes=0-1");
    assertThat(received.status()).isEqualTo(200);
    assertThat(received.header("Content-Length")).contains("10");
    assertThat(received.body()).isEmpty();
    assertThat(website.ask("POST", path(peer.uri("/a.png"))).status()).isEqualTo(405);
  }

  @Test
  void anEmptyFileIsServed() {
    peer.on("/empty", answer(200, "image/png", ""));
    assertThat(get("/empty").status()).isEqualTo(200);
    assertThat(get("/empty", "Range: bytes=0-").status()).isEqualTo(416);
  }

  @Test
  void case37_nothingIsFetchedForAnAddressThatWeDidNotWrite() {
    String good = path(peer.uri("/a.png"));
    for (String path :
        List.of(
            "/media/",
            "/media/x",
            "/media/x/y",
            "/media/x/y/z",
            good + "x",
            good + "/",
            good.replaceFirst("/media/.", "/media/~"))) {
      assertThat(website.get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(peer.seen()).isEmpty();
  }

  // Hostile servers

  @Test
  void case37_aFileThatIsTooLargeIsNotServed() throws IOException {
    peer.on("/told", answer(200, "image/png", "x".repeat(MAX_BYTES + 1)));
    peer.on(
        "/untold",
        (request, response, callback) -> {
          response.getHeaders().put("Content-Type", "image/png");
          ByteBuffer half = ByteBuffer.wrap(new byte[MAX_BYTES]);
          response.write(
              false,
              half,
              Callback.from(
                  () -> response.write(true, ByteBuffer.wrap(new byte[MAX_BYTES]), callback),
                  callback::failed));
        });
    peer.on("/fits", answer(200, "image/png", "x".repeat(MAX_BYTES)));
    assertThat(get("/told").status()).isEqualTo(502);
    assertThat(get("/untold").status()).isEqualTo(502);
    assertThat(get("/fits").status()).isEqualTo(200);
    assertThat(copies()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"Content-Length: 100, 502", "Content-Length: 4, 200"})
  void case37_aLengthThatIsALieDoesNoHarm(String length, int status) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answering =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read(new byte[8_192]);
                  String answer =
                      "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n" + length + "\r\n\r\n" + TEN;
                  socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException cut) {
                  // As the client likes.
                }
              });
      URI liar = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/a.png");
      Received received = website.get(path(liar));
      assertThat(received.status()).isEqualTo(status);
      assertThat(received.body()).isNotEqualTo(TEN);
      answering.join();
    }
    assertThat(copies()).hasSize(status == 200 ? 1 : 0);
  }

  @Test
  void redirectsAreFollowedButNotEverywhere() {
    peer.on("/moved", redirect(302, "/a.png"));
    peer.on("/a.png", answer(200, "image/png", TEN));
    peer.on("/mail", redirect(302, "http://127.0.0.1:25/"));
    peer.on("/disk", redirect(302, "file:///etc/passwd"));
    peer.on("/round", redirect(302, "/round"));
    assertThat(get("/moved").body()).isEqualTo(TEN);
    assertThat(get("/mail").status()).isEqualTo(404);
    assertThat(get("/disk").status()).isEqualTo(404);
    assertThat(get("/round").status()).isEqualTo(502);
  }

  @Test
  void case37_nothingIsFetchedFromPrivateAddresses(Database database) {
    peer.on("/a.png", answer(200, "image/png", TEN));
    try (FediverseClient strict = client(database, false);
        Website careful = website(database, strict)) {
      assertThat(careful.get(path(peer.uri("/a.png"))).status()).isEqualTo(502);
    }
    assertThat(peer.seen()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"404, 404", "410, 404", "403, 404", "500, 502", "206, 502", "204, 502"})
  void whatIsNotThereIsNotThere(int theirs, int ours) {
    peer.on("/x", answer(theirs, Map.of()));
    assertThat(get("/x").status()).isEqualTo(ours);
  }

  @Test
  void aSlowServerIsWaitedForLongerThanASilentReader() {
    peer.on(
        "/slow",
        (request, response, callback) -> {
          try {
            Thread.sleep(IDLE.multipliedBy(2).toMillis());
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          answer(200, "image/png", TEN).answer(request, response, callback);
        });
    assertThat(get("/slow").body()).isEqualTo(TEN);
  }
}
