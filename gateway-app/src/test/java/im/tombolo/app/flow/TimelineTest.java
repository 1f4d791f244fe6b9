package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.bridge.TimelineBridge.Timeline;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.RemotePosts.Page;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people here read of the past of people there. */
class TimelineTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer EVE = Peer.of("eve", "evil.example");
  private static final Page ALL = new Page(Optional.empty(), true, 99, true);
  private static final int HISTORY = 40;

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void meet() {
    ADA.joins(flows.fediverse());
    EVE.joins(flows.fediverse());
  }

  private RemoteActor ada() {
    return flows.timelines().actor(flows.virtual(ADA)).value().orElseThrow();
  }

  private Answer<Timeline> read() {
    return flows.timelines().posts(ada(), flows.virtual(ADA), JULIET, ALL);
  }

  private List<String> texts() {
    return read().value().orElseThrow().postings().stream()
        .map(posting -> posting.content().body().toPlainText())
        .toList();
  }

  private static String collection(String... items) {
    return "{\"type\":\"OrderedCollection\",\"orderedItems\":[%s]}"
        .formatted(String.join(",", items));
  }

  private static String page(Optional<URI> next, String... items) {
    return "{\"type\":\"OrderedCollectionPage\",\"orderedItems\":[%s]%s}"
        .formatted(
            String.join(",", items), next.map(uri -> ",\"next\":\"" + uri + "\"").orElse(""));
  }

  private String note(String post, String text) {
    return ADA.note(post, text, flows.now().minusSeconds(Integer.parseInt(post)));
  }

  private long questions(URI about) {
    return flows.fediverse().asked().stream().filter(("GET " + about)::equals).count();
  }

  @Test
  void theOutboxIsReadOnceInAWhile() {
    flows.fediverse().holds(ADA.outbox(), collection(ADA.creates("c1", note("1", "Hello"))));

    assertThat(texts()).containsExactly("Hello");
    assertThat(texts()).containsExactly("Hello");

    assertThat(questions(ADA.outbox())).isEqualTo(1);
    flows.advance(Duration.ofMinutes(5));
    read();
    assertThat(questions(ADA.outbox())).isEqualTo(2);
  }

  @Test
  void pagesAreReadAsFarAsTheyGo() {
    URI first = ADA.on("/users/ada/outbox/1");
    URI second = ADA.on("/users/ada/outbox/2");
    flows
        .fediverse()
        .holds(ADA.outbox(), "{\"type\":\"OrderedCollection\",\"first\":\"" + first + "\"}");
    flows.fediverse().holds(first, page(Optional.of(second), note("1", "New")));
    flows.fediverse().holds(second, page(Optional.empty(), note("2", "Old")));

    assertThat(texts()).containsExactly("New", "Old");
  }

  @Test
  void case43_pagesThatNameEachOtherComeToAnEnd() {
    URI other = ADA.on("/users/ada/outbox/1");
    flows.fediverse().holds(ADA.outbox(), page(Optional.of(other), note("1", "New")));
    flows.fediverse().holds(other, page(Optional.of(ADA.outbox())));

    assertThat(texts()).containsExactly("New");
    assertThat(questions(ADA.outbox()) + questions(other)).isLessThanOrEqualTo(10);
  }

  @Test
  void case43_onlySoMuchOfThePastIsRead() {
    String[] notes =
        IntStream.rangeClosed(1, HISTORY + 5)
            .mapToObj(i -> note(Integer.toString(i), "Post " + i))
            .toArray(String[]::new);
    flows.fediverse().holds(ADA.outbox(), collection(notes));

    assertThat(texts()).hasSize(HISTORY).startsWith("Post 1");
  }

  /** An outbox of ten pages with ten posts each, newest first; post 1 is the newest. */
  private void hundredPosts() {
    for (int page = 0; page < 10; page++) {
      String[] notes =
          IntStream.rangeClosed(10 * page + 1, 10 * page + 10)
              .mapToObj(i -> note(Integer.toString(i), "Post " + i))
              .toArray(String[]::new);
      flows
          .fediverse()
          .holds(
              outboxPage(page),
              page(page == 9 ? Optional.empty() : Optional.of(outboxPage(page + 1)), notes));
    }
    flows
        .fediverse()
        .holds(
            ADA.outbox(),
            "{\"type\":\"OrderedCollection\",\"totalItems\":100,\"first\":\"%s\"}"
                .formatted(outboxPage(0)));
  }

  private static URI outboxPage(int page) {
    return ADA.on("/users/ada/outbox/page" + page);
  }

  private Timeline after(int post, int max) {
    Page page =
        new Page(Optional.of(Ids.itemId(ADA.post(Integer.toString(post)))), true, max, true);
    return flows.timelines().posts(ada(), flows.virtual(ADA), JULIET, page).value().orElseThrow();
  }

  @Test
  void whoPagesBeyondWhatIsHereReachesTheEndOfTheOutbox() {
    hundredPosts();
    assertThat(read().value().orElseThrow().postings()).hasSize(HISTORY);
    assertThat(questions(outboxPage(4))).isZero();

    int seen = HISTORY;
    Timeline timeline = after(seen, 25);
    while (!timeline.postings().isEmpty()) {
      assertThat(timeline.postings().getFirst().id())
          .isEqualTo(ADA.post(Integer.toString(seen + 1)).toString());
      seen += timeline.postings().size();
      timeline = after(seen, 25);
    }

    assertThat(seen).isEqualTo(100);
    assertThat(questions(outboxPage(4))).isEqualTo(1);
    assertThat(questions(outboxPage(9))).isEqualTo(1);
  }

  @Test
  void theOutboxSaysHowManyPostsThereAreUntilItsEndIsReached() {
    hundredPosts();

    assertThat(read().value().orElseThrow().total()).isEqualTo(100);
    assertThat(after(1, 10).total()).isEqualTo(100);
  }

  @Test
  void newPostsMoveNoCursor() {
    hundredPosts();
    List<String> before = after(10, 5).postings().stream().map(Posting::id).toList();
    flows.advance(Duration.ofMinutes(6));
    flows
        .fediverse()
        .holds(
            ADA.outbox(), page(Optional.of(outboxPage(0)), ADA.note("new", "Newer", flows.now())));

    assertThat(read().value().orElseThrow().postings().getFirst().id())
        .isEqualTo(ADA.post("new").toString());
    assertThat(after(10, 5).postings().stream().map(Posting::id).toList()).isEqualTo(before);
  }

  @Test
  void aCursorThatIsNoneReadsNoFurther() {
    hundredPosts();
    read();

    assertThat(after(77, 10).postings()).isEmpty();

    assertThat(questions(outboxPage(4))).isZero();
  }

  @Test
  void aPageThatFailsIsNotAskedForAgainAtOnce() {
    hundredPosts();
    read();
    flows.fediverse().goesDown(ADA.host());

    assertThat(after(HISTORY, 10).postings()).isEmpty();
    long asked = questions(outboxPage(4));
    assertThat(after(HISTORY, 10).postings()).isEmpty();

    assertThat(questions(outboxPage(4))).isEqualTo(asked);
  }

  @Test
  void case43_pagesThatBringNothingComeToAnEnd() {
    hundredPosts();
    read();
    flows.fediverse().holds(outboxPage(4), page(Optional.of(outboxPage(5))));
    flows.fediverse().holds(outboxPage(5), page(Optional.of(outboxPage(4))));

    assertThat(after(HISTORY, 10).postings()).isEmpty();
    flows.fediverse().forgetsQuestions();
    assertThat(after(HISTORY, 10).postings()).isEmpty();

    assertThat(flows.fediverse().asked()).isEmpty();
  }

  @Test
  void postsThatAPageOnlyNamesAreFetched() {
    flows.fediverse().holds(ADA.post("1"), note("1", "Hello"));
    flows.fediverse().holds(ADA.outbox(), collection("\"" + ADA.post("1") + "\""));

    assertThat(texts()).containsExactly("Hello");
  }

  @Test
  void case43_aPageThatNamesManyPostsCostsNoMoreQuestionsThanOneReads() {
    String[] names =
        IntStream.rangeClosed(1, 10 * HISTORY)
            .mapToObj(i -> "\"" + ADA.post("missing-" + i) + "\"")
            .toArray(String[]::new);
    flows.fediverse().holds(ADA.outbox(), collection(names));
    flows.fediverse().forgetsQuestions();

    assertThat(texts()).isEmpty();

    assertThat(flows.fediverse().asked()).hasSizeLessThanOrEqualTo(HISTORY + 10);
  }

  @Test
  void postsOfOthersInAnOutboxAreNotTakenForItsOwners() {
    String forged = EVE.note("1", "Forged", flows.now());
    flows.fediverse().holds(EVE.post("1"), forged);
    flows
        .fediverse()
        .holds(
            ADA.outbox(),
            collection(
                forged,
                EVE.creates("c", forged),
                "\"" + EVE.post("1") + "\"",
                ADA.says("a", "Announce", "\"" + EVE.post("1") + "\""),
                note("2", "Mine")));

    assertThat(texts()).containsExactly("Mine");
    assertThat(questions(EVE.post("1"))).isZero();
  }

  @Test
  void case43_anOutboxOnAnotherServerIsNotRead() {
    String[] parts = {ADA.outbox().toString(), EVE.outbox().toString()};
    flows.fediverse().holds(ADA.id(), ADA.document("", "pem").replace(parts[0], parts[1]));

    read();

    assertThat(questions(EVE.outbox())).isZero();
  }

  @Test
  void case18_whatLiesBehindTheNamedAddressOfAnotherPostIsNotTaken() {
    flows.fediverse().holds(ADA.post("1"), note("2", "Another"));
    flows.fediverse().holds(ADA.outbox(), collection("\"" + ADA.post("1") + "\""));

    assertThat(texts()).isEmpty();
  }

  @Test
  void onlyWhatAnybodyMayReadIsTakenFromAnOutbox() {
    flows.follows(JULIET, ADA);
    flows
        .fediverse()
        .holds(
            ADA.outbox(),
            collection(
                note("1", "Public"),
                ADA.note("2", "Psst", flows.now(), Optional.empty(), ADA.toFollowers())));

    assertThat(texts()).containsExactly("Public");
  }

  @Test
  void aDeletedPostDoesNotComeBackWithTheOutbox() {
    flows.follows(JULIET, ADA);
    flows.receives(ADA.deletes("d", ADA.post("1")), ADA);
    flows.fediverse().holds(ADA.outbox(), collection(note("1", "Hello"), note("2", "Other")));

    assertThat(texts()).containsExactly("Other");
  }

  @Test
  void aPostFromThePastIsToldWhenItComesByTheInboxToo() {
    flows.follows(JULIET, ADA);
    flows.fediverse().holds(ADA.outbox(), collection(note("1", "Hello")));
    read();
    assertThat(flows.notices()).isEmpty();

    flows.receives(ADA.creates("c", note("1", "Hello")), ADA);

    assertThat(flows.notices()).extracting(Notice::title).containsExactly("Hello");
  }

  @Test
  void anEditOfAnAccountThatNobodyFollowsComesWithItsOutbox() {
    flows.fediverse().holds(ADA.outbox(), collection(note("1", "Hello")));
    read();
    String edited =
        ADA.note("1", "Better", flows.now().minusSeconds(1), Optional.of(flows.now()), Peer.TO_ALL);
    flows.fediverse().holds(ADA.outbox(), collection(edited));
    flows.advance(Duration.ofMinutes(5));

    assertThat(texts()).containsExactly("Better");
  }

  @Test
  void aServerThatIsDownIsToldOfOnlyWhereWeHaveNothing() {
    RemoteActor ada = ada();
    flows.fediverse().goesDown(ADA.host());
    assertThat(flows.timelines().posts(ada, flows.virtual(ADA), JULIET, ALL))
        .isInstanceOf(Answer.Unavailable.class);
    assertThat(flows.timelines().posting(ada, flows.virtual(ADA), JULIET, "x"))
        .isInstanceOf(Answer.Unavailable.class);

    flows.fediverse().goesUp(ADA.host());
    flows.fediverse().holds(ADA.outbox(), collection(note("1", "Hello")));
    flows.advance(Duration.ofMinutes(1));
    assertThat(texts()).containsExactly("Hello");

    flows.fediverse().goesDown(ADA.host());
    flows.advance(Duration.ofMinutes(10));
    assertThat(texts()).containsExactly("Hello");
  }

  @Test
  void aServerThatIsDownIsAskedOnceAMinute() {
    RemoteActor ada = ada();
    flows.fediverse().goesDown(ADA.host());

    for (int i = 0; i < 5; i++) {
      flows.timelines().posts(ada, flows.virtual(ADA), JULIET, ALL);
    }

    assertThat(questions(ADA.outbox())).isEqualTo(1);
  }

  @Test
  void whatWasReadCountsWhenALaterPageFails() {
    URI second = ADA.on("/users/ada/outbox/2");
    flows.fediverse().holds(ADA.outbox(), page(Optional.of(second), note("1", "Hello")));
    flows.fediverse().answers(second, new Answer.Unavailable<>("down"));

    assertThat(texts()).containsExactly("Hello");
  }

  @Test
  void aPostIsFoundByItsItemId() {
    flows.fediverse().holds(ADA.outbox(), collection(note("1", "Hello")));

    assertThat(
            flows
                .timelines()
                .posting(ada(), flows.virtual(ADA), JULIET, Ids.itemId(ADA.post("1")))
                .value())
        .isPresent();
    assertThat(flows.timelines().posting(ada(), flows.virtual(ADA), JULIET, "another"))
        .isInstanceOf(Answer.Missing.class);
  }

  @Test
  void nobodyIsBehindAnAddressOfOurOwn() {
    assertThat(flows.timelines().actor(Jid.of("ada@ap.example.org")))
        .isInstanceOf(Answer.Missing.class);
  }
}
