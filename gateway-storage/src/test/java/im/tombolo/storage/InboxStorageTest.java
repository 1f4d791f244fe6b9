package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import im.tombolo.core.port.Inbox;
import im.tombolo.core.port.Inbox.Arrival;
import im.tombolo.core.port.Inbox.Claim;
import im.tombolo.core.port.Inbox.End;
import im.tombolo.core.port.Inbox.Lane;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxStorageTest extends OnStorage {
  private static final URI ADA = URI.create("https://social.example/users/ada");
  private static final URI BOB = URI.create("https://social.example/users/bob");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Claim ALL = new Claim(false, 9, 9, 1 << 20);
  private static final Claim ASKING = new Claim(true, 9, 9, 1 << 20);

  @BeforeEach
  void empty() {
    for (boolean asks : List.of(true, false)) {
      Claim claim = new Claim(asks, 99, 99, 1 << 20);
      claim(claim, NOW.plus(Duration.ofDays(1))).forEach(lane -> end(lane, 99, false));
    }
    act(session -> session.inbox().forgetDone(NOW.plus(Duration.ofDays(1)), 99));
  }

  private static Arrival arrival(URI actor, String name) {
    return new Arrival(URI.create(actor + "/" + name), "", actor, Optional.empty(), name);
  }

  private List<Boolean> add(Arrival... arrivals) {
    return ask(session -> session.inbox().add(List.of(arrivals), NOW));
  }

  private List<Lane> claim(Claim claim, Instant now) {
    return ask(session -> session.inbox().claim(claim, now, now.plusSeconds(30)));
  }

  private static long number(Function<Session, Long> question) {
    return ask(question);
  }

  private static boolean is(Function<Session, Boolean> question) {
    return ask(question);
  }

  private static List<String> documents(List<Lane> lanes) {
    return lanes.stream().flatMap(lane -> lane.rows().stream()).map(Inbox.Row::json).toList();
  }

  private void end(Lane lane, int rows, boolean asks) {
    List<Long> ids = lane.rows().stream().limit(rows).map(Inbox.Row::id).toList();
    long until = lane.rows().isEmpty() ? lane.last() : ids.isEmpty() ? 0 : ids.getLast();
    act(session -> {
      session.inbox().done(ids);
      session.inbox().release(List.of(new End(lane.actor(), until, asks)), NOW);
    });
  }

  @Test
  void anActivityIsKeptOnceAlsoAfterItIsDone() {
    assertThat(add(arrival(ADA, "a"), arrival(ADA, "a"), arrival(ADA, "b")))
        .containsExactly(true, false, true);
    assertThat(add(arrival(ADA, "b"), arrival(ADA, "c"))).containsExactly(false, true);
    end(claim(ALL, NOW).getFirst(), 3, false);

    assertThat(add(arrival(ADA, "a"))).containsExactly(false);
    assertThat(number(session -> session.inbox().waiting())).isZero();
    assertThat(
            number(session -> (long) session.inbox().forgetDone(NOW.plus(Duration.ofDays(1)), 9)))
        .isEqualTo(3);
    assertThat(add(arrival(ADA, "a"))).containsExactly(true);
  }

  @Test
  void anActivityIsKeptOnceForEachOfItsAudiences() {
    Arrival one = arrival(ADA, "a");
    Arrival other = new Arrival(one.activityId(), "juliet", ADA, Optional.empty(), "{}");

    assertThat(add(one, other)).containsExactly(true, true);
    assertThat(add(one, other)).containsExactly(false, false);
  }

  @Test
  void activitiesOfOneActorAreHandedOutTogetherInTheirOrder() {
    add(arrival(BOB, "1"), arrival(ADA, "2"), arrival(BOB, "3"));

    assertThat(claim(ALL, NOW))
        .extracting(Lane::actor, lane -> documents(List.of(lane)))
        .containsExactly(tuple(BOB, List.of("1", "3")), tuple(ADA, List.of("2")));
  }

  @Test
  void aLaneHasOneWorkerUntilItsLeaseEnds() {
    add(arrival(ADA, "1"));
    claim(ALL, NOW);
    add(arrival(ADA, "2"));

    assertThat(claim(ALL, NOW)).isEmpty();
    assertThat(documents(claim(ALL, LATER))).containsExactly("1", "2");
  }

  @Test
  void whatCameWhileALaneWasWorkedOnIsNext() {
    add(arrival(ADA, "1"));
    Lane lane = claim(ALL, NOW).getFirst();
    add(arrival(ADA, "2"));
    end(lane, 1, false);

    assertThat(documents(claim(ALL, NOW))).containsExactly("2");
  }

  @Test
  void ofALaneThatIsEmptyNothingIsLeft() {
    add(arrival(ADA, "1"));
    end(claim(ALL, NOW).getFirst(), 1, false);

    assertThat(claim(ALL, LATER)).isEmpty();
    assertThat(claim(ASKING, LATER)).isEmpty();
  }

  @Test
  void aLaneWhoseWorkerDiedAfterTheLastIsHandedOutEmpty() {
    add(arrival(ADA, "1"));
    Lane lane = claim(ALL, NOW).getFirst();
    act(session -> session.inbox().done(List.of(lane.rows().getFirst().id())));

    assertThat(claim(ALL, LATER))
        .singleElement()
        .satisfies(left -> {
          assertThat(left.rows()).isEmpty();
          assertThat(left.last()).isEqualTo(lane.last());
        });
  }

  @Test
  void whatIsTriedAgainHoldsUpItsLaneAndNoOther() {
    add(arrival(ADA, "1"), arrival(ADA, "2"), arrival(BOB, "3"));
    Lane lane = claim(new Claim(false, 1, 9, 9), NOW).getFirst();
    act(session -> session.inbox().retry(lane.rows().getFirst(), ADA, LATER, "down"));

    assertThat(documents(claim(ALL, NOW))).containsExactly("3");
    assertThat(claim(ALL, LATER).getFirst().rows())
        .extracting(Inbox.Row::json, Inbox.Row::attempts)
        .containsExactly(tuple("1", 1), tuple("2", 0));
  }

  @Test
  void lanesThatAskOthersAreHandedOutApart() {
    add(arrival(ADA, "1"), arrival(BOB, "2"));
    List<Lane> lanes = claim(ALL, NOW);
    end(lanes.getFirst(), 0, true);
    end(lanes.getLast(), 0, false);

    assertThat(documents(claim(ASKING, NOW))).containsExactly("1");
    assertThat(documents(claim(ALL, NOW))).containsExactly("2");
  }

  @Test
  void ofALaneNoMoreIsTakenThanFits() {
    String large = "x".repeat(2_000);
    Stream.of("a", "b", "c")
        .forEach(name ->
            add(
                new Arrival(
                    URI.create(ADA + "/" + name), "", ADA, Optional.empty(), name + large)));

    Lane first = claim(new Claim(false, 9, 9, 100), NOW).getFirst();
    assertThat(first.rows()).as("the first, whatever it has").hasSize(1);
    end(first, 1, false);
    assertThat(claim(new Claim(false, 9, 9, 4_100), NOW).getFirst().rows()).hasSize(2);
    assertThat(claim(new Claim(false, 9, 1, 1 << 20), LATER).getFirst().rows()).hasSize(1);
  }

  @Test
  void aPostIsKnownToWaitUntilItsActivityIsDone() {
    URI post = URI.create(ADA + "/posts/1");
    add(new Arrival(URI.create(ADA + "/1"), "", ADA, Optional.of(post), "{}"));

    assertThat(is(session -> session.inbox().isWaiting(post, BOB))).isTrue();
    assertThat(is(session -> session.inbox().isWaiting(post, ADA))).as("its own").isFalse();
    end(claim(ALL, NOW).getFirst(), 1, false);
    assertThat(is(session -> session.inbox().isWaiting(post, BOB))).isFalse();
  }

  @Test
  void whatWaitsIsCountedAsFarAsItMatters() {
    add(arrival(ADA, "1"), arrival(ADA, "2"));

    assertThat(is(session -> session.inbox().hasWaiting(2))).isTrue();
    assertThat(is(session -> session.inbox().hasWaiting(3))).isFalse();
  }
}
