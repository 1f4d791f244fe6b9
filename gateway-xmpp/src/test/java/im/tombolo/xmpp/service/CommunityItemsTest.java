package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.BridgeSettings.Choices;
import im.tombolo.core.bridge.BridgeSettings.Consent;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Communities of the fediverse, as clients find them and publish in them. */
class CommunityItemsTest {
  private static final String CATS = Stage.jid("cats");
  private static final Jid ROMEO = Jid.of("romeo@example.org/orchard");
  private static final Jid STRANGER = Jid.of("iago@elsewhere.example/venice");
  private static final String ITEMS = "<query xmlns='http://jabber.org/protocol/disco#items'/>";

  private final Stage stage =
      new Stage(
          new Choices(
              Consent.OPEN_NODES,
              true,
              List.of(new Handle("cats", FakePeers.HOST), new Handle("dogs", FakePeers.HOST)),
              false),
          "example.org");

  @BeforeEach
  void cats() {
    stage.peers.addGroup("cats");
    stage.peers.add("ada", 1);
  }

  private static String publish(String item) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='urn:xmpp:microblog:0'>"
        + item
        + "</publish></pubsub>";
  }

  private static String item(String id, String title) {
    return "<item"
        + (id.isEmpty() ? "" : " id='" + id + "'")
        + "><entry xmlns='http://www.w3.org/2005/Atom'><title>"
        + title
        + "</title><updated>2026-01-02T09:00:00Z</updated></entry></item>";
  }

  private static String retract(String id) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
        + "<retract node='urn:xmpp:microblog:0'><item id='"
        + id
        + "'/></retract></pubsub>";
  }

  private List<Element> node() {
    return Stage.payload(
            stage.get(
                CATS,
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                    + "<items node='urn:xmpp:microblog:0'/></pubsub>"))
        .child("items", Namespaces.PUBSUB)
        .orElseThrow()
        .elements();
  }

  @Test
  void theGatewayListsThoseThatTheAdministratorChose() {
    assertThat(Stage.words(stage.get("ap.example.org", ITEMS)))
        .isEqualTo(
            "<query xmlns='http://jabber.org/protocol/disco#items'>"
                + "<item jid='cats\\40social.example@ap.example.org' node='urn:xmpp:microblog:0'"
                + " name='cats@social.example'/>"
                + "<item jid='dogs\\40social.example@ap.example.org' node='urn:xmpp:microblog:0'"
                + " name='dogs@social.example'/></query>");
    assertThat(stage.peers.asked()).isEmpty();
  }

  @Test
  void onceMetTheyHaveTheNamesThatTheyGaveThemselves() {
    node();

    assertThat(Stage.words(stage.get("ap.example.org", ITEMS)))
        .contains("name='Miss cats'", "name='dogs@social.example'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cats@social.example", "!cats@social.example", "https://social.example/cats"})
  void oneThatIsNotOnTheListIsFoundByItsHandleOrItsAddress(String address) {
    assertThat(stage.service.chat(Stage.JULIET, "find " + address))
        .contains("@cats@social.example", "cats\\40social.example@ap.example.org");
  }

  @Test
  void everybodyMayPublishInTheNodeOfOne() {
    assertThat(
            Stage.words(
                stage.get(
                    CATS,
                    "<query xmlns='http://jabber.org/protocol/disco#info'"
                        + " node='urn:xmpp:microblog:0'/>")))
        .contains("<field var='pubsub#publish_model'><value>open</value></field>");
  }

  @Test
  void aPostStandsThereUnderTheNameOfItsAuthor() {
    assertThat(Stage.words(stage.set(CATS, publish(item("mine", "My cat")))))
        .isEqualTo(
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                + "<publish node='urn:xmpp:microblog:0'><item id='mine'/></publish></pubsub>");

    assertThat(node())
        .singleElement()
        .satisfies(item -> {
          assertThat(item.attributes())
              .containsEntry("id", "mine")
              .containsEntry("publisher", "juliet@example.org");
          assertThat(item.text()).contains("My cat");
        });
  }

  @Test
  void aPostWithoutAnIdGetsOne() {
    Element publish =
        Stage.payload(stage.set(CATS, publish(item("", "My cat"))))
            .child("publish", Namespaces.PUBSUB)
            .orElseThrow();

    assertThat(publish.elements().getFirst().attributeOr("id", "")).matches("[a-z2-7]{26}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|bad-request item-required",
        "<item id='a'/>|bad-request payload-required",
        "<item id='a'><entry xmlns='http://www.w3.org/2005/Atom'/></item>|bad-request invalid-payload",
      })
  void whatIsNoPostIsRefused(String items, String words) {
    assertThat(Stage.words(stage.set(CATS, publish(items == null ? "" : items)))).isEqualTo(words);
  }

  @Test
  void itsAuthorAloneTakesItBack() {
    stage.set(CATS, publish(item("mine", "My cat")));

    assertThat(Stage.words(stage.ask(ROMEO, CATS, true, retract("mine")))).isEqualTo("forbidden");
    assertThat(Stage.words(stage.ask(ROMEO, CATS, true, publish(item("mine", "No")))))
        .isEqualTo("forbidden");
    assertThat(Stage.words(stage.set(CATS, retract("mine")))).isEqualTo("done");
    assertThat(Stage.words(stage.set(CATS, retract("mine")))).isEqualTo("item-not-found");
    assertThat(node()).isEmpty();
  }

  @Test
  void nobodyPublishesWhereThatIsNotTheirs() {
    assertThat(Stage.words(stage.ask(STRANGER, CATS, true, publish(item("x", "Hi")))))
        .isEqualTo("forbidden");
    assertThat(Stage.words(stage.set(Stage.jid("ada"), publish(item("x", "Hi")))))
        .isEqualTo("forbidden");
    stage.store.inTransaction(session -> {
      session.decisions().ban(Stage.JULIET.bare(), FakePeers.id("cats"));
      return true;
    });
    assertThat(Stage.words(stage.set(CATS, publish(item("x", "Hi"))))).isEqualTo("forbidden");
  }
}
