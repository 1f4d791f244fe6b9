package im.tombolo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivingWayTest {
  private final List<Duration> rests = new ArrayList<>();
  private long time;
  private long come;
  private int done = 1;
  private Duration takes = Duration.ofMillis(100);
  private final GivingWay work =
      new GivingWay(
          () -> {
            time += takes.toNanos();
            return done;
          },
          () -> come,
          () -> time,
          nanos -> rests.add(Duration.ofNanos(nanos)));

  @Test
  void whileLittleComesInWorkGoesOn() {
    come = 100;
    work.run();

    assertThat(rests).isEmpty();
  }

  @Test
  void whileMuchComesInWorkRestsNineTimesAsLongAsItTook() {
    come = 101;
    work.run();

    assertThat(rests).containsExactly(Duration.ofMillis(900));
  }

  @Test
  void onceLittleComesInAgainWorkGoesOn() {
    come = 101;
    work.run();
    work.run();

    assertThat(rests).hasSize(1);
  }

  @Test
  void noRestIsLongerThanASecond() {
    takes = Duration.ofSeconds(10);
    come = 100_000;
    work.run();

    assertThat(rests).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void whoHasNothingToDoDoesNotRest() {
    done = 0;
    come = 100_000;
    work.run();

    assertThat(rests).isEmpty();
  }
}
