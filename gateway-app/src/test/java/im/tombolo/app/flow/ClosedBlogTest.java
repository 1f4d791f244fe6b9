package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.COMMENTS;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.bridge.ClosedBlogBridge.Chosen;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.ReactionCounts;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork.Item;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Blogs that strangers cannot read, for followers whom their owners approve. */
class ClosedBlogTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final String FOLLOWERS = "https://example.org/users/example.org/romeo/followers";

  @RegisterExtension final Flows flows = new Flows();

  @BeforeEach
  void romeosBlogIsClosed() {
    ADA.joins(flows.fediverse());
    BOB.joins(flows.fediverse());
    flows.xmpp().lends(ROMEO);
    flows.xmpp().closes(ROMEO, MICROBLOG);
  }

  private void carried() {
    flows.closedBlogs().choose(ROMEO, true);
    flows.receives(ADA.follow("f1", flows.urls().actor(ROMEO)), ADA);
    flows.approvals().approve(ROMEO, ADA.id());
    flows.compare();
    flows.advance(Duration.ofMinutes(1));
    flows.sent();
    flows.told();
  }

  /** Of which no event comes: the gateway is nobody whom the server tells. */
  private void posts(Item item) {
    flows.xmpp().holds(ROMEO, MICROBLOG, item);
    looks();
  }

  private void looks() {
    flows.advance(Duration.ofDays(1));
    flows.compare();
  }

  private Item item(String id, String text) {
    return Entries.item(id, text, flows.now().plus(Duration.ofDays(1)));
  }

  private List<LocalPost> all() {
    return flows.ask(session -> session.localPosts().live(ROMEO, 9));
  }

  private List<LocalPost> open() {
    return flows.ask(session -> session.localPosts().page(ROMEO, true, Optional.empty(), 9));
  }

  @Test
  void case60_itIsCarriedOnlyWhenItsOwnerWantsThat() {
    flows.receives(ADA.follow("f1", flows.urls().actor(ROMEO)), ADA);

    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.xmpp().asked()).noneMatch(question -> question.startsWith("own"));
  }

  @Test
  void everyFollowerIsApproved() {
    flows.closedBlogs().choose(ROMEO, true);
    flows.receives(ADA.follow("f1", flows.urls().actor(ROMEO)), ADA);
    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.approvals().choose(ROMEO, false).value()).contains(true);

    flows.receives(BOB.follow("f2", flows.urls().actor(ROMEO)), BOB);
    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.approvals().countWaiting(ROMEO)).isEqualTo(2);
    assertThat(flows.accounts().actor(ROMEO).value().orElseThrow().approves()).isTrue();
  }

  @Test
  void aPostIsForFollowersAlone() {
    carried();
    posts(item("1", "Soft"));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(create -> {
          assertThat(create.type()).isEqualTo("Create");
          assertThat(create.inbox()).isEqualTo(ADA.serversInbox());
          assertThat(create.text("/to/0")).isEqualTo(FOLLOWERS);
          assertThat(create.text("/object/to/0")).isEqualTo(FOLLOWERS);
          assertThat(create.activity().toString()).doesNotContain("#Public");
          assertThat(create.activity().at("/object/replies").isMissingNode()).isTrue();
          assertThat(create.activity().at("/object/likes").isMissingNode()).isTrue();
        });
    assertThat(all())
        .extracting(post -> post.audience().visibility())
        .containsExactly(Visibility.FOLLOWERS);
    assertThat(open()).isEmpty();
  }

  @Test
  void whoIsNamedAndDoesNotFollowIsNotTold() {
    carried();
    flows.directory().byHandle(BOB.handle());
    posts(item("1", "Soft @bob@other.example and @ada@social.example"));

    assertThat(flows.deliveries()).extracting(Delivery::inbox).containsExactly(ADA.serversInbox());
    assertThat(flows.deliveries().getFirst().text("/object/tag/0/href"))
        .isEqualTo(ADA.id().toString());
    assertThat(flows.deliveries().getFirst().activity().toString())
        .doesNotContain(BOB.id().toString());
  }

  @Test
  void editsAndRetractionsReachTheSamePeople() {
    carried();
    posts(item("1", "Soft"));
    flows.sent();
    posts(item("1", "Softer"));
    flows.xmpp().drops(ROMEO, MICROBLOG, "1");
    looks();

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Update", "Delete");
    assertThat(flows.deliveries()).extracting(Delivery::inbox).containsOnly(ADA.serversInbox());
    assertThat(flows.deliveries())
        .allSatisfy(each -> assertThat(each.activity().toString()).doesNotContain("#Public"));
  }

  @Test
  void anEventIsLookedAtInTheOwnersName() {
    carried();
    Item item = item("1", "Soft");
    flows.xmpp().holds(ROMEO, MICROBLOG, item);
    flows.tells(ROMEO, item);
    assertThat(flows.deliveries()).isEmpty();
    flows.compare();

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
    assertThat(open()).isEmpty();
  }

  @Test
  void anOpenBlogThatIsClosedLosesWhatWasPublic() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, BOB);
    flows.compare();
    flows.advance(Duration.ofMinutes(1));
    flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));
    flows.closedBlogs().choose(ROMEO, true);
    flows.sent();
    flows.xmpp().closes(ROMEO, MICROBLOG);
    looks();
    flows.advance(Duration.ofMinutes(1));
    flows.compare();
    flows.xmpp().holds(ROMEO, MICROBLOG, item("2", "Light"));
    looks();

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Delete", "Create");
    assertThat(open()).isEmpty();
    assertThat(all()).extracting(LocalPost::itemId).containsExactly("2");
  }

  @Test
  void oneOddAnswerTakesNothingBack() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, BOB);
    flows.compare();
    flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));
    flows.closedBlogs().choose(ROMEO, true);
    flows.sent();
    flows.xmpp().closes(ROMEO, MICROBLOG);
    flows.compare();
    flows.xmpp().opens(ROMEO, MICROBLOG);
    looks();

    assertThat(flows.deliveries()).isEmpty();
    assertThat(open()).hasSize(1);
  }

  @Test
  void whatWasForFollowersStaysSoWhenTheBlogIsOpened() {
    carried();
    posts(item("1", "Soft"));
    flows.sent();
    flows.xmpp().opens(ROMEO, MICROBLOG);
    looks();
    posts(item("1", "Softer"));
    posts(item("2", "Light"));

    assertThat(open()).extracting(LocalPost::itemId).containsExactly("2");
    assertThat(flows.sent())
        .extracting(d -> d.text("/object/to/0").equals(FOLLOWERS))
        .containsExactly(true, false);
  }

  @Test
  void whenItsOwnerWantsItNoMoreAllIsTakenBack() {
    carried();
    posts(item("1", "Soft"));
    flows.sent();
    assertThat(flows.closedBlogs().choose(ROMEO, false).value()).contains(new Chosen.NotCarried());
    looks();

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Delete");
    assertThat(all()).isEmpty();
    assertThat(flows.accounts().actor(ROMEO)).isInstanceOf(Answer.Missing.class);
  }

  @Test
  void whenTheServerLendsNothingAnyMoreNothingChanges() {
    carried();
    posts(item("1", "Soft"));
    flows.sent();
    flows.xmpp().lendsNothing();
    looks();

    assertThat(flows.deliveries()).isEmpty();
    assertThat(all()).hasSize(1);
  }

  @Test
  void aServerThatLendsNothingIsSaidSo() {
    flows.xmpp().lendsNothing();

    assertThat(flows.closedBlogs().choose(ROMEO, true).value()).contains(new Chosen.NotLent());
    assertThat(flows.closedBlogs().isOn(ROMEO)).isFalse();
  }

  @Test
  void whoHasNoBlogHasNothingToCarry() {
    flows.xmpp().lends(JULIET);

    assertThat(flows.closedBlogs().choose(JULIET, true).value()).contains(new Chosen.NoBlog());
    assertThat(flows.closedBlogs().choose(Jid.of("iago@elsewhere.example"), true))
        .isInstanceOf(Answer.Closed.class);
  }

  @Test
  void followersLikeItAndOthersDoNot() {
    carried();
    posts(item("1", "Soft"));
    URI post = URI.create(flows.sent().getFirst().text("/object/id"));
    flows.receives(ADA.likes("l1", post), ADA);
    flows.receives(BOB.likes("l2", post), BOB);

    ReactionCounts counts = flows.ask(session -> session.reactions().count(post));
    assertThat(counts.likes()).isEqualTo(1);
  }

  @Test
  void aRoomForItsCommentsIsNotWatched() {
    carried();
    NodeAddress room = new NodeAddress(ROMEO, COMMENTS + "1");
    flows.xmpp().welcomes(ROMEO, room.node());
    posts(
        Entries.with(
            "1",
            "<title>Soft</title><updated>%s</updated><link rel='replies' href='%s'/>"
                .formatted(flows.now().plus(Duration.ofDays(1)), room.uri())));
    flows.sent();
    Item comment = Room.comment("c1", JULIET, "It is the east", "");
    flows.xmpp().holds(ROMEO, room.node(), comment);
    flows.reconciler().event(ROMEO, room.node(), List.of(comment), List.of());

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void whoLeavesIsGoneAltogether() {
    carried();
    posts(item("1", "Soft"));
    flows.membership().leave(ROMEO);
    flows.erase();

    assertThat(all()).isEmpty();
    assertThat(flows.closedBlogs().isOn(ROMEO)).isFalse();
  }
}
