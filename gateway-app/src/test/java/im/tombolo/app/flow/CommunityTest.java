package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.ATOM;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.ReactionItems;
import im.tombolo.core.bridge.AttachmentBridge;
import im.tombolo.core.bridge.InboxDoor.Verdict;
import im.tombolo.core.bridge.TimelineBridge.Timeline;
import im.tombolo.core.model.ReactionCounts;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.port.Rules.Rule;
import im.tombolo.core.port.Rules.Severity;
import im.tombolo.core.xml.Element;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Communities of the fediverse are nodes on XMPP (FEP-1b12). */
class CommunityTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Community CATS = new Community("cats", "lemmy.example");
  private static final Peer ADA = Peer.of("ada", "lemmy.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final Peer MOD = Peer.of("mod", "lemmy.example");

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void julietFollowsTheCommunity() {
    ADA.joins(flows.fediverse());
    BOB.joins(flows.fediverse());
    MOD.joins(flows.fediverse());
    CATS.joins(flows.fediverse());
    flows.subscriptions().subscribe(flows.virtual(CATS.peer()), JULIET);
    flows.receives(CATS.peer().accept("accepts", flows.followId(JULIET, CATS.peer())), CATS.peer());
    flows.sent();
    flows.told();
    flows.advance(Duration.ofMinutes(1));
  }

  private void passesOn(String name, String activity) {
    flows.receives(CATS.announces(name, activity), CATS.peer());
  }

  private void posts(Peer author, String post, String title) {
    String page = CATS.page(author, post, title, flows.now());
    flows.fediverse().holds(author.post(post), page);
    passesOn("a-" + post, CATS.does(author, "c-" + post, "Create", page));
  }

  private void comments(Peer author, String post, String text, URI parent) {
    String note = CATS.comment(author, post, text, flows.now(), parent);
    flows.fediverse().holds(author.post(post), note);
    passesOn("a-" + post, CATS.does(author, "c-" + post, "Create", note));
  }

  private List<String> node() {
    return timeline().postings().stream()
        .map(posting -> posting.content().title().orElse(""))
        .toList();
  }

  private Timeline timeline() {
    return flows
        .timelines()
        .actor(flows.virtual(CATS.peer()))
        .flatMap(group ->
            flows
                .timelines()
                .posts(
                    group,
                    flows.virtual(CATS.peer()),
                    JULIET,
                    new Page(Optional.empty(), true, 20, false)))
        .value()
        .orElseThrow();
  }

  private List<URI> discussion(URI root) {
    return flows.ask(session ->
        session.discussions().all(root, Optional.empty(), 10).stream()
            .map(Discussions.Entry::id)
            .toList());
  }

  private ReactionCounts votes(URI post) {
    return flows.ask(session -> session.reactions().count(post));
  }

  @Test
  void aPostStandsInTheNodeUnderItsAuthorsName() {
    posts(BOB, "1", "A cat");

    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.from()).isEqualTo(flows.virtual(CATS.peer()).toString());
          assertThat(notice.to()).isEqualTo(JULIET.toString());
          assertThat(notice.itemId()).isEqualTo(Ids.itemId(BOB.post("1")));
          assertThat(notice.title()).isEqualTo("A cat");
          Element author = notice.payload().child("author", ATOM).orElseThrow();
          assertThat(author.child("uri", ATOM).orElseThrow().text())
              .isEqualTo("xmpp:" + flows.virtual(BOB));
          assertThat(notice.payload().children("link", ATOM))
              .extracting(link -> link.attributeOr("rel", ""))
              .contains("related", "replies")
              .doesNotContain("via");
        });
    assertThat(node()).containsExactly("A cat");
  }

  @Test
  void aPostThatIsAnnouncedByItsIdAsWellStandsThereOnce() {
    posts(BOB, "1", "A cat");
    passesOn("again", "\"" + BOB.post("1") + "\"");

    assertThat(flows.notices()).hasSize(1);
    assertThat(node()).containsExactly("A cat");
  }

  @Test
  void whatTheCommunitySaysOfAPostDoesNotCount() {
    flows.fediverse().holds(BOB.post("1"), CATS.page(BOB, "1", "A cat", flows.now()));
    passesOn("a", CATS.does(BOB, "c", "Create", CATS.page(BOB, "1", "Never said", flows.now())));

    assertThat(node()).containsExactly("A cat");
  }

  private void refuses(String domain) {
    flows.ask(session -> {
      session.rules().add(new Rule(domain, Severity.SUSPEND, ""));
      return true;
    });
    flows.settings().moderation().refresh(flows.store());
  }

  @Test
  void case71_whatACommunityShowsOfWhomTheAdministratorRefusesIsNotTaken() {
    posts(ADA, "1", "A dog");
    flows.told();
    refuses("other.example");
    flows.fediverse().forgetsQuestions();

    posts(BOB, "2", "A cat");
    comments(BOB, "3", "Nice", ADA.post("1"));
    passesOn("l", CATS.does(BOB, "like", "Like", "\"" + ADA.post("1") + "\""));

    assertThat(node()).containsExactly("A dog");
    assertThat(flows.notices()).isEmpty();
    assertThat(discussion(ADA.post("1"))).containsExactly(ADA.post("1"));
    assertThat(votes(ADA.post("1")).likes()).isZero();
    assertThat(flows.fediverse().asked()).noneMatch(asked -> asked.contains("other.example"));
  }

  @Test
  void aPostThatItsServerDoesNotKnowIsNotShown() {
    passesOn("a", CATS.does(BOB, "c", "Create", CATS.page(BOB, "1", "A cat", flows.now())));

    assertThat(flows.notices()).isEmpty();
    assertThat(node()).isEmpty();
  }

  @Test
  void onlyTheCommunityItselfPassesOn() {
    String page = CATS.page(BOB, "1", "A cat", flows.now());
    flows.fediverse().holds(BOB.post("1"), page);
    Verdict verdict =
        flows.receive(CATS.announces("a", CATS.does(BOB, "c", "Create", page)), BOB.id());
    flows.work();

    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    assertThat(node()).isEmpty();
  }

  @Test
  void aPersonPassesNothingOn() {
    flows.follows(JULIET, ADA);
    String page = CATS.page(BOB, "1", "A cat", flows.now());
    flows.fediverse().holds(BOB.post("1"), page);
    flows.receives(ADA.says("a", "Announce", CATS.does(BOB, "c", "Create", page)), ADA);

    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void anEditIsShown() {
    posts(BOB, "1", "A cat");
    flows.told();
    flows.advance(Duration.ofMinutes(5));
    String edited =
        CATS.page(BOB, "1", "A big cat", flows.now())
            .replace("\"sensitive\"", "\"updated\":\"" + flows.now() + "\",\"sensitive\"");
    flows.fediverse().holds(BOB.post("1"), edited);
    passesOn("u", CATS.does(BOB, "up", "Update", edited));

    assertThat(flows.notices()).extracting(Notice::title).containsExactly("A big cat");
    assertThat(node()).containsExactly("A big cat");
  }

  @Test
  void commentsStandInTheDiscussionAndNotInTheNode() {
    posts(ADA, "1", "A cat");
    flows.told();
    comments(BOB, "2", "Nice", ADA.post("1"));
    comments(ADA, "3", "Thanks", BOB.post("2"));

    assertThat(node()).containsExactly("A cat");
    assertThat(flows.notices()).isEmpty();
    assertThat(discussion(ADA.post("1")))
        .containsExactlyInAnyOrder(ADA.post("1"), BOB.post("2"), ADA.post("3"));
  }

  @Test
  void aCommentOnAnOldPostBringsThePostQuietly() {
    flows.fediverse().holds(ADA.post("1"), CATS.page(ADA, "1", "An old cat", flows.now()));
    comments(BOB, "2", "Nice", ADA.post("1"));

    assertThat(flows.notices()).isEmpty();
    assertThat(node()).containsExactly("An old cat");
  }

  @Test
  void votesOfPeopleOfItsServerCount() {
    posts(BOB, "1", "A cat");
    passesOn("l", CATS.does(ADA, "like", "Like", "\"" + BOB.post("1") + "\""));
    passesOn("d", CATS.does(MOD, "dislike", "Dislike", "\"" + BOB.post("1") + "\""));

    assertThat(votes(BOB.post("1")).likes()).isEqualTo(1);
    assertThat(votes(BOB.post("1")).emojis()).containsEntry("\ud83d\udc4e", 1L);
  }

  @Test
  void votesAreCountedInTheSummaryOfTheNode() {
    posts(BOB, "1", "A cat");
    passesOn("l", CATS.does(ADA, "like", "Like", "\"" + BOB.post("1") + "\""));
    RemoteActor cats = flows.timelines().actor(flows.virtual(CATS.peer())).value().orElseThrow();

    assertThat(
            flows
                .attachments()
                .summary(cats, JULIET, Ids.itemId(BOB.post("1")))
                .value()
                .map(AttachmentBridge.Shown::payload)
                .map(Element::toString))
        .contains(ReactionItems.summary(votes(BOB.post("1"))).toString());
  }

  @Test
  void whoeverVotesTheOtherWayVotesOnce() {
    posts(BOB, "1", "A cat");
    passesOn("l", CATS.does(ADA, "like", "Like", "\"" + BOB.post("1") + "\""));
    passesOn("d", CATS.does(ADA, "dislike", "Dislike", "\"" + BOB.post("1") + "\""));

    assertThat(votes(BOB.post("1")).likes()).isZero();
    assertThat(votes(BOB.post("1")).emojis()).containsOnlyKeys("\ud83d\udc4e");
  }

  @Test
  void aVoteThatIsUndoneCountsNoMore() {
    posts(BOB, "1", "A cat");
    String like = CATS.does(ADA, "like", "Like", "\"" + BOB.post("1") + "\"");
    passesOn("l", like);
    passesOn("u", CATS.does(ADA, "undo", "Undo", like));

    assertThat(votes(BOB.post("1")).isEmpty()).isTrue();
  }

  @Test
  void aVoteFromElsewhereCountsWhenItsServerKnowsIt() {
    posts(ADA, "1", "A cat");
    String like = CATS.does(BOB, "like", "Like", "\"" + ADA.post("1") + "\"");
    flows.fediverse().holds(BOB.activity("like"), like);
    passesOn("l", like);
    passesOn("m", CATS.does(BOB, "never", "Dislike", "\"" + ADA.post("1") + "\""));

    assertThat(votes(ADA.post("1")).likes()).isEqualTo(1);
    assertThat(votes(ADA.post("1")).emojis()).isEmpty();
  }

  @Test
  void severalThingsArePassedOnAtOnce() {
    posts(BOB, "1", "A cat");
    passesOn(
        "many",
        "["
            + CATS.does(ADA, "like", "Like", "\"" + BOB.post("1") + "\"")
            + ","
            + CATS.does(MOD, "like", "Like", "\"" + BOB.post("1") + "\"")
            + "]");

    assertThat(votes(BOB.post("1")).likes()).isEqualTo(2);
  }

  @Test
  void aPostThatItsAuthorDeletedIsGone() {
    posts(BOB, "1", "A cat");
    flows.told();
    flows.fediverse().answers(BOB.post("1"), new Answer.Gone<>());
    passesOn("d", CATS.does(BOB, "del", "Delete", "\"" + BOB.post("1") + "\""));

    assertThat(flows.notices()).extracting(Notice::kind).containsExactly("retract");
    assertThat(flows.find(session -> session.remotePosts().find(BOB.post("1")))).isEmpty();
  }

  @Test
  void aPostThatAModeratorTookOutIsGoneFromTheNodeOnly() {
    posts(BOB, "1", "A cat");
    flows.told();
    passesOn("d", CATS.does(MOD, "del", "Delete", "\"" + BOB.post("1") + "\""));

    assertThat(flows.notices()).extracting(Notice::kind).containsExactly("retract");
    assertThat(node()).isEmpty();
    assertThat(flows.find(session -> session.remotePosts().find(BOB.post("1")))).isPresent();
    passesOn("again", "\"" + BOB.post("1") + "\"");
    assertThat(node()).isEmpty();
  }

  private String lock(Peer who, Peer author, String post) {
    return CATS.does(who, "lock-" + who.name(), "Lock", "\"" + author.post(post) + "\"");
  }

  private boolean isLocked(URI post) {
    return flows.ask(session -> session.decisions().isLocked(post));
  }

  private String ban(Peer by, Peer who) {
    return CATS.does(by, "ban-" + by.name(), "Block", "\"" + who.id() + "\"")
        .replace("\"type\"", "\"target\":\"" + CATS.id() + "\",\"removeData\":true,\"type\"");
  }

  @Test
  void whoIsNoModeratorDecidesNothingWhateverTheCommunityPassesOn() {
    Peer mallory = Peer.of("mallory", "evil.example").joins(flows.fediverse());
    posts(BOB, "1", "A cat");
    posts(ADA, "2", "A bird");
    String delete = CATS.does(mallory, "del", "Delete", "\"" + BOB.post("1") + "\"");
    passesOn("d", delete);
    passesOn("l", lock(mallory, ADA, "2"));
    passesOn("b", ban(mallory, ADA));

    assertThat(node()).containsExactlyInAnyOrder("A bird", "A cat");
    assertThat(isLocked(ADA.post("2"))).isFalse();
    passesOn("d2", CATS.does(MOD, "del", "Delete", "\"" + BOB.post("1") + "\""));
    passesOn("u", CATS.does(mallory, "undo", "Undo", delete));
    assertThat(node()).containsExactly("A bird");
  }

  @Test
  void somebodyOfItsAuthorsServerIsNotItsAuthor() {
    Peer eve = Peer.of("eve", BOB.host()).joins(flows.fediverse());
    posts(BOB, "1", "A cat");
    passesOn("d", CATS.does(eve, "del", "Delete", "\"" + BOB.post("1") + "\""));

    assertThat(node()).containsExactly("A cat");
  }

  @Test
  void moderatorsOfOtherServersAreThoseWhomTheCommunityNames() {
    Peer eve = Peer.of("eve", "other.example").joins(flows.fediverse());
    flows
        .fediverse()
        .holds(
            URI.create(CATS.id() + "/moderators"),
            "{\"id\":\"%s/moderators\",\"type\":\"OrderedCollection\",\"orderedItems\":[\"%s\"]}"
                .formatted(CATS.id(), eve.id()));
    posts(ADA, "1", "A cat");
    passesOn("l", lock(eve, ADA, "1"));
    assertThat(isLocked(ADA.post("1"))).isTrue();

    passesOn("b", ban(eve, ADA));
    assertThat(node()).isEmpty();
  }

  @Test
  void whileNobodySaysWhoModeratesADecisionWaits() {
    Peer eve = Peer.of("eve", "other.example").joins(flows.fediverse());
    posts(ADA, "1", "A cat");
    flows
        .fediverse()
        .answers(URI.create(CATS.id() + "/moderators"), new Answer.Unavailable<>("down"));
    passesOn("l", lock(eve, ADA, "1"));

    assertThat(isLocked(ADA.post("1"))).isFalse();
    assertThat(flows.rows("inbox where done_at is null")).isOne();
  }

  @Test
  void anAuthorClosesTheirOwnPost() {
    posts(BOB, "1", "A cat");
    passesOn("l", lock(BOB, BOB, "1"));

    assertThat(isLocked(BOB.post("1"))).isTrue();
  }

  @Test
  void aPostThatWasTakenOutIsLetInAgain() {
    posts(BOB, "1", "A cat");
    String delete = CATS.does(MOD, "del", "Delete", "\"" + BOB.post("1") + "\"");
    passesOn("d", delete);
    passesOn("u", CATS.does(MOD, "undo", "Undo", delete));

    assertThat(node()).containsExactly("A cat");
  }

  @Test
  void aCommentThatAModeratorTookOutIsInTheDiscussionNoMore() {
    posts(ADA, "1", "A cat");
    comments(BOB, "2", "Spam", ADA.post("1"));
    passesOn("d", CATS.does(MOD, "del", "Delete", "\"" + BOB.post("2") + "\""));

    assertThat(discussion(ADA.post("1"))).containsExactly(ADA.post("1"));
  }

  @Test
  void whoIsBannedWithAllTheirPostsIsSeenThereNoMore() {
    posts(BOB, "1", "A cat");
    posts(ADA, "2", "A bird");
    String ban =
        CATS.does(MOD, "ban", "Block", "\"" + BOB.id() + "\"")
            .replace("\"type\"", "\"target\":\"" + CATS.id() + "\",\"removeData\":true,\"type\"");
    passesOn("b", ban);

    assertThat(node()).containsExactly("A bird");
    assertThat(flows.find(session -> session.remotePosts().find(BOB.post("1")))).isPresent();
  }

  @Test
  void whoIsBannedFromAWholeServerStaysInTheNode() {
    posts(BOB, "1", "A cat");
    String ban =
        CATS.does(MOD, "ban", "Block", "\"" + BOB.id() + "\"")
            .replace(
                "\"type\"", "\"target\":\"https://lemmy.example/\",\"removeData\":true,\"type\"");
    passesOn("b", ban);

    assertThat(node()).containsExactly("A cat");
  }

  @Test
  void aCommunityThatNobodyFollowsIsNotHeard() {
    flows.subscriptions().unsubscribe(flows.virtual(CATS.peer()), JULIET);
    posts(BOB, "1", "A cat");

    assertThat(flows.find(session -> session.remotePosts().find(BOB.post("1")))).isEmpty();
  }

  @Test
  void itsOutboxIsReadForWhoOpensTheNode() {
    String own = CATS.page(ADA, "1", "A cat", flows.now().minusSeconds(1));
    flows.fediverse().holds(BOB.post("2"), CATS.page(BOB, "2", "A bird", flows.now()));
    flows
        .fediverse()
        .holds(
            CATS.peer().outbox(),
            "{\"id\":\"%s\",\"type\":\"OrderedCollection\",\"totalItems\":2,\"orderedItems\":[%s,%s]}"
                .formatted(
                    CATS.peer().outbox(),
                    CATS.announces("a", CATS.does(ADA, "c", "Create", own)),
                    CATS.announces(
                        "b",
                        CATS.does(
                            BOB, "d", "Create", CATS.page(BOB, "2", "Never said", flows.now())))));

    assertThat(node()).containsExactly("A bird", "A cat");
    assertThat(timeline().postings())
        .extracting(posting -> posting.author().jid())
        .containsExactly(flows.virtual(BOB), flows.virtual(ADA));
    assertThat(timeline().postings())
        .allSatisfy(posting -> assertThat(posting.at().node()).isEqualTo(MICROBLOG));
  }
}
