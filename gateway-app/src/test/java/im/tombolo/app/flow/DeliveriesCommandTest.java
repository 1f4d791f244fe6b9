package im.tombolo.app.flow;

import static im.tombolo.core.model.Turn.Urgency.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.admin.DeliveriesCommand;
import im.tombolo.app.admin.DeliveryDesk;
import im.tombolo.app.admin.DeliveryPages;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Turn;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Peers.Failure;
import im.tombolo.core.port.Store.Session;
import im.tombolo.http.client.DeliveryLedger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an administrator does with deliveries, from the command line to the database. */
class DeliveriesCommandTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");

  @RegisterExtension private final Flows flows = new Flows();
  @TempDir private Path directory;
  private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
  private int port;
  private final List<String> givenUp = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private final class Ends implements DeliveryLedger.Ends {
    @Override
    public void taken(Session session, List<Delivery> deliveries) {
      throw new AssertionError("nothing was taken");
    }

    @Override
    public void givenUp(Session session, Delivery delivery, boolean isRefused) {
      givenUp.add(delivery.activityKey());
    }
  }

  @BeforeEach
  void start() throws Exception {
    server.setHandler(new DeliveryPages(new DeliveryDesk(flows.store(), new Ends())));
    server.start();
    port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private int run(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", GatewayFile.with(directory, port)));
    out.getBuffer().setLength(0);
    return new CommandLine(new DeliveriesCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private List<String> lines(String... arguments) throws IOException {
    assertThat(run(arguments)).isZero();
    return out.toString().lines().toList();
  }

  private void queue(String key, String topic, String host) {
    flows.ask(session -> {
      session.activities().add(new Sent(key, ROMEO, true, "{}", Turn.of(topic, USUAL)));
      session.deliveries().add(key, URI.create("https://" + host + "/inbox"));
      return true;
    });
  }

  private void dies(String key) {
    flows.ask(session -> {
      flows.due(session).stream()
          .filter(delivery -> delivery.activityKey().equals(key))
          .forEach(delivery -> session.deliveries().dead(delivery.id(), "HTTP 400"));
      return true;
    });
  }

  private void rests(String host, Instant until) {
    flows.ask(session -> {
      session
          .peers()
          .failed(host, new Failure(1, flows.now(), until, Optional.empty(), "no answer in time"));
      return true;
    });
  }

  private List<String> due() {
    return flows.ask(session -> flows.due(session).stream().map(Delivery::activityKey).toList());
  }

  @Test
  void whatWaitsAndWhatIsDeadIsListedByServer() throws IOException {
    queue("a", "a", "one.example");
    queue("b", "b", "one.example");
    queue("c", "c", "two.example");
    dies("b");
    Instant until = flows.now().plusSeconds(60);
    rests("two.example", until);

    assertThat(lines("list"))
        .containsExactly(
            "one.example  1 waiting, 1 dead, since %s: HTTP 400".formatted(flows.now()),
            "two.example  1 waiting, 0 dead, since %s: no answer in time; next try %s"
                .formatted(flows.now(), until));
    assertThat(lines("list", "--dead")).singleElement().asString().startsWith("one.example  0 w");
  }

  @Test
  void eachDeliveryToOneServerIsListed() throws IOException {
    queue("a", "a", "one.example");
    queue("b", "b", "one.example");
    queue("c", "c", "two.example");
    dies("b");

    assertThat(lines("list", "--host", "One.example"))
        .satisfiesExactly(
            line -> assertThat(line).contains("waits", "to https://one.example/inbox", "y a,"),
            line -> assertThat(line).contains("dead", "activity b,", ": HTTP 400"));
    assertThat(lines("list", "--host", "two.example", "--dead"))
        .containsExactly("Nothing was given up.");
  }

  @Test
  void aListAsJsonIsAnObjectALine() throws IOException {
    queue("a", "a", "one.example");
    assertThat(lines("list", "--json"))
        .containsExactly(
            """
            {"host":"one.example","waiting":1,"dead":0,"oldest":"%s"}\
            """
                .formatted(flows.now()));
  }

  @Test
  void aLongListIsReadInPages() throws IOException {
    flows.ask(session -> {
      session.activities().add(new Sent("a", ROMEO, true, "{}", Turn.of("a", USUAL)));
      for (int i = 0; i < 1_001; i++) {
        session.deliveries().add("a", URI.create("https://h" + i + ".example/inbox"));
      }
      return true;
    });
    assertThat(lines("list")).hasSize(1_001).doesNotHaveDuplicates();
    assertThat(lines("drop", "--host", "h7.example")).containsExactly("1 dropped");
    assertThat(lines("retry", "--dead")).containsExactly("0 due now");
  }

  @Test
  void whatIsDeadIsTriedAgainWithAllItsTime() throws IOException {
    queue("a", "a", "one.example");
    dies("a");
    flows.advance(Duration.ofDays(8));
    assertThat(due()).isEmpty();

    assertThat(lines("retry", "--host", "one.example")).containsExactly("1 due now");
    assertThat(due()).containsExactly("a");
    assertThat(lines("list")).singleElement().asString().contains("since " + flows.now());
  }

  @Test
  void aServerThatRestsIsTriedNow() throws IOException {
    queue("a", "a", "one.example");
    rests("one.example", flows.now().plusSeconds(60));
    flows.advance(Duration.ofSeconds(1));
    assertThat(due()).isEmpty();

    run("retry", "--host", "one.example");
    assertThat(due()).containsExactly("a");
  }

  @Test
  void whatIsDeadDoesNotUndoWhatCameLater() throws IOException {
    queue("create", "post", "one.example");
    dies("create");
    flows.advance(Duration.ofSeconds(1));
    queue("delete", "post", "one.example");
    flows.ask(session -> {
      session.deliveries().taken(flows.due(session));
      return true;
    });

    assertThat(lines("retry", "--dead")).containsExactly("0 due now");
  }

  @Test
  void whatIsDroppedIsGoneAndWhoWaitsForItIsTold() throws IOException {
    queue("a", "a", "one.example");
    queue("b", "b", "one.example");
    queue("c", "c", "two.example");
    dies("b");

    assertThat(lines("drop", "--dead")).containsExactly("1 dropped");
    assertThat(givenUp).isEmpty();
    assertThat(lines("drop", "--host", "one.example")).containsExactly("1 dropped");
    assertThat(givenUp).containsExactly("a");
    assertThat(due()).containsExactly("c");
  }

  @Test
  void allIsNotDroppedAtOnce() throws IOException {
    queue("a", "a", "one.example");
    assertThat(run("drop")).isEqualTo(2);
    assertThat(err.toString()).contains("Say what to drop");
    assertThat(due()).containsExactly("a");
  }

  @Test
  void aPageOfAnotherSiteChangesNothing() throws Exception {
    queue("a", "a", "one.example");
    HttpRequest form =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/deliveries/drop?host=one.example"))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(form, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(415);
    }
    assertThat(due()).containsExactly("a");
  }

  @Test
  void aGatewayThatDoesNotRunIsAMistakeThatIsNamed() throws Exception {
    server.stop();
    assertThat(run("list")).isEqualTo(1);
    assertThat(err.toString()).contains("no gateway answers at 127.0.0.1");
  }
}
