package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.port.RemotePosts.Page;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody on the fediverse wants nothing of romeo, who never learns of it. */
class BlockerTest extends Room {
  private void blocks(Peer who, Jid whom) {
    flows.receives(
        who.says("block-" + whom.local(), "Block", "\"" + flows.urls().actor(whom) + "\""), who);
  }

  private void says(Peer who, String name, String text) {
    flows.receives(who.creates("c" + name, who.note(name, text, flows.now())), who);
  }

  private void mentionsRomeo(Peer who, String name) {
    String addressing =
        "\"tag\":[{\"type\":\"Mention\",\"href\":\"%s\",\"name\":\"@romeo\"}],%s"
            .formatted(flows.urls().actor(ROMEO), Peer.TO_ALL);
    flows.receives(
        who.creates(
            "c" + name, who.note(name, "Hey romeo", flows.now(), Optional.empty(), addressing)),
        who);
  }

  private List<String> node(Peer whose, Jid reader) {
    List<Posting> postings =
        flows
            .timelines()
            .posts(
                actor(whose),
                flows.virtual(whose),
                reader,
                new Page(Optional.empty(), true, 20, false))
            .value()
            .orElseThrow()
            .postings();
    return texts(postings);
  }

  private List<String> comments(Peer author, URI post, Jid reader) {
    return texts(
        flows
            .discussions()
            .comments(actor(author), flows.virtual(author), reader, Ids.itemId(post))
            .value()
            .orElseThrow());
  }

  @Test
  void case73_aBlockEndsFollowsInBothDirectionsWithoutAWordToAnybody() {
    flows.follows(ROMEO, ADA);
    flows.follows(JULIET, ADA);

    blocks(ADA, ROMEO);

    assertThat(flows.rows("follower where actor = '" + ADA.id() + "'")).isZero();
    assertThat(flows.rows("following where subscriber = '" + ROMEO + "'")).isZero();
    assertThat(flows.rows("following where subscriber = '" + JULIET + "'")).isEqualTo(1);
    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void case73_whoBlocksGetsNoPostsAnyMore() {
    blocks(ADA, ROMEO);

    flows.publishes(ROMEO, entry("2", ""));

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void case73_aRequestToFollowThatWaitsIsForgotten() {
    flows.approvals().choose(ROMEO, true);
    flows.receives(EVE.follow("f", flows.urls().actor(ROMEO)), EVE);
    assertThat(flows.rows("follow_request")).isEqualTo(1);

    blocks(EVE, ROMEO);

    assertThat(flows.rows("follow_request")).isZero();
  }

  @Test
  void case73_whoIsBlockedSeesNothingOfThemAndOthersDo() {
    flows.follows(JULIET, BOB);
    says(BOB, "1", "Hello");
    blocks(BOB, ROMEO);

    assertThat(node(BOB, ROMEO)).isEmpty();
    assertThat(
            flows.timelines().posting(actor(BOB), flows.virtual(BOB), ROMEO, itemId("1")).value())
        .isEmpty();
    assertThat(node(BOB, JULIET)).containsExactly("Hello");
  }

  private static String itemId(String post) {
    return Ids.itemId(BOB.post(post));
  }

  @Test
  void case73_theirAnswersToOthersAreHiddenFromWhoIsBlocked() {
    flows.follows(JULIET, BOB);
    says(BOB, "1", "Hello");
    replies(EVE, "2", "Hello yourself", BOB.post("1"));
    blocks(EVE, ROMEO);

    assertThat(comments(BOB, BOB.post("1"), ROMEO)).isEmpty();
    assertThat(comments(BOB, BOB.post("1"), JULIET)).containsExactly("Hello yourself");
  }

  @Test
  void case73_ofWhatABlockerSaysNobodyTellsWhoIsBlocked() {
    mentionsRomeo(BOB, "1");
    assertThat(flows.told()).hasSize(1);
    blocks(BOB, ROMEO);

    mentionsRomeo(BOB, "2");

    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void case73_aBlockIsOverWhenItIsUndone() {
    flows.follows(JULIET, BOB);
    says(BOB, "1", "Hello");
    blocks(BOB, ROMEO);

    flows.receives(
        BOB.says(
            "u",
            "Undo",
            "{\"id\":\"%s\",\"type\":\"Block\",\"actor\":\"%s\",\"object\":\"%s\"}"
                .formatted(BOB.activity("block-romeo"), BOB.id(), flows.urls().actor(ROMEO))),
        BOB);

    assertThat(node(BOB, ROMEO)).containsExactly("Hello");
  }

  @Test
  void case73_aBlockIsOverWhenItIsUndoneByItsId() {
    blocks(BOB, ROMEO);
    flows.receives(EVE.says("u", "Undo", "\"" + BOB.activity("block-romeo") + "\""), EVE);
    assertThat(flows.rows("blocker")).isEqualTo(1);

    flows.receives(BOB.says("u", "Undo", "\"" + BOB.activity("block-romeo") + "\""), BOB);

    assertThat(flows.rows("blocker")).isZero();
  }

  @Test
  void case73_whoFollowsAfterABlockBlocksNoMore() {
    blocks(BOB, ROMEO);

    flows.isFollowedBy(ROMEO, BOB);

    assertThat(flows.rows("blocker")).isZero();
  }

  @Test
  void case73_aBlockOfNobodyHereIsForgotten() {
    blocks(BOB, Jid.of("mercutio@example.org"));
    flows.receives(BOB.says("b", "Block", "\"" + EVE.id() + "\""), BOB);

    assertThat(flows.rows("blocker")).isZero();
  }
}
