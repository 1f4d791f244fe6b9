package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.CALENDAR_EVENTS;
import static im.tombolo.core.xml.Namespaces.EVENTS;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People publish events in nodes beside their blog (XEP-0471). */
class AgendaTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid NURSE = Jid.of("nurse@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final Instant FEBRUARY = Instant.parse("2026-02-01T20:00:00Z");

  @RegisterExtension final Flows flows = new Flows();

  @BeforeEach
  void romeoHasABlogThatIsFollowed() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, ADA);
    flows.compare();
    flows.advance(Duration.ofMinutes(5));
    flows.sent();
  }

  private static Item event(String node, String id, String name, Instant start) {
    return Entries.payload(
        id,
        "<event xmlns='%s'><name>%s</name><start>%s</start></event>".formatted(node, name, start));
  }

  private void compare() {
    flows.advance(Duration.ofHours(25));
    flows.compare();
  }

  private void holds(String node, String id, String name, Instant start) {
    flows.xmpp().holds(ROMEO, node, event(node, id, name, start));
  }

  @ParameterizedTest
  @ValueSource(strings = {CALENDAR_EVENTS, EVENTS})
  void anOpenAgendaIsPartOfTheBlog(String node) {
    flows.xmpp().opens(ROMEO, node);
    holds(node, "ball", "Ball", FEBRUARY);
    compare();

    assertThat(flows.deliveries())
        .extracting(Delivery::type, d -> d.text("/object/type"), d -> d.text("/object/name"))
        .containsExactly(tuple("Create", "Event", "Ball"));
  }

  @Test
  void ofWhatIsOverNobodyIsTold() {
    flows.xmpp().opens(ROMEO, CALENDAR_EVENTS);
    holds(CALENDAR_EVENTS, "old", "Last year's", Instant.parse("2025-02-01T20:00:00Z"));
    compare();

    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.rows("local_post")).isEqualTo(1);
  }

  @Test
  void eventsOfAnAgendaArriveEditedAndGo() {
    flows.xmpp().opens(ROMEO, CALENDAR_EVENTS);
    compare();
    Item ball = event(CALENDAR_EVENTS, "ball", "Ball", FEBRUARY);
    flows.xmpp().holds(ROMEO, CALENDAR_EVENTS, ball);
    flows.reconciler().event(ROMEO, CALENDAR_EVENTS, List.of(ball), List.of());
    flows.advance(Duration.ofMinutes(1));
    Item later = event(CALENDAR_EVENTS, "ball", "Ball", FEBRUARY.plusSeconds(3_600));
    flows.xmpp().holds(ROMEO, CALENDAR_EVENTS, later);
    flows.reconciler().event(ROMEO, CALENDAR_EVENTS, List.of(later), List.of());
    flows.xmpp().drops(ROMEO, CALENDAR_EVENTS, "ball");
    flows.reconciler().event(ROMEO, CALENDAR_EVENTS, List.of(), List.of("ball"));

    assertThat(flows.deliveries())
        .extracting(Delivery::type)
        .containsExactly("Create", "Update", "Delete");
  }

  private static Item invitee(String id, Jid who) {
    return Entries.payload(
        id, "<invitee xmlns='urn:xmpp:calendar-events:0' jid='%s' name='Guest'/>".formatted(who));
  }

  private void invites(String node, Jid service, String status) {
    flows.xmpp().opens(ROMEO, CALENDAR_EVENTS);
    flows
        .xmpp()
        .holds(
            ROMEO,
            CALENDAR_EVENTS,
            Entries.payload(
                "ball",
                """
                <event xmlns='urn:xmpp:calendar-events:0'><name>Ball</name><start>%s</start>
                <rsvp><x xmlns='jabber:x:data' type='form'/></rsvp>
                <invitees jid='%s' node='%s'/><extra><x xmlns='jabber:x:data' type='result'>
                <field var='status'><value>%s</value></field></x></extra></event>
                """
                    .formatted(FEBRUARY, service, node, status)));
  }

  private static final String INVITEES = "urn:xmpp:calendar-events:invitees:0/ball";

  @Test
  void whoIsOnTheListOfInviteesIsAskedOnce() {
    BOB.joins(flows.fediverse());
    flows.xmpp().opens(ROMEO, INVITEES);
    flows.xmpp().holds(ROMEO, INVITEES, invitee("1", flows.virtual(BOB)));
    flows.xmpp().holds(ROMEO, INVITEES, invitee("2", NURSE));
    invites(INVITEES, ROMEO, "confirmed");
    compare();
    compare();

    assertThat(flows.deliveries())
        .filteredOn(delivery -> delivery.type().equals("Invite"))
        .singleElement()
        .satisfies(invite -> {
          assertThat(invite.inbox()).isEqualTo(BOB.inbox());
          assertThat(invite.signer()).isEqualTo(ROMEO);
          assertThat(invite.text("/target")).isEqualTo(BOB.id().toString());
        });
  }

  @Test
  void aListOfInviteesThatStrangersCannotReadIsNobodysBusiness() {
    BOB.joins(flows.fediverse());
    flows.xmpp().holds(ROMEO, INVITEES, invitee("1", flows.virtual(BOB)));
    flows.xmpp().closes(ROMEO, INVITEES);
    invites(INVITEES, ROMEO, "confirmed");
    compare();

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
  }

  @ParameterizedTest
  @CsvSource({"romeo@example.org, cancelled", "pubsub.elsewhere.example, confirmed"})
  void nobodyIsAskedToWhatIsCancelledNorByAListOfStrangers(String service, String status) {
    BOB.joins(flows.fediverse());
    Jid where = Jid.parse(service).orElseThrow();
    flows.xmpp().opens(where, INVITEES);
    flows.xmpp().holds(where, INVITEES, invitee("1", flows.virtual(BOB)));
    invites(INVITEES, where, status);
    compare();

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
  }

  @Test
  void anAgendaThatIsClosedIsTakenBackAfterASecondLook() {
    flows.xmpp().opens(ROMEO, CALENDAR_EVENTS);
    holds(CALENDAR_EVENTS, "ball", "Ball", FEBRUARY);
    compare();
    flows.sent();
    flows.xmpp().closes(ROMEO, CALENDAR_EVENTS);
    compare();
    assertThat(flows.sent()).isEmpty();
    flows.advance(Duration.ofSeconds(11));
    flows.compare();

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Delete");
  }

  @Test
  void aServerThatIsSilentTakesNothingBack() {
    flows.xmpp().opens(ROMEO, CALENDAR_EVENTS);
    holds(CALENDAR_EVENTS, "ball", "Ball", FEBRUARY);
    compare();
    flows.sent();
    flows.xmpp().isSilent(ROMEO);
    compare();
    compare();

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void anEventThatIsDroppedFromAnAgendaIsDeleted() {
    flows.xmpp().opens(ROMEO, CALENDAR_EVENTS);
    holds(CALENDAR_EVENTS, "ball", "Ball", FEBRUARY);
    compare();
    flows.sent();
    flows.xmpp().drops(ROMEO, CALENDAR_EVENTS, "ball");
    compare();

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Delete");
  }

  @Test
  void aClosedBlogTakesTheAgendaWithIt() {
    flows.xmpp().opens(ROMEO, CALENDAR_EVENTS);
    holds(CALENDAR_EVENTS, "ball", "Ball", FEBRUARY);
    compare();
    flows.sent();
    flows.xmpp().closes(ROMEO, MICROBLOG);
    compare();
    flows.advance(Duration.ofSeconds(11));
    flows.compare();

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Delete");
  }

  @Test
  void whoHasAnOpenAgendaAndNoBlogIsAnActor() {
    flows.xmpp().opens(NURSE, CALENDAR_EVENTS);
    flows.xmpp().holds(NURSE, CALENDAR_EVENTS, event(CALENDAR_EVENTS, "tea", "Tea", FEBRUARY));

    assertThat(flows.accounts().actor(NURSE)).isInstanceOf(Answer.Got.class);
    flows.compare();
    assertThat(flows.rows("local_post where account = 'nurse@example.org'")).isEqualTo(1);
  }

  @Test
  void aClosedAgendaMakesNobodyAnActor() {
    flows.xmpp().closes(NURSE, CALENDAR_EVENTS);

    assertThat(flows.accounts().actor(NURSE)).isInstanceOf(Answer.Missing.class);
  }
}
