package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.CommentBridge.Outcome;
import im.tombolo.core.bridge.CommentBridge.Retraction;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.port.XmppNetwork.Item;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People here post, comment and vote in communities of the fediverse. */
class CommunityPostTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Community CATS = new Community("cats", "lemmy.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final Peer MOD = Peer.of("mod", CATS.host());

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void julietFollowsTheCommunity() {
    BOB.joins(flows.fediverse());
    CATS.joins(flows.fediverse());
    flows.subscriptions().subscribe(flows.virtual(CATS.peer()), JULIET);
    flows.receives(CATS.peer().accept("accepts", flows.followId(JULIET, CATS.peer())), CATS.peer());
    flows.sent();
    flows.told();
    flows.advance(Duration.ofMinutes(1));
  }

  private Answer<Outcome> publishes(Jid who, Item item) {
    return flows.communities().publish(flows.virtual(CATS.peer()), who, item);
  }

  private Item titled(String id, String title) {
    return Entries.with(
        id,
        "<title>%s</title><content type='text'>See</content><published>%s</published>"
                .formatted(title, flows.now())
            + "<link rel='related' href='https://news.example/1'/>");
  }

  private List<Delivery> toTheCommunity() {
    return flows.sent().stream()
        .filter(delivery -> delivery.inbox().getHost().equals(CATS.host()))
        .toList();
  }

  private List<String> node() {
    return flows
        .timelines()
        .posts(
            community(),
            flows.virtual(CATS.peer()),
            JULIET,
            new Page(Optional.empty(), true, 20, false))
        .value()
        .orElseThrow()
        .postings()
        .stream()
        .map(posting -> posting.at().id())
        .toList();
  }

  private RemoteActor community() {
    return flows.timelines().actor(flows.virtual(CATS.peer())).value().orElseThrow();
  }

  private void bobPosts() {
    String page = CATS.page(BOB, "1", "A cat", flows.now());
    flows.fediverse().holds(BOB.post("1"), page);
    flows.receives(CATS.announces("a", CATS.does(BOB, "c", "Create", page)), CATS.peer());
    flows.told();
  }

  @Test
  void whatIsPublishedInTheNodeIsPostedIntoTheCommunity() {
    assertThat(publishes(ROMEO, titled("mine", "My cat")).value())
        .contains(new Outcome.Published("mine"));

    assertThat(toTheCommunity())
        .singleElement()
        .satisfies(create -> {
          assertThat(create.type()).isEqualTo("Create");
          assertThat(create.signer()).isEqualTo(ROMEO);
          assertThat(create.text("/audience")).isEqualTo(CATS.id().toString());
          assertThat(create.text("/object/audience")).isEqualTo(CATS.id().toString());
          assertThat(create.text("/object/name")).isEqualTo("My cat");
          assertThat(create.text("/object/attachment/0/href")).isEqualTo("https://news.example/1");
          assertThat(create.activity().at("/object/cc").toString()).contains(CATS.id().toString());
        });
    assertThat(node()).containsExactly("mine");
    assertThat(flows.told())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.to()).isEqualTo(JULIET.toString());
          assertThat(notice.itemId()).isEqualTo("mine");
        });
  }

  @Test
  void whenTheCommunityAnnouncesItNothingIsThereTwice() {
    publishes(ROMEO, titled("mine", "My cat"));
    URI post = URI.create(toTheCommunity().getFirst().text("/object/id"));
    flows.told();
    flows.receives(CATS.announces("a", "\"" + post + "\""), CATS.peer());

    assertThat(flows.notices()).isEmpty();
    assertThat(node()).containsExactly("mine");
  }

  @Test
  void whatIsPublishedAgainIsAnEdit() {
    publishes(ROMEO, titled("mine", "My cat"));
    flows.sent();
    flows.told();
    publishes(ROMEO, titled("mine", "My big cat"));

    assertThat(toTheCommunity()).extracting(Delivery::type).containsExactly("Update");
    assertThat(flows.notices()).extracting(Notice::title).containsExactly("My big cat");
  }

  @Test
  void nobodyTakesTheItemOfAnother() {
    publishes(ROMEO, titled("mine", "My cat"));
    bobPosts();

    assertThat(publishes(JULIET, titled("mine", "No")).value()).contains(new Outcome.Taken());
    assertThat(publishes(JULIET, titled(Ids.itemId(BOB.post("1")), "No")).value())
        .contains(new Outcome.Taken());
  }

  @Test
  void itsAuthorAloneTakesAPostBack() {
    publishes(ROMEO, titled("mine", "My cat"));
    flows.sent();
    Jid node = flows.virtual(CATS.peer());

    assertThat(flows.communities().retract(node, JULIET, "mine")).isEqualTo(Retraction.OF_ANOTHER);
    assertThat(flows.communities().retract(node, ROMEO, "mine")).isEqualTo(Retraction.DONE);
    assertThat(toTheCommunity()).extracting(Delivery::type).containsExactly("Delete");
    assertThat(node()).isEmpty();
  }

  @Test
  void nobodyPublishesInTheBlogOfAPerson() {
    assertThat(flows.communities().publish(flows.virtual(BOB), ROMEO, titled("x", "Hi")))
        .isInstanceOf(Answer.Closed.class);
  }

  @Test
  void strangersDoNotPublish() {
    assertThat(publishes(Jid.of("eve@elsewhere.example"), titled("x", "Hi")))
        .isInstanceOf(Answer.Closed.class);
  }

  @Test
  void whoMentionsACommunityPostsIntoIt() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, BOB);
    flows.compare();
    flows.advance(Duration.ofMinutes(1));
    flows.publishes(ROMEO, Entries.item("1", "Look at this @cats@lemmy.example", flows.now()));

    assertThat(toTheCommunity())
        .singleElement()
        .satisfies(
            create -> assertThat(create.text("/object/audience")).isEqualTo(CATS.id().toString()));
  }

  @Test
  void aCommentGoesToTheCommunity() {
    bobPosts();
    flows
        .comments()
        .publish(
            flows.virtual(BOB),
            ROMEO,
            Ids.itemId(BOB.post("1")),
            Entries.item("r", "Nice", flows.now()));

    assertThat(toTheCommunity())
        .singleElement()
        .satisfies(create -> {
          assertThat(create.text("/object/inReplyTo")).isEqualTo(BOB.post("1").toString());
          assertThat(create.text("/object/audience")).isEqualTo(CATS.id().toString());
        });
  }

  @Test
  void votesGoToTheCommunityAndMayBeReadByAll() {
    bobPosts();
    flows
        .attachments()
        .attach(
            community(),
            ROMEO,
            Ids.itemId(BOB.post("1")),
            Reactions.attached(false, "\ud83d\udc4e"));

    assertThat(toTheCommunity())
        .singleElement()
        .satisfies(vote -> {
          assertThat(vote.type()).isEqualTo("Dislike");
          assertThat(vote.text("/audience")).isEqualTo(CATS.id().toString());
          assertThat(vote.activity().has("content")).isFalse();
        });
    assertThat(flows.rows("activity where open and json like '%Dislike%'")).isEqualTo(1);
  }

  @Test
  void nobodyCommentsOnALockedPost() {
    bobPosts();
    flows.receives(
        CATS.announces("l", CATS.does(BOB, "lock", "Lock", "\"" + BOB.post("1") + "\"")),
        CATS.peer());

    assertThat(
            flows
                .comments()
                .publish(
                    flows.virtual(BOB),
                    ROMEO,
                    Ids.itemId(BOB.post("1")),
                    Entries.item("r", "Nice", flows.now()))
                .value())
        .contains(new Outcome.Locked());
  }

  private URI posts(String id) {
    publishes(ROMEO, titled(id, "My 100% cat"));
    return URI.create(toTheCommunity().getFirst().text("/object/id"));
  }

  private String rejects(String object) {
    return """
    {"id":"%s","type":"Reject","actor":"%s","object":%s}
    """
        .formatted(CATS.peer().activity("r"), CATS.id(), object);
  }

  @Test
  void whatTheCommunityRejectsIsTakenOutOfItsNode() {
    publishes(ROMEO, titled("mine", "My 100% cat"));
    Delivery create = toTheCommunity().getFirst();
    flows.told();
    flows.receives(rejects("\"" + create.text("/id") + "\""), CATS.peer());

    assertThat(node()).isEmpty();
    assertThat(flows.told())
        .extracting(Notice::to)
        .containsExactlyInAnyOrder(JULIET.toString(), ROMEO.toString());
    assertThat(flows.rows("local_post where buried_at is null")).isEqualTo(1);
  }

  @Test
  void whatWasRejectedDoesNotComeBackWithAnEdit() {
    publishes(ROMEO, titled("mine", "My cat"));
    String create = toTheCommunity().getFirst().text("/id");
    flows.receives(rejects("\"" + create + "\""), CATS.peer());
    flows.advance(Duration.ofMinutes(1));
    publishes(ROMEO, titled("mine", "My other cat"));

    assertThat(node()).isEmpty();
  }

  @Test
  void itsAuthorIsToldWhatWasRejected() {
    URI post = posts("mine");
    flows.told();
    flows.receives(
        rejects("{\"id\":\"https://example.org/x\",\"type\":\"Create\"}")
            .replace("https://example.org/x", post.toString()),
        CATS.peer());

    assertThat(flows.told())
        .filteredOn(notice -> notice.to().equals(ROMEO.toString()))
        .extracting(Notice::body)
        .singleElement()
        .asString()
        .startsWith("You were refused by the community ")
        .contains("My 100% cat");
  }

  @Test
  void nobodyElseRejectsIt() {
    publishes(ROMEO, titled("mine", "My cat"));
    String create = toTheCommunity().getFirst().text("/id");
    flows.receives(
        rejects("\"" + create + "\"")
            .replace(CATS.id().toString(), BOB.id().toString())
            .replace(CATS.peer().activity("r").toString(), BOB.activity("r").toString()),
        BOB);

    assertThat(node()).containsExactly("mine");
  }

  private void bans(String activity, String type, boolean withPosts) {
    String block =
        CATS.does(MOD, activity, "Block", "\"" + flows.urls().actor(ROMEO) + "\"")
            .replace(
                "\"type\"",
                "\"target\":\"" + CATS.id() + "\",\"removeData\":" + withPosts + ",\"type\"");
    String done = type.equals("Undo") ? CATS.does(MOD, activity + "-undo", "Undo", block) : block;
    flows.receives(CATS.announces("a-" + activity + type, done), CATS.peer());
  }

  @Test
  void whoIsBannedMayNeitherPostNorComment() {
    bobPosts();
    posts("mine");
    flows.told();
    bans("b", "Block", false);

    assertThat(publishes(ROMEO, titled("other", "Again")).value()).contains(new Outcome.Banned());
    assertThat(
            flows
                .comments()
                .publish(
                    flows.virtual(BOB),
                    ROMEO,
                    Ids.itemId(BOB.post("1")),
                    Entries.item("r", "Nice", flows.now()))
                .value())
        .contains(new Outcome.Banned());
    assertThat(flows.told())
        .extracting(Notice::body)
        .singleElement()
        .asString()
        .startsWith("You may not post in the community ");
    assertThat(node()).contains("mine");
  }

  @Test
  void whoIsBannedWithAllTheirPostsIsNotSeenThere() {
    bobPosts();
    posts("mine");
    bans("b", "Block", true);

    assertThat(node()).containsExactly(Ids.itemId(BOB.post("1")));
  }

  @Test
  void whoIsLetInAgainMayPost() {
    bans("b", "Block", false);
    bans("b", "Undo", false);

    assertThat(publishes(ROMEO, titled("mine", "Again")).value())
        .contains(new Outcome.Published("mine"));
  }

  @Test
  void aBanReachesAlsoThoseWhoseCommunityNobodyFollows() {
    flows.subscriptions().unsubscribe(flows.virtual(CATS.peer()), JULIET);
    bans("b", "Block", false);

    assertThat(publishes(ROMEO, titled("mine", "Again")).value()).contains(new Outcome.Banned());
  }
}
