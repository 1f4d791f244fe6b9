package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.admin.DeliveriesCommand;
import im.tombolo.app.admin.ReportPages;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Where a post went, as administrators see it: on a page, and on the command line. */
class ReportPagesTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");

  @RegisterExtension private final Flows flows = new Flows();
  @TempDir private Path directory;
  private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private URI post;
  private Instant later;

  @BeforeEach
  void start() throws Exception {
    server.setHandler(new ReportPages(flows.reports()));
    server.start();
    flows.xmpp().opens(ROMEO, MICROBLOG);
    List.of(ADA, BOB).forEach(peer -> flows.isFollowedBy(ROMEO, peer));
    flows.publishes(ROMEO, Entries.item("p1", "A post", flows.now()));
    post = flows.urls().post(ROMEO, Ids.postKey(ROMEO, MICROBLOG, "p1"));
    later = flows.now().plusSeconds(90);
    flows.ask(session -> {
      flows.due(session).stream()
          .filter(row -> row.inbox().equals(ADA.serversInbox()))
          .forEach(row -> session.deliveries().taken(List.of(row)));
      flows.due(session).stream()
          .filter(row -> row.inbox().equals(BOB.serversInbox()))
          .forEach(row -> session.deliveries().retry(row.id(), later, "HTTP 500"));
      return true;
    });
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private int port() {
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  private HttpResponse<String> page(String address) throws Exception {
    String query = URLEncoder.encode(address, StandardCharsets.UTF_8);
    URI page = URI.create("http://127.0.0.1:" + port() + "/report?post=" + query);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private int list(String... more) throws IOException {
    return new CommandLine(new DeliveriesCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(
            Stream.concat(
                    Stream.of("list", "--config", GatewayFile.with(directory, port())),
                    Stream.of(more))
                .toArray(String[]::new));
  }

  @Test
  void thePageSaysWhoHasAPostAndForWhomItWaitsAndWhy() throws Exception {
    assertThat(page(post.toString()).body())
        .contains("Of 2 inboxes 1 have it, for 1 it waits, for 0 it was given up.")
        .contains(ADA.serversInbox() + "</td><td>taken<")
        .contains(BOB.serversInbox() + "</td><td>waiting<")
        .contains("HTTP 500")
        .contains(later.toString());
  }

  @Test
  void aPageOfWhatIsNoPostHereSaysSo() throws Exception {
    for (String address : List.of(post + "x", "https://elsewhere.example/1", "no address", "")) {
      HttpResponse<String> page = page(address);
      assertThat(page.statusCode()).isEqualTo(404);
      assertThat(page.body()).contains("No post that is here has this address.");
    }
  }

  @Test
  void theCommandSaysTheSame() throws IOException {
    assertThat(list("--post", post.toString())).isZero();
    assertThat(out.toString().lines())
        .containsExactlyInAnyOrder(
            "1 inboxes have it, for 1 it waits, for 0 it was given up",
            "taken  " + ADA.serversInbox(),
            "waiting  " + BOB.serversInbox() + ": HTTP 500; next try " + later);
  }

  @Test
  void theCommandSaysItAsJson() throws IOException {
    assertThat(list("--post", post.toString(), "--json")).isZero();
    assertThat(out.toString())
        .contains("\"taken\":1", "\"waiting\":1", "\"dead\":0")
        .contains("{\"inbox\":\"" + ADA.serversInbox() + "\",\"state\":\"taken\"}");
  }

  @Test
  void theCommandSaysThatThereIsNoSuchPost() throws IOException {
    assertThat(list("--post", post + "x")).isEqualTo(1);
    assertThat(err).hasToString("No post that is here has this address." + System.lineSeparator());
    assertThat(out.toString()).isEmpty();
  }
}
