package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.ATTACHMENTS;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.AttachmentNodes;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.bridge.BridgeSettings.Choices;
import im.tombolo.core.bridge.BridgeSettings.Consent;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Element;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** People of the fediverse like posts of XMPP, and react to them (FEP-c0e0). */
class RemoteReactionTest extends Reactions {
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
