package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.ATOM;
import static im.tombolo.core.xml.Namespaces.COMMENTS;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static im.tombolo.core.xml.Namespaces.REFERENCE;
import static im.tombolo.core.xml.Namespaces.THREADING;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.bridge.CommentBridge.Outcome;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Element;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who answers whom: across the two networks, at any depth. */
class DiscussionTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Jid STRANGER = Jid.of("iago@elsewhere.example");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final Peer EVE = Peer.of("eve", "third.example");
  private static final NodeAddress NODE = new NodeAddress(ROMEO, COMMENTS + "1");

  @RegisterExtension private final Flows flows = new Flows();
  private URI post;

  @BeforeEach
  void romeoHasAPostWithARoomForComments() {
    BOB.joins(flows.fediverse());
    EVE.joins(flows.fediverse());
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.xmpp().welcomes(ROMEO, NODE.node());
    flows.isFollowedBy(ROMEO, ADA);
    flows.compare();
    flows.advance(Duration.ofMinutes(1));
    flows.publishes(ROMEO, entry("1", "<link rel='replies' href='" + NODE.uri() + "'/>"));
    post = URI.create(flows.sent().getLast().text("/object/id"));
    flows.xmpp().forgetsQuestions();
  }

  private Item entry(String id, String more) {
    return Entries.with(id, "<title>Soft</title><updated>" + flows.now() + "</updated>" + more);
  }

  private static Item comment(String id, Jid by, String text, String more) {
    Item item =
        Entries.with(
            id, "<title>" + text + "</title><updated>2026-01-02T10:05:00Z</updated>" + more);
    return new Item(id, Optional.of(by), item.payload());
  }

  private void comments(Item item) {
    flows.xmpp().holds(ROMEO, NODE.node(), item);
    flows.reconciler().event(ROMEO, NODE.node(), List.of(item), List.of());
  }

  private List<Item> shown() {
    return flows.xmpp().items(ROMEO, NODE.node());
  }

  private static String title(Item item) {
    return item.payload().orElseThrow().children("title", ATOM).getLast().text();
  }

  private void replies(Peer who, String name, String text, URI parent) {
    flows.receives(who.creates("c" + name, who.reply(name, text, flows.now(), parent)), who);
    flows.publish();
  }

  private RemoteActor actor(Peer peer) {
    return flows.timelines().actor(flows.virtual(peer)).value().orElseThrow();
  }

  private List<Posting> virtualComments(Peer author, URI parent) {
    return flows
        .discussions()
        .comments(actor(author), flows.virtual(author), JULIET, Ids.itemId(parent))
        .value()
        .orElseThrow();
  }

  private static List<String> texts(List<Posting> postings) {
    return postings.stream().map(p -> p.content().body().toPlainText()).toList();
  }

  // From the fediverse

  @Test
  void aReplyStandsUnderThePostAsTheRepliersOwn() {
    replies(BOB, "1", "Who is there?", post);

    assertThat(shown())
        .singleElement()
        .satisfies(item -> {
          assertThat(title(item)).isEqualTo("Who is there?");
          assertThat(item.publisher()).contains(flows.virtual(BOB));
          Element entry = item.payload().orElseThrow();
          assertThat(
                  entry.child("author", ATOM).orElseThrow().child("uri", ATOM).orElseThrow().text())
              .isEqualTo("xmpp:" + flows.virtual(BOB));
          assertThat(entry.child("in-reply-to", THREADING).orElseThrow().attributeOr("href", ""))
              .isEqualTo(new NodeAddress(ROMEO, MICROBLOG).item("1").uri());
          assertThat(item.id()).isEqualTo(Ids.itemId(BOB.post("1")));
        });
  }

  @Test
  void theAuthorIsToldOfAReply() {
    replies(BOB, "1", "Who is there?", post);

    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.to()).isEqualTo(ROMEO.toString());
          assertThat(notice.from()).isEqualTo(flows.virtual(BOB).toString());
          Element reference = notice.message().child("reference", REFERENCE).orElseThrow();
          assertThat(reference.attribute("uri")).contains("xmpp:romeo@example.org");
          assertThat(reference.attributeOr("anchor", "")).contains(Ids.itemId(BOB.post("1")));
        });
  }

  @Test
  void aReplyToAReplyStandsUnderThePostAndUnderTheReply() {
    replies(BOB, "1", "Who is there?", post);
    replies(EVE, "1", "Me", BOB.post("1"));

    assertThat(shown()).extracting(DiscussionTest::title).containsExactly("Who is there?", "Me");
    assertThat(texts(virtualComments(BOB, BOB.post("1")))).containsExactly("Me");
  }

  @Test
  void aReplyThatComesBeforeItsParentBringsItAlong() {
    flows.fediverse().holds(BOB.post("1"), BOB.reply("1", "First", flows.now(), post));
    String mention =
        "\"tag\":[{\"type\":\"Mention\",\"href\":\"%s\",\"name\":\"@romeo@example.org\"}],"
            .formatted(flows.urls().actor(ROMEO));
    String deep =
        EVE.note(
            "2",
            "Second",
            flows.now(),
            Optional.empty(),
            mention + "\"inReplyTo\":\"" + BOB.post("1") + "\"," + Peer.TO_ALL);
    flows.receives(EVE.creates("c", deep.replace(Peer.TO_ALL, to(ROMEO))), EVE);
    flows.publish();

    assertThat(shown()).extracting(DiscussionTest::title).contains("Second");
    assertThat(texts(flows.discussions().answers(post))).containsExactly("First");
  }

  private String to(Jid person) {
    return "\"to\":[\"https://www.w3.org/ns/activitystreams#Public\",\"%s\"]"
        .formatted(flows.urls().actor(person));
  }

  @Test
  void aReplyWhoseParentCannotBeHadWaitsAndIsNotLost() {
    flows.fediverse().goesDown(BOB.host());
    String lone =
        EVE.note(
            "2",
            "Second",
            flows.now(),
            Optional.empty(),
            "\"inReplyTo\":\"" + BOB.post("1") + "\"," + to(ROMEO));
    flows.receives(EVE.creates("c", lone), EVE);
    assertThat(flows.notices()).isEmpty();

    for (int i = 0; i < 20; i++) {
      flows.advance(Duration.ofHours(20));
      flows.work();
    }

    assertThat(flows.notices()).extracting(Notice::to).containsExactly(ROMEO.toString());
    assertThat(flows.find(session -> session.remotePosts().find(EVE.post("2")))).isPresent();
  }

  @Test
  void anEditOfAReplyChangesWhatStandsThere() {
    replies(BOB, "1", "Who is there?", post);
    flows.advance(Duration.ofMinutes(1));
    String edited =
        BOB.note(
            "1",
            "Who calls?",
            flows.now().minusSeconds(60),
            Optional.of(flows.now()),
            "\"inReplyTo\":\"" + post + "\"," + Peer.TO_ALL);
    flows.receives(BOB.updates("u", edited), BOB);
    flows.publish();

    assertThat(shown()).extracting(DiscussionTest::title).containsExactly("Who calls?");
    assertThat(flows.told()).hasSize(1);
  }

  @Test
  void aDeletedReplyIsTakenAway() {
    replies(BOB, "1", "Who is there?", post);
    flows.receives(BOB.deletes("d", BOB.post("1")), BOB);
    flows.publish();

    assertThat(shown()).isEmpty();
    assertThat(flows.discussions().answers(post)).isEmpty();
  }

  @Test
  void whereStrangersMayNotRetractNothingIsLeftOfTheWords() {
    flows.xmpp().letsOnlyOwnersRetract();
    replies(BOB, "1", "Who is there?", post);
    flows.receives(BOB.deletes("d", BOB.post("1")), BOB);
    flows.publish();

    assertThat(shown()).extracting(DiscussionTest::title).containsExactly("Deleted");
  }

  @Test
  void aDeletedReplyDoesNotComeBack() {
    replies(BOB, "1", "Who is there?", post);
    flows.receives(BOB.deletes("d", BOB.post("1")), BOB);
    flows.receives(BOB.creates("again", BOB.reply("1", "Who?", flows.now(), post)), BOB);
    flows.publish();

    assertThat(shown()).isEmpty();
  }

  @Test
  void aServerThatIsDownGetsTheReplyLater() {
    flows.xmpp().isSilent(ROMEO);
    replies(BOB, "1", "Who is there?", post);
    flows.xmpp().speaks(ROMEO);
    assertThat(shown()).isEmpty();

    flows.advance(Duration.ofMinutes(1));
    flows.publish();

    assertThat(shown()).hasSize(1);
  }

  @Test
  void aReplyToAPostWithoutARoomForCommentsIsHeldHere() {
    flows.publishes(ROMEO, entry("2", ""));
    URI bare = URI.create(flows.sent().getLast().text("/object/id"));
    replies(BOB, "1", "Hello", bare);

    assertThat(texts(flows.discussions().answers(bare))).containsExactly("Hello");
    assertThat(flows.told()).hasSize(1);
  }

  @Test
  void aReplyForFollowersStandsInNoOpenRoom() {
    String reply =
        BOB.note(
            "1",
            "Psst",
            flows.now(),
            Optional.empty(),
            "\"inReplyTo\":\"" + post + "\"," + BOB.toFollowers());
    flows.receives(BOB.creates("c", reply), BOB);
    flows.publish();

    assertThat(shown()).isEmpty();
    assertThat(flows.discussions().answers(post)).isEmpty();
    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void aMentionIsTold() {
    String note = BOB.note("1", "Romeo!", flows.now(), Optional.empty(), to(ROMEO));
    flows.receives(BOB.creates("c", note), BOB);

    assertThat(flows.notices()).extracting(Notice::to).containsExactly(ROMEO.toString());
  }

  @Test
  void aPostThatHasNothingToDoWithUsIsForgotten() {
    flows.receives(BOB.creates("c", BOB.note("1", "Hello", flows.now())), BOB);

    assertThat(flows.find(session -> session.remotePosts().find(BOB.post("1")))).isEmpty();
  }

  // From XMPP, under posts of XMPP

  @Test
  void aCommentGoesToTheFollowersOfTheBlog() {
    comments(comment("c1", JULIET, "It is the east", ""));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(create -> {
          assertThat(create.type()).isEqualTo("Create");
          assertThat(create.signer()).isEqualTo(JULIET);
          assertThat(create.inbox()).isEqualTo(ADA.serversInbox());
          assertThat(create.text("/object/inReplyTo")).isEqualTo(post.toString());
          assertThat(create.text("/object/attributedTo"))
              .isEqualTo(flows.urls().actor(JULIET).toString());
          assertThat(create.text("/object/tag/0/href"))
              .isEqualTo(flows.urls().actor(ROMEO).toString());
          assertThat(create.text("/object/context")).isEqualTo(post + "/context");
        });
    assertThat(texts(flows.discussions().answers(post))).containsExactly("It is the east");
  }

  @Test
  void aCommentOnAReplyAnswersItsAuthor() {
    replies(BOB, "1", "Who is there?", post);
    String inReplyTo =
        "<in-reply-to xmlns='http://purl.org/syndication/thread/1.0' ref='%s'/>"
            .formatted(BOB.post("1"));
    comments(comment("c1", JULIET, "I am", inReplyTo));

    List<Delivery> deliveries = flows.deliveries();
    assertThat(deliveries)
        .extracting(Delivery::inbox)
        .containsExactlyInAnyOrder(ADA.serversInbox(), BOB.serversInbox());
    assertThat(deliveries.getFirst().text("/object/inReplyTo")).isEqualTo(BOB.post("1").toString());
    assertThat(deliveries.getFirst().text("/object/tag/0/href")).isEqualTo(BOB.id().toString());
  }

  @Test
  void aRetractedCommentIsDeletedWhereItWent() {
    comments(comment("c1", JULIET, "It is the east", ""));
    flows.sent();
    flows.reconciler().event(ROMEO, NODE.node(), List.of(), List.of("c1"));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(delete -> {
          assertThat(delete.type()).isEqualTo("Delete");
          assertThat(delete.inbox()).isEqualTo(ADA.serversInbox());
        });
  }

  @Test
  void anEditedCommentIsAnUpdate() {
    comments(comment("c1", JULIET, "It is the east", ""));
    flows.sent();
    comments(comment("c1", JULIET, "It is the west", ""));

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Update");
  }

  @Test
  void aCommentOfWhomTheServiceDoesNotNameIsNobodys() {
    comments(new Item("c1", Optional.empty(), comment("c1", JULIET, "x", "").payload()));

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void aCommentOfSomebodyOfAnotherDomainStaysWhereItIs() {
    comments(comment("c1", STRANGER, "Fire!", ""));

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void whatTheGatewayPutThereDoesNotComeBack() {
    replies(BOB, "1", "Who is there?", post);
    comments(shown().getFirst());

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void aServiceOfStrangersIsNotBelieved() {
    NodeAddress foreign = new NodeAddress(Jid.of("evil.example"), COMMENTS + "3");
    flows.xmpp().opens(foreign.service(), foreign.node());
    flows.publishes(ROMEO, entry("3", "<link rel='replies' href='" + foreign.uri() + "'/>"));
    flows.sent();

    flows
        .reconciler()
        .event(
            foreign.service(),
            foreign.node(),
            List.of(comment("c1", JULIET, "Never said", "")),
            List.of());

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void nobodyTakesTheBlogOfAnotherForComments() {
    flows.xmpp().opens(JULIET, MICROBLOG);
    flows.isFollowedBy(JULIET, BOB);
    flows.compare();
    flows.advance(Duration.ofMinutes(1));
    NodeAddress blog = new NodeAddress(JULIET, MICROBLOG);
    flows.publishes(ROMEO, entry("5", "<link rel='replies' href='" + blog.uri() + "'/>"));
    flows.sent();
    flows.publishes(JULIET, Entries.item("1", "Mine", flows.now()));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(create -> {
          assertThat(create.inbox()).isEqualTo(BOB.serversInbox());
          assertThat(create.activity().at("/object/inReplyTo").isMissingNode()).isTrue();
        });
  }

  @Test
  void nobodyTakesTheCommentsOfAnother() {
    flows.xmpp().opens(JULIET, MICROBLOG);
    flows.isFollowedBy(JULIET, BOB);
    flows.compare();
    flows.advance(Duration.ofMinutes(1));
    flows.publishes(
        JULIET,
        Entries.with(
            "x",
            "<title>Mine</title><updated>2025-01-01T00:00:00Z</updated>"
                + "<published>2025-01-01T00:00:00Z</published><link rel='replies' href='"
                + NODE.uri()
                + "'/>"));
    flows.sent();
    comments(comment("c1", JULIET, "It is the east", ""));

    assertThat(flows.deliveries().getFirst().text("/object/inReplyTo")).isEqualTo(post.toString());
  }

  @Test
  void nobodyMakesUsPublishElsewhere() {
    NodeAddress foreign = new NodeAddress(Jid.of("evil.example"), COMMENTS + "6");
    flows.xmpp().welcomes(foreign.service(), foreign.node());
    flows.publishes(ROMEO, entry("6", "<link rel='replies' href='" + foreign.uri() + "'/>"));
    URI there = URI.create(flows.sent().getLast().text("/object/id"));
    replies(BOB, "1", "Hello", there);

    assertThat(flows.xmpp().items(foreign.service(), foreign.node())).isEmpty();
    assertThat(texts(flows.discussions().answers(there))).containsExactly("Hello");
  }

  @Test
  void theRoomForCommentsIsWatchedAtOnce() {
    flows.xmpp().welcomes(ROMEO, COMMENTS + "4");
    NodeAddress node = new NodeAddress(ROMEO, COMMENTS + "4");
    flows.publishes(ROMEO, entry("4", "<link rel='replies' href='" + node.uri() + "'/>"));

    assertThat(flows.xmpp().asked()).contains("subscribe " + ROMEO + " " + node.node());
  }

  @Test
  void aCommentOfWhichNoEventCameIsFound() {
    flows.advance(Duration.ofMinutes(1));
    flows.compare();
    flows.xmpp().holds(ROMEO, NODE.node(), comment("c1", JULIET, "It is the east", ""));
    flows.advance(Duration.ofDays(1));
    flows.compare();

    assertThat(flows.deliveries()).extracting(Delivery::type).contains("Create");
  }

  @Test
  void aCommentThatVanishedWithoutAnEventIsDeleted() {
    comments(comment("c1", JULIET, "It is the east", ""));
    flows.sent();
    flows.advance(Duration.ofMinutes(1));
    flows.xmpp().drops(ROMEO, NODE.node(), "c1");
    flows.advance(Duration.ofDays(1));
    flows.compare();

    assertThat(flows.deliveries()).extracting(Delivery::type).contains("Delete");
  }

  // From XMPP, under posts of the fediverse

  private Answer<Outcome> publishes(Jid who, Peer author, URI parent, Item item) {
    return flows.comments().publish(flows.virtual(author), who, Ids.itemId(parent), item);
  }

  private void adaPosts(String addressing) {
    flows.follows(JULIET, ADA);
    flows.receives(
        ADA.creates("c9", ADA.note("9", "Hello", flows.now(), Optional.empty(), addressing)), ADA);
    flows.told();
    flows.sent();
  }

  @Test
  void aCommentOnAPostOfTheFediverseIsAReply() {
    adaPosts(Peer.TO_ALL);

    assertThat(publishes(JULIET, ADA, ADA.post("9"), comment("r", JULIET, "Hi", "")).value())
        .contains(new Outcome.Published("r"));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(create -> {
          assertThat(create.inbox()).isEqualTo(ADA.serversInbox());
          assertThat(create.text("/object/inReplyTo")).isEqualTo(ADA.post("9").toString());
          assertThat(create.text("/object/tag/0/href")).isEqualTo(ADA.id().toString());
          assertThat(create.text("/object/to/0")).endsWith("#Public");
        });
    assertThat(texts(virtualComments(ADA, ADA.post("9")))).containsExactly("Hi");
  }

  @Test
  void aCommentOnAPostForFollowersIsForItsAuthorAlone() {
    adaPosts(ADA.toFollowers());
    publishes(JULIET, ADA, ADA.post("9"), comment("r", JULIET, "Hi", ""));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(create -> {
          assertThat(create.inbox()).isEqualTo(ADA.inbox());
          assertThat(create.activity().toString())
              .doesNotContain("#Public")
              .doesNotContain("followers\"]");
          assertThat(create.text("/object/to/0")).isEqualTo(ADA.id().toString());
        });
    List<LocalPost> open =
        flows.ask(session -> session.localPosts().page(JULIET, true, Optional.empty(), 9));
    assertThat(open).isEmpty();
  }

  @Test
  void whoIsNamedInACommentOnAPostForFollowersDoesNotGetIt() {
    adaPosts(ADA.toFollowers());
    publishes(JULIET, ADA, ADA.post("9"), comment("r", JULIET, "Tell @bob@other.example", ""));

    assertThat(flows.deliveries()).extracting(Delivery::inbox).containsExactly(ADA.inbox());
    assertThat(flows.deliveries().getFirst().activity().toString())
        .doesNotContain(BOB.id().toString());
  }

  @Test
  void whoMayNotReadAPostMayNotCommentOnIt() {
    adaPosts(ADA.toFollowers());

    assertThat(publishes(ROMEO, ADA, ADA.post("9"), comment("r", ROMEO, "Hi", "")))
        .isInstanceOf(Answer.Missing.class);
    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void whoIsNotServedHereMayNotComment() {
    adaPosts(Peer.TO_ALL);

    assertThat(publishes(STRANGER, ADA, ADA.post("9"), comment("r", STRANGER, "Hi", "")))
        .isInstanceOf(Answer.Closed.class);
  }

  @Test
  void nobodyOverwritesTheCommentOfAnother() {
    adaPosts(Peer.TO_ALL);
    publishes(JULIET, ADA, ADA.post("9"), comment("r", JULIET, "Hi", ""));

    assertThat(publishes(ROMEO, ADA, ADA.post("9"), comment("r", ROMEO, "Ho", "")).value())
        .contains(new Outcome.Taken());
    assertThat(flows.comments().retract(flows.virtual(ADA), ROMEO, Ids.itemId(ADA.post("9")), "r"))
        .isFalse();
  }

  @Test
  void aCommentIsTakenBackByItsAuthor() {
    adaPosts(Peer.TO_ALL);
    publishes(JULIET, ADA, ADA.post("9"), comment("r", JULIET, "Hi", ""));
    flows.sent();

    assertThat(flows.comments().retract(flows.virtual(ADA), JULIET, Ids.itemId(ADA.post("9")), "r"))
        .isTrue();
    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Delete");
    assertThat(virtualComments(ADA, ADA.post("9"))).isEmpty();
  }

  @Test
  void theAnswersToAPostAreReadAtItsServer() {
    flows.follows(JULIET, ADA);
    URI replies = ADA.on("/posts/9/replies");
    String note =
        ADA.note(
            "9",
            "Hello",
            flows.now(),
            Optional.empty(),
            "\"replies\":\"" + replies + "\"," + Peer.TO_ALL);
    flows.receives(ADA.creates("c9", note), ADA);
    flows
        .fediverse()
        .holds(
            replies,
            "{\"id\":\"%s\",\"type\":\"Collection\",\"items\":[\"%s\",\"%s\"]}"
                .formatted(replies, BOB.post("5"), EVE.post("6")));
    flows.fediverse().holds(BOB.post("5"), BOB.reply("5", "Hi", flows.now(), ADA.post("9")));
    // Told of by the server of somebody else, who forges it.
    flows.fediverse().holds(EVE.post("6"), BOB.reply("6", "Forged", flows.now(), ADA.post("9")));

    assertThat(texts(virtualComments(ADA, ADA.post("9")))).containsExactly("Hi");
  }

  @Test
  void everythingBelowAPostIsOneDiscussion() {
    replies(BOB, "1", "Who is there?", post);
    replies(EVE, "1", "Me", BOB.post("1"));
    comments(comment("c1", JULIET, "It is the east", ""));

    assertThat(flows.discussions().all(post, Optional.empty(), 9))
        .extracting(Discussions.Entry::author)
        .containsExactlyInAnyOrder(
            flows.urls().actor(ROMEO), BOB.id(), EVE.id(), flows.urls().actor(JULIET));
  }
}
