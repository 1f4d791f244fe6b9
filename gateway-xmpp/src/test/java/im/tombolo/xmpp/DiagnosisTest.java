package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {
  private final Diagnosis diagnosis =
      new Diagnosis(TestSettings.of(5347, "hunter2", TestSettings.LIMITS));

  private static Element error(String condition, String text) {
    return Element.of("error", "http://etherx.jabber.org/streams")
        .child(Element.of("text", Namespaces.STREAM_ERRORS).text(text).build())
        .child(Element.of(condition, Namespaces.STREAM_ERRORS).build())
        .build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not-authorized    | refuses the secret; correct xmpp.secret
          host-unknown      | does not know ap.example.org as a component; add it there, or correct xmpp.component
          host-gone         | does not know ap.example.org as a component; add it there, or correct xmpp.component
          conflict          | another component is connected as ap.example.org; is a second gateway running?
          invalid-namespace | is not for components
          system-shutdown   | is shutting down
          reset             | is shutting down
          not-well-formed   | could not read what we sent (why)
          policy-violation  | does not let so much pass (why); raise its limits for components
          internal-server-error | ended the stream: internal-server-error (why)
          made-up-condition | ended the stream: undefined-condition (why)
          """)
  void aStreamErrorIsExplained(String condition, String expected) {
    assertThat(diagnosis.of(error(condition, " why ")).diagnosis()).contains(expected);
  }

  static Stream<Arguments> problems() {
    return Stream.of(
        Arguments.of(
            new ConnectException("Connection refused"),
            "nothing listens at 127.0.0.1:5347; start the XMPP server, or correct xmpp.host and"
                + " xmpp.port"),
        Arguments.of(
            new UnknownHostException("x"), "no address is known for 127.0.0.1; correct xmpp.host"),
        Arguments.of(
            new NoRouteToHostException("x"),
            "no way leads to 127.0.0.1:5347; look at the network, or correct xmpp.host"),
        Arguments.of(
            new SocketTimeoutException("x"),
            "127.0.0.1:5347 does not answer like a component port; correct xmpp.host and"
                + " xmpp.port"),
        Arguments.of(
            new NotXmppException("a document type"),
            "what comes from 127.0.0.1:5347 cannot be read (a document type); the gateway connects"
                + " again"),
        Arguments.of(
            new IOException("Broken pipe"),
            "the connection to 127.0.0.1:5347 broke (Broken pipe); the gateway connects again"));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void aProblemOfTheConnectionIsExplained(IOException problem, String expected) {
    assertThat(diagnosis.of(problem).diagnosis()).isEqualTo(expected);
  }

  @Test
  void everyDiagnosisIsOneLineWithoutTheSecret() {
    assertThat(
            Stream.of(
                diagnosis.closed(),
                diagnosis.silent(),
                diagnosis.closedBeforeHandshake(),
                diagnosis.notAComponentPort(),
                diagnosis.of(error("not-authorized", "hunter2")),
                diagnosis.of(error("bad-format", "one\ntwo"))))
        .extracting(StreamEndedException::diagnosis)
        .allSatisfy(line -> assertThat(line).doesNotContain("\n").doesNotContain("hunter2"));
  }
}
