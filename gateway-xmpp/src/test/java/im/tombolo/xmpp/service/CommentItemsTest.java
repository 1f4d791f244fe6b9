package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comments nodes of a fediverse account, as clients use them. */
class CommentItemsTest {
  private static final String ADA = Stage.jid("ada");
  private static final Jid ROMEO = Jid.of("romeo@example.org/orchard");
  private static final Jid STRANGER = Jid.of("iago@elsewhere.example/venice");
  private static final String NODE = Namespaces.COMMENTS + Stage.item("ada", 1);

  private final Stage stage = new Stage();

  @BeforeEach
  void adaWithAPost() {
    stage.peers.add("ada", 1);
  }

  private static String entry(String text) {
    return "<entry xmlns='http://www.w3.org/2005/Atom'><title>"
        + text
        + "</title><updated>2026-01-02T09:00:%02dZ</updated></entry>"
            .formatted(text.charAt(0) % 60);
  }

  private static String publish(String node, String items) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='%s'>%s</publish></pubsub>"
        .formatted(node, items);
  }

  private static String item(String id, String payload) {
    return "<item id='%s'>%s</item>".formatted(id, payload);
  }

  private static String items(String attributes, String ids, String beside) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='%s' %s>%s</items>%s</pubsub>"
        .formatted(NODE, attributes, ids, beside);
  }

  private static String set(String inside) {
    return items("", "", "<set xmlns='http://jabber.org/protocol/rsm'>" + inside + "</set>");
  }

  private static String retract(String id) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><retract node='%s'><item id='%s'/></retract></pubsub>"
        .formatted(NODE, id);
  }

  private void comments(String... ids) {
    for (String id : ids) {
      stage.set(ADA, publish(NODE, item(id, entry(id))));
    }
  }

  private static List<String> ids(IqReply reply) {
    return Stage.payload(reply).child("items", Namespaces.PUBSUB).orElseThrow().elements().stream()
        .map(item -> item.attributeOr("id", ""))
        .toList();
  }

  @Test
  void aCommentIsPublishedAndFoundAgain() {
    assertThat(Stage.words(stage.set(ADA, publish(NODE, item("c1", entry("Hi"))))))
        .isEqualTo(
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='"
                + NODE
                + "'><item id='c1'/></publish></pubsub>");

    Element comment =
        Stage.payload(stage.get(ADA, items("", "", "")))
            .child("items", Namespaces.PUBSUB)
            .orElseThrow()
            .elements()
            .getFirst();
    assertThat(comment.attributes())
        .containsEntry("id", "c1")
        .containsEntry("publisher", "juliet@example.org");
    assertThat(comment.text()).contains("Hi");
  }

  @Test
  void aCommentWithoutAnIdGetsOne() {
    Element publish =
        Stage.payload(stage.set(ADA, publish(NODE, "<item>" + entry("Hi") + "</item>")))
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
        "<item id='a'><x xmlns='y'/></item>|bad-request invalid-payload",
        "<item id='a'><entry xmlns='http://www.w3.org/2005/Atom'><title>x</title><encrypted xmlns='urn:xmpp:omemo:2'/></entry></item>|bad-request invalid-payload",
      })
  void whatIsNoCommentIsRefused(String items, String words) {
    assertThat(Stage.words(stage.set(ADA, publish(NODE, items == null ? "" : items))))
        .isEqualTo(words);
  }

  @Test
  void whatIsTooMuchIsRefused() {
    String two = item("a", entry("a")) + item("b", entry("b"));
    assertThat(Stage.words(stage.set(ADA, publish(NODE, two))))
        .isEqualTo("bad-request item-required");
    assertThat(Stage.words(stage.set(ADA, publish(NODE, item("x".repeat(129), entry("a"))))))
        .isEqualTo("bad-request");
    assertThat(Stage.words(stage.set(ADA, publish(NODE, item("a", entry("x".repeat(70_000)))))))
        .isEqualTo("not-acceptable payload-too-big");
  }

  @Test
  void strangersAndOtherPlacesAreRefused() {
    String comment = item("c1", entry("Hi"));
    assertThat(Stage.words(stage.ask(STRANGER, ADA, true, publish(NODE, comment))))
        .isEqualTo("forbidden");
    assertThat(Stage.words(stage.set(ADA, publish(Namespaces.MICROBLOG, comment))))
        .isEqualTo("forbidden");
    assertThat(Stage.words(stage.set(ADA, publish(Namespaces.COMMENTS + "nothing", comment))))
        .isEqualTo("item-not-found");
  }

  @Test
  void everybodyTakesBackTheirOwnCommentOnly() {
    comments("c1");
    assertThat(Stage.words(stage.ask(ROMEO, ADA, true, retract("c1")))).isEqualTo("forbidden");
    assertThat(
            Stage.words(stage.ask(ROMEO, ADA, true, publish(NODE, item("c1", entry("Mine now"))))))
        .isEqualTo("forbidden");
    assertThat(Stage.words(stage.set(ADA, retract("c1")))).isEqualTo("done");
    assertThat(ids(stage.get(ADA, items("", "", "")))).isEmpty();
    assertThat(Stage.words(stage.set(ADA, retract("c1")))).isEqualTo("item-not-found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<max>2</max>|a b",
        "<max>2</max><after>b</after>|c d",
        "<max>2</max><before/>|c d",
        "<max>2</max><before>c</before>|a b",
        "<max>9</max><after>d</after>|",
        "<max>0</max>|"
      })
  void commentsArePagedFromOldToNew(String inSet, String expected) {
    comments("a", "b", "c", "d");
    assertThat(String.join(" ", ids(stage.get(ADA, set(inSet)))))
        .isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void movimGetsTheNewestFirst() {
    comments("a", "b", "c");
    assertThat(ids(stage.get(ADA, items("max_items='2'", "", "")))).containsExactly("c", "b");
  }

  @Test
  void commentsAreFoundById() {
    comments("a", "b", "c");
    assertThat(ids(stage.get(ADA, items("", "<item id='b'/>", "")))).containsExactly("b");
    assertThat(Stage.words(stage.get(ADA, items("", "<item id='x'/>", ""))))
        .isEqualTo("item-not-found");
    assertThat(Stage.words(stage.get(ADA, set("<after>x</after>")))).isEqualTo("item-not-found");
    assertThat(Stage.words(stage.get(ADA, set("<max>x</max>")))).isEqualTo("bad-request");
  }

  @Test
  void everybodyMayPublishThereAndDiscoSaysSo() {
    String info =
        Stage.words(
            stage.get(
                ADA, "<query xmlns='http://jabber.org/protocol/disco#info' node='" + NODE + "'/>"));
    assertThat(info).contains("pubsub#publish_model'><value>open</value>");
  }
}
