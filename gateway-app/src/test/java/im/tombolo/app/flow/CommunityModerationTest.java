package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.activity.CommunityWriter.Decision;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.bridge.CommunityModeration;
import im.tombolo.core.bridge.CommunityModeration.Outcome;
import im.tombolo.core.bridge.CommunityPages;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Those who are in charge of a node decide about people and posts of the fediverse. */
class CommunityModerationTest {
  private static final Jid SERVICE = Jid.domain("pubsub.example.org");
  private static final Jid CATS = Jid.of("cats@pubsub.example.org");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final Peer EVE = Peer.of("eve", "lemmy.example");
  private static final NodeAddress NODE = new NodeAddress(SERVICE, "cats");
  private static final NodeAddress COMMENTS =
      new NodeAddress(SERVICE, Namespaces.COMMENTS + "of-1");

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void bobFollowsTheNodeOfRomeo() {
    ADA.joins(flows.fediverse());
    flows.xmpp().isA(SERVICE, "pubsub/service");
    flows.xmpp().welcomes(SERVICE, "cats");
    flows.isFollowedBy(CATS, BOB);
    ada(Affiliation.NONE);
    flows.sent();
  }

  /** The owner says what ada may do, and the gateway asks about it. */
  private void ada(Affiliation affiliation) {
    flows
        .xmpp()
        .affiliates(
            SERVICE, "cats", Map.of(ROMEO, Affiliation.OWNER, flows.virtual(ADA), affiliation));
    flows.advance(Duration.ofHours(1));
    flows.compare();
  }

  private URI group() {
    return flows.urls().actor(CATS);
  }

  private void adaPosts(String post) {
    String note =
        ADA.note(post, "Meow", flows.now())
            .replace("\"to\"", "\"audience\":\"" + group() + "\",\"to\"");
    flows.receives(ADA.creates("c-" + post, note), ADA);
    flows.publish();
  }

  private void romeoPosts() {
    romeoPosts(COMMENTS);
  }

  private void romeoPosts(NodeAddress comments) {
    Item item =
        Entries.with(
            "1",
            "<title>My cat</title><published>%s</published>".formatted(flows.now())
                + "<link rel='replies' title='comments' href='%s'/>".formatted(comments.uri()));
    Item by = new Item(item.id(), Optional.of(ROMEO), item.payload());
    flows.xmpp().welcomes(SERVICE, COMMENTS.node());
    flows.xmpp().holds(SERVICE, "cats", by);
    flows.reconciler().event(SERVICE, "cats", List.of(by), List.of());
    flows.sent();
  }

  private URI romeosPost() {
    return flows.ask(session ->
        session
            .localPosts()
            .findByItem(NODE.item("1"))
            .map(live -> flows.urls().post(live.post().account(), live.post().key()))
            .orElseThrow());
  }

  private List<Delivery> sent(Peer whom) {
    return flows.sent().stream()
        .filter(delivery -> delivery.inbox().getHost().equals(whom.host()))
        .toList();
  }

  private Outcome decides(Jid who, String address, Decision decision) {
    return new CommunityModeration(flows.store(), flows.settings()).decide(who, address, decision);
  }

  private CommunityPages pages() {
    return new CommunityPages(flows.store(), flows.urls(), flows.settings().virtual());
  }

  @Test
  void whoIsCastOutIsToldAndSoAreThoseWhoFollow() {
    adaPosts("0");
    flows.sent();
    ada(Affiliation.OUTCAST);

    List<Delivery> told = flows.sent();
    assertThat(told)
        .extracting(Delivery::inbox, Delivery::type)
        .containsExactlyInAnyOrder(
            tuple(ADA.inbox(), "Block"), tuple(BOB.serversInbox(), "Announce"));
    Delivery announce = told.getLast();
    assertThat(announce.text("/object/type")).isEqualTo("Block");
    assertThat(announce.text("/object/object")).isEqualTo(ADA.id().toString());
    assertThat(announce.text("/object/target")).isEqualTo(group().toString());
  }

  @Test
  void whoIsCastOutMayNotPostNorFollow() {
    flows.isFollowedBy(CATS, ADA);
    ada(Affiliation.OUTCAST);
    assertThat(sent(ADA)).extracting(Delivery::type).containsExactly("Reject", "Block");

    adaPosts("1");
    assertThat(flows.xmpp().items(SERVICE, "cats")).isEmpty();
    assertThat(sent(ADA)).extracting(Delivery::type).containsExactly("Reject");
  }

  @Test
  void whatWhoIsCastOutSaysInDiscussionsIsPassedOnToNobody() {
    romeoPosts();
    URI post = romeosPost();
    String before = ADA.reply("2", "Purr", flows.now(), post);
    flows.receives(ADA.creates("c2", before), ADA);
    ada(Affiliation.OUTCAST);
    flows.sent();

    flows.receives(ADA.creates("c3", ADA.reply("3", "Hiss", flows.now(), post)), ADA);
    assertThat(flows.discussions().answers(post)).hasSize(1);
    assertThat(flows.sent())
        .singleElement()
        .satisfies(reject -> {
          assertThat(reject.type()).isEqualTo("Reject");
          assertThat(reject.inbox()).isEqualTo(ADA.inbox());
          assertThat(reject.text("/object")).isEqualTo(ADA.activity("c3").toString());
          assertThat(reject.text("/summary")).isEqualTo("You may not post in this community.");
        });
    flows.receives(ADA.updates("u2", before.replace("Purr", "Hiss")), ADA);
    flows.receives(
        ADA.likes("l", post).replace("\"type\"", "\"audience\":\"" + group() + "\",\"type\""), ADA);
    assertThat(sent(BOB)).isEmpty();

    flows.receives(ADA.deletes("d2", ADA.post("2")), ADA);
    assertThat(sent(BOB))
        .extracting(announce -> announce.text("/object/type"))
        .containsExactly("Delete");
  }

  @Test
  void aMemberHereWhoIsCastOutIsPassedOnToNobody() {
    romeoPosts();
    flows
        .xmpp()
        .affiliates(SERVICE, "cats", Map.of(ROMEO, Affiliation.OWNER, JULIET, Affiliation.OUTCAST));
    flows.advance(Duration.ofHours(1));
    flows.compare();
    flows.sent();
    Item comment =
        new Item("k", Optional.of(JULIET), Entries.item("k", "Hiss", flows.now()).payload());
    Item heart =
        new Item("h", Optional.of(JULIET), Entries.with("h", "<title>♥</title>").payload());
    flows.xmpp().holds(SERVICE, COMMENTS.node(), comment);
    flows.reconciler().event(SERVICE, COMMENTS.node(), List.of(comment, heart), List.of());
    assertThat(sent(BOB)).extracting(Delivery::type).doesNotContain("Announce");

    flows.reconciler().event(SERVICE, COMMENTS.node(), List.of(), List.of("k"));
    assertThat(sent(BOB)).extracting(Delivery::type).contains("Announce");
  }

  @Test
  void whoIsLetInAgainIsToldOnce() {
    adaPosts("0");
    ada(Affiliation.OUTCAST);
    flows.sent();
    ada(Affiliation.MEMBER);

    assertThat(sent(ADA))
        .extracting(Delivery::type, undo -> undo.text("/object/type"))
        .containsExactly(tuple("Undo", "Block"));
    ada(Affiliation.MEMBER);
    assertThat(flows.sent()).isEmpty();
    adaPosts("1");
    assertThat(flows.xmpp().items(SERVICE, "cats")).hasSize(2);
  }

  @Test
  void moderatorsAreThoseWhoOwnTheNodeOrPublishInIt() {
    adaPosts("0");
    romeoPosts();
    ada(Affiliation.PUBLISHER);

    assertThat(pages().moderators(CATS)).containsExactly(flows.urls().actor(ROMEO), ADA.id());
  }

  @Test
  void whereTheGatewayOwnsNothingThoseCountWhomTheServiceShows() {
    romeoPosts();
    Jid dogs = Jid.of("dogs@pubsub.example.org");
    flows.xmpp().opens(SERVICE, "dogs");
    flows.xmpp().names(SERVICE, "dogs", Map.of(ROMEO, Affiliation.OWNER));
    flows.isFollowedBy(dogs, BOB);
    flows.compare();

    assertThat(pages().moderators(dogs)).containsExactly(flows.urls().actor(ROMEO));
  }

  @Test
  void whoIsNoActorIsNotNamed() {
    assertThat(pages().moderators(CATS)).isEmpty();
  }

  @Test
  void aPinnedPostIsFeatured() {
    romeoPosts();
    flows.advance(Duration.ofMinutes(1));
    adaPosts("2");
    flows.sent();

    assertThat(decides(ROMEO, NODE.item("1").uri(), Decision.PIN)).isEqualTo(Outcome.DONE);
    assertThat(sent(BOB))
        .singleElement()
        .satisfies(announce -> {
          assertThat(announce.signer()).isEqualTo(CATS);
          assertThat(announce.text("/object/type")).isEqualTo("Add");
          assertThat(announce.text("/object/actor"))
              .isEqualTo(flows.urls().actor(ROMEO).toString());
          assertThat(announce.text("/object/object")).isEqualTo(romeosPost().toString());
          assertThat(announce.text("/object/target"))
              .isEqualTo(flows.urls().featured(CATS).toString());
        });
    flows.advance(Duration.ofMinutes(1));
    assertThat(decides(ROMEO, ADA.post("2").toString(), Decision.PIN)).isEqualTo(Outcome.DONE);
    assertThat(decides(ROMEO, ADA.post("2").toString(), Decision.PIN)).isEqualTo(Outcome.ALREADY);

    List<String> featured = pages().featured(CATS);
    assertThat(featured).hasSize(2).first().isEqualTo(ADA.post("2").toString());
    assertThat(featured.getLast()).contains("\"id\":\"" + romeosPost() + "\"");
    assertThat(decides(ROMEO, NODE.item(Ids.itemId(ADA.post("2"))).uri(), Decision.UNPIN))
        .isEqualTo(Outcome.DONE);
    assertThat(pages().featured(CATS)).hasSize(1);
  }

  @Test
  void aLockedPostTakesNoComments() {
    romeoPosts();
    URI post = romeosPost();
    assertThat(decides(ROMEO, post.toString(), Decision.LOCK)).isEqualTo(Outcome.DONE);
    assertThat(sent(BOB))
        .extracting(announce -> announce.text("/object/type"))
        .containsExactly("Lock");

    flows.receives(ADA.creates("c", ADA.reply("2", "Purr", flows.now(), post)), ADA);
    Item comment =
        new Item("k", Optional.of(JULIET), Entries.item("k", "Purr", flows.now()).payload());
    flows.reconciler().event(SERVICE, COMMENTS.node(), List.of(comment), List.of());
    flows.publish();
    assertThat(flows.sent())
        .extracting(Delivery::inbox, Delivery::type, reject -> reject.text("/summary"))
        .containsExactly(tuple(ADA.inbox(), "Reject", "This discussion takes no more comments."));
    assertThat(flows.xmpp().items(SERVICE, COMMENTS.node())).isEmpty();

    assertThat(decides(ROMEO, post.toString(), Decision.UNLOCK)).isEqualTo(Outcome.DONE);
    assertThat(sent(BOB))
        .extracting(Delivery::type, announce -> announce.text("/object/object/type"))
        .containsExactly(tuple("Announce", "Lock"));
    flows.receives(ADA.creates("c3", ADA.reply("3", "Purr", flows.now(), post)), ADA);
    flows.publish();
    assertThat(sent(BOB)).hasSize(1);
    assertThat(flows.xmpp().items(SERVICE, COMMENTS.node())).hasSize(1);
  }

  // From the fediverse

  private String says(Peer who, String activity, String type, String object, String more) {
    return """
    {"id":"%s","type":"%s","actor":"%s","to":["https://www.w3.org/ns/activitystreams#Public"],
     "cc":["%s"],"object":%s%s}
    """
        .formatted(who.activity(activity), type, who.id(), group(), object, more);
  }

  private String quoted(Object id) {
    return "\"" + id + "\"";
  }

  private boolean isLocked(URI post) {
    return flows.ask(session -> session.decisions().isLocked(post));
  }

  private void eve(Affiliation affiliation) {
    EVE.joins(flows.fediverse());
    flows.directory().byHandle(EVE.handle());
    flows
        .xmpp()
        .affiliates(
            SERVICE, "cats", Map.of(ROMEO, Affiliation.OWNER, flows.virtual(EVE), affiliation));
    flows.advance(Duration.ofHours(1));
    flows.compare();
    flows.sent();
  }

  @Test
  void aModeratorOfTheFediverseTakesAPostOutAndLetsItInAgain() {
    adaPosts("1");
    eve(Affiliation.PUBLISHER);
    String delete = says(EVE, "d", "Delete", quoted(ADA.post("1")), "");
    flows.receives(delete, EVE);
    flows.publish();

    assertThat(flows.xmpp().items(SERVICE, "cats")).isEmpty();
    assertThat(sent(BOB))
        .extracting(Delivery::type, activity -> activity.text("/object/type"))
        .containsExactly(tuple("Announce", "Delete"), tuple("Undo", "Announce"));
    assertThat(flows.text("select json from activity where json like '%\"Delete\"%'"))
        .contains(delete.strip());

    flows.receives(says(EVE, "u", "Undo", delete, ""), EVE);
    flows.publish();
    assertThat(flows.xmpp().items(SERVICE, "cats")).hasSize(1);
    assertThat(sent(BOB)).extracting(activity -> activity.text("/object/type")).contains("Undo");
  }

  @Test
  void aModeratorOfItsAuthorsServerTakesAPostOut() {
    Peer fay = Peer.of("fay", EVE.host()).joins(flows.fediverse());
    String note =
        fay.note("1", "Hiss", flows.now())
            .replace("\"to\"", "\"audience\":\"" + group() + "\",\"to\"");
    flows.receives(fay.creates("c1", note), fay);
    flows.publish();
    eve(Affiliation.NONE);
    flows.receives(says(EVE, "d1", "Delete", quoted(fay.post("1")), ""), EVE);
    flows.publish();
    assertThat(flows.xmpp().items(SERVICE, "cats")).hasSize(1);

    eve(Affiliation.OWNER);
    flows.receives(says(EVE, "d2", "Delete", quoted(fay.post("1")), ""), EVE);
    flows.publish();
    assertThat(flows.xmpp().items(SERVICE, "cats")).isEmpty();
    assertThat(sent(BOB)).extracting(Delivery::type).containsExactly("Announce", "Undo");
  }

  @Test
  void aModeratorHasNoSayInRoomsOfOthers() {
    NodeAddress room = new NodeAddress(ROMEO, Namespaces.COMMENTS + "of-1");
    flows.xmpp().welcomes(ROMEO, room.node());
    romeoPosts(room);
    Item comment =
        new Item("k", Optional.of(JULIET), Entries.item("k", "Purr", flows.now()).payload());
    flows.xmpp().holds(ROMEO, room.node(), comment);
    flows.reconciler().event(ROMEO, room.node(), List.of(comment), List.of());
    eve(Affiliation.OWNER);
    URI id =
        flows.ask(session ->
            session
                .localPosts()
                .findByItem(room.item("k"))
                .map(live -> flows.urls().post(live.post().account(), live.post().key()))
                .orElseThrow());
    flows.receives(says(EVE, "d", "Delete", quoted(id), ""), EVE);
    flows.publish();

    assertThat(flows.xmpp().items(ROMEO, room.node())).hasSize(1);
  }

  @Test
  void ofPostsOfPeopleHereAModeratorOfTheFediverseAsksTheService() {
    romeoPosts();
    URI post = romeosPost();
    eve(Affiliation.OWNER);
    flows.receives(says(EVE, "d", "Delete", quoted(post), ""), EVE);
    flows.publish();

    assertThat(flows.xmpp().items(SERVICE, "cats")).isEmpty();
  }

  @Test
  void aModeratorOfTheFediverseTakesACommentOut() {
    romeoPosts();
    URI post = romeosPost();
    flows.receives(ADA.creates("c2", ADA.reply("2", "Spam", flows.now(), post)), ADA);
    flows.publish();
    eve(Affiliation.PUBLISHER);
    flows.receives(says(EVE, "d", "Delete", quoted(ADA.post("2")), ""), EVE);
    flows.publish();

    assertThat(flows.discussions().answers(post)).isEmpty();
    assertThat(flows.xmpp().items(SERVICE, COMMENTS.node())).isEmpty();
    assertThat(sent(BOB))
        .extracting(announce -> announce.text("/object/id"))
        .containsExactly(EVE.activity("d").toString());
  }

  @Test
  void aModeratorOfTheFediverseLocksAndPins() {
    romeoPosts();
    String post = quoted(romeosPost());
    eve(Affiliation.PUBLISHER);
    String lock = says(EVE, "l", "Lock", post, "");
    flows.receives(lock, EVE);
    assertThat(isLocked(romeosPost())).isTrue();
    flows.receives(says(EVE, "u", "Undo", lock, ""), EVE);
    assertThat(isLocked(romeosPost())).isFalse();

    String target = ",\"target\":\"" + flows.urls().featured(CATS) + "\"";
    flows.receives(says(EVE, "a", "Add", post, target), EVE);
    assertThat(pages().featured(CATS)).hasSize(1);
    flows.receives(says(EVE, "r", "Remove", post, target), EVE);
    assertThat(pages().featured(CATS)).isEmpty();
    assertThat(sent(BOB))
        .extracting(announce -> announce.text("/object/type"))
        .containsExactly("Lock", "Undo", "Add", "Remove");
  }

  @ParameterizedTest
  @EnumSource(names = {"MEMBER", "NONE", "PUBLISH_ONLY"})
  void nobodyElseOfTheFediverseDecides(Affiliation affiliation) {
    romeoPosts();
    String post = quoted(romeosPost());
    flows.advance(Duration.ofMinutes(1));
    adaPosts("1");
    eve(affiliation);
    flows.receives(says(EVE, "d1", "Delete", quoted(ADA.post("1")), ""), EVE);
    flows.receives(says(EVE, "d2", "Delete", post, ""), EVE);
    flows.receives(says(EVE, "l", "Lock", post, ""), EVE);
    flows.receives(
        says(EVE, "a", "Add", post, ",\"target\":\"" + flows.urls().featured(CATS) + "\""), EVE);
    flows.publish();

    assertThat(flows.xmpp().items(SERVICE, "cats")).hasSize(2);
    assertThat(isLocked(romeosPost())).isFalse();
    assertThat(pages().featured(CATS)).isEmpty();
    assertThat(flows.sent()).isEmpty();
  }

  @Test
  void nobodyElseDecides() {
    romeoPosts();
    String post = romeosPost().toString();

    assertThat(decides(JULIET, post, Decision.LOCK)).isEqualTo(Outcome.NOT_YOURS);
    assertThat(decides(ROMEO, "https://example.org/nothing", Decision.LOCK))
        .isEqualTo(Outcome.NO_POST);
    assertThat(decides(ROMEO, "no address at all", Decision.PIN)).isEqualTo(Outcome.NO_POST);
    flows.membership().leave(ROMEO);
    assertThat(decides(ROMEO, post, Decision.LOCK)).isEqualTo(Outcome.NOT_YOURS);
    assertThat(flows.sent()).isEmpty();
  }
}
