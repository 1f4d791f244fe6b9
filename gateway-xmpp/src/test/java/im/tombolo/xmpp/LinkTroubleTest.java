package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.xmpp.FakeServer.Script;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong is said once, in one line, with what to do; and the link tries again. */
class LinkTroubleTest {
  private static final String NOT_FOR_COMPONENTS =
      "is not for components (it may be the clients' port); set xmpp.port to the server's component"
          + " port";

  private static Script saying(String text) {
    return link -> link.send(text);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "a domain that the server does not know",
            FakeServer.refusing("host-unknown"),
            "the XMPP server does not know ap.example.org as a component; add it there, or correct"
                + " xmpp.component"),
        Arguments.of(
            "a domain that the server does not know, said before the handshake",
            (Script)
                link -> {
                  link.send(FakeServer.HEADER);
                  link.fail("host-unknown", "");
                },
            "the XMPP server does not know ap.example.org as a component; add it there, or correct"
                + " xmpp.component"),
        Arguments.of(
            "another component of the same name",
            FakeServer.refusing("conflict"),
            "another component is connected as ap.example.org; is a second gateway running?"),
        Arguments.of(
            "the port for clients",
            saying(
                "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
                    + " xmlns:stream='http://etherx.jabber.org/streams' id='1'><stream:error>"
                    + "<invalid-namespace xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                    + "</stream:error></stream:stream>"),
            NOT_FOR_COMPONENTS),
        Arguments.of(
            "a port that finds fault with our namespace",
            FakeServer.refusing("invalid-namespace"),
            NOT_FOR_COMPONENTS),
        Arguments.of(
            "a web server",
            saying("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<html>no</html>"),
            NOT_FOR_COMPONENTS),
        Arguments.of("a mail server", saying("220 mx.example.org ESMTP\r\n"), NOT_FOR_COMPONENTS),
        Arguments.of(
            "a TLS port", saying("\u0015\u0003\u0001\u0000\u0002\u0002F"), NOT_FOR_COMPONENTS),
        Arguments.of("a port that hangs up at once", saying(""), NOT_FOR_COMPONENTS),
        Arguments.of(
            "a handshake that is answered with the end",
            (Script)
                link -> {
                  link.send(FakeServer.HEADER);
                  link.awaitHandshake();
                },
            "the XMPP server closed the connection without a reason; is ap.example.org set up there"
                + " as a component?"),
        Arguments.of(
            "a handshake that is answered with something else",
            (Script)
                link -> {
                  link.send(FakeServer.HEADER);
                  link.awaitHandshake();
                  link.send("<message/>");
                },
            NOT_FOR_COMPONENTS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void aLinkThatCannotBeOpenedIsExplainedOnce(String what, Script script, String expected) {
    try (LogLines log = new LogLines();
        FakeServer server = new FakeServer(script);
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(stanza -> {});

      await().until(() -> log.count("XMPP link down") >= 3);

      assertThat(log.warnings()).hasSize(1);
      assertThat(log.warnings().getFirst()).startsWith("XMPP link down: ").endsWith(expected);
      assertThat(log.withException()).isEmpty();
      assertThat(link.connected()).isFalse();
    }
  }

  @Test
  void aWrongSecretIsExplainedOnceAndNotShown() {
    try (LogLines log = new LogLines();
        FakeServer server = new FakeServer();
        ComponentLink link =
            TestSettings.link(TestSettings.of(server.port(), "hunter2", TestSettings.LIMITS))) {
      link.start(stanza -> {});

      await().until(() -> log.count("XMPP link down") >= 3);

      assertThat(log.warnings())
          .containsExactly(
              "XMPP link down: the XMPP server refuses the secret; correct xmpp.secret");
      assertThat(log.count("hunter2")).isZero();
      assertThat(log.withException()).isEmpty();
    }
  }

  @Test
  void aPortWhereNothingListensIsExplainedOnce() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (LogLines log = new LogLines();
        ComponentLink link = TestSettings.link(port)) {
      link.start(stanza -> {});

      await().until(() -> log.count("XMPP link down") >= 3);

      assertThat(log.warnings())
          .containsExactly(
              "XMPP link down: nothing listens at 127.0.0.1:"
                  + port
                  + "; start the XMPP server, or correct xmpp.host and xmpp.port");
      assertThat(log.withException()).isEmpty();
    }
  }

  @Test
  void aPortThatSaysNothingIsExplained() {
    try (LogLines log = new LogLines();
        FakeServer server = new FakeServer(FakeServer.Link::stall);
        ComponentLink link = TestSettings.link(patientFor(Duration.ofMillis(50), server.port()))) {
      link.start(stanza -> {});

      await().until(() -> log.count("XMPP link down") >= 3);

      assertThat(log.warnings())
          .containsExactly(
              "XMPP link down: 127.0.0.1:"
                  + server.port()
                  + " does not answer like a component port; correct xmpp.host and xmpp.port");
      assertThat(log.withException()).isEmpty();
    }
  }

  private static LinkSettings patientFor(Duration connectTimeout, int port) {
    LinkSettings.Limits usual = TestSettings.LIMITS;
    return TestSettings.of(
        port,
        new LinkSettings.Limits(
            usual.stanzaChars(),
            usual.requestTimeout(),
            usual.requestsAtOnce(),
            usual.workQueue(),
            connectTimeout,
            usual.pingInterval(),
            usual.shortestWait(),
            usual.longestWait()));
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        Arguments.of(
            (Script) link -> link.fail("not-well-formed", ""),
            "the XMPP server could not read what we sent; the gateway connects again; please"
                + " report it"),
        Arguments.of(
            (Script) link -> link.fail("policy-violation", "XML stanza is too big"),
            "the XMPP server does not let so much pass (XML stanza is too big); raise its limits"
                + " for components; the gateway connects again"),
        Arguments.of(
            (Script) link -> link.fail("conflict", "Replaced by new connection"),
            "another component is connected as ap.example.org; is a second gateway running?"),
        Arguments.of(
            (Script) link -> link.fail("system-shutdown", "Received SIGTERM"),
            "the XMPP server is shutting down; the gateway connects again when it is back"),
        Arguments.of(
            (Script) link -> link.send("</stream:stream>"),
            "the XMPP server closed the connection; the gateway connects again"),
        Arguments.of(
            (Script) FakeServer.Link::close,
            "the XMPP server closed the connection; the gateway connects again"),
        Arguments.of(
            (Script) link -> link.send("no XML"),
            "cannot be read (text where an element should be); the gateway connects again"),
        Arguments.of(
            (Script) link -> link.send("<!DOCTYPE a [<!ENTITY b 'c'>]>"),
            "cannot be read (a document type); the gateway connects again"),
        Arguments.of(
            (Script) link -> link.send("<message>" + "x".repeat(2 << 20) + "</message>"),
            "cannot be read (an element of more than 1048576 characters); the gateway connects"
                + " again"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("ends")
  void aLinkThatEndsIsExplainedOnceAndOpenedAgain(Script end, String expected) throws IOException {
    try (LogLines log = new LogLines();
        FakeServer server = new FakeServer();
        ComponentLink link = TestSettings.link(server.port())) {
      link.start(stanza -> {});
      FakeServer.Link first = server.nextLink();
      await().until(link::connected);

      end.talk(first);

      server.nextLink();
      await().until(link::connected);
      assertThat(log.warnings()).hasSize(1);
      assertThat(log.warnings().getFirst()).startsWith("XMPP link down: ").endsWith(expected);
      assertThat(log.count("XMPP link up")).isEqualTo(2);
      assertThat(log.withException()).isEmpty();
    }
  }

  @Test
  void aTroubleThatChangesIsToldAnew() {
    FakeServer refusing = new FakeServer(FakeServer.refusing("conflict"));
    try (LogLines log = new LogLines();
        ComponentLink link = TestSettings.link(refusing.port())) {
      link.start(stanza -> {});
      await().until(() -> log.count("another component") >= 2);

      refusing.close();

      await().until(() -> log.count("nothing listens") >= 2);
      assertThat(log.warnings())
          .filteredOn(line -> line.contains("another component") || line.contains("nothing"))
          .hasSize(2);
    } finally {
      refusing.close();
    }
  }

  @Test
  void theSecretIsNotInTheText() {
    assertThat(TestSettings.of(5347, "hunter2", TestSettings.LIMITS).toString())
        .isEqualTo("ap.example.org at 127.0.0.1:5347");
  }
}
