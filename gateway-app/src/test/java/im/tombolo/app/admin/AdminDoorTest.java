package im.tombolo.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.config.Configuration;
import im.tombolo.app.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come to the pages for administrators. */
class AdminDoorTest {
  private static final String TOKEN = "correct-horse-battery";
  private static final InetSocketAddress ANYWHERE =
      InetSocketAddress.createUnresolved("127.0.0.1", 0);

  private final AtomicInteger entered = new AtomicInteger();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-30T00:00:00Z"));
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 1, 1);

  private void start(Optional<String> token) throws Exception {
    Configuration.Admin admin =
        new Configuration.Admin(ANYWHERE, token.map(Secret::new), List.of());
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Sequence(
            new AdminDoor(admin, now::get),
            new Handler.Abstract() {
              @Override
              public boolean handle(Request request, Response response, Callback callback) {
                entered.incrementAndGet();
                callback.succeeded();
                return true;
              }
            }));
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private HttpResponse<String> ask(
      String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private HttpResponse<String> get(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    return ask("GET", path, "", headers);
  }

  private HttpResponse<String> logIn(String token) throws IOException, InterruptedException {
    return ask("POST", "/login", "token=" + token, Map.of("Origin", here()));
  }

  private String here() {
    return "http://127.0.0.1:" + connector.getLocalPort();
  }

  /** The java.net client sets Host itself. */
  private String statusFor(String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort());
        InputStream in = socket.getInputStream()) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).substring(9, 12);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/status", "/status.json", "/metrics", "/lent", "/deliveries"})
  void withoutTheTokenNothingIsTold(String path) throws Exception {
    start(Optional.of(TOKEN));

    HttpResponse<String> answer = get(path, Map.of());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"tombolo\"");
    assertThat(entered).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/readyz"})
  void whetherAllIsWellIsToldToEverybody(String path) throws Exception {
    start(Optional.of(TOKEN));

    assertThat(get(path, Map.of()).statusCode()).isEqualTo(200);
    assertThat(entered).hasValue(1);
  }

  @Test
  void aProgramShowsTheTokenAsBearer() throws Exception {
    start(Optional.of(TOKEN));

    assertThat(get("/metrics", Map.of("Authorization", "Bearer " + TOKEN)).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer correct-horse-batterx",
        "Bearer ",
        "Bearer correct-horse-battery-staple",
        "Basic Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5",
        "correct-horse-battery"
      })
  void anythingElseIsRefused(String authorization) throws Exception {
    start(Optional.of(TOKEN));

    assertThat(get("/metrics", Map.of("Authorization", authorization)).statusCode()).isEqualTo(401);
    assertThat(entered).hasValue(0);
  }

  @Test
  void aBrowserIsSentToTheLogin() throws Exception {
    start(Optional.of(TOKEN));

    HttpResponse<String> answer = get("/", Map.of("Accept", "text/html,*/*;q=0.8"));

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains("/login");
    assertThat(get("/login", Map.of()).body()).contains("<form", "type='password'");
  }

  @Test
  void theLoginGivesACookieThatScriptsAndOtherSitesDoNotGet() throws Exception {
    start(Optional.of(TOKEN));

    HttpResponse<String> answer = logIn(TOKEN);

    assertThat(answer.statusCode()).isEqualTo(303);
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .startsWith("tombolo-admin=")
        .contains("; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=43200")
        .doesNotContain(TOKEN);
    assertThat(get("/", Map.of("Cookie", cookie.split(";", 2)[0])).statusCode()).isEqualTo(200);
  }

  @Test
  void theCookieIsForEncryptedConnectionsWhereTheLoginCameByOne() throws Exception {
    start(Optional.of(TOKEN));

    HttpResponse<String> answer =
        ask(
            "POST",
            "/login",
            "token=" + TOKEN,
            Map.of("Origin", here(), "X-Forwarded-Proto", "https"));

    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
  }

  @Test
  void aSessionEndsAfterTwelveHours() throws Exception {
    start(Optional.of(TOKEN));
    String cookie = logIn(TOKEN).headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];

    now.updateAndGet(time -> time.plus(Duration.ofHours(12)));

    assertThat(get("/status", Map.of("Cookie", cookie)).statusCode()).isEqualTo(401);
  }

  @Test
  void aWrongTokenOpensNoSession() throws Exception {
    start(Optional.of(TOKEN));

    HttpResponse<String> answer = logIn("wrong");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void afterManyWrongTokensNoneIsLookedAtForAMinute() throws Exception {
    start(Optional.of(TOKEN));
    for (int i = 0; i < AdminSessions.WRONG_IN_A_MINUTE; i++) {
      logIn("wrong" + i);
    }

    assertThat(logIn(TOKEN).statusCode()).isEqualTo(429);
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
    assertThat(logIn(TOKEN).statusCode()).isEqualTo(303);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example",
    "Origin, null",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void aChangeFromAPageOfAnotherOriginIsRefused(String header, String value) throws Exception {
    start(Optional.of(TOKEN));
    Map<String, String> headers = Map.of("Authorization", "Bearer " + TOKEN, header, value);

    assertThat(ask("POST", "/deliveries/drop", "", headers).statusCode()).isEqualTo(403);
    assertThat(entered).hasValue(0);
  }

  @Test
  void aChangeWithASessionHasToSayWhereItComesFrom() throws Exception {
    start(Optional.of(TOKEN));
    String cookie = logIn(TOKEN).headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];

    assertThat(ask("POST", "/deliveries/drop", "", Map.of("Cookie", cookie)).statusCode())
        .isEqualTo(403);
    assertThat(
            ask("POST", "/deliveries/drop", "", Map.of("Cookie", cookie, "Origin", here()))
                .statusCode())
        .isEqualTo(200);
    assertThat(entered).hasValue(1);
  }

  @Test
  void theLoginOfAPageElsewhereIsRefused() throws Exception {
    start(Optional.of(TOKEN));

    HttpResponse<String> answer =
        ask("POST", "/login", "token=" + TOKEN, Map.of("Origin", "https://evil.example"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9090, 200",
    "localhost:9090, 200",
    "[::1]:9090, 200",
    "evil.example, 403",
    "127.0.0.1.evil.example, 403",
    "192.0.2.1, 403"
  })
  void withoutATokenOnlyNamesOfLoopbackAreAnswered(String host, String status) throws Exception {
    start(Optional.empty());

    assertThat(statusFor(host)).isEqualTo(status);
  }
}
