package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StanzaErrorsTest {
  private static Element failed(String condition) {
    return Element.of("iq", Namespaces.JABBER_CLIENT)
        .attribute("type", "error")
        .child(
            Element.of("error", Namespaces.JABBER_CLIENT)
                .child(Element.of("unsupported", Namespaces.PUBSUB_ERRORS).build())
                .child(Element.of("text", Namespaces.STANZA_ERRORS).text("because").build())
                .child(Element.of(condition, Namespaces.STANZA_ERRORS).build())
                .build())
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "item-not-found, Missing",
    "feature-not-implemented, Missing",
    "jid-malformed, Missing",
    "gone, Gone",
    "forbidden, Closed",
    "not-authorized, Closed",
    "not-allowed, Closed",
    "registration-required, Closed",
    "subscription-required, Closed",
    "service-unavailable, Unavailable",
    "remote-server-timeout, Unavailable",
    "remote-server-not-found, Unavailable",
    "internal-server-error, Unavailable",
    "resource-constraint, Unavailable",
    "made-up, Unavailable"
  })
  void aConditionSaysWhatIsWithTheThing(String condition, String meaning) {
    Answer<Element> answer = StanzaErrors.meaning(failed(condition));

    assertThat(answer.getClass().getSimpleName()).isEqualTo(meaning);
  }

  @Test
  void anErrorWithoutAConditionTellsNothing() {
    Element bare = Element.of("iq", Namespaces.JABBER_CLIENT).attribute("type", "error").build();

    assertThat(StanzaErrors.<Element>meaning(bare)).isInstanceOf(Answer.Unavailable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "bad_request, modify",
    "item_not_found, cancel",
    "forbidden, auth",
    "remote_server_timeout, wait",
    "resource_constraint, wait",
    "feature_not_implemented, cancel"
  })
  void theTypeFollowsFromTheCondition(Condition condition, String type) {
    assertThat(StanzaErrors.write(condition, Optional.empty()).attribute("type")).contains(type);
  }

  @Test
  void aRefusalComesFromWhereTheStanzaWentAsItWasSpelled() {
    Element iq =
        Element.of("iq", Namespaces.JABBER_CLIENT)
            .attribute("type", "get")
            .attribute("id", "7")
            .attribute("from", "juliet@example.org/balcony")
            .attribute("to", "Ada%social.example@AP.example.org/x")
            .child(Element.of("query", "urn:secret").build())
            .build();

    assertThat(
            XmlWriter.write(
                StanzaErrors.refusal(
                    iq,
                    Condition.bad_request,
                    Optional.of(Element.of("invalid-jid", Namespaces.PUBSUB_ERRORS).build())),
                Namespaces.JABBER_CLIENT))
        .isEqualTo(
            "<iq type='error' id='7' from='Ada%social.example@AP.example.org/x'"
                + " to='juliet@example.org/balcony'><error type='modify'>"
                + "<bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                + "<invalid-jid xmlns='http://jabber.org/protocol/pubsub#errors'/></error></iq>");
  }
}
