package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.admin.KeyPages;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.bridge.KeyRotation;
import im.tombolo.core.bridge.Keyring;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code tombolo keys} asks at the admin address. */
class KeyPagesTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final String ACTOR = "https://example.org/users/example.org/romeo";

  @RegisterExtension private final Flows flows = new Flows();
  private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));

  @BeforeEach
  void romeoHasKeys() throws Exception {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    Keyring keyring = new Keyring(flows.store(), flows.urls(), KeyPairSource.ed25519(), flows::now);
    keyring.signing(ROMEO);
    server.setHandler(
        new KeyPages(new KeyRotation(flows.store(), keyring, flows.settings()), flows.urls()));
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private HttpResponse<String> ask(String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.getURI() + path.substring(1)))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void theKeysOfAnActorAreShownWithoutTheirPrivateHalves() throws Exception {
    HttpResponse<String> answer = ask("GET", "/keys?jid=" + ROMEO);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().lines().toList())
        .hasSize(2)
        .anyMatch(line -> line.startsWith(ACTOR + "#main-key RSA sha256:"))
        .anyMatch(line -> line.startsWith(ACTOR + "#ed25519-key Ed25519 sha256:"));
  }

  @Test
  void aRotationShowsTheNewKeys() throws Exception {
    HttpResponse<String> answer =
        ask("POST", "/keys/rotate?jid=" + ROMEO, KeyPages.CHANGES, "keys");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("#main-key-2 RSA", "still count for a while");
  }

  @Test
  void aRotationThatAPageOfAnotherSiteAsksForIsRefused() throws Exception {
    assertThat(ask("POST", "/keys/rotate?jid=" + ROMEO).statusCode()).isEqualTo(403);
    assertThat(ask("GET", "/keys/rotate?jid=" + ROMEO).statusCode()).isEqualTo(404);
    assertThat(flows.rows("former_key")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?jid=", "?jid=@@", "?jid=romeo@elsewhere.example"})
  void whoIsNotServedIsAnError(String query) throws Exception {
    assertThat(ask("GET", "/keys" + query).statusCode()).isEqualTo(400);
  }

  @Test
  void whoHasNoKeysIsSaidSo() throws Exception {
    HttpResponse<String> answer = ask("GET", "/keys?jid=juliet@example.org");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("juliet@example.org has no keys yet.\n");
  }
}
