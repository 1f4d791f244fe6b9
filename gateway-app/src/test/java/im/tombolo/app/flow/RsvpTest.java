package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.CALENDAR_EVENTS;
import static im.tombolo.core.xml.Namespaces.EVENTS;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.AttachmentNodes;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.ReactionItems.Attached;
import im.tombolo.core.atom.RsvpItems.Said;
import im.tombolo.core.bridge.AddressBridge;
import im.tombolo.core.bridge.EventBridge;
import im.tombolo.core.bridge.SubscribeWay;
import im.tombolo.core.bridge.VoteBridge;
import im.tombolo.core.model.CalendarEvent.Joining;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Rsvp;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.LocalPosts.Kept;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People come to events of the other network. */
class RsvpTest extends Reactions {
  private static final URI BALL = ADA.post("ball");

  private final String item = Ids.itemId(BALL);

  // Events there

  private static String ball(String more) {
    return """
    {"id":"%s","type":"Event","attributedTo":"%s","name":"Ball","content":"<p>Dance!</p>",
     "published":"2026-01-02T09:00:00Z","startTime":"2026-02-01T20:00:00Z",%s,%s}
    """
        .formatted(BALL, ADA.id(), more, Peer.TO_ALL);
  }

  private void adaInvitesAll(String more) {
    flows.follows(JULIET, ADA);
    flows.receives(ADA.creates("c1", ball(more)), ADA);
    flows.told();
    flows.sent();
  }

  private Answer<Attached> says(Rsvp.Answer answer) {
    return says(Optional.of(new Said(answer, Optional.empty())));
  }

  private Answer<Attached> says(Optional<Said> said) {
    flows.advance(Duration.ofSeconds(1));
    return flows
        .attachments()
        .attach(actor(ADA), JULIET, item, new Attached(false, Set.of(), said));
  }

  private Optional<Rsvp.State> state() {
    return flows
        .find(session -> session.rsvps().find(BALL, flows.urls().actor(JULIET)))
        .map(Rsvp::state);
  }

  private String answers(String type, String join) {
    return ADA.says(
        type.toLowerCase(Locale.ROOT) + "1",
        type,
        "{\"id\":\"%s\",\"type\":\"Join\",\"actor\":\"%s\",\"object\":\"%s\"}"
            .formatted(join, flows.urls().actor(JULIET), BALL));
  }

  @Test
  void whoSaysThatTheyComeJoinsAndIsToldWhenTheyMay() {
    adaInvitesAll("\"joinMode\":\"free\"");
    says(Optional.of(new Said(Rsvp.Answer.YES, Optional.of("participants number: 2"))));

    Delivery join = flows.sent().getFirst();
    assertThat(join.type()).isEqualTo("Join");
    assertThat(join.inbox()).isEqualTo(ADA.inbox());
    assertThat(join.text("/object")).isEqualTo(BALL.toString());
    assertThat(join.text("/participationMessage")).isEqualTo("participants number: 2");
    assertThat(state()).contains(Rsvp.State.ASKED);

    flows.receives(answers("Accept", join.text("/id")), ADA);
    assertThat(state()).contains(Rsvp.State.ACCEPTED);
    assertThat(flows.told())
        .singleElement()
        .satisfies(
            told -> assertThat(told.body()).startsWith("You are expected at \u201cBall\u201d"));
  }

  @Test
  void whoIsTurnedAwayIsTold() {
    adaInvitesAll("\"joinMode\":\"restricted\"");
    says(Rsvp.Answer.YES);
    flows.receives(answers("Reject", flows.sent().getFirst().text("/id")), ADA);

    assertThat(state()).contains(Rsvp.State.REJECTED);
    assertThat(flows.told())
        .singleElement()
        .satisfies(told -> assertThat(told.body()).contains("said no"));
  }

  @Test
  void nobodyElseAnswersForTheOrganiser() {
    adaInvitesAll("\"joinMode\":\"restricted\"");
    says(Rsvp.Answer.YES);
    String join = flows.sent().getFirst().text("/id");
    BOB.joins(flows.fediverse());
    flows.receives(BOB.says("a1", "Accept", "\"" + join + "\""), BOB);

    assertThat(state()).contains(Rsvp.State.ASKED);
    assertThat(flows.told()).isEmpty();
  }

  @Test
  void theOneWhoActsForAGroupAnswersForIt() {
    BOB.joins(flows.fediverse());
    adaInvitesAll("\"joinMode\":\"restricted\",\"contacts\":[\"" + BOB.id() + "\"]");
    says(Rsvp.Answer.YES);
    String join = flows.sent().getFirst().text("/id");
    flows.receives(BOB.says("a1", "Accept", "\"" + join + "\""), BOB);

    assertThat(state()).contains(Rsvp.State.ACCEPTED);
  }

  @ParameterizedTest
  @CsvSource({"NO, Leave", "MAYBE, Leave TentativeAccept"})
  void whoThinksBetterOfItLeaves(Rsvp.Answer then, String types) {
    adaInvitesAll("\"joinMode\":\"free\"");
    says(Rsvp.Answer.YES);
    flows.sent();
    says(then);

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly(types.split(" "));
    assertThat(flows.deliveries())
        .allSatisfy(d -> assertThat(d.text("/object")).isEqualTo(BALL.toString()));
  }

  @Test
  void whatIsMissingFromTheNextItemIsTakenBack() {
    adaInvitesAll("\"joinMode\":\"free\"");
    says(Rsvp.Answer.YES);
    flows.sent();
    says(Optional.empty());

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Leave");
    assertThat(state()).isEmpty();
  }

  @Test
  void theSameAnswerAgainSaysNothing() {
    adaInvitesAll("\"joinMode\":\"free\"");
    says(Rsvp.Answer.YES);
    flows.sent();
    says(Rsvp.Answer.YES);

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void whoComesAgainAsksAnew() {
    adaInvitesAll("\"joinMode\":\"free\"");
    says(Rsvp.Answer.YES);
    String first = flows.sent().getFirst().text("/id");
    says(Rsvp.Answer.NO);
    flows.sent();
    says(Rsvp.Answer.YES);

    assertThat(flows.sent())
        .singleElement()
        .satisfies(join -> assertThat(join.text("/id")).isNotEqualTo(first));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"\"joinMode\":\"external\"", "\"joinMode\":\"none\""})
  void toAnEventThatTakesNoAnswersNobodyComes(String mode) {
    adaInvitesAll(mode);

    assertThat(says(Rsvp.Answer.YES)).isInstanceOf(Answer.Closed.class);
    assertThat(flows.deliveries()).isEmpty();
    assertThat(state()).isEmpty();
  }

  @Test
  void whoComesIsCountedAndShown() {
    adaInvitesAll("\"joinMode\":\"free\"");
    says(Rsvp.Answer.YES);

    Element attached =
        flows
            .attachments()
            .attachments(actor(ADA), ROMEO, item)
            .value()
            .orElseThrow()
            .getFirst()
            .payload();
    assertThat(attached.child("rsvp", CALENDAR_EVENTS)).isPresent();
    assertThat(attached.child("rsvp", EVENTS)).isPresent();
    Element summary =
        flows.attachments().summary(actor(ADA), ROMEO, item).value().orElseThrow().payload();
    assertThat(summary.child("attendees", CALENDAR_EVENTS).orElseThrow().attributes())
        .containsEntry("confirmed", "0")
        .containsEntry("max", "1");
  }

  @Test
  void whoLeavesComesToNothing() {
    adaInvitesAll("\"joinMode\":\"free\"");
    says(Rsvp.Answer.YES);
    flows.sent();
    flows.membership().leave(JULIET);
    flows.erase();

    assertThat(flows.deliveries()).extracting(Delivery::type).contains("Leave");
    assertThat(state()).isEmpty();
  }

  @Test
  void whoIsInvitedIsToldWhereAndHowToAnswer() {
    flows.follows(JULIET, ADA);
    flows.fediverse().holds(BALL, ball("\"joinMode\":\"invite\""));
    flows.receives(
        """
        {"id":"%s","type":"Invite","actor":"%s","object":"%s","target":"%s"}
        """
            .formatted(ADA.activity("i1"), ADA.id(), BALL, flows.urls().actor(JULIET)),
        ADA);

    assertThat(flows.told())
        .singleElement()
        .satisfies(told ->
            assertThat(told.body())
                .startsWith("You are invited by ")
                .contains("Ball")
                .contains("attend " + BALL));
  }

  // Nodes for events

  @Test
  void eventsHaveNodesOfTheirOwn() {
    adaInvitesAll("\"joinMode\":\"free\"");
    flows.receives(ADA.creates("c9", ADA.note("9", "Hello", flows.now())), ADA);
    Page newest = new Page(Optional.empty(), true, 10, false);

    assertThat(
            flows
                .timelines()
                .posts(actor(ADA), flows.virtual(ADA), ROMEO, Feed.EVENTS, newest)
                .value()
                .orElseThrow()
                .postings())
        .extracting(posting -> posting.id())
        .containsExactly(BALL.toString());
    assertThat(
            flows
                .timelines()
                .posts(actor(ADA), flows.virtual(ADA), ROMEO, newest)
                .value()
                .orElseThrow()
                .postings())
        .hasSize(2);
  }

  /** As many posts as are read of an outbox at once. */
  private static final int STRETCH = 40;

  @Test
  void whoPagesOnInANodeForEventsHasTheOutboxReadOn() {
    ADA.joins(flows.fediverse());
    URI older = ADA.post("older");
    URI next = URI.create(ADA.outbox() + "?page=2");
    Stream<String> notes =
        IntStream.range(1, STRETCH)
            .mapToObj(i -> ADA.note("n" + i, "Hello", flows.now().minusSeconds(i)));
    String free = ball("\"joinMode\":\"free\"");
    flows
        .fediverse()
        .holds(
            ADA.outbox(),
            page(
                ",\"next\":\"" + next + "\"",
                Stream.concat(Stream.of(free), notes).collect(Collectors.joining(","))));
    flows
        .fediverse()
        .holds(
            next,
            page(
                "",
                free.replace(BALL.toString(), older.toString())
                    .replace("2026-01-02T09", "2025-12-02T09")));

    assertThat(events(Optional.empty())).containsExactly(BALL.toString());
    assertThat(events(Optional.of(item))).containsExactly(older.toString());
  }

  private static String page(String more, String posts) {
    return "{\"type\":\"OrderedCollectionPage\",\"orderedItems\":[%s]%s}".formatted(posts, more);
  }

  private List<String> events(Optional<String> after) {
    return flows
        .timelines()
        .posts(actor(ADA), flows.virtual(ADA), ROMEO, Feed.EVENTS, new Page(after, true, 10, false))
        .value()
        .orElseThrow()
        .postings()
        .stream()
        .map(posting -> posting.id())
        .toList();
  }

  @Test
  void whoSubscribesToEventsGetsEventsAlone() {
    ADA.joins(flows.fediverse());
    flows
        .subscriptions()
        .subscribe(flows.virtual(ADA), JULIET, SubscribeWay.QUIETLY, Feed.FIRST_EVENTS);
    flows.receives(ADA.accept("a", flows.followId(JULIET, ADA)), ADA);
    assertThat(flows.told())
        .extracting(Notice::kind, Notice::node)
        .containsExactly(tuple("subscribed", EVENTS));
    flows.receives(ADA.creates("c9", ADA.note("9", "Hello", flows.now())), ADA);
    flows.receives(ADA.creates("c1", ball("\"joinMode\":\"free\"")), ADA);

    assertThat(flows.told())
        .extracting(Notice::kind, Notice::node, Notice::itemId)
        .containsExactly(tuple("item", EVENTS, item));
    flows.receives(ADA.deletes("d1", BALL), ADA);
    assertThat(flows.told())
        .extracting(Notice::kind, Notice::node)
        .containsExactly(tuple("retract", EVENTS));
  }

  @Test
  void anEventThatIsCalledOffSaysSoInItsNode() {
    ADA.joins(flows.fediverse());
    flows.subscriptions().subscribe(flows.virtual(ADA), JULIET, SubscribeWay.QUIETLY, Feed.EVENTS);
    flows.receives(ADA.accept("a", flows.followId(JULIET, ADA)), ADA);
    flows.receives(ADA.creates("c1", ball("\"joinMode\":\"free\"")), ADA);
    flows.told();
    flows.receives(
        ADA.updates(
            "u1",
            ball(
                "\"joinMode\":\"free\",\"ical:status\":\"CANCELLED\",\"updated\":\""
                    + flows.now()
                    + "\"")),
        ADA);

    assertThat(flows.told())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.itemId()).isEqualTo(item);
          assertThat(XmlWriter.write(notice.payload())).contains("cancelled");
        });
  }

  @Test
  void theFollowEndsWithTheLastNode() {
    adaInvitesAll("\"joinMode\":\"free\"");
    flows.subscriptions().subscribe(flows.virtual(ADA), JULIET, SubscribeWay.QUIETLY, Feed.EVENTS);

    assertThat(flows.subscriptions().unsubscribe(flows.virtual(ADA), JULIET, Feed.BLOG)).isTrue();
    assertThat(flows.subscriptions().unsubscribe(flows.virtual(ADA), JULIET, Feed.BLOG)).isFalse();
    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.subscriptions().unsubscribe(flows.virtual(ADA), JULIET, Feed.EVENTS)).isTrue();
    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Undo");
  }

  // Events here

  private static final String FORM = "<rsvp><x xmlns='jabber:x:data' type='form'/></rsvp>";

  private static String field(String name, String value) {
    return "<field var='%s'><value>%s</value></field>".formatted(name, value);
  }

  private static String extra(String... fields) {
    return "<extra><x xmlns='jabber:x:data' type='result'>"
        + String.join("", fields)
        + "</x></extra>";
  }

  private URI romeoPublishes(String more) {
    flows.publishes(
        ROMEO,
        Entries.payload(
            "party",
            """
            <event xmlns='urn:xmpp:calendar-events:0'><name>Party</name>
            <start>2026-02-01T20:00:00Z</start><end>2026-02-01T23:00:00Z</end>%s</event>
            """
                .formatted(more)));
    Delivery create = flows.sent().getFirst();
    assertThat(create.text("/object/type")).isEqualTo("Event");
    return URI.create(create.text("/object/id"));
  }

  private static String joins(Peer who, String activity, URI event) {
    return who.says(activity, "Join", "\"" + event + "\"");
  }

  private Joining joining() {
    return flows
        .find(
            session -> session.localPosts().findByItem(new ItemAddress(ROMEO, MICROBLOG, "party")))
        .map(Kept.Live::post)
        .map(LocalPost::content)
        .flatMap(content -> content.event())
        .orElseThrow()
        .joining();
  }

  @Test
  void aFreeEventTakesEverybody() {
    URI party = romeoPublishes(FORM);
    flows.receives(joins(ADA, "j1", party), ADA);

    assertThat(flows.sent())
        .singleElement()
        .satisfies(accept -> {
          assertThat(accept.type()).isEqualTo("Accept");
          assertThat(accept.inbox()).isEqualTo(ADA.inbox());
          assertThat(accept.signer()).isEqualTo(ROMEO);
          assertThat(accept.text("/object/id")).isEqualTo(ADA.activity("j1").toString());
        });
    assertThat(joining().participants()).contains(1);
    assertThat(flows.told())
        .singleElement()
        .satisfies(told -> assertThat(told.body()).startsWith("You have a guest: "));
  }

  @Test
  void aGuestIsAnItemAmongTheAttachments() {
    NodeAddress node = AttachmentNodes.of(new ItemAddress(ROMEO, MICROBLOG, "party"));
    flows.xmpp().welcomes(ROMEO, node.node());
    URI party = romeoPublishes(FORM);
    flows.receives(joins(ADA, "j1", party), ADA);
    flows.publish();

    assertThat(flows.xmpp().items(ROMEO, node.node()))
        .singleElement()
        .satisfies(item -> {
          assertThat(item.id()).isEqualTo(flows.virtual(ADA).toString());
          assertThat(item.payload().orElseThrow().child("rsvp", CALENDAR_EVENTS)).isPresent();
        });
  }

  @Test
  void aFullEventTakesNobody() {
    URI party =
        romeoPublishes(FORM + extra(field("{http://schema.org#}maximumAttendeeCapacity", "1")));
    flows.receives(joins(ADA, "j1", party), ADA);
    flows.receives(joins(BOB, "j2", party), BOB);
    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Accept", "Reject");
    assertThat(joining().remaining()).contains(0);

    flows.receives(ADA.says("l1", "Leave", "\"" + party + "\""), ADA);
    flows.receives(joins(BOB, "j3", party), BOB);
    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Accept");
  }

  @Test
  void anEventWithoutAFormIgnoresWhoWantsToCome() {
    URI party = romeoPublishes("");
    flows.receives(joins(ADA, "j1", party), ADA);

    assertThat(flows.sent())
        .singleElement()
        .satisfies(ignore -> {
          assertThat(ignore.type()).isEqualTo("Ignore");
          assertThat(ignore.text("/object")).isEqualTo(ADA.activity("j1").toString());
        });
    assertThat(joining().participants()).isEmpty();
    assertThat(flows.told()).isEmpty();
  }

  @Test
  void aCancelledEventTakesNobody() {
    URI party = romeoPublishes(FORM + extra(field("status", "cancelled")));
    flows.receives(joins(ADA, "j1", party), ADA);

    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Reject");
  }

  @Test
  void aLeaveMayHaveTheIdOfItsJoin() {
    URI party = romeoPublishes(FORM);
    flows.receives(joins(ADA, "j1", party), ADA);
    flows.told();
    flows.receives(ADA.says("j1", "Leave", "\"" + party + "\""), ADA);

    assertThat(joining().participants()).contains(0);
    assertThat(flows.told())
        .singleElement()
        .satisfies(told -> assertThat(told.body()).startsWith("You have a guest less: "));
  }

  @Test
  void friendicaAnswersTheEventItself() {
    URI party = romeoPublishes(FORM);
    flows.receives(ADA.says("a1", "Accept", "\"" + party + "\""), ADA);
    assertThat(joining().participants()).contains(1);
    flows.receives(ADA.says("t1", "TentativeAccept", "\"" + party + "\""), ADA);
    assertThat(joining().participants()).contains(0);
    flows.receives(ADA.says("r1", "Reject", "\"" + party + "\""), ADA);

    assertThat(flows.rows("rsvp")).isZero();
  }

  @Test
  void whomTheOrganiserBlocksDoesNotCome() {
    URI party = romeoPublishes(FORM);
    flows.blocks().block(ROMEO, ADA.handle().toString());
    flows.sent();
    flows.receives(joins(ADA, "j1", party), ADA);

    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.rows("rsvp")).isZero();
  }

  @Test
  void anEditKeepsTheGuests() {
    URI party = romeoPublishes(FORM);
    flows.receives(joins(ADA, "j1", party), ADA);
    flows.sent();
    flows.advance(Duration.ofSeconds(5));
    flows.publishes(
        ROMEO,
        Entries.payload(
            "party",
            """
            <event xmlns='urn:xmpp:calendar-events:0'><name>Party</name>
            <start>2026-02-02T20:00:00Z</start><end>2026-02-02T23:00:00Z</end>%s</event>
            """
                .formatted(FORM + extra(field("status", "cancelled")))));

    assertThat(flows.sent())
        .singleElement()
        .satisfies(update -> {
          assertThat(update.type()).isEqualTo("Update");
          assertThat(update.text("/object/status")).isEqualTo("CANCELLED");
          assertThat(update.activity().at("/object/participantCount").asInt()).isEqualTo(1);
        });
  }

  @Test
  void anEventThatIsRetractedHasNoGuests() {
    URI party = romeoPublishes(FORM);
    flows.receives(joins(ADA, "j1", party), ADA);
    flows.sent();
    flows.retracts(ROMEO, "party");

    assertThat(flows.sent()).extracting(Delivery::type).contains("Delete");
    assertThat(flows.rows("rsvp")).isZero();
  }

  @Test
  void aGuestCommentsOnAnEvent() {
    URI party = romeoPublishes(FORM);
    flows.receives(ADA.creates("c5", ADA.reply("5", "May I bring cake?", flows.now(), party)), ADA);

    assertThat(flows.discussions().answers(party)).hasSize(1);
  }

  // Where the organiser decides

  private URI romeoDecides() {
    return romeoPublishes(
        FORM + extra(field("{https://joinmobilizon.org/ns#}joinMode", "restricted")));
  }

  private EventBridge events() {
    return new EventBridge(
        flows.store(),
        new VoteBridge(
            flows.store(),
            flows.fediverse(),
            flows.directory(),
            flows.timelines(),
            flows.polls(),
            flows.settings()),
        new AddressBridge(flows.directory(), flows.accounts(), flows.settings()),
        flows.settings());
  }

  private Optional<Rsvp.State> guest(URI event, Peer who) {
    return flows.find(session -> session.rsvps().find(event, who.id())).map(Rsvp::state);
  }

  @Test
  void whoWantsToComeWaitsForTheOrganiserWhoIsToldHowToDecide() {
    URI party = romeoDecides();
    flows.receives(
        joins(ADA, "j1", party)
            .replace("\"type\"", "\"participationMessage\":\"I dance\",\"type\""),
        ADA);

    assertThat(flows.sent()).isEmpty();
    assertThat(guest(party, ADA)).contains(Rsvp.State.ASKED);
    assertThat(joining().participants()).contains(0);
    assertThat(flows.told())
        .singleElement()
        .satisfies(told ->
            assertThat(told.body())
                .startsWith("You are asked by ")
                .contains("I dance", "admit " + party + " " + ADA.handle()));
  }

  @Test
  void theOrganiserLetsThemComeAndThinksBetterOfIt() {
    URI party = romeoDecides();
    flows.receives(joins(ADA, "j1", party), ADA);

    assertThat(events().decide(ROMEO, party.toString(), ADA.handle().toString(), true).value())
        .contains(true);
    assertThat(flows.sent())
        .singleElement()
        .satisfies(accept -> {
          assertThat(accept.type()).isEqualTo("Accept");
          assertThat(accept.inbox()).isEqualTo(ADA.inbox());
          assertThat(accept.text("/object/id")).isEqualTo(ADA.activity("j1").toString());
        });
    assertThat(joining().participants()).contains(1);
    assertThat(events().guests(ROMEO, party.toString(), Optional.empty()).orElseThrow())
        .extracting(guest -> guest.handle(), guest -> guest.rsvp().state())
        .containsExactly(tuple(ADA.handle(), Rsvp.State.ACCEPTED));

    assertThat(events().decide(ROMEO, party.toString(), ADA.handle().toString(), true).value())
        .contains(false);
    assertThat(events().decide(ROMEO, party.toString(), ADA.handle().toString(), false).value())
        .contains(true);
    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Reject");
    assertThat(joining().participants()).contains(0);
  }

  @Test
  void theListOfGuestsGoesOnAfterTheLastThatWasShown() {
    URI party = romeoPublishes(FORM);
    flows.receives(joins(ADA, "j1", party), ADA);
    flows.advance(Duration.ofSeconds(1));
    flows.receives(joins(BOB, "j2", party), BOB);

    assertThat(events().guests(ROMEO, party.toString(), Optional.of(ADA.id())).orElseThrow())
        .extracting(guest -> guest.handle())
        .containsExactly(BOB.handle());
    assertThat(events().guests(ROMEO, party.toString(), Optional.of(BOB.id())).orElseThrow())
        .isEmpty();
  }

  @Test
  void whoIsRefusedIsTold() {
    URI party = romeoDecides();
    flows.receives(joins(ADA, "j1", party), ADA);
    events().decide(ROMEO, party.toString(), ADA.handle().toString(), false);
    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Reject");

    assertThat(guest(party, ADA)).contains(Rsvp.State.REJECTED);
    assertThat(joining().participants()).contains(0);
  }

  @Test
  void nobodyElseDecidesForTheOrganiser() {
    URI party = romeoDecides();
    flows.receives(joins(ADA, "j1", party), ADA);

    assertThat(events().decide(JULIET, party.toString(), ADA.handle().toString(), true).value())
        .contains(false);
    assertThat(events().guests(JULIET, party.toString(), Optional.empty())).isEmpty();
    assertThat(events().decide(ROMEO, party.toString(), BOB.handle().toString(), true))
        .isNotEqualTo(Answer.got(true));
    assertThat(flows.sent()).isEmpty();
  }

  @Test
  void whoIsAskedToComeMayWhoeverElseMayNot() {
    URI party = romeoDecides();
    ADA.joins(flows.fediverse());

    assertThat(events().invite(ROMEO, party.toString(), ADA.handle().toString()).value())
        .contains(true);
    assertThat(flows.sent())
        .singleElement()
        .satisfies(invite -> {
          assertThat(invite.type()).isEqualTo("Invite");
          assertThat(invite.inbox()).isEqualTo(ADA.inbox());
          assertThat(invite.text("/object")).isEqualTo(party.toString());
          assertThat(invite.text("/target")).isEqualTo(ADA.id().toString());
        });
    flows.receives(joins(ADA, "j1", party), ADA);
    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Accept");
  }

  @Test
  void aCommandSaysTheSameAsAnAttachment() {
    adaInvitesAll("\"joinMode\":\"free\"");

    assertThat(events().attend(JULIET, BALL.toString(), Rsvp.Answer.YES).value()).contains(true);
    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Join");
    assertThat(events().attend(JULIET, BALL.toString(), Rsvp.Answer.NO).value()).contains(true);
    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Leave");
    assertThat(events().attend(Jid.of("iago@elsewhere.example"), BALL.toString(), Rsvp.Answer.YES))
        .isInstanceOf(Answer.Closed.class);
  }
}
