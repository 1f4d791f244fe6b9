package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.ATOM;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static im.tombolo.core.xml.Namespaces.REFERENCE;
import static im.tombolo.core.xml.Namespaces.THREADING;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Element;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Replies of the fediverse stand under posts of XMPP, at any depth. */
class DiscussionTest extends Room {
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

    assertThat(shown()).extracting(Room::title).containsExactly("Who is there?", "Me");
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

    assertThat(shown()).extracting(Room::title).contains("Second");
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

    assertThat(shown()).extracting(Room::title).containsExactly("Who calls?");
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

    assertThat(shown()).extracting(Room::title).containsExactly("Deleted");
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

  @Test
  void aFaultAtOneNodeHoldsUpNoOther() {
    Element entry = Element.of("entry", "http://www.w3.org/2005/Atom").build();
    flows.xmpp().breaks(JULIET);
    flows.ask(session -> {
      session
          .pubsubTasks()
          .add(new ItemAddress(JULIET, "n", "1"), flows.virtual(BOB), Optional.of(entry));
      session.pubsubTasks().add(NODE.item("2"), flows.virtual(BOB), Optional.of(entry));
      return true;
    });
    flows.publish();

    assertThat(shown()).extracting(Item::id).containsExactly("2");
    long waiting = flows.ask(session -> session.pubsubTasks().waiting());
    assertThat(waiting).isEqualTo(1);
  }
}
