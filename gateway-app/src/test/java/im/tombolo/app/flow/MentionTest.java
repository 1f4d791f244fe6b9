package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static im.tombolo.core.xml.Namespaces.REFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People who are spoken to. */
class MentionTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "deep.other.example");

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void romeoHasABlog() {
    BOB.joins(flows.fediverse());
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, ADA);
    flows.compare();
    flows.advance(Duration.ofMinutes(1));
  }

  private void publishes(String inside) {
    flows.publishes(ROMEO, Entries.with("1", inside + "<updated>" + flows.now() + "</updated>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<title>Hi @bob@deep.other.example</title>",
        "<title>Hi</title><reference xmlns='urn:xmpp:reference:0' type='mention'"
            + " uri='xmpp:bob%5C40deep.other.example@ap.example.org'/>",
        "<title type='html'>Hi &lt;a href='xmpp:bob%5C40deep.other.example@ap.example.org'>B&lt;/a></title>"
      })
  void whoIsMentionedIsToldHoweverItIsWritten(String inside) {
    publishes(inside);

    List<Delivery> deliveries = flows.deliveries();
    assertThat(deliveries)
        .extracting(Delivery::inbox)
        .containsExactlyInAnyOrder(ADA.serversInbox(), BOB.serversInbox());
    assertThat(deliveries.getFirst().text("/object/tag/0/href")).isEqualTo(BOB.id().toString());
    assertThat(deliveries.getFirst().text("/object/tag/0/name"))
        .isEqualTo("@bob@deep.other.example");
    assertThat(deliveries.getFirst().activity().at("/object/cc").toString())
        .contains(BOB.id().toString());
  }

  @Test
  void whoseServerDoesNotAnswerIsOnlyText() {
    flows.fediverse().goesDown(BOB.host());
    publishes("<title>Hi @bob@deep.other.example</title>");

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(create -> {
          assertThat(create.inbox()).isEqualTo(ADA.serversInbox());
          assertThat(create.text("/object/content")).contains("@bob@deep.other.example");
        });
  }

  @Test
  void whoIsMentionedInADeletedPostIsToldOfThat() {
    publishes("<title>Hi @bob@deep.other.example</title>");
    flows.sent();
    flows.retracts(ROMEO, "1");

    assertThat(flows.deliveries())
        .extracting(Delivery::inbox)
        .containsExactlyInAnyOrder(ADA.serversInbox(), BOB.serversInbox());
  }

  @Test
  void mentionsOfTheFediverseAreReferencesOnXmpp() {
    flows.follows(JULIET, ADA);
    String note =
        ADA.note(
            "1",
            "Hi",
            flows.now(),
            Optional.empty(),
            """
            "tag":[{"type":"Mention","href":"%s","name":"@romeo"},
             {"type":"Mention","href":"%s","name":"@bob@deep.other.example"}],%s
            """
                .formatted(flows.urls().actor(ROMEO), BOB.id(), Peer.TO_ALL));
    flows.receives(ADA.creates("c", note), ADA);

    Notice toJuliet =
        flows.notices().stream()
            .filter(notice -> notice.to().equals(JULIET.toString()))
            .findFirst()
            .orElseThrow();
    assertThat(toJuliet.payload().children("reference", REFERENCE))
        .extracting(reference -> reference.attributeOr("uri", ""))
        .containsExactly(
            "xmpp:romeo@example.org", "xmpp:bob%5C40deep.other.example@ap.example.org");
  }
}
