package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Jid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In which order waiting activities are worked on, and which of them need no work. */
class InboxOrderTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final Peer DOWN = Peer.of("carl", "down.example");
  private static final Instant THEN = Flows.START.minusSeconds(3600);

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void julietFollowsTwo() {
    flows.follows(JULIET, ADA);
    flows.follows(JULIET, BOB);
    DOWN.joins(flows.fediverse());
  }

  private void comes(String activity, Peer from) {
    flows.receive(activity, from.id());
  }

  private List<String> titles() {
    return flows.told().stream().map(Notice::title).toList();
  }

  private long waiting() {
    return flows.ask(session -> session.inbox().waiting());
  }

  /** Something of Bob's that has to wait, and all behind it with it. */
  private void bobWaits() {
    flows.fediverse().goesDown(DOWN.host());
    comes(BOB.announces("a", DOWN.post("1"), THEN), BOB);
    flows.work();
  }

  private static String edit(String text, int second) {
    return ADA.note("1", text, THEN, Optional.of(THEN.plusSeconds(second)), Peer.TO_ALL);
  }

  @Test
  void activitiesOfOneActorAreWorkedOnInTheirOrder() {
    for (int i = 1; i <= 3; i++) {
      comes(ADA.creates("c" + i, ADA.note("" + i, "Post " + i, THEN.plusSeconds(i))), ADA);
    }
    flows.work();

    assertThat(titles()).containsExactly("Post 1", "Post 2", "Post 3");
  }

  @Test
  void anAnswerFollowsThePostThatWaits() {
    bobWaits();
    comes(BOB.creates("c", BOB.note("p", "Question", THEN)), BOB);
    comes(ADA.creates("c", ADA.reply("r", "Answer", THEN, BOB.post("p"))), ADA);
    flows.work();
    assertThat(titles()).isEmpty();

    flows.fediverse().goesUp(DOWN.host());
    flows.advance(Duration.ofMinutes(2));
    flows.work();
    flows.advance(Duration.ofMinutes(2));
    flows.work();

    assertThat(titles()).containsExactly("Question", "Answer");
  }

  @Test
  void anAnswerDoesNotWaitForEver() {
    bobWaits();
    comes(BOB.creates("c", BOB.note("p", "Question", THEN)), BOB);
    comes(ADA.creates("c", ADA.reply("r", "Answer", THEN, BOB.post("p"))), ADA);
    for (int i = 0; i < 4; i++) {
      flows.work();
      flows.advance(Duration.ofSeconds(1));
    }

    assertThat(titles()).containsExactly("Answer");
  }

  @Test
  void ofEditsThatWaitOnlyTheNewestIsTold() {
    flows.receives(ADA.creates("c", ADA.note("1", "First", THEN)), ADA);
    flows.told();
    for (int i = 1; i <= 30; i++) {
      comes(ADA.updates("u" + i, edit("Edit " + i, i)), ADA);
    }
    flows.work();

    assertThat(titles()).containsExactly("Edit 30");
    assertThat(waiting()).isZero();
  }

  @Test
  void ofAPostThatWasDeletedMeanwhileNothingIsTold() {
    comes(ADA.creates("c", ADA.note("1", "Oops", THEN)), ADA);
    comes(ADA.deletes("d", ADA.post("1")), ADA);
    flows.work();

    assertThat(flows.told()).isEmpty();
    flows.receives(ADA.creates("c2", ADA.note("1", "Oops", THEN)), ADA);
    assertThat(flows.told()).as("it stays deleted").isEmpty();
  }

  @Test
  void oneThatFailsHoldsUpNobodyElse() {
    // No index of the database takes two addresses as long as that.
    comes(
        ADA.creates("c", ADA.reply("1" + random(1_900), "Bad", THEN, BOB.post(random(1_900)))),
        ADA);
    comes(BOB.creates("c", BOB.note("p", "Good", THEN)), BOB);
    flows.work();

    assertThat(titles()).containsExactly("Good");
    assertThat(waiting()).as("it is tried again").isEqualTo(1);
  }

  /** Text that cannot be packed. */
  private static String random(int length) {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    return random
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
