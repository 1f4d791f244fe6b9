package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.ATOM;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.InboxDoor.Verdict;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.RemotePosts.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people there post reaches those here who follow them. */
class RemotePostTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer MALLORY = Peer.of("mallory", "social.example");
  private static final Peer EVE = Peer.of("eve", "evil.example");
  private static final Instant THEN = Flows.START.minusSeconds(3600);

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void julietFollowsAda() {
    flows.follows(JULIET, ADA);
    MALLORY.joins(flows.fediverse());
    EVE.joins(flows.fediverse());
  }

  private Optional<RemotePost> kept(String post) {
    return flows.ask(session -> session.remotePosts().find(ADA.post(post))).map(Kept::post);
  }

  private String says(String post) {
    return kept(post).orElseThrow().content().body().toPlainText();
  }

  private List<String> page(boolean follower) {
    return flows
        .ask(session ->
            session.remotePosts().page(ADA.id(), new Page(Optional.empty(), true, 9, follower)))
        .stream()
        .map(Kept::itemId)
        .toList();
  }

  private static String edited(String text, Instant updated) {
    return ADA.note("1", text, THEN, Optional.of(updated), Peer.TO_ALL);
  }

  @Test
  void aPostIsToldToWhoFollows() {
    flows.receives(ADA.creates("c", ADA.note("1", "Hello", THEN)), ADA);

    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.kind()).isEqualTo("item");
          assertThat(notice.node()).isEqualTo(MICROBLOG);
          assertThat(notice.from()).isEqualTo("ada\\40social.example@ap.example.org");
          assertThat(notice.to()).isEqualTo(JULIET.toString());
          assertThat(notice.itemId()).isEqualTo(Ids.itemId(ADA.post("1")));
          assertThat(notice.title()).isEqualTo("Hello");
          assertThat(notice.payload().child("id", ATOM))
              .map(id -> id.text())
              .contains(ADA.post("1").toString());
        });
  }

  @Test
  void aPostIsToldToEachWhoFollowsAndNobodyElse() {
    flows.follows(ROMEO, ADA);
    flows.subscriptions().subscribe(flows.virtual(ADA), Jid.of("paris@example.org"));

    flows.receives(ADA.creates("c", ADA.note("1", "Hello", THEN)), ADA);

    assertThat(flows.notices())
        .extracting(Notice::to)
        .containsExactlyInAnyOrder(JULIET.toString(), ROMEO.toString());
  }

  @Test
  void aPostOfSomebodyWhomNobodyFollowsIsDropped() {
    flows.receives(MALLORY.creates("c", MALLORY.note("1", "Hello", THEN)), MALLORY);

    assertThat(flows.notices()).isEmpty();
    assertThat(flows.find(s -> s.remotePosts().find(MALLORY.post("1")))).isEmpty();
  }

  @Test
  void aPostThatComesTwiceIsToldOnce() {
    String note = ADA.note("1", "Hello", THEN);
    flows.receives(ADA.creates("c1", note), ADA);

    flows.receives(ADA.creates("c2", note), ADA);

    assertThat(flows.notices()).hasSize(1);
  }

  @Test
  void aPostForFollowersIsToldToThemAndShownToNobodyElse() {
    String note = ADA.note("1", "Psst", THEN, Optional.empty(), ADA.toFollowers());

    flows.receives(ADA.creates("c", note), ADA);

    assertThat(flows.notices()).extracting(Notice::to).containsExactly(JULIET.toString());
    assertThat(page(true)).hasSize(1);
    assertThat(page(false)).isEmpty();
  }

  @Test
  void whoIsNotAcceptedYetSeesNoPostForFollowers() {
    flows.subscriptions().subscribe(flows.virtual(ADA), ROMEO);
    String note = ADA.note("1", "Psst", THEN, Optional.empty(), ADA.toFollowers());
    flows.receives(ADA.creates("c", note), ADA);

    var ada = flows.directory().byId(ADA.id()).value().orElseThrow();
    Page all = new Page(Optional.empty(), true, 9, true);
    String item = Ids.itemId(ADA.post("1"));

    assertThat(
            flows
                .timelines()
                .posts(ada, flows.virtual(ADA), JULIET, all)
                .value()
                .orElseThrow()
                .postings())
        .hasSize(1);
    assertThat(
            flows
                .timelines()
                .posts(ada, flows.virtual(ADA), ROMEO, all)
                .value()
                .orElseThrow()
                .postings())
        .isEmpty();
    assertThat(
            flows
                .timelines()
                .posts(ada, flows.virtual(ADA), ROMEO, all)
                .value()
                .orElseThrow()
                .total())
        .isZero();
    assertThat(flows.timelines().posting(ada, flows.virtual(ADA), JULIET, item).value())
        .isPresent();
    assertThat(flows.timelines().posting(ada, flows.virtual(ADA), ROMEO, item).value()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"to\":[\"https://social.example/users/mallory\"]",
        "\"to\":[\"https://social.example/users/mallory\"],\"tag\":[{\"type\":\"Mention\",\"href\":"
            + "\"https://social.example/users/mallory\"}]",
        "\"to\":[]",
      })
  void whatIsForNamedPeopleOnlyIsDropped(String addressing) {
    String note = ADA.note("1", "Psst", THEN, Optional.empty(), addressing);

    flows.receives(ADA.creates("c", note), ADA);

    assertThat(flows.notices()).isEmpty();
    assertThat(kept("1")).isEmpty();
  }

  @Test
  void anEditReplacesThePost() {
    flows.receives(ADA.creates("c", ADA.note("1", "Hello", THEN)), ADA);
    Notice first = flows.told().getFirst();

    flows.receives(ADA.updates("u", edited("Hello again", THEN.plusSeconds(60))), ADA);

    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.itemId()).isEqualTo(first.itemId());
          assertThat(notice.id()).isNotEqualTo(first.id());
          assertThat(notice.title()).isEqualTo("Hello again");
        });
    assertThat(says("1")).isEqualTo("Hello again");
  }

  @Test
  void anOlderEditThatComesLaterChangesNothing() {
    flows.receives(ADA.creates("c", ADA.note("1", "First", THEN)), ADA);
    flows.receives(ADA.updates("u2", edited("Third", THEN.plusSeconds(120))), ADA);
    flows.told();

    flows.receives(ADA.updates("u1", edited("Second", THEN.plusSeconds(60))), ADA);

    assertThat(flows.notices()).isEmpty();
    assertThat(says("1")).isEqualTo("Third");
  }

  @Test
  void anUpdateThatChangesNothingIsNotTold() {
    flows.receives(ADA.creates("c", ADA.note("1", "First", THEN)), ADA);
    flows.told();

    flows.receives(ADA.updates("u", ADA.note("1", "First", THEN)), ADA);

    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void anEditOfAPostThatNeverCameDoesNotComeEither() {
    flows.receives(ADA.updates("u", edited("Hello again", THEN.plusSeconds(60))), ADA);

    assertThat(flows.notices()).isEmpty();
    assertThat(flows.find(session -> session.remotePosts().find(ADA.post("1")))).isEmpty();
  }

  @Test
  void case13_noEditWidensTheAudience() {
    String note = ADA.note("1", "Psst", THEN, Optional.empty(), ADA.toFollowers());
    flows.receives(ADA.creates("c", note), ADA);

    flows.receives(ADA.updates("u", edited("Psst!", THEN.plusSeconds(60))), ADA);

    assertThat(says("1")).isEqualTo("Psst!");
    assertThat(page(false)).isEmpty();
  }

  @Test
  void case12_nobodyEditsThePostOfAnother() {
    flows.receives(ADA.creates("c", ADA.note("1", "Hello", THEN)), ADA);
    flows.follows(JULIET, MALLORY);
    flows.told();
    String forged =
        edited("Forged", THEN.plusSeconds(60))
            .replace("\"attributedTo\":\"" + ADA.id(), "\"attributedTo\":\"" + MALLORY.id());

    flows.receives(MALLORY.updates("u", forged), MALLORY);
    flows.receives(MALLORY.creates("c", forged), MALLORY);

    assertThat(flows.notices()).isEmpty();
    assertThat(says("1")).isEqualTo("Hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Create", "Update"})
  void case23_aPostOfSomebodyElseIsRefused(String type) {
    String activity = MALLORY.says("x", type, ADA.note("1", "Forged", THEN));

    assertThat(flows.receive(activity, MALLORY.id())).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void case13_aPostUnderTheAddressOfAnotherServerIsRefused() {
    String forged =
        ADA.note("1", "Forged", THEN)
            .replace("\"attributedTo\":\"" + ADA.id(), "\"attributedTo\":\"" + EVE.id());

    assertThat(flows.receive(EVE.creates("c", forged), EVE.id()))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void aDeletedPostIsRetracted() {
    flows.receives(ADA.creates("c", ADA.note("1", "Hello", THEN)), ADA);
    Notice first = flows.told().getFirst();

    flows.receives(ADA.deletes("d", ADA.post("1")), ADA);

    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.kind()).isEqualTo("retract");
          assertThat(notice.node()).isEqualTo(MICROBLOG);
          assertThat(notice.itemId()).isEqualTo(first.itemId());
        });
    assertThat(page(true)).isEmpty();
  }

  @Test
  void aPostDeletedByItsAddressAloneIsRetracted() {
    flows.receives(ADA.creates("c", ADA.note("1", "Hello", THEN)), ADA);
    flows.told();

    flows.receives(ADA.says("d", "Delete", "\"" + ADA.post("1") + "\""), ADA);

    assertThat(flows.notices()).extracting(Notice::kind).containsExactly("retract");
  }

  @Test
  void case12_nobodyDeletesThePostOfAnother() {
    flows.receives(ADA.creates("c", ADA.note("1", "Hello", THEN)), ADA);
    flows.told();

    flows.receives(MALLORY.deletes("d", ADA.post("1")), MALLORY);

    assertThat(flows.notices()).isEmpty();
    assertThat(says("1")).isEqualTo("Hello");
    assertThat(flows.receive(EVE.deletes("d", ADA.post("1")), EVE.id()))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void nobodyKeepsThePostOfAnotherFromComing() {
    flows.follows(JULIET, MALLORY);
    flows.receives(MALLORY.deletes("d", ADA.post("1")), MALLORY);

    flows.receives(ADA.creates("c", ADA.note("1", "Hello", THEN)), ADA);

    assertThat(flows.notices()).extracting(Notice::title).containsExactly("Hello");
  }

  @Test
  void case52_aDeletedPostNeverComesBack() {
    flows.receives(ADA.creates("c1", ADA.note("1", "Hello", THEN)), ADA);
    flows.receives(ADA.deletes("d", ADA.post("1")), ADA);
    flows.told();

    flows.receives(ADA.creates("c2", ADA.note("1", "Hello", THEN)), ADA);
    flows.receives(ADA.updates("u", edited("Hello again", flows.now())), ADA);

    assertThat(flows.notices()).isEmpty();
    assertThat(kept("1")).isEmpty();
  }

  @Test
  void aDeleteThatOvertakesItsPostKeepsItAway() {
    flows.receives(ADA.deletes("d", ADA.post("1")), ADA);

    flows.receives(ADA.creates("c", ADA.note("1", "Hello", THEN)), ADA);

    assertThat(flows.notices()).isEmpty();
    assertThat(kept("1")).isEmpty();
  }

  @Test
  void strangersFillNoStorageWithGraves() {
    flows.receives(MALLORY.deletes("d", MALLORY.post("1")), MALLORY);

    assertThat(
            flows.<Boolean>ask(
                session -> session.remotePosts().isBuried(MALLORY.post("1"), MALLORY.id())))
        .isFalse();
  }
}
