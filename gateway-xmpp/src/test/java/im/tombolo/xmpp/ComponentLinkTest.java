package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentLinkTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Element> arrived = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static Element message(String body) {
    return Element.of("message", Namespaces.JABBER_CLIENT)
        .attribute("from", "ap.example.org")
        .attribute("to", "romeo@example.org")
        .child("body", body)
        .build();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void theRightSecretOpensTheLink() {
    try (FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();

      await().until(link::connected);
      assertThat(far.received())
          .startsWith(
              "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
                  + " xmlns:stream='http://etherx.jabber.org/streams' to='ap.example.org'>")
          // SHA-1 of "abc123s3cret"
          .contains("<handshake>c6b71d79e2349af2e00ebb4e78ba32f34c7fc6da</handshake>");
    }
  }

  @Test
  void whatIsSentArrivesInTheNamespaceOfComponents() {
    try (FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();
      await().until(link::connected);

      assertThat(link.send(message("hello"))).isTrue();

      far.next();
      assertThat(far.received())
          .endsWith(
              "<message from='ap.example.org' to='romeo@example.org'><body>hello</body></message>");
    }
  }

  @Test
  void aForwardedStanzaKeepsItsOwnNamespace() {
    try (FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();
      await().until(link::connected);

      link.send(
          Element.of("message", Namespaces.JABBER_CLIENT)
              .child(Element.of("forwarded", "urn:xmpp:forward:0").child(message("x")).build())
              .build());

      far.next();
      assertThat(far.received())
          .endsWith(
              "<message><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'"
                  + " from='ap.example.org' to='romeo@example.org'><body>x</body></message>"
                  + "</forwarded></message>");
    }
  }

  @Test
  void whatArrivesIsHandedOnInOrder() {
    try (FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();

      far.tell("<message><body>1</body></message><message><body>2</body></message>");
      far.tell("<presence/>");

      await()
          .untilAsserted(
              () -> assertThat(arrived).extracting(Element::text).containsExactly("1", "2", ""));
    }
  }

  @Test
  void anExceptionOfTheTakerDoesNotEndTheLink() {
    try (LogLines log = new LogLines();
        FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(stanza -> {
        if (stanza.name().equals("presence")) {
          throw new IllegalStateException("a bug");
        }
        arrived.add(stanza);
      });
      FakeServer.Link far = server.nextLink();

      far.tell("<presence/><message>after</message>");

      await()
          .untilAsserted(
              () -> assertThat(arrived).extracting(Element::text).containsExactly("after"));
      assertThat(log.warnings()).containsExactly("a stanza of type presence could not be handled");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\u0000b", "a\u0007b", "a\uffffb", "a\ud800b", "a\udc00b", "a\u0001\u001fb"})
  void case65_textThatXmlCannotCarryNeverReachesTheStream(String text) {
    try (FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();
      await().until(link::connected);

      link.send(message(text).toBuilder().attribute("id", text).lang(Optional.of(text)).build());

      Element got = far.next();
      assertThat(got.text()).isEqualTo("ab");
      assertThat(got.attribute("id")).contains("ab");
      assertThat(got.lang()).contains("ab");
      assertThat(far.received()).matches("[\\t\\n\\r\\x20-\\x7e]*");
    }
  }

  @Test
  void charactersOfAllPlanesArrive() {
    try (FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();
      await().until(link::connected);

      link.send(message("ü€😀 <&>'\"\r\n\t"));

      assertThat(far.next().text()).isEqualTo("ü€😀 <&>'\"\r\n\t");
    }
  }

  @Test
  void anAnswerOfTheServerComesBack() throws Exception {
    try (FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();
      await().until(link::connected);
      Future<Answer<Element>> answer =
          threads.submit(() -> link.ask(ROMEO, "get", Element.of("query", "urn:q").build()));

      Element question = far.next();
      far.tell(
          "<iq type='result' id='%s' from='romeo@example.org' to='ap.example.org'><x/></iq>"
              .formatted(question.attributeOr("id", "")));

      assertThat(answer.get().value()).isPresent();
      assertThat(arrived).isEmpty();
    }
  }

  @Test
  void beforeTheLinkIsUpNothingIsSentAndNothingThrows() {
    try (ComponentLink link = TestSettings.link(freePort())) {
      assertThat(link.connected()).isFalse();
      assertThat(link.send(message("x"))).isFalse();
      assertThat(link.ping()).isFalse();
      assertThat(link.ask(ROMEO, "get", Element.of("query", "urn:q").build()))
          .isEqualTo(new Answer.Unavailable<>("the XMPP link is down"));
    }
  }

  @Test
  void whileTheLinkIsDownTheNetworkSaysSo() {
    try (LogLines log = new LogLines();
        ComponentLink link = TestSettings.link(freePort())) {
      link.start(arrived::add);
      await().until(() -> log.count("XMPP link down") > 1);
      Network network = new Network(link);

      assertThat(
              List.of(
                  network.newestItems(ROMEO, "urn:xmpp:microblog:0", 10),
                  network.subscribe(ROMEO, "urn:xmpp:microblog:0"),
                  network.identities(ROMEO),
                  network.metadata(ROMEO, "n"),
                  network.vcardTemp(ROMEO)))
          .containsOnly(new Answer.Unavailable<>("the XMPP link is down"));
      assertThat(network.connected()).isFalse();
      assertThat(log.withException()).isEmpty();
    }
  }

  @Test
  void aQuestionUnderWayEndsWithTheLink() throws Exception {
    try (FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();
      await().until(link::connected);
      Future<Answer<Element>> answer =
          threads.submit(() -> link.ask(ROMEO, "get", Element.of("query", "urn:q").build()));
      far.next();

      far.close();

      assertThat(answer.get()).isEqualTo(new Answer.Unavailable<>("the XMPP link is down"));
    }
  }

  @Test
  void aServerThatComesBackIsConnectedTo() {
    FakeServer before = new FakeServer();
    int port = before.port();
    try (LogLines log = new LogLines();
        ComponentLink link = TestSettings.link(port)) {
      link.start(arrived::add);
      before.nextLink();
      await().until(link::connected);

      before.close();
      await().until(() -> log.count("nothing listens") > 0);
      try (FakeServer after = new FakeServer(port)) {
        FakeServer.Link far = after.nextLink();
        await().until(link::connected);
        link.send(message("again"));

        assertThat(far.next().text()).isEqualTo("again");
      }
      assertThat(log.withException()).isEmpty();
    } finally {
      before.close();
    }
  }

  @Test
  void theServerIsPingedWhileTheLinkIsUp() {
    LinkSettings.Limits limits = TestSettings.limits(Duration.ofSeconds(10), TestSettings.SOON);
    try (FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(TestSettings.of(server.port(), limits))) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();

      await().until(() -> far.pings() >= 4);

      assertThat(far.received())
          .contains("from='ap.example.org' to='example.org'><ping xmlns='urn:xmpp:ping'/></iq>");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void byDefaultThePingGoesOutEveryThirtySeconds() {
    assertThat(LinkSettings.Limits.DEFAULT.pingInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(LinkSettings.Limits.DEFAULT.shortestWait()).isEqualTo(Duration.ofSeconds(1));
    assertThat(LinkSettings.Limits.DEFAULT.longestWait()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void twoPingsWithoutAnAnswerEndTheLink() {
    LinkSettings.Limits limits = TestSettings.limits(TestSettings.SOON, TestSettings.SOON);
    try (LogLines log = new LogLines();
        FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(TestSettings.of(server.port(), limits))) {
      link.start(arrived::add);
      FakeServer.Link dead = server.nextLink();
      dead.stopAnsweringPings();

      server.nextLink();

      assertThat(dead.pings()).isGreaterThanOrEqualTo(2);
      assertThat(log.warnings())
          .containsExactly(
              "XMPP link down: the XMPP server at 127.0.0.1:"
                  + server.port()
                  + " does not answer pings; the gateway connects again; is the server"
                  + " overloaded?");
    }
  }

  @Test
  void aPingThatIsAnsweredWithAnErrorIsAnswered() throws Exception {
    try (FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();
      await().until(link::connected);
      far.stopAnsweringPings();
      Future<Boolean> pong = threads.submit(link::ping);
      await().until(() -> far.pings() == 1);

      String id = far.received().replaceAll("(?s).*<iq type='get' id='([^']*)'.*", "$1");
      far.tell("<iq type='error' id='" + id + "' from='example.org' to='ap.example.org'/>");

      assertThat(pong.get()).isTrue();
    }
  }

  @Test
  void aServerThatReadsNothingIsNoticedThoughWritingNeverEnds() {
    LinkSettings.Limits limits =
        TestSettings.limits(Duration.ofMillis(200), Duration.ofMillis(200));
    FakeServer.Script deaf =
        link -> {
          link.send(FakeServer.HEADER);
          link.awaitHandshake();
          link.send("<handshake/>");
          link.up();
          link.stall();
        };
    try (LogLines log = new LogLines();
        FakeServer server = new FakeServer(deaf);
        ComponentLink link = TestSettings.link(TestSettings.of(server.port(), limits))) {
      link.start(arrived::add);
      server.nextLink();
      await().until(link::connected);
      Element large = message("x".repeat(400_000));
      Future<?> writer =
          threads.submit(() -> {
            while (link.send(large)) {
              // Until the buffers of both ends are full, and then for good.
            }
          });

      server.nextLink();

      await().until(writer::isDone);
      assertThat(log.warnings()).hasSize(1).first().asString().contains("does not answer pings");
    }
  }

  @Test
  void case70_aStanzaThatServersCutTheStreamForIsLeftOut() {
    try (LogLines log = new LogLines();
        FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();
      await().until(link::connected);

      assertThat(link.send(message("€".repeat(200_000)))).isTrue();
      link.send(message("after"));

      assertThat(far.next().text()).isEqualTo("after");
      assertThat(log.warnings())
          .containsExactly(
              "a stanza to romeo@example.org was left out: it is longer than 500000 bytes");
    }
  }

  @Test
  void whoWaitsForAnAnswerThatIsTooLongGetsAnError() {
    try (LogLines log = new LogLines();
        FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();
      await().until(link::connected);

      link.send(
          Element.of("iq", Namespaces.JABBER_CLIENT)
              .attribute("type", "result")
              .attribute("id", "7")
              .attribute("from", "a@ap.example.org")
              .attribute("to", "romeo@example.org/x")
              .child("x", "x".repeat(600_000))
              .build());

      Element answer = far.next();
      assertThat(answer.attributes())
          .containsEntry("type", "error")
          .containsEntry("id", "7")
          .containsEntry("from", "a@ap.example.org")
          .containsEntry("to", "romeo@example.org/x");
      assertThat(answer.elements().getFirst().elements())
          .extracting(Element::name)
          .containsExactly("resource-constraint");
      assertThat(log.warnings()).hasSize(1);
    }
  }

  @Test
  void closingEndsTheStreamPolitelyAndSilently() {
    try (LogLines log = new LogLines();
        FakeServer server = new FakeServer()) {
      ComponentLink link = TestSettings.link(server.port());
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();
      await().until(link::connected);

      link.close();

      await().untilAsserted(() -> assertThat(far.received()).endsWith("</stream:stream>"));
      assertThat(link.connected()).isFalse();
      assertThat(link.send(message("x"))).isFalse();
      assertThat(log.warnings()).isEmpty();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void closingWhileNothingListensIsQuick() {
    ComponentLink link = TestSettings.link(freePort());
    link.start(arrived::add);

    link.close();

    assertThat(link.connected()).isFalse();
  }

  @Test
  void stanzasMayBeSplitInTheMiddleOfCharacters() throws IOException {
    try (FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(arrived::add);
      FakeServer.Link far = server.nextLink();

      for (byte one : "<message><body>ü€😀</body></message>".getBytes(StandardCharsets.UTF_8)) {
        far.send(new byte[] {one});
      }

      await()
          .untilAsserted(
              () -> assertThat(arrived).extracting(Element::text).containsExactly("ü€😀"));
    }
  }
}
