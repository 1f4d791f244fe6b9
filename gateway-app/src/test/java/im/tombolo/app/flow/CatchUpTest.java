package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people there posted while the gateway was away, on servers that soon stop trying. */
class CatchUpTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer EVE = Peer.of("eve", "evil.example");
  private static final Duration AWAY = Duration.ofHours(2);
  private static final Instant WENT = Flows.START.plus(Duration.ofDays(1));

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void julietFollowsAda() {
    flows.follows(JULIET, ADA);
    flows.advance(Duration.ofDays(1));
  }

  private void outboxHolds(String... items) {
    flows
        .fediverse()
        .holds(
            ADA.outbox(),
            "{\"type\":\"OrderedCollection\",\"orderedItems\":[%s]}"
                .formatted(String.join(",", items)));
  }

  private static String posts(String name, Instant at) {
    return ADA.creates("creates-" + name, ADA.note(name, "Text of " + name, at));
  }

  private void comeBack() {
    flows.advance(AWAY);
    flows.catchUp().wereAway(AWAY);
    catchUp();
  }

  private int catchUp() {
    flows.advance(Duration.ofMinutes(10));
    int all = 0;
    for (int done = 1; done > 0; all += done) {
      done = flows.catchUp().runDue();
    }
    return all;
  }

  private List<String> told() {
    return flows.told().stream().map(Notice::title).toList();
  }

  @Test
  void whatWasPostedMeanwhileIsToldInItsOrder() {
    outboxHolds(posts("2", WENT.plusSeconds(120)), posts("1", WENT.plusSeconds(60)));

    comeBack();

    assertThat(told()).containsExactly("Text of 1", "Text of 2");
  }

  @Test
  void whatIsOlderThanTheLastPostThatWasHereIsNotNew() {
    flows.receives(posts("known", WENT.minusSeconds(60)), ADA);
    told();
    outboxHolds(posts("known", WENT.minusSeconds(60)), posts("older", WENT.minusSeconds(90)));

    comeBack();

    assertThat(told()).isEmpty();
  }

  @Test
  void whatWasPostedLongBeforeIsNotNew() {
    outboxHolds(posts("old", WENT.minus(Duration.ofHours(1))));

    comeBack();

    assertThat(told()).isEmpty();
  }

  @Test
  void whatArrivedMeanwhileIsNotToldTwice() {
    flows.advance(AWAY);
    flows.receives(posts("1", WENT.plusSeconds(60)), ADA);
    assertThat(told()).containsExactly("Text of 1");
    outboxHolds(posts("1", WENT.plusSeconds(60)));
    flows.catchUp().wereAway(AWAY);

    catchUp();

    assertThat(told()).isEmpty();
  }

  @Test
  void whatArrivesAfterwardsIsNotToldTwice() {
    outboxHolds(posts("1", WENT.plusSeconds(60)));
    comeBack();
    told();

    flows.receives(posts("1", WENT.plusSeconds(60)), ADA);

    assertThat(told()).isEmpty();
  }

  @Test
  void whatSomebodyPagedToMeanwhileIsToldAllTheSame() {
    outboxHolds(posts("1", WENT.plusSeconds(60)));
    flows.advance(AWAY);
    flows
        .timelines()
        .posting(
            flows.timelines().actor(flows.virtual(ADA)).value().orElseThrow(),
            flows.virtual(ADA),
            JULIET,
            "none");
    flows.catchUp().wereAway(AWAY);

    catchUp();

    assertThat(told()).containsExactly("Text of 1");
  }

  @Test
  void nobodyPutsPostsOfOthersIntoTheirOutbox() {
    EVE.joins(flows.fediverse());
    outboxHolds(EVE.creates("c", EVE.note("1", "Buy", WENT.plusSeconds(60))));

    comeBack();

    assertThat(told()).isEmpty();
  }

  @Test
  void aShortAbsenceIsNone() {
    flows.catchUp().wereAway(Duration.ofMinutes(2));

    assertThat(catchUp()).isZero();
  }

  @Test
  void outboxesAreReadOneAfterTheOther() {
    List<Peer> many =
        IntStream.range(0, 40).mapToObj(i -> Peer.of("p" + i, "many.example")).toList();
    many.forEach(peer -> flows.follows(JULIET, peer));
    flows.catchUp().wereAway(AWAY);

    assertThat(flows.rows("catch_up where due <= '" + flows.now() + "'")).isLessThan(41);
    assertThat(flows.rows("catch_up where due > '" + flows.now().plusSeconds(11) + "'")).isZero();
    assertThat(flows.text("select count(distinct due) from catch_up")).isEqualTo("41");
    assertThat(catchUp()).isEqualTo(41);
  }

  @Test
  void aServerThatDoesNotAnswerIsAskedAgainAFewTimes() {
    flows.fediverse().goesDown(ADA.host());
    comeBack();
    flows.fediverse().goesUp(ADA.host());
    outboxHolds(posts("1", WENT.plusSeconds(60)));

    assertThat(Stream.generate(this::catchUp).limit(5)).containsExactly(1, 0, 0, 0, 0);
    assertThat(told()).containsExactly("Text of 1");
  }

  @Test
  void aServerThatNeverAnswersIsLeft() {
    flows.fediverse().goesDown(ADA.host());
    comeBack();

    assertThat(Stream.generate(this::catchUp).limit(5)).containsExactly(1, 1, 0, 0, 0);
  }
}
