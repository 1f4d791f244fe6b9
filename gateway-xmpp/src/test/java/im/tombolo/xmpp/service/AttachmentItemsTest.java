package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.AttachmentNodes;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The nodes for what is attached to posts, as clients use them (XEP-0470). */
class AttachmentItemsTest {
  private static final String ADA = Stage.jid("ada");
  private static final Jid STRANGER = Jid.of("iago@elsewhere.example/venice");
  private static final String JULIET = "juliet@example.org";
  private static final String ITEM = Stage.item("ada", 1);
  private static final String NODE =
      AttachmentNodes.of(new ItemAddress(Jid.of(ADA), Namespaces.MICROBLOG, ITEM)).node();
  private static final String SUMMARY = AttachmentNodes.summary(Namespaces.MICROBLOG);
  private static final String NOTICED =
      "<attachments xmlns='urn:xmpp:pubsub-attachments:1'><noticed/></attachments>";

  private final Stage stage = new Stage();

  @BeforeEach
  void adaWithAPost() {
    stage.peers.add("ada", 1);
  }

  private static String pubsub(String action, String node, String attributes, String inside) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><%1$s node='%2$s' %3$s>%4$s</%1$s></pubsub>"
        .formatted(action, node, attributes, inside);
  }

  private static String publish(String id, String payload) {
    return pubsub("publish", NODE, "", "<item id='" + id + "'>" + payload + "</item>");
  }

  private IqReply items(String node) {
    return stage.get(ADA, pubsub("items", node, "", ""));
  }

  private static List<String> ids(IqReply reply) {
    return Stage.payload(reply).child("items", Namespaces.PUBSUB).orElseThrow().elements().stream()
        .map(item -> item.attributeOr("id", ""))
        .toList();
  }

  @Test
  void whatIsAttachedIsFoundAgain() {
    assertThat(Stage.words(stage.set(ADA, publish(JULIET, NOTICED))))
        .isEqualTo(
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='"
                + NODE
                + "'><item id='juliet@example.org'/></publish></pubsub>");

    assertThat(ids(items(NODE))).containsExactly(JULIET);
    assertThat(Stage.words(items(NODE))).contains("<noticed timestamp='");
    assertThat(Stage.words(items(SUMMARY)))
        .contains("<item id='" + ITEM + "'>")
        .contains("<noticed count='1'/>");
  }

  @Test
  void theAnswerHasTheNodeAsItWasAsked() {
    String raw =
        "urn:xmpp:pubsub-attachments:1/xmpp:" + ADA + "?;node=urn:xmpp:microblog:0;item=" + ITEM;
    stage.set(ADA, publish(JULIET, NOTICED));

    assertThat(Stage.words(items(raw))).contains("<items node='" + raw + "'>");
    assertThat(ids(items(raw))).containsExactly(JULIET);
  }

  @Test
  void theSummaryOfOnePostIsThereEvenWhenNobodyReacted() {
    String one = pubsub("items", SUMMARY, "", "<item id='" + ITEM + "'/>");

    assertThat(ids(stage.get(ADA, one))).containsExactly(ITEM);
    assertThat(ids(items(SUMMARY))).isEmpty();
  }

  @Test
  void anItemIsRetractedByItsPublisher() {
    String retract = pubsub("retract", NODE, "", "<item id='juliet@example.org'/>");
    stage.set(ADA, publish(JULIET, NOTICED));

    assertThat(stage.set(ADA, retract)).isEqualTo(IqReply.done());
    assertThat(ids(items(NODE))).isEmpty();
    assertThat(Stage.words(stage.set(ADA, retract))).contains("item-not-found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <item id='romeo@example.org'><attachments xmlns='urn:xmpp:pubsub-attachments:1'/></item> | bad-request
          <item><attachments xmlns='urn:xmpp:pubsub-attachments:1'/></item>                         | bad-request
          <item id='juliet@example.org'/>                                                           | payload-required
          <item id='juliet@example.org'><entry xmlns='http://www.w3.org/2005/Atom'/></item>          | invalid-payload
          <item id='juliet@example.org'><a/></item><item id='b'><a/></item>                          | item-required
          ''                                                                                       | item-required
          """)
  void anItemThatIsNotTheirsOrNothingIsRefused(String inside, String error) {
    assertThat(Stage.words(stage.set(ADA, pubsub("publish", NODE, "", inside)))).contains(error);
    assertThat(ids(items(NODE))).isEmpty();
  }

  @Test
  void nobodyRetractsTheItemOfAnother() {
    assertThat(
            Stage.words(
                stage.set(ADA, pubsub("retract", NODE, "", "<item id='romeo@example.org'/>"))))
        .contains("forbidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"publish", "retract"})
  void nobodyWritesIntoTheSummary(String action) {
    String inside = "<item id='juliet@example.org'>" + NOTICED + "</item>";

    assertThat(Stage.words(stage.set(ADA, pubsub(action, SUMMARY, "", inside))))
        .contains("forbidden");
  }

  @Test
  void strangersAttachNothing() {
    assertThat(
            Stage.words(
                stage.ask(STRANGER, ADA, true, publish(STRANGER.bare().toString(), NOTICED))))
        .contains("forbidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"attachments", "summary"})
  void whoSubscribesIsSubscribedUntilTheyUnsubscribe(String which) {
    String node = which.equals("summary") ? SUMMARY : NODE;
    String jid = "jid='juliet@example.org'";

    assertThat(Stage.words(stage.set(ADA, pubsub("subscribe", node, jid, ""))))
        .contains("subscription='subscribed'")
        .contains("node='" + node + "'");
    assertThat(Stage.words(stage.get(ADA, pubsub("subscriptions", node, "", ""))))
        .contains("subscription='subscribed'");
    assertThat(stage.set(ADA, pubsub("unsubscribe", node, jid, ""))).isEqualTo(IqReply.done());
    assertThat(Stage.words(stage.set(ADA, pubsub("unsubscribe", node, jid, ""))))
        .contains("not-subscribed");
    assertThat(Stage.words(stage.get(ADA, pubsub("subscriptions", node, "", ""))))
        .doesNotContain("subscription='subscribed'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"subscribe", "unsubscribe"})
  void nobodySubscribesAnother(String action) {
    assertThat(Stage.words(stage.set(ADA, pubsub(action, NODE, "jid='romeo@example.org'", ""))))
        .contains("invalid-jid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xmpp:bob%5C40social.example@ap.example.org?;node=urn%3Axmpp%3Amicroblog%3A0;item=abc",
        "xmpp:juliet@example.org?;node=urn%3Axmpp%3Amicroblog%3A0;item=abc",
        "xmpp:ada%5C40social.example@ap.example.org?;node=urn%3Axmpp%3Avcard4;item=abc",
        "xmpp:ada%5C40social.example@ap.example.org?;node=urn%3Axmpp%3Amicroblog%3A0;item=abc"
      })
  void thereIsNoNodeForWhatIsNotThere(String item) {
    String node = "urn:xmpp:pubsub-attachments:1/" + item;

    assertThat(Stage.words(items(node))).contains("item-not-found");
    assertThat(
            Stage.words(
                stage.set(
                    ADA,
                    pubsub(
                        "publish",
                        node,
                        "",
                        "<item id='juliet@example.org'>" + NOTICED + "</item>"))))
        .contains("item-not-found");
  }

  @Test
  void theNodesSayWhatTheyAre() {
    String info = "<query xmlns='http://jabber.org/protocol/disco#info' node='%s'/>";

    assertThat(Stage.words(stage.get(ADA, info.formatted(NODE))))
        .contains("<field var='pubsub#publish_model'><value>open</value>");
    assertThat(Stage.words(stage.get(ADA, info.formatted(SUMMARY))))
        .contains("<field var='pubsub#publish_model'><value>publishers</value>");
  }

  @Test
  void nodesAreNotMadeByHand() {
    assertThat(Stage.words(stage.set(ADA, pubsub("create", NODE, "", "")))).contains("not-allowed");
  }

  @Test
  void aLikeIsAlsoAComment() {
    stage.set(ADA, publish(JULIET, NOTICED));

    assertThat(Stage.words(items(Namespaces.COMMENTS + ITEM)))
        .contains("publisher='juliet@example.org'")
        .contains("<title type='text'>♥</title>");
  }
}
