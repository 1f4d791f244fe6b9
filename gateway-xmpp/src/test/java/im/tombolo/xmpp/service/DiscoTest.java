package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoTest {
  private static final String ADA = Stage.jid("ada");
  private static final String GATEWAY = "ap.example.org";
  private static final String INFO = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
  private static final String ITEMS = "<query xmlns='http://jabber.org/protocol/disco#items'/>";

  private final Stage stage = new Stage();

  @BeforeEach
  void ada() {
    stage.peers.add("ada", 3);
  }

  private static String info(String node) {
    return "<query xmlns='http://jabber.org/protocol/disco#info' node='" + node + "'/>";
  }

  private static String items(String node) {
    return "<query xmlns='http://jabber.org/protocol/disco#items' node='" + node + "'/>";
  }

  private static List<String> identities(Element query) {
    return query.children("identity", Namespaces.DISCO_INFO).stream()
        .map(one ->
            String.join(
                " | ",
                one.attributeOr("category", ""),
                one.attributeOr("type", ""),
                one.attributeOr("name", "")))
        .toList();
  }

  private static List<String> features(Element query) {
    return query.children("feature", Namespaces.DISCO_INFO).stream()
        .map(feature -> feature.attributeOr("var", ""))
        .toList();
  }

  @Test
  void aVirtualJidIsAnAccountWithAPubsubService() {
    Element query = Stage.payload(stage.get(ADA, INFO));

    assertThat(identities(query))
        .containsExactly("account | registered | Miss ada", "pubsub | pep | Miss ada");
    assertThat(features(query))
        .containsExactlyInAnyOrder(
            "http://jabber.org/protocol/disco#info",
            "http://jabber.org/protocol/disco#items",
            "urn:xmpp:ping",
            "http://jabber.org/protocol/commands",
            "vcard-temp",
            "urn:xmpp:pps:0",
            "urn:xmpp:pubsub-attachments:1",
            "urn:xmpp:calendar-events:0",
            "urn:xmpp:events:0",
            "http://jabber.org/protocol/rsm",
            "urn:xmpp:order-by:1",
            "urn:xmpp:order-by:1@http://jabber.org/protocol/pubsub",
            "http://jabber.org/protocol/address",
            "urn:xmpp:receipts",
            "urn:xmpp:message-correct:0",
            "urn:xmpp:sid:0",
            "urn:xmpp:message-retract:1",
            "urn:xmpp:message-retract:0",
            "urn:xmpp:fallback:0",
            "urn:xmpp:reactions:0",
            "urn:xmpp:reply:0",
            "jabber:x:oob",
            "urn:xmpp:sfs:0",
            "http://jabber.org/protocol/pubsub",
            "http://jabber.org/protocol/pubsub#access-open",
            "http://jabber.org/protocol/pubsub#item-ids",
            "http://jabber.org/protocol/pubsub#meta-data",
            "http://jabber.org/protocol/pubsub#multi-items",
            "http://jabber.org/protocol/pubsub#persistent-items",
            "http://jabber.org/protocol/pubsub#publish",
            "http://jabber.org/protocol/pubsub#retract-items",
            "http://jabber.org/protocol/pubsub#retrieve-affiliations",
            "http://jabber.org/protocol/pubsub#retrieve-default-sub",
            "http://jabber.org/protocol/pubsub#retrieve-items",
            "http://jabber.org/protocol/pubsub#retrieve-subscriptions",
            "http://jabber.org/protocol/pubsub#rsm",
            "http://jabber.org/protocol/pubsub#subscribe",
            "http://jabber.org/protocol/pubsub#subscription-notifications",
            "http://jabber.org/protocol/pubsub#subscription-options");
  }

  @Test
  void aNodeHasMetaData() {
    assertThat(Stage.words(stage.get(ADA, info("urn:xmpp:microblog:0"))))
        .isEqualTo(
            "<query xmlns='http://jabber.org/protocol/disco#info' node='urn:xmpp:microblog:0'>"
                + "<identity category='pubsub' type='leaf' name='Miss ada (@ada@social.example)'/>"
                + "<feature var='http://jabber.org/protocol/pubsub'/>"
                + "<x xmlns='jabber:x:data' type='result'>"
                + "<field var='FORM_TYPE' type='hidden'>"
                + "<value>http://jabber.org/protocol/pubsub#meta-data</value></field>"
                + "<field var='pubsub#type'><value>urn:xmpp:microblog:0</value></field>"
                + "<field var='pubsub#title'><value>Miss ada (@ada@social.example)</value></field>"
                + "<field var='pubsub#access_model'><value>open</value></field>"
                + "<field var='pubsub#publish_model'><value>publishers</value></field>"
                + "</x></query>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:xmpp:microblog:0",
        "urn:xmpp:calendar-events:0",
        "urn:xmpp:events:0",
        "urn:xmpp:vcard4",
        "urn:xmpp:avatar:metadata",
        "urn:xmpp:avatar:data",
        "http://jabber.org/protocol/nick",
        "urn:xmpp:pps:subscriptions:0",
        "urn:xmpp:pps:subscribers:0/urn:xmpp:microblog:0",
        "urn:xmpp:pubsub:subscription"
      })
  void everyNodeOfAnActorIsALeaf(String node) {
    assertThat(identities(Stage.payload(stage.get(ADA, info(node)))))
        .containsExactly("pubsub | leaf | Miss ada (@ada@social.example)");
  }

  @Test
  void theNodesAreListed() {
    assertThat(Stage.payload(stage.get(ADA, ITEMS)).elements())
        .allSatisfy(item -> assertThat(item.attribute("jid")).contains(ADA))
        .extracting(item -> item.attributeOr("node", ""))
        .containsExactly(
            "urn:xmpp:microblog:0",
            "urn:xmpp:calendar-events:0",
            "urn:xmpp:events:0",
            "urn:xmpp:vcard4",
            "urn:xmpp:avatar:metadata",
            "urn:xmpp:avatar:data",
            "urn:xmpp:movim-banner:0",
            "http://jabber.org/protocol/nick",
            "urn:xmpp:pps:subscriptions:0",
            "urn:xmpp:pps:subscribers:0/urn:xmpp:microblog:0",
            "urn:xmpp:pubsub:subscription");
  }

  @Test
  void theItemsOfABlogAreListedByName() {
    assertThat(Stage.payload(stage.get(ADA, items("urn:xmpp:microblog:0"))).elements())
        .allSatisfy(item -> {
          assertThat(item.attribute("jid")).contains(ADA);
          assertThat(item.attribute("node")).isEmpty();
        })
        .extracting(item -> item.attributeOr("name", ""))
        .containsExactlyElementsOf(
            IntStream.of(3, 2, 1).mapToObj(i -> Stage.item("ada", i)).toList());
  }

  @Test
  void clientsThatLookForCommandsFindNone() {
    assertThat(Stage.words(stage.get(ADA, items("http://jabber.org/protocol/commands"))))
        .isEqualTo(
            "<query xmlns='http://jabber.org/protocol/disco#items'"
                + " node='http://jabber.org/protocol/commands'/>");
  }

  @Test
  void theGatewayIsAGatewayThatUnderstandsEscapedJids() {
    Element query = Stage.payload(stage.get(GATEWAY, INFO));

    assertThat(identities(query)).containsExactly("gateway | activitypub | Fediverse (Tombolo)");
    assertThat(features(query))
        .containsExactlyInAnyOrder(
            "http://jabber.org/protocol/disco#info",
            "http://jabber.org/protocol/disco#items",
            "urn:xmpp:ping",
            "jabber:iq:gateway",
            "jabber:iq:register",
            "http://jabber.org/protocol/address",
            "http://jabber.org/protocol/commands",
            "jid\\20escaping");
  }

  @Test
  void theGatewayListsNobody() {
    assertThat(Stage.words(stage.get(GATEWAY, ITEMS)))
        .isEqualTo("<query xmlns='http://jabber.org/protocol/disco#items'/>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ap.example.org                        | <query xmlns='http://jabber.org/protocol/disco#info' node='x'/>  | item-not-found
          ada\\40social.example@ap.example.org  | <query xmlns='http://jabber.org/protocol/disco#info' node='x'/>  | item-not-found
          bob\\40social.example@ap.example.org  | <query xmlns='http://jabber.org/protocol/disco#info'/>           | item-not-found
          bob\\40social.example@ap.example.org  | <query xmlns='http://jabber.org/protocol/disco#items'/>          | item-not-found
          plain@ap.example.org                  | <query xmlns='http://jabber.org/protocol/disco#info'/>           | item-not-found
          """)
  void whatIsNotThereIsNotFound(String to, String payload, String expected) {
    assertThat(Stage.words(stage.get(to, payload))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {INFO, ITEMS})
  void aPeerThatIsDownIsATimeout(String payload) {
    stage.peers.silent("carl");

    assertThat(Stage.words(stage.get(Stage.jid("carl"), payload)))
        .isEqualTo("remote-server-timeout");
  }

  @ParameterizedTest
  @CsvSource({
    "ap.example.org, http://jabber.org/protocol/disco#info",
    "ap.example.org, http://jabber.org/protocol/disco#items",
    "ada\\40social.example@ap.example.org, http://jabber.org/protocol/disco#info",
    "ada\\40social.example@ap.example.org, http://jabber.org/protocol/disco#items"
  })
  void discoveryChangesNothing(String to, String namespace) {
    assertThat(Stage.words(stage.set(to, "<query xmlns='" + namespace + "'/>")))
        .isEqualTo("not-allowed");
  }
}
