package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.BlockBridge.Blocked;
import im.tombolo.core.bridge.BridgeSettings.Choices;
import im.tombolo.core.bridge.BridgeSettings.Consent;
import im.tombolo.core.bridge.PollBridge.Draft;
import im.tombolo.core.bridge.PollBridge.Made;
import im.tombolo.core.model.Following;
import im.tombolo.core.port.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** romeo wants nothing of somebody on the fediverse. */
class BlockTest extends Room {
  private void blocks(String address) {
    assertThat(flows.blocks().block(ROMEO, address).value()).get().isInstanceOf(Blocked.Done.class);
  }

  private List<String> followers() {
    List<URI> all = flows.ask(session -> session.followers().page(ROMEO, Optional.empty(), 10));
    return all.stream().map(URI::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@social.example",
        "https://social.example/users/ada",
        "ada\\40social.example@ap.example.org",
        "social.example",
        "Social.Example",
      })
  void aFollowOfWhoIsBlockedEndsWithAReject(String address) {
    blocks(address);

    assertThat(followers()).isEmpty();
    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(reject -> {
          assertThat(reject.type()).isEqualTo("Reject");
          assertThat(reject.inbox()).isEqualTo(ADA.inbox());
          assertThat(reject.text("/object/id")).isEqualTo(ADA.activity("follows-romeo").toString());
        });
  }

  @Test
  void theirFollowsAreRefusedUntilTheyAreUnblocked() {
    blocks("third.example");

    flows.receives(EVE.follow("f1", flows.urls().actor(ROMEO)), EVE);
    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Reject");
    assertThat(followers()).containsExactly(ADA.id().toString());

    assertThat(flows.blocks().unblock(ROMEO, "third.example")).isTrue();
    assertThat(flows.blocks().unblock(ROMEO, "third.example")).isFalse();
    flows.receives(EVE.follow("f2", flows.urls().actor(ROMEO)), EVE);
    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Accept");
  }

  @Test
  void aDomainIsBlockedWithAllBelowIt() {
    Peer deep = Peer.of("deep", "a.b.third.example").joins(flows.fediverse());
    Peer beside = Peer.of("beside", "notthird.example").joins(flows.fediverse());
    blocks("third.example");

    flows.receives(deep.follow("f1", flows.urls().actor(ROMEO)), deep);
    flows.receives(beside.follow("f2", flows.urls().actor(ROMEO)), beside);

    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Reject", "Accept");
  }

  @Test
  void case73_whatTheyAnswerDoesNotArrive() {
    blocks("bob@other.example");

    replies(BOB, "1", "Who is there?", post);
    replies(EVE, "1", "Me", post);

    assertThat(shown()).extracting(Room::title).containsExactly("Me");
    assertThat(flows.discussions().answers(post)).hasSize(1);
    assertThat(flows.told())
        .extracting(Notice::from)
        .containsExactly(flows.virtual(EVE).toString());
  }

  private void blocksAreSent() {
    flows.restart(new Choices(Consent.OPEN_NODES, true, List.of(), true));
  }

  @Test
  void case73_whereTheAdministratorWantsItTheServerOfWhoIsBlockedIsToldAndNobodyElse() {
    blocksAreSent();

    blocks("bob@other.example");
    blocks("bob@other.example");

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(block -> {
          assertThat(block.type()).isEqualTo("Block");
          assertThat(block.inbox()).isEqualTo(BOB.inbox());
          assertThat(block.text("/actor")).isEqualTo(flows.urls().actor(ROMEO).toString());
          assertThat(block.text("/object")).isEqualTo(BOB.id().toString());
          assertThat(block.activity().path("to")).hasSize(1);
        });
  }

  @Test
  void case73_whatWasToldOfABlockIsTakenBackWithIt() {
    blocksAreSent();
    blocks("bob@other.example");
    String block = flows.sent().getFirst().text("/id");
    flows.restart(Choices.DEFAULT);

    flows.blocks().unblock(ROMEO, "bob@other.example");

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(undo -> {
          assertThat(undo.type()).isEqualTo("Undo");
          assertThat(undo.inbox()).isEqualTo(BOB.inbox());
          assertThat(undo.text("/object/id")).isEqualTo(block);
        });
  }

  @Test
  void case73_ofABlockedDomainNobodyIsTold() {
    blocksAreSent();

    blocks("other.example");

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void case73_anotherPersonIsNotConcerned() {
    Jid juliet = Jid.of("juliet@example.org");
    flows.follows(juliet, BOB);
    blocks("bob@other.example");

    flows.receives(BOB.creates("c", BOB.note("n", "Hello", flows.now())), BOB);

    assertThat(flows.notices()).extracting(Notice::to).containsExactly(juliet.toString());
  }

  @Test
  void whatTheySaidBeforeCanStillBeTakenBack() {
    replies(BOB, "1", "Who is there?", post);
    blocks("bob@other.example");

    flows.receives(BOB.deletes("d", BOB.post("1")), BOB);
    flows.publish();

    assertThat(shown()).isEmpty();
  }

  @Test
  void theirBoostsAndVotesDoNotCount() {
    URI poll =
        flows
            .polls()
            .start(ROMEO, new Draft("Tea?", List.of("Yes", "No"), false, Duration.ofDays(1)))
            .value()
            .filter(Made.Published.class::isInstance)
            .map(Made.Published.class::cast)
            .orElseThrow()
            .post();
    blocks("bob@other.example");

    flows.receives(BOB.announces("a", post, flows.now()), BOB);
    flows.receives(BOB.votes("v", poll, "Yes"), BOB);

    assertThat(flows.notices()).isEmpty();
    assertThat(flows.<Long>ask(session -> session.polls().voters(poll)).longValue()).isZero();
  }

  @Test
  void onesOwnFollowEndsToo() {
    flows.follows(ROMEO, BOB);

    blocks("other.example");

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Undo");
    assertThat(flows.notices()).extracting(Notice::kind).containsExactly("none");
    List<Following> left = flows.ask(session -> session.followings().ofSubscriber(ROMEO));
    assertThat(left).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.org", "pubsub.example.org", "romeo@example.org"})
  void whatIsOursIsNotBlocked(String address) {
    assertThat(flows.blocks().block(ROMEO, address)).isEqualTo(Answer.got(new Blocked.Ours()));
    assertThat(flows.blocks().list(ROMEO)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"example", "", "nobody@other.example", "https://other.example/x", "*"})
  void whatIsNobodyIsNotBlocked(String address) {
    assertThat(flows.blocks().block(ROMEO, address)).isInstanceOf(Answer.Missing.class);
    assertThat(flows.blocks().list(ROMEO)).isEmpty();
    assertThat(followers()).hasSize(1);
  }

  @Test
  void strangersBlockNobody() {
    assertThat(flows.blocks().block(STRANGER, "other.example")).isInstanceOf(Answer.Closed.class);
    assertThat(flows.blocks().list(STRANGER)).isEmpty();
  }

  @Test
  void aPersonIsUnblockedByAnyAddress() {
    blocks("bob@other.example");
    assertThat(flows.blocks().list(ROMEO)).containsExactly(BOB.id().toString());
    flows.fediverse().goesDown(BOB.host());
    flows.advance(Duration.ofDays(2));

    assertThat(flows.blocks().unblock(ROMEO, "@bob@other.example")).isTrue();
  }
}
