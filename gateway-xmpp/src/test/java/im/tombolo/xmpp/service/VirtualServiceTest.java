package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualServiceTest {
  private static final String PING = "<ping xmlns='urn:xmpp:ping'/>";

  private final Stage stage = new Stage();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ap.example.org",
        "ap.example.org/resource",
        "ada\\40social.example@ap.example.org",
        "nobody@ap.example.org"
      })
  void everyJidAnswersPingsWithoutAskingAnybody(String to) {
    assertThat(Stage.words(stage.get(to, PING))).isEqualTo("done");
    assertThat(stage.peers.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ap.example.org                       | <query xmlns='jabber:iq:version'/>
          ap.example.org                       | <vCard xmlns='vcard-temp'/>
          ada\\40social.example@ap.example.org | <query xmlns='jabber:iq:version'/>
          ada\\40social.example@ap.example.org | <query xmlns='jabber:iq:gateway'/>
          ada\\40social.example@ap.example.org | <ping xmlns='urn:example:ping'/>
          """)
  void whatIsNotOfferedIsUnavailable(String to, String payload) {
    assertThat(Stage.words(stage.get(to, payload))).isEqualTo("service-unavailable");
    assertThat(stage.peers.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada\\40social.example@ap.example.org",
        "ada\\40social.example@ap.example.org/resource",
        "Ada\\40SOCIAL.example@AP.Example.Org",
        "ada%social.example@ap.example.org",
        "ada%40social.example@ap.example.org",
        "ada%5c40social.example@ap.example.org",
        "ada%5C40social.example@ap.example.org"
      })
  void everySpellingIsTheSamePerson(String to) {
    stage.peers.add("ada", 1);

    String answer =
        Stage.words(
            stage.get(
                to,
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                    + "<items node='http://jabber.org/protocol/nick'/></pubsub>"));

    assertThat(answer).contains(">Miss ada<");
  }

  @Test
  void itemsArePublishedByTheSpellingThatWasAsked() {
    stage.peers.add("ada", 1);

    String answer =
        Stage.words(
            stage.get(
                "ada%social.example@ap.example.org",
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                    + "<items node='urn:xmpp:microblog:0'/></pubsub>"));

    assertThat(answer)
        .contains("publisher='ada%social.example@ap.example.org'")
        .contains("<uri>xmpp:ada%social.example@ap.example.org</uri>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada\\40ap.example.org@ap.example.org",
        "ada\\40x.ap.example.org@ap.example.org",
        "a\\40b\\40social.example@ap.example.org",
        "\\40social.example@ap.example.org",
        "ada\\40@ap.example.org",
        "ada\\40social.example\\2fx@ap.example.org",
        "%social.example@ap.example.org"
      })
  void aJidThatCanBeNobodysAsksNobody(String to) {
    assertThat(Stage.words(stage.get(to, "<query xmlns='http://jabber.org/protocol/disco#info'/>")))
        .isEqualTo("item-not-found");
    assertThat(stage.peers.asked()).isEmpty();
  }

  @Test
  void whoKnowsNoEscapingIsAskedForAnAddress() {
    assertThat(Stage.words(stage.get("ap.example.org", "<query xmlns='jabber:iq:gateway'/>")))
        .isEqualTo(
            "<query xmlns='jabber:iq:gateway'><desc>The address of somebody on the fediverse, such"
                + " as ada@social.example</desc><prompt>Address</prompt></query>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada@social.example", " @Ada@Social.Example ", "acct:ada@social.example"})
  void anAddressBecomesAJid(String address) {
    assertThat(
            Stage.words(
                stage.set(
                    "ap.example.org",
                    "<query xmlns='jabber:iq:gateway'><prompt>" + address + "</prompt></query>")))
        .isEqualTo(
            "<query xmlns='jabber:iq:gateway'><jid>ada\\40social.example@ap.example.org</jid>"
                + "</query>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<prompt/>", "<prompt>ada</prompt>", "<prompt>a b@c</prompt>"})
  void whatIsNoAddressBecomesNone(String content) {
    assertThat(
            Stage.words(
                stage.set(
                    "ap.example.org", "<query xmlns='jabber:iq:gateway'>" + content + "</query>")))
        .isEqualTo("not-acceptable");
  }
}
