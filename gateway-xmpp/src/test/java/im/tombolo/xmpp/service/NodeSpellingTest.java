package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of nodes as clients find them in URIs, or make them up. */
class NodeSpellingTest {
  private static final String ADA = Stage.jid("ada");

  private final Stage stage = new Stage();

  @BeforeEach
  void ada() {
    stage.peers.add("ada", 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:xmpp:microblog:0",
        "urn%3Axmpp%3Amicroblog%3A0",
        "urn%3axmpp%3amicroblog%3a0",
        "URN:XMPP:MICROBLOG:0",
        "Urn%3AXMPP%3Amicroblog%3A0"
      })
  void everySpellingIsTheSameNodeAndComesBackAsItWasWritten(String node) {
    assertThat(items(node))
        .startsWith(
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='" + node + "'><item ")
        .contains("xmlns='http://www.w3.org/2005/Atom'");
    assertThat(
            Stage.words(
                stage.get(
                    ADA,
                    "<query xmlns='http://jabber.org/protocol/disco#info' node='" + node + "'/>")))
        .startsWith("<query xmlns='http://jabber.org/protocol/disco#info' node='" + node + "'>");
  }

  private String items(String node) {
    return Stage.words(
        stage.get(
            ADA,
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='"
                + node
                + "'/></pubsub>"));
  }

  @Test
  void commentsAreFoundByAnEncodedName() {
    String node = "urn%3Axmpp%3Amicroblog%3A0%3Acomments%2F" + Stage.item("ada", 1);

    assertThat(items(node)).contains("<items node='" + node + "'/>");
  }

  @Test
  void aSubscriptionHasTheNameThatWasAskedFor() {
    assertThat(
            Stage.words(
                stage.set(
                    ADA,
                    "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                        + "<subscribe node='urn%3Axmpp%3Amicroblog%3A0' jid='juliet@example.org'/>"
                        + "</pubsub>")))
        .isEqualTo(
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                + "<subscription node='urn%3Axmpp%3Amicroblog%3A0' jid='juliet@example.org'"
                + " subscription='pending'/></pubsub>");
  }

  @ParameterizedTest
  @CsvSource({
    "urn%3Axmpp%3Amicroblog%3A1",
    "urn%253Axmpp%253Amicroblog%253A0",
    "%",
    "urn%3",
    "%zz"
  })
  void whatIsNoNodeInAnySpellingIsNotFound(String node) {
    assertThat(items(node)).isEqualTo("item-not-found");
  }
}
