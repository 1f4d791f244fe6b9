package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.AttachmentNodes;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.ReactionItems;
import im.tombolo.core.atom.ReactionItems.Attached;
import im.tombolo.core.bridge.AttachmentBridge.Heart;
import im.tombolo.core.bridge.AttachmentBridge.Shown;
import im.tombolo.core.bridge.AttachmentBridge.Watched;
import im.tombolo.core.bridge.CommentBridge;
import im.tombolo.core.bridge.CommentBridge.Outcome;
import im.tombolo.core.port.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** People of XMPP like posts of the fediverse, and react to them (XEP-0470). */
class OwnReactionTest extends Reactions {
  private final String item = Ids.itemId(ADA.post("9"));

  private void adaPosts(String addressing) {
    flows.follows(JULIET, ADA);
    flows.receives(
        ADA.creates("c9", ADA.note("9", "Hello", flows.now(), Optional.empty(), addressing)), ADA);
    flows.told();
    flows.sent();
  }

  private Answer<Attached> attaches(Jid who, Attached what) {
    return flows.attachments().attach(actor(ADA), who, item, what);
  }

  private Answer<Outcome> publishes(Jid who, String id) {
    return flows.comments().publish(flows.virtual(ADA), who, item, comment(id, who, "♥", ""));
  }

  private List<Heart> hearts(Jid reader) {
    return flows.attachments().hearts(actor(ADA), reader, item).value().orElseThrow();
  }

  private List<Shown> attachments() {
    return flows.attachments().attachments(actor(ADA), JULIET, item).value().orElseThrow();
  }

  @Test
  void whatIsNoticedIsLiked() {
    adaPosts(Peer.TO_ALL);
    attaches(JULIET, attached(true));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(like -> {
          assertThat(like.type()).isEqualTo("Like");
          assertThat(like.inbox()).isEqualTo(ADA.inbox());
          assertThat(like.signer()).isEqualTo(JULIET);
          assertThat(like.text("/object")).isEqualTo(ADA.post("9").toString());
          assertThat(like.text("/to/0")).isEqualTo(ADA.id().toString());
          assertThat(like.activity().toString()).doesNotContain("#Public");
        });
  }

  @Test
  void anEmojiIsALikeThatSaysMore() {
    adaPosts(Peer.TO_ALL);
    attaches(JULIET, attached(false, "🔥"));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(like -> {
          assertThat(like.type()).isEqualTo("Like");
          assertThat(like.text("/content")).isEqualTo("🔥");
          assertThat(like.text("/_misskey_reaction")).isEqualTo("🔥");
        });
  }

  @Test
  void whatIsMissingFromTheNextItemIsTakenBack() {
    adaPosts(Peer.TO_ALL);
    attaches(JULIET, attached(true, "🔥", "👍"));
    List<Delivery> first = flows.sent();
    attaches(JULIET, attached(true, "👍", "🎉"));

    assertThat(first).hasSize(3);
    assertThat(flows.deliveries())
        .extracting(Delivery::type, d -> d.text("/content"), d -> d.text("/object/content"))
        .containsExactly(tuple("Undo", "", "🔥"), tuple("Like", "🎉", ""));
  }

  @Test
  void anUndoNamesTheLikeThatWasSent() {
    adaPosts(Peer.TO_ALL);
    attaches(JULIET, attached(true));
    String like = flows.sent().getFirst().text("/id");
    assertThat(flows.attachments().detach(actor(ADA), JULIET, item).value()).contains(true);

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(undo -> assertThat(undo.text("/object/id")).isEqualTo(like));
    assertThat(attachments()).isEmpty();
  }

  @Test
  void everyLikeHasAnIdOfItsOwn() {
    adaPosts(Peer.TO_ALL);
    attaches(JULIET, attached(true));
    attaches(ROMEO, attached(true));
    attaches(JULIET, attached(false));
    flows.advance(Duration.ofSeconds(1));
    attaches(JULIET, attached(true));

    assertThat(flows.deliveries())
        .extracting(d -> d.text("/id"))
        .hasSize(4)
        .doesNotHaveDuplicates();
  }

  @Test
  void theSameItemAgainSaysNothing() {
    adaPosts(Peer.TO_ALL);
    attaches(JULIET, attached(true, "🔥"));
    flows.sent();
    attaches(JULIET, attached(true, "🔥"));

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void aHeartIsALikeAndIsTakenBackByItsItem() {
    adaPosts(Peer.TO_ALL);
    assertThat(publishes(JULIET, "h1").value()).contains(new Outcome.Published("h1"));
    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Like");
    assertThat(hearts(ROMEO)).extracting(Heart::id, Heart::by).containsExactly(tuple("h1", JULIET));
    assertThat(flows.comments().retract(flows.virtual(ADA), ROMEO, item, "h1"))
        .isEqualTo(CommentBridge.Retraction.MISSING);
    assertThat(flows.comments().retract(flows.virtual(ADA), JULIET, item, "h1"))
        .isEqualTo(CommentBridge.Retraction.DONE);

    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Undo");
    assertThat(hearts(ROMEO)).isEmpty();
  }

  @Test
  void likesOfBothKindsAreOne() {
    adaPosts(Peer.TO_ALL);
    attaches(JULIET, attached(true));
    flows.sent();

    String shown = hearts(JULIET).getFirst().id();
    assertThat(publishes(JULIET, "h1").value()).contains(new Outcome.Published(shown));
    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.comments().retract(flows.virtual(ADA), JULIET, item, shown))
        .isEqualTo(CommentBridge.Retraction.DONE);
    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Undo");
  }

  @Test
  void whoMayNotReadAPostDoesNotReactToIt() {
    adaPosts(ADA.toFollowers());

    assertThat(attaches(ROMEO, attached(true))).isInstanceOf(Answer.Missing.class);
    assertThat(attaches(JULIET, attached(true))).isInstanceOf(Answer.Got.class);
    assertThat(flows.deliveries()).extracting(Delivery::inbox).containsExactly(ADA.inbox());
  }

  @Test
  void whoIsNotServedHereDoesNotReact() {
    adaPosts(Peer.TO_ALL);

    assertThat(attaches(STRANGER, attached(true))).isInstanceOf(Answer.Closed.class);
    assertThat(flows.attachments().watch(actor(ADA), STRANGER, Optional.of(item), node()))
        .isInstanceOf(Answer.Closed.class);
  }

  @Test
  void thePostOfSomebodyThereShowsWhoThinksWhatOfIt() {
    adaPosts(Peer.TO_ALL);
    attaches(JULIET, attached(true));
    flows.receives(BOB.reacts("e1", "EmojiReact", ADA.post("9"), "🔥"), BOB);

    assertThat(attachments())
        .extracting(Shown::id)
        .containsExactly(JULIET.toString(), flows.virtual(BOB).toString());
    assertThat(flows.attachments().summary(actor(ADA), ROMEO, item).value())
        .map(Shown::payload)
        .contains(ReactionItems.summary(counts(ADA.post("9"))));
    assertThat(flows.attachments().summaries(actor(ADA), ROMEO).value().orElseThrow())
        .extracting(Shown::id)
        .containsExactly(item);
  }

  private NodeAddress node() {
    return AttachmentNodes.of(new ItemAddress(flows.virtual(ADA), MICROBLOG, item));
  }

  private NodeAddress summary() {
    return new NodeAddress(flows.virtual(ADA), AttachmentNodes.summary(MICROBLOG));
  }

  @Test
  void whoWatchesIsTold() {
    adaPosts(Peer.TO_ALL);
    flows.attachments().watch(actor(ADA), ROMEO, Optional.of(item), node());
    flows.attachments().watch(actor(ADA), ROMEO, Optional.empty(), summary());
    attaches(JULIET, attached(true));

    assertThat(flows.told())
        .extracting(Notice::to, Notice::node, Notice::itemId)
        .containsExactly(
            tuple(ROMEO.toString(), node().node(), JULIET.toString()),
            tuple(ROMEO.toString(), summary().node(), item));
    attaches(JULIET, attached(false));
    assertThat(flows.told()).extracting(Notice::kind).containsExactly("retract", "item");
  }

  @Test
  void whoMayReadAPostNoMoreIsNotTold() {
    adaPosts(ADA.toFollowers());
    flows.attachments().watch(actor(ADA), JULIET, Optional.of(item), node());
    attaches(JULIET, attached(true));
    assertThat(flows.told()).hasSize(1);
    flows.follows(ROMEO, ADA);
    flows.subscriptions().unsubscribe(flows.virtual(ADA), JULIET);
    flows.told();
    attaches(ROMEO, attached(true));

    assertThat(flows.told()).isEmpty();
  }

  @Test
  void whoWatchedAndLeftIsNotTold() {
    adaPosts(Peer.TO_ALL);
    flows.attachments().watch(actor(ADA), Jid.of("nurse@example.org"), Optional.of(item), node());
    flows.membership().leave(Jid.of("nurse@example.org"));
    attaches(JULIET, attached(true));

    assertThat(flows.told()).isEmpty();
  }

  @Test
  void whoStopsWatchingIsNotTold() {
    adaPosts(Peer.TO_ALL);
    assertThat(flows.attachments().watch(actor(ADA), ROMEO, Optional.of(item), node()).value())
        .contains(Watched.YES);
    assertThat(flows.attachments().isWatched(ROMEO, node())).isTrue();
    assertThat(flows.attachments().unwatch(ROMEO, node())).isTrue();
    assertThat(flows.attachments().unwatch(ROMEO, node())).isFalse();
    attaches(JULIET, attached(true));

    assertThat(flows.told()).isEmpty();
  }

  @Test
  void whoChangesTooMuchHasToWait() {
    adaPosts(Peer.TO_ALL);
    for (int i = 0; i < 60; i++) {
      assertThat(attaches(JULIET, attached(i % 2 == 0))).isInstanceOf(Answer.Got.class);
    }

    assertThat(attaches(JULIET, attached(true))).isInstanceOf(Answer.Unavailable.class);
    assertThat(attaches(ROMEO, attached(true))).isInstanceOf(Answer.Got.class);
    flows.advance(Duration.ofMinutes(2));
    assertThat(attaches(JULIET, attached(true))).isInstanceOf(Answer.Got.class);
  }

  @Test
  void whoNeverWasThereAndLeavesWatchesNothing() {
    adaPosts(Peer.TO_ALL);
    flows.attachments().watch(actor(ADA), STRANGER_HERE, Optional.of(item), node());
    flows.membership().leave(STRANGER_HERE);

    assertThat(flows.attachments().isWatched(STRANGER_HERE, node())).isFalse();
  }

  @Test
  void whoLeavesTakesEveryLikeBack() {
    adaPosts(Peer.TO_ALL);
    attaches(ROMEO, attached(true, "🔥"));
    flows.sent();
    flows.membership().leave(ROMEO);
    flows.erase();

    assertThat(flows.deliveries())
        .filteredOn(delivery -> delivery.type().equals("Undo"))
        .extracting(delivery -> delivery.text("/object/type"))
        .containsExactly("Like", "Like");
    assertThat(counts(ADA.post("9")).isEmpty()).isTrue();
  }

  @Test
  void aPostThatIsDeletedHasNoReactions() {
    adaPosts(Peer.TO_ALL);
    attaches(JULIET, attached(true));
    flows.receives(ADA.deletes("d9", ADA.post("9")), ADA);

    assertThat(counts(ADA.post("9")).isEmpty()).isTrue();
  }
}
