package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.COMMENTS;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.port.XmppNetwork.Item;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Comments on XMPP, under posts of XMPP, reach the fediverse. */
class CommentTest extends Room {
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
  void aCommentFromBeforeTheRoomWasWatchedIsFound() {
    NodeAddress node = new NodeAddress(ROMEO, COMMENTS + "4");
    flows.xmpp().welcomes(ROMEO, node.node());
    flows.xmpp().holds(ROMEO, node.node(), comment("c1", JULIET, "It is the east", ""));
    flows.publishes(ROMEO, entry("4", "<link rel='replies' href='" + node.uri() + "'/>"));

    assertThat(flows.sent()).extracting(Delivery::signer).contains(JULIET);
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
  void theRoomsOfAllPostsThatAComparisonFindsAreWatched() {
    flows.advance(Duration.ofDays(1));
    List<String> rooms = holdsPosts(15);
    flows.compare();

    assertThat(flows.xmpp().asked())
        .containsAll(rooms.stream().map(room -> "subscribe " + ROMEO + " " + room).toList());
  }

  @Test
  void aCommentOnAnOldPostOfWhichNoEventCameIsFoundInItsTurn() {
    flows.advance(Duration.ofDays(1));
    String oldest = holdsPosts(35).getFirst();
    flows.compare();
    flows.sent();
    flows.xmpp().holds(ROMEO, oldest, comment("c1", JULIET, "It is the east", ""));
    for (int look = 0; look < 2; look++) {
      assertThat(flows.deliveries()).isEmpty();
      flows.advance(Duration.ofDays(1));
      flows.compare();
    }

    assertThat(flows.deliveries()).extracting(Delivery::signer).containsExactly(JULIET);
  }

  /** The names of the posts' rooms. */
  private List<String> holdsPosts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> {
          NodeAddress room = new NodeAddress(ROMEO, COMMENTS + "more" + i);
          flows.xmpp().welcomes(ROMEO, room.node());
          flows.advance(Duration.ofSeconds(1));
          String link = "<link rel='replies' href='" + room.uri() + "'/>";
          flows.xmpp().holds(ROMEO, MICROBLOG, entry("more" + i, link));
          return room.node();
        })
        .toList();
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
}
