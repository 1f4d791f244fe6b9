package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Dice that always fall on the lowest or the highest side. */
  private record Loaded(boolean high) implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public long nextLong(long bound) {
      return high ? bound - 1 : 0;
    }
  }

  private static List<Long> millis(RandomGenerator random, int attempts) {
    Backoff backoff = new Backoff(SECOND, MINUTE, random);
    return Stream.generate(backoff::next).limit(attempts).map(Duration::toMillis).toList();
  }

  @Test
  void theLongestWaitsDoubleUpToAMinute() {
    assertThat(millis(new Loaded(true), 8))
        .containsExactly(2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L, 60_000L);
  }

  @Test
  void theShortestWaitsAreHalfOfTheLongestAndNeverUnderASecond() {
    assertThat(millis(new Loaded(false), 8))
        .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
  }

  @Test
  void everyWaitIsBetweenOneSecondAndAMinute() {
    assertThat(millis(RandomGenerator.getDefault(), 1_000))
        .allSatisfy(wait -> assertThat(wait).isBetween(1_000L, 60_000L));
  }

  @Test
  void aSuccessStartsTheWaitsAnew() {
    Backoff backoff = new Backoff(SECOND, MINUTE, new Loaded(false));
    backoff.next();
    backoff.next();

    backoff.succeeded();

    assertThat(backoff.next()).isEqualTo(SECOND);
  }
}
