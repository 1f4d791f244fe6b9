package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.CommentBridge;
import im.tombolo.core.bridge.CommentBridge.Outcome;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork.Item;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Comments on XMPP, under posts of the fediverse, are replies to them. */
class VirtualCommentTest extends Room {
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
  void case62_aCommentOnAPostForFollowersIsForItsAuthorAlone() {
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
        .isEqualTo(CommentBridge.Retraction.OF_ANOTHER);
  }

  @Test
  void aCommentIsTakenBackByItsAuthor() {
    adaPosts(Peer.TO_ALL);
    publishes(JULIET, ADA, ADA.post("9"), comment("r", JULIET, "Hi", ""));
    flows.sent();

    assertThat(flows.comments().retract(flows.virtual(ADA), JULIET, Ids.itemId(ADA.post("9")), "r"))
        .isEqualTo(CommentBridge.Retraction.DONE);
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
}
