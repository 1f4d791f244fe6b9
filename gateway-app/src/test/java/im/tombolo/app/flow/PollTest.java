package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.CommentBridge.Outcome;
import im.tombolo.core.bridge.PollBridge;
import im.tombolo.core.bridge.PollBridge.Draft;
import im.tombolo.core.bridge.PollBridge.Made;
import im.tombolo.core.bridge.PollBridge.Voted;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork.Item;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Polls of both networks, and votes in them. */
class PollTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Jid STRANGER = Jid.of("iago@elsewhere.example");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void meet() {
    BOB.joins(flows.fediverse());
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, ADA);
    flows.compare();
    flows.follows(JULIET, ADA);
  }

  private void adaAsks(boolean multiple, Instant ends) {
    flows.receives(
        ADA.creates("c", ADA.question("1", "Tea?", flows.now(), ends, multiple, 0)), ADA);
  }

  private Instant tomorrow() {
    return flows.now().plus(Duration.ofDays(1));
  }

  private Answer<Voted> votes(Jid who, Integer... chosen) {
    return flows.polls().vote(flows.virtual(ADA), who, Ids.itemId(ADA.post("1")), Set.of(chosen));
  }

  // Polls of the fediverse

  @Test
  void aPollIsReadWithItsAnswersAndCounts() {
    adaAsks(false, tomorrow());

    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> assertThat(notice.title()).contains("Tea?", "1) Yes: 0", "2) No: 0"));
  }

  @Test
  void newCountsAreShown() {
    adaAsks(false, tomorrow());
    flows.told();
    flows.receives(
        ADA.updates("u", ADA.question("1", "Tea?", flows.now(), tomorrow(), false, 7)), ADA);

    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> assertThat(notice.title()).contains("1) Yes: 7"));
  }

  @Test
  void aVoteGoesToTheAskerAlone() {
    adaAsks(false, tomorrow());

    assertThat(votes(JULIET, 2).value()).contains(new Voted.Sent());
    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(vote -> {
          assertThat(vote.type()).isEqualTo("Create");
          assertThat(vote.inbox()).isEqualTo(ADA.inbox());
          assertThat(vote.text("/object/name")).isEqualTo("No");
          assertThat(vote.text("/object/inReplyTo")).isEqualTo(ADA.post("1").toString());
          assertThat(vote.activity().toString()).doesNotContain("#Public");
        });
  }

  @Test
  void ofSeveralAnswersEachIsAVote() {
    adaAsks(true, tomorrow());
    votes(JULIET, 1, 2);

    assertThat(flows.deliveries())
        .extracting(vote -> vote.text("/object/name"))
        .containsExactly("Yes", "No");
  }

  @Test
  void whatCannotBeChosenIsNotSent() {
    adaAsks(false, tomorrow());

    assertThat(votes(JULIET, 1, 2).value()).contains(new Voted.NotThere());
    assertThat(votes(JULIET, 3).value()).contains(new Voted.NotThere());
    assertThat(votes(JULIET).value()).contains(new Voted.NotThere());
    assertThat(votes(STRANGER, 1)).isInstanceOf(Answer.Closed.class);
    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void afterTheEndNobodyVotes() {
    adaAsks(false, flows.now().plus(Duration.ofHours(1)));
    flows.advance(Duration.ofHours(2));

    assertThat(votes(JULIET, 1).value()).contains(new Voted.Over());
    assertThat(flows.deliveries()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, Yes", " 2 , No", "yes, Yes", "NO, No"})
  void aCommentThatIsAnAnswerIsAVote(String comment, String option) {
    adaAsks(false, tomorrow());

    assertThat(comments(comment)).isInstanceOf(Outcome.Published.class);
    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(vote -> {
          assertThat(vote.text("/object/name")).isEqualTo(option);
          assertThat(vote.activity().at("/object/content").isMissingNode()).isTrue();
        });
  }

  @ParameterizedTest
  @CsvSource({"Yes indeed", "3", "0", "1 2"})
  void aCommentThatIsNoAnswerIsAComment(String comment) {
    adaAsks(false, tomorrow());

    assertThat(comments(comment)).isInstanceOf(Outcome.Published.class);
    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(create -> assertThat(create.text("/object/content")).contains(comment));
  }

  private Outcome comments(String text) {
    Item item = Entries.with("r", "<title>" + text + "</title>");
    return flows
        .comments()
        .publish(flows.virtual(ADA), JULIET, Ids.itemId(ADA.post("1")), item)
        .value()
        .orElseThrow();
  }

  // Polls of ours

  private static Draft draft(boolean multiple) {
    return new Draft("Tea?", List.of("Yes", "No"), multiple, Duration.ofHours(1));
  }

  private URI started(boolean multiple) {
    Made made = flows.polls().start(ROMEO, draft(multiple)).value().orElseThrow();
    return made instanceof Made.Published(URI post) ? post : ADA.id();
  }

  @Test
  void aPollOfOursIsAQuestion() {
    URI poll = started(false);

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(create -> {
          assertThat(create.text("/object/type")).isEqualTo("Question");
          assertThat(create.text("/object/id")).isEqualTo(poll.toString());
          assertThat(create.text("/object/oneOf/0/name")).isEqualTo("Yes");
          assertThat(create.text("/object/endTime"))
              .isEqualTo(flows.now().plus(Duration.ofHours(1)).toString());
        });
  }

  @Test
  void votesComeBackAndAreToldToFollowers() {
    URI poll = started(false);
    flows.sent();
    flows.receives(BOB.votes("v", poll, "Yes"), BOB);
    flows.polls().runDue();

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(update -> {
          assertThat(update.type()).isEqualTo("Update");
          assertThat(update.text("/object/oneOf/0/replies/totalItems")).isEqualTo("1");
          assertThat(update.text("/object/votersCount")).isEqualTo("1");
          assertThat(update.activity().at("/object/updated").isMissingNode()).isTrue();
        });
  }

  @Test
  void countsAreToldOnceAMinute() {
    URI poll = started(false);
    flows.sent();
    flows.receives(BOB.votes("v", poll, "Yes"), BOB);
    flows.polls().runDue();
    flows.receives(ADA.votes("v", poll, "No"), ADA);

    assertThat(flows.polls().runDue()).isZero();
    flows.advance(Duration.ofMinutes(1));
    assertThat(flows.polls().runDue()).isOne();
  }

  @Test
  void nobodyVotesTwice() {
    URI poll = started(false);
    flows.receives(BOB.votes("v1", poll, "Yes"), BOB);
    flows.receives(BOB.votes("v2", poll, "Yes"), BOB);
    flows.receives(BOB.votes("v3", poll, "No"), BOB);

    assertThat(flows.ask(session -> session.polls().counts(poll)).toString()).isEqualTo("{Yes=1}");
  }

  @Test
  void severalAnswersOfOnePersonCountWhereTheyMay() {
    URI poll = started(true);
    flows.receives(BOB.votes("v1", poll, "Yes", "No", "Perhaps"), BOB);

    assertThat(flows.ask(session -> session.polls().counts(poll)).size()).isEqualTo(2);
    assertThat(flows.ask(session -> session.polls().voters(poll)).longValue()).isOne();
  }

  @Test
  void theEndIsToldToEverybody() {
    URI poll = started(false);
    flows.receives(BOB.votes("v", poll, "Yes"), BOB);
    flows.sent();
    flows.advance(Duration.ofHours(1));
    flows.polls().runDue();

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(update -> assertThat(update.text("/object/closed")).isNotEmpty());
    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.to()).isEqualTo(ROMEO.toString());
          assertThat(notice.message().elements().getFirst().text()).contains("Yes 1, No 0");
        });
    assertThat(flows.polls().runDue()).isZero();
  }

  @Test
  void afterTheEndNoVoteCounts() {
    URI poll = started(false);
    flows.advance(Duration.ofHours(1));
    flows.receives(BOB.votes("v", poll, "Yes"), BOB);

    assertThat(flows.ask(session -> session.polls().voters(poll)).longValue()).isZero();
  }

  @Test
  void onesOwnPollsAreShownWithTheirCounts() {
    URI poll = started(false);
    flows.receives(BOB.votes("v", poll, "No"), BOB);

    assertThat(flows.polls().own(ROMEO))
        .extracting(PollBridge::result)
        .containsExactly("Tea?: Yes 0, No 1");
    assertThat(flows.polls().own(JULIET)).isEmpty();
  }

  static Stream<Arguments> wrong() {
    Duration hour = Duration.ofHours(1);
    List<String> two = List.of("a", "b");
    return Stream.of(
        Arguments.of(new Draft(" ", two, false, hour), "question"),
        Arguments.of(new Draft("x".repeat(6_000), two, false, hour), "question"),
        Arguments.of(new Draft("q", List.of("a"), false, hour), "options"),
        Arguments.of(new Draft("q", List.of("a", " a "), false, hour), "options"),
        Arguments.of(new Draft("q", Collections.nCopies(30, "a"), false, hour), "options"),
        Arguments.of(new Draft("q", List.of("a", "b".repeat(300)), false, hour), "option"),
        Arguments.of(new Draft("q", two, false, Duration.ofMinutes(1)), "open"),
        Arguments.of(new Draft("q", two, false, Duration.ofDays(31)), "open"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aDraftThatCannotBeAskedIsRefusedWithAReason(Draft draft, String about) {
    assertThat(flows.polls().start(ROMEO, draft).value().orElseThrow())
        .isInstanceOfSatisfying(
            Made.Wrong.class, wrong -> assertThat(wrong.mistake()).contains(about));
    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void whoIsNotServedHereStartsNoPoll() {
    assertThat(flows.polls().start(STRANGER, draft(false))).isInstanceOf(Answer.Closed.class);
  }

  @Test
  void aVoteInWhatIsNoPollIsForgotten() {
    flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));
    List<Delivery> sent = flows.sent();
    flows.receives(BOB.votes("v", URI.create(sent.getLast().text("/object/id")), "Yes"), BOB);

    assertThat(flows.deliveries()).isEmpty();
  }
}
