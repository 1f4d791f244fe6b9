package im.tombolo.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManyHostsClientTest {
  private final ManyHostsClient client = new ManyHostsClient(1, Duration.ofMillis(100));
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    client.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    server.stop(0);
  }

  private int ask(boolean isLast) throws Exception {
    return client
        .newRequest("http://127.0.0.1:" + server.getAddress().getPort())
        .headers(headers -> headers.put(HttpHeader.CONNECTION, isLast ? "close" : "keep-alive"))
        .send()
        .getStatus();
  }

  @Test
  void aHostWithoutConnectionsIsForgottenAndFoundAgain() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(ask(true)).isEqualTo(204);
      Destination host = client.getDestinations().getFirst();
      await().until(() -> client.getDestinations().isEmpty());
      assertThat(((LifeCycle) host).isStopped()).isTrue();
    }
  }

  @Test
  void aHostWithAConnectionStays() throws Exception {
    ask(false);
    Destination host = client.getDestinations().getFirst();
    await().during(Duration.ofSeconds(3)).until(() -> client.getDestinations().contains(host));
  }

  @Test
  void noListOfHostsIsCopiedForEachOfThem() throws Exception {
    ask(false);
    assertThat(client.getDestinations()).hasSize(1);
    assertThat(client.getBeans(Destination.class)).isEmpty();
  }

  @Test
  void hostsEndWithTheClient() throws Exception {
    ask(false);
    Destination host = client.getDestinations().getFirst();
    client.stop();
    assertThat(((LifeCycle) host).isStopped()).isTrue();
  }
}
