package im.tombolo.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.PostReader;
import im.tombolo.core.address.AttachmentNodes;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The nodes for events of a fediverse account, as clients use them (XEP-0471). */
class EventItemsTest {
  private static final String ADA = Stage.jid("ada");
  private static final URI BALL = URI.create("https://social.example/posts/ball");
  private static final String ITEM = Ids.itemId(BALL);

  private final Stage stage = new Stage();

  @BeforeEach
  void adaWithAPostAndAnEvent() {
    stage.peers.add("ada", 1);
    URI ada = stage.timelines.actor(Jid.of(ADA)).value().orElseThrow().id();
    RemotePost ball =
        PostReader.read(
                """
                {"id":"%s","type":"Event","attributedTo":"%s","name":"Ball","content":"Dance!",
                 "published":"2026-01-01T10:00:00Z","startTime":"2026-02-01T20:00:00Z",
                 "joinMode":"free","to":["https://www.w3.org/ns/activitystreams#Public"]}
                """
                    .formatted(BALL, ada))
            .value()
            .orElseThrow();
    stage.store.inTransaction(session -> {
      session.remotePosts().save(ITEM, ball);
      return true;
    });
  }

  private static String pubsub(String action, String node, String attributes, String inside) {
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><%1$s node='%2$s' %3$s>%4$s</%1$s></pubsub>"
        .formatted(action, node, attributes, inside);
  }

  private List<String> ids(String node) {
    return Stage.payload(stage.get(ADA, pubsub("items", node, "", "")))
        .child("items", Namespaces.PUBSUB)
        .orElseThrow()
        .elements()
        .stream()
        .map(item -> item.attributeOr("id", ""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {Namespaces.CALENDAR_EVENTS, Namespaces.EVENTS})
  void eachNodeHasTheEventsInItsOwnWords(String node) {
    assertThat(ids(node)).containsExactly(ITEM);
    assertThat(Stage.words(stage.get(ADA, pubsub("items", node, "", ""))))
        .contains("<event xmlns='" + node + "'>")
        .contains("<start>2026-02-01T20:00:00Z</start>")
        .contains("<rsvp ");
    assertThat(Stage.words(stage.get(ADA, pubsub("items", node, "", "<item id='" + ITEM + "'/>"))))
        .contains("<event xmlns='" + node + "'>");
  }

  @Test
  void whatIsNoEventIsNotThere() {
    String post = Stage.item("ada", 1);

    assertThat(ids(Namespaces.MICROBLOG)).contains(ITEM, post);
    assertThat(
            Stage.words(
                stage.get(
                    ADA, pubsub("items", Namespaces.EVENTS, "", "<item id='" + post + "'/>"))))
        .isEqualTo("item-not-found");
  }

  @Test
  void eachNodeIsSubscribedToByItself() {
    assertThat(
            Stage.words(
                stage.set(
                    ADA, pubsub("subscribe", Namespaces.EVENTS, "jid='juliet@example.org'", ""))))
        .contains("node='urn:xmpp:events:0'")
        .contains("subscription='pending'");
    String all =
        Stage.words(
            stage.get(
                ADA,
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'><subscriptions/></pubsub>"));
    assertThat(all).contains("urn:xmpp:events:0").doesNotContain("microblog");
    assertThat(
            Stage.words(
                stage.set(
                    ADA,
                    pubsub("unsubscribe", Namespaces.MICROBLOG, "jid='juliet@example.org'", ""))))
        .contains("not-subscribed");
  }

  @ParameterizedTest
  @CsvSource({
    "urn:xmpp:calendar-events:0, urn:xmpp:calendar-events:rsvp:0, urn:xmpp:events:0",
    "urn:xmpp:events:0, urn:xmpp:events:rsvp:0, urn:xmpp:microblog:0"
  })
  void anAnswerInEitherVersionIsFoundAgain(String version, String form, String at) {
    String node = AttachmentNodes.of(new ItemAddress(Jid.of(ADA), at, ITEM)).node();
    String rsvp =
        """
        <attachments xmlns='urn:xmpp:pubsub-attachments:1'><rsvp xmlns='%s'>
        <x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>%s</value></field>
        <field var='attending'><value>yes</value></field></x></rsvp></attachments>
        """
            .formatted(version, form);
    stage.set(
        ADA, pubsub("publish", node, "", "<item id='juliet@example.org'>" + rsvp + "</item>"));

    assertThat(Stage.words(stage.get(ADA, pubsub("items", node, "", ""))))
        .contains("juliet@example.org")
        .contains("<rsvp xmlns='urn:xmpp:events:0'>")
        .contains("<rsvp xmlns='urn:xmpp:calendar-events:0'>");
    assertThat(
            Stage.words(stage.get(ADA, pubsub("items", AttachmentNodes.summary(version), "", ""))))
        .contains("<attendees xmlns='" + version + "' confirmed='0' max='1'/>");
  }
}
