package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.bridge.Outbox;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people here publish in nodes of pubsub services is their own, and the node announces it. */
class CommunityAuthorsTest {
  private static final Jid SERVICE = Jid.domain("pubsub.example.org");
  private static final Jid CATS = Jid.of("cats@pubsub.example.org");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final NodeAddress COMMENTS =
      new NodeAddress(SERVICE, Namespaces.COMMENTS + "of-1");

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void bobFollowsTheNode() {
    ADA.joins(flows.fediverse());
    flows.xmpp().isA(SERVICE, "pubsub/service");
    flows.xmpp().welcomes(SERVICE, "cats");
    flows.isFollowedBy(CATS, BOB);
    flows.compare();
    flows.advance(Duration.ofMinutes(1));
  }

  private static Item by(Jid publisher, Item item) {
    return new Item(item.id(), Optional.of(publisher), item.payload());
  }

  private Item entry(String id, String title) {
    return Entries.with(
        id,
        "<title>%s</title><published>%s</published>".formatted(title, flows.now())
            + "<link rel='replies' title='comments' href='%s'/>".formatted(COMMENTS.uri()));
  }

  private void publishes(Item item) {
    flows.xmpp().holds(SERVICE, "cats", item);
    flows.reconciler().event(SERVICE, "cats", List.of(item), List.of());
  }

  private void retracts(String id) {
    flows.xmpp().drops(SERVICE, "cats", id);
    flows.reconciler().event(SERVICE, "cats", List.of(), List.of(id));
  }

  private List<LocalPost> node() {
    return flows.ask(session ->
        session.localPosts().page(new NodeAddress(SERVICE, "cats"), Optional.empty(), 9));
  }

  private List<Delivery> toBob() {
    return flows.sent().stream()
        .filter(delivery -> delivery.inbox().getHost().equals(BOB.host()))
        .toList();
  }

  private URI romeosPost() {
    publishes(by(ROMEO, entry("1", "My cat")));
    flows.sent();
    LocalPost post = node().getFirst();
    return flows.urls().post(post.account(), post.key());
  }

  @Test
  void aPostIsItsPublishersOwnAndTheNodeAnnouncesIt() {
    publishes(by(Jid.of(ROMEO + "/orchard"), entry("1", "My cat")));

    List<Delivery> told = toBob();
    String romeo = flows.urls().actor(ROMEO).toString();
    assertThat(told).extracting(Delivery::type).containsExactly("Announce", "Announce");
    assertThat(told).extracting(Delivery::signer).containsOnly(CATS);
    assertThat(told.getFirst().text("/object/type")).isEqualTo("Create");
    assertThat(told.getFirst().text("/object/actor")).isEqualTo(romeo);
    assertThat(told.getFirst().text("/object/object/attributedTo")).isEqualTo(romeo);
    assertThat(told.getFirst().text("/object/object/audience"))
        .isEqualTo(flows.urls().actor(CATS).toString());
    assertThat(told.getLast().text("/object"))
        .isEqualTo(told.getFirst().text("/object/object/id"))
        .startsWith(romeo + "/posts/");
    assertThat(flows.accounts().actor(ROMEO).value()).isPresent();
  }

  @Test
  void itIsAnnouncedByteByByteWithItsAuthorsProof() {
    publishes(by(ROMEO, entry("1", "My cat")));

    String create =
        flows.text(
            "select json from activity where actor = '" + ROMEO + "' and json like '%Create%'");
    String announce =
        flows.text(
            "select json from activity where actor = '" + CATS + "' and json like '%Create%'");
    assertThat(announce).endsWith(",\"object\":" + create + "}");
  }

  @Test
  void whoFollowsTheAuthorIsToldByThem() {
    flows.xmpp().opens(ROMEO, Namespaces.MICROBLOG);
    flows.isFollowedBy(ROMEO, ADA);
    publishes(by(ROMEO, entry("1", "My cat")));

    assertThat(flows.sent())
        .filteredOn(delivery -> delivery.inbox().equals(ADA.serversInbox()))
        .extracting(Delivery::type, Delivery::signer)
        .containsExactly(tuple("Create", ROMEO));
  }

  @Test
  void whereTheServiceNamesNobodyItIsTheNodesOwn() {
    publishes(entry("1", "A cat"));

    assertThat(toBob())
        .extracting(Delivery::type, Delivery::signer)
        .containsExactly(tuple("Create", CATS));
  }

  @Test
  void anAuthorStaysWhoIsNamedInEventsAlone() {
    romeosPost();
    flows.xmpp().holds(SERVICE, "cats", entry("1", "My big cat"));
    flows.advance(Duration.ofHours(1));
    flows.compare();

    assertThat(node()).extracting(LocalPost::account).containsExactly(ROMEO);
    assertThat(toBob())
        .extracting(announce -> announce.text("/object/type"))
        .containsExactly("Update");
  }

  private static Item ball(Optional<Jid> publisher) {
    Item item =
        Entries.payload(
            "ball",
            """
            <event xmlns='urn:xmpp:calendar-events:0'><name>Ball</name>
            <start>2026-02-01T20:00:00Z</start><end>2026-02-01T23:00:00Z</end>
            <rsvp><x xmlns='jabber:x:data' type='form'/></rsvp></event>
            """);
    return new Item(item.id(), publisher, item.payload());
  }

  @Test
  void anEventInTheNodeIsAnnouncedAndItsPublisherAnswersForIt() {
    publishes(ball(Optional.of(ROMEO)));
    Delivery announce = toBob().getFirst();
    assertThat(announce.text("/object/object/type")).isEqualTo("Event");
    assertThat(announce.text("/object/object/audience"))
        .isEqualTo(flows.urls().actor(CATS).toString());

    String event = announce.text("/object/object/id");
    flows.receives(ADA.says("j", "Join", "\"" + event + "\""), ADA);
    assertThat(flows.sent())
        .extracting(Delivery::type, Delivery::signer, Delivery::inbox)
        .containsExactly(tuple("Accept", ROMEO, ADA.inbox()));
  }

  @Test
  void anEventOfTheGroupItselfIsAnsweredByTheGroup() {
    publishes(ball(Optional.empty()));
    Delivery create = toBob().getFirst();
    assertThat(create.text("/object/attributedTo")).isEqualTo(flows.urls().actor(CATS).toString());

    flows.receives(ADA.says("j", "Join", "\"" + create.text("/object/id") + "\""), ADA);
    assertThat(flows.sent())
        .extracting(Delivery::type, Delivery::signer, Delivery::inbox)
        .containsExactly(tuple("Accept", CATS, ADA.inbox()));
  }

  @Test
  void whatIsTakenOutOfTheNodeIsDeletedAndAnnouncedNoMore() {
    romeosPost();
    retracts("1");

    assertThat(toBob())
        .extracting(Delivery::type, activity -> activity.text("/object/type"))
        .containsExactly(tuple("Announce", "Delete"), tuple("Undo", "Announce"));
    assertThat(node()).isEmpty();
  }

  @Test
  void wordsThatSomebodyPutsInThePlaceOfAnothersAreNobodys() {
    romeosPost();
    publishes(by(JULIET, entry("1", "Buy cats")));

    assertThat(node()).isEmpty();
    assertThat(toBob())
        .extracting(activity -> activity.text("/object/type"))
        .containsExactly("Delete", "Announce");
  }

  @Test
  void whoWantsNoPartInThisIsNotPublished() {
    flows.membership().leave(ROMEO);
    publishes(by(ROMEO, entry("1", "My cat")));

    assertThat(node()).isEmpty();
    assertThat(toBob()).isEmpty();
  }

  @Test
  void whatSomebodyWhoLeftHadPublishedDoesNotComeBackAsTheNodes() {
    romeosPost();
    flows.membership().leave(ROMEO);
    flows.erase();
    flows.xmpp().holds(SERVICE, "cats", entry("1", "My cat"));
    flows.advance(Duration.ofHours(1));
    flows.compare();

    assertThat(node()).isEmpty();
  }

  @Test
  void withTheNodeGoesWhatIsInIt() {
    romeosPost();
    flows.membership().leave(CATS);
    flows.erase();

    assertThat(node()).isEmpty();
  }

  @Test
  void commentsOfPeopleHereAreAnnounced() {
    URI post = romeosPost();
    flows.xmpp().welcomes(SERVICE, COMMENTS.node());
    Item comment = by(JULIET, Entries.item("c1", "Purr", flows.now()));
    flows.xmpp().holds(SERVICE, COMMENTS.node(), comment);
    flows.reconciler().event(SERVICE, COMMENTS.node(), List.of(comment), List.of());

    assertThat(toBob())
        .filteredOn(activity -> activity.type().equals("Announce"))
        .singleElement()
        .satisfies(announce -> {
          assertThat(announce.signer()).isEqualTo(CATS);
          assertThat(announce.text("/object/object/inReplyTo")).isEqualTo(post.toString());
          assertThat(announce.text("/object/object/audience"))
              .isEqualTo(flows.urls().actor(CATS).toString());
        });
  }

  @Test
  void likesOfPeopleHereAreAnnounced() {
    URI post = romeosPost();
    flows.xmpp().welcomes(SERVICE, COMMENTS.node());
    Item heart = by(JULIET, Entries.with("c1", "<title>♥</title>"));
    flows.reconciler().event(SERVICE, COMMENTS.node(), List.of(heart), List.of());

    assertThat(toBob())
        .singleElement()
        .satisfies(announce -> {
          assertThat(announce.text("/object/type")).isEqualTo("Like");
          assertThat(announce.text("/object/object")).isEqualTo(post.toString());
        });
  }

  @Test
  void commentsOfTheFediverseOnItAreAnnounced() {
    URI post = romeosPost();
    String comment = ADA.creates("c", ADA.reply("2", "Purr", flows.now(), post));
    flows.receives(comment, ADA);

    assertThat(toBob())
        .singleElement()
        .satisfies(announce -> {
          assertThat(announce.type()).isEqualTo("Announce");
          assertThat(announce.text("/object/id")).isEqualTo(ADA.activity("c").toString());
        });
  }

  @Test
  void theOutboxOfTheNodeAnnouncesAllThatIsInIt() {
    publishes(entry("node", "Of the node"));
    flows.advance(Duration.ofMinutes(1));
    URI romeos = romeosPost();
    flows.advance(Duration.ofMinutes(1));
    String note =
        ADA.note("1", "Meow", flows.now(), Optional.empty(), Peer.TO_ALL)
            .replace("\"to\"", "\"audience\":\"" + flows.urls().actor(CATS) + "\",\"to\"");
    flows.receives(ADA.creates("c", note), ADA);
    flows.publish();

    Outbox outbox = new Outbox(flows.store(), flows.urls());
    var cats = flows.accounts().actor(CATS).value().orElseThrow();
    assertThat(outbox.count(cats)).isEqualTo(3);
    List<Outbox.Listed> first = outbox.page(cats, Optional.empty(), 2);
    List<Outbox.Listed> rest = outbox.page(cats, Optional.of(first.getLast().position()), 2);
    assertThat(first).hasSize(2);
    assertThat(first.getFirst().json()).contains("\"Announce\"", ADA.post("1").toString());
    assertThat(first.getLast().json()).contains("\"Announce\"", "\"Create\"", romeos.toString());
    assertThat(rest).hasSize(1);
    assertThat(rest.getFirst().json()).contains("\"Create\"").doesNotContain("\"Announce\"");
  }
}
