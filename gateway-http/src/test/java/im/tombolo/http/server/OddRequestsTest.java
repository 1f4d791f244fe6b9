package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddRequestsTest {
  private final Website site;

  OddRequestsTest(Database database) {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "//",
        "/index.html",
        "/favicon.ico",
        "/users",
        "/users/",
        "/users/example.org",
        "/users/example.org/",
        "/users/example.org/romeo/",
        "/users/example.org/romeo/nothing",
        "/users/example.org/romeo/outbox/x",
        "/users/example.org/romeo/posts/a/b/c",
        "/users/other.example/romeo",
        "/users/example.org/Romeo",
        "/users/example.org/romeo@example.org",
        "/users/example.org/a|b",
        "/users/example.org/a b",
        "/users/example.org/{romeo}",
        "/users/example.org/ro^meo`",
        "/users/example.org/%72omeo",
        "/users/example.org/__zz",
        "/users/example.org/romeo\\..\\x",
        "/users/example.org/röméo",
        "/users/example.org/romeo;a=b",
        "/users/[::1]/romeo",
        "/actor/x",
        "/actor/outbox/x",
        "/inbox/x",
        "/../../etc/passwd",
        "/users/../../../etc/passwd",
        "/users/%2e%2e/%2e%2e/etc/passwd",
        "/users/..%2f..%2fetc/passwd",
        "/users/example.org/romeo/avatar/..%2f..%2fx",
        "/users/example.org/romeo/avatar/../../x",
        "/users/example.org/romeo/posts/%00",
        "/users/example.org/romeo/posts/%zz",
        "/users/example.org/romeo/posts/'%20or%201=1",
        "/%",
        "/%ff%fe"
      })
  void anOddPathIsNotFoundOrBad(String path) {
    assertThat(site.document(path).status()).isIn(400, 404);
  }

  @Test
  void aPathWithoutEndIsRefused() {
    assertThat(site.get("/" + "a".repeat(40_000)).status()).isBetween(400, 431);
  }

  @Test
  void headersWithoutEndAreRefused() {
    assertThat(site.get("/actor", "X: " + "a".repeat(40_000)).status()).isEqualTo(431);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "../..", "-1-x", "%zz", "99999999999999999999-a", "%00"})
  void anOddPlaceInABlogShowsTheBlog(String place) {
    assertThat(site.get("/users/example.org/romeo?after=" + place, "Accept: text/html").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/example.org/romeo",
        "/users/example.org/romeo/outbox",
        "/actor",
        "/nodeinfo/2.1",
        "/.well-known/nodeinfo"
      })
  void case86_nothingButReadingIsAllowedOutsideOfInboxes(String path) {
    for (String method : List.of("POST", "DELETE", "OPTIONS")) {
      Received answer = site.ask(method, path);
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).contains("GET, HEAD");
    }
  }

  @Test
  void aRequestThatNamesNoPathIsRefused() {
    assertThat(site.ask("OPTIONS", "*").status()).isBetween(400, 405);
  }

  @Test
  void aRequestWithoutAHostIsBad() {
    assertThat(site.send("GET /actor HTTP/1.1", List.of("Accept: */*"), new byte[0]).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: other.example",
        "Host: EXAMPLE.org",
        "Host: example.org:443",
        "Host: [::1]:8080"
      })
  void case90_readingDoesNotDependOnTheHostThatIsAskedFor(String host) {
    assertThat(site.send("GET /actor HTTP/1.1", List.of(host), new byte[0]).status())
        .isEqualTo(200);
  }

  @Test
  void aWholeAddressInPlaceOfAPathIsUnderstood() {
    assertThat(
            site.send(
                    "GET https://example.org/actor HTTP/1.1",
                    List.of("Host: example.org"),
                    new byte[0])
                .status())
        .isEqualTo(200);
  }

  @Test
  void nobodyLearnsWhatServerRuns() {
    assertThat(site.get("/actor").header("Server")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: ;",
        "Accept: ,",
        "Accept: ;q=",
        "Accept: */*;q=NaN",
        "Accept: */*;q=1e999",
        "If-None-Match: \"",
        "Range: bytes=0-1",
        "Cookie: a=b; c",
        "Accept-Language: \u00e4"
      })
  void anOddHeaderDoesNotMatter(String header) {
    assertThat(site.get("/users/example.org/romeo", header).status()).isEqualTo(200);
  }
}
