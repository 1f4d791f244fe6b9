package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.ATTACHMENTS;
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
import im.tombolo.core.bridge.BridgeSettings.Choices;
import im.tombolo.core.bridge.BridgeSettings.Consent;
import im.tombolo.core.bridge.CommentBridge;
import im.tombolo.core.bridge.CommentBridge.Outcome;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.ReactionCounts;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Element;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Likes and emoji, in both directions (XEP-0470, FEP-c0e0). */
class ReactionTest extends Room {
  private static final Jid STRANGER_HERE = Jid.of("paris@example.org");

  private static Attached attached(boolean liked, String... emojis) {
    return new Attached(liked, new LinkedHashSet<>(List.of(emojis)));
  }

  private ReactionCounts counts(URI of) {
    return flows.ask(session -> session.reactions().count(of));
  }

  private static List<String> emojis(Element attachments) {
    return attachments.children("reactions", ATTACHMENTS).stream()
        .flatMap(list -> list.elements().stream())
        .map(Element::text)
        .toList();
  }

  private static boolean isLiked(Element attachments) {
    return attachments.child("noticed", ATTACHMENTS).isPresent();
  }

  @Nested
  class OfTheFediverseOnPostsOfXmpp {
    private final NodeAddress attachments =
        AttachmentNodes.of(new ItemAddress(ROMEO, MICROBLOG, "1"));

    private void says(String activity, Peer who) {
      flows.receives(activity, who);
      flows.publish();
    }

    private List<Item> attachments() {
      return flows.xmpp().items(attachments.service(), attachments.node());
    }

    @Test
    void aLikeIsAttachedWhereTheServiceHasANodeForIt() {
      flows.xmpp().welcomes(attachments.service(), attachments.node());
      says(BOB.likes("l1", post), BOB);

      assertThat(attachments())
          .singleElement()
          .satisfies(item -> {
            assertThat(item.id()).isEqualTo(flows.virtual(BOB).toString());
            assertThat(item.publisher()).contains(flows.virtual(BOB));
            assertThat(isLiked(item.payload().orElseThrow())).isTrue();
          });
    }

    @Test
    void aLikeIsAHeartAmongTheComments() {
      says(BOB.likes("l1", post), BOB);

      assertThat(shown())
          .singleElement()
          .satisfies(item -> {
            assertThat(title(item)).isEqualTo("♥");
            assertThat(item.publisher()).contains(flows.virtual(BOB));
          });
      assertThat(counts(post).likes()).isEqualTo(1);
    }

    @Test
    void withoutTheSwitchItIsNoComment() {
      flows.restart(new Choices(Consent.OPEN_NODES, false));
      flows.xmpp().welcomes(attachments.service(), attachments.node());
      says(BOB.likes("l1", post), BOB);

      assertThat(shown()).isEmpty();
      assertThat(attachments()).hasSize(1);
    }

    @Test
    void aLikeThatIsTakenBackGoesEverywhere() {
      flows.xmpp().welcomes(attachments.service(), attachments.node());
      says(BOB.likes("l1", post), BOB);
      says(BOB.undoLike("u1", "l1", post), BOB);

      assertThat(shown()).isEmpty();
      assertThat(attachments()).isEmpty();
      assertThat(counts(post).isEmpty()).isTrue();
    }

    @Test
    void whatCannotBeRetractedIsOverwritten() {
      flows.xmpp().letsOnlyOwnersRetract();
      flows.xmpp().welcomes(attachments.service(), attachments.node());
      says(BOB.likes("l1", post), BOB);
      says(BOB.undoLike("u1", "l1", post), BOB);

      assertThat(attachments())
          .singleElement()
          .satisfies(item -> {
            Element payload = item.payload().orElseThrow();
            assertThat(payload.is("attachments", ATTACHMENTS)).isTrue();
            assertThat(payload.elements()).isEmpty();
          });
    }

    @Test
    void anUndoThatOnlyNamesTheLikeTakesItBack() {
      says(BOB.likes("l1", post), BOB);
      says(BOB.says("u1", "Undo", "\"" + BOB.activity("l1") + "\""), BOB);

      assertThat(counts(post).isEmpty()).isTrue();
    }

    @Test
    void nobodyTakesBackTheLikeOfAnother() {
      says(BOB.likes("l1", post), BOB);
      says(EVE.says("u1", "Undo", "\"" + BOB.activity("l1") + "\""), EVE);
      says(EVE.undoLike("u2", "l1", post), EVE);

      assertThat(counts(post).likes()).isEqualTo(1);
    }

    @Test
    void emojiOfOnePersonAreOneItem() {
      flows.xmpp().welcomes(attachments.service(), attachments.node());
      says(BOB.reacts("e1", "EmojiReact", post, "👍"), BOB);
      says(BOB.reacts("e2", "EmojiReact", post, "🔥"), BOB);
      says(BOB.likes("l1", post), BOB);

      assertThat(attachments())
          .singleElement()
          .satisfies(item -> {
            Element payload = item.payload().orElseThrow();
            assertThat(isLiked(payload)).isTrue();
            assertThat(emojis(payload)).containsExactlyInAnyOrder("👍", "🔥");
          });
      assertThat(counts(post).emojis()).containsOnlyKeys("👍", "🔥");
    }

    @Test
    void anEmojiIsNoHeart() {
      says(BOB.reacts("e1", "Like", post, "😡"), BOB);

      assertThat(shown()).isEmpty();
      assertThat(counts(post).emojis()).containsOnlyKeys("😡");
    }

    @Test
    void whatIsLikedTwiceCountsOnce() {
      says(BOB.likes("l1", post), BOB);
      says(BOB.likes("l2", post), BOB);

      assertThat(counts(post).likes()).isEqualTo(1);
      assertThat(shown()).hasSize(1);
    }

    @Test
    void onePersonDoesNotFillThePage() {
      List<String> many =
          IntStream.range(0, Reaction.MAX_OF_ONE + 5)
              .mapToObj(i -> Character.toString(0x1F600 + i))
              .toList();
      many.forEach(emoji -> says(BOB.reacts("e" + emoji, "EmojiReact", post, emoji), BOB));

      assertThat(counts(post).emojis()).hasSize(Reaction.MAX_OF_ONE);
    }

    @Test
    void whoIsBlockedLikesNothing() {
      flows.blocks().block(ROMEO, "bob@other.example");
      says(BOB.likes("l1", post), BOB);

      assertThat(counts(post).isEmpty()).isTrue();
    }

    @Test
    void aLikeOfWhatIsNotThereIsForgotten() {
      URI none = URI.create(post + "x");
      says(BOB.likes("l1", none), BOB);

      assertThat(counts(none).isEmpty()).isTrue();
    }

    @Test
    void aPostThatIsRetractedHasNoReactions() {
      says(BOB.likes("l1", post), BOB);
      flows.retracts(ROMEO, "1");

      assertThat(counts(post).isEmpty()).isTrue();
    }

    @Test
    void whoIsGoneLikesNothingAnyMore() {
      says(BOB.likes("l1", post), BOB);
      flows.fediverse().answers(BOB.id(), new Answer.Gone<>());
      says(BOB.deletes("d1", BOB.id()), BOB);

      assertThat(counts(post).isEmpty()).isTrue();
      assertThat(shown()).isEmpty();
    }
  }

  @Nested
  class OfXmppOnPostsOfTheFediverse {
    private final String item = Ids.itemId(ADA.post("9"));

    private void adaPosts(String addressing) {
      flows.follows(JULIET, ADA);
      flows.receives(
          ADA.creates("c9", ADA.note("9", "Hello", flows.now(), Optional.empty(), addressing)),
          ADA);
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
      assertThat(hearts(ROMEO))
          .extracting(Heart::id, Heart::by)
          .containsExactly(tuple("h1", JULIET));
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

  @Nested
  class OfXmppOnPostsOfXmpp {
    private void hearts(Jid by, String id) {
      comments(comment(id, by, "♥", ""));
    }

    @Test
    void aHeartCountsAndIsNoComment() {
      hearts(JULIET, "h1");

      assertThat(counts(post).likes()).isEqualTo(1);
      assertThat(flows.deliveries()).isEmpty();
      assertThat(flows.discussions().answers(post)).isEmpty();
    }

    @Test
    void aHeartThatIsRetractedDoesNotCount() {
      hearts(JULIET, "h1");
      flows.reconciler().event(ROMEO, NODE.node(), List.of(), List.of("h1"));

      assertThat(counts(post).isEmpty()).isTrue();
    }

    @Test
    void aHeartThatVanishedWithoutAnEventDoesNotCount() {
      hearts(JULIET, "h1");
      flows.advance(Duration.ofMinutes(1));
      flows.xmpp().drops(ROMEO, NODE.node(), "h1");
      flows.advance(Duration.ofDays(1));
      flows.compare();

      assertThat(counts(post).isEmpty()).isTrue();
    }

    @Test
    void aHeartThatWasThereBeforeIsFound() {
      flows.xmpp().holds(ROMEO, NODE.node(), comment("h1", JULIET, "♥", ""));
      flows.advance(Duration.ofDays(1));
      flows.compare();

      assertThat(counts(post).likes()).isEqualTo(1);
    }

    @Test
    void theHeartsThatTheGatewayPutThereDoNotComeBack() {
      flows.receives(BOB.likes("l1", post), BOB);
      flows.publish();
      comments(shown().getFirst());

      assertThat(counts(post).likes()).isEqualTo(1);
      List<Reaction> likes = flows.ask(session -> session.reactions().likes(post, 9));
      assertThat(likes).extracting(Reaction::actor).containsExactly(BOB.id());
    }

    @Test
    void theHeartOfAStrangerStaysWhereItIs() {
      hearts(STRANGER, "h1");

      assertThat(counts(post).isEmpty()).isTrue();
    }
  }
}
