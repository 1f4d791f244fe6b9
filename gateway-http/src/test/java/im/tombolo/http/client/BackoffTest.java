package im.tombolo.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final Backoff FAIR = new Backoff(new Random(1));

  /** Of all the numbers that it may give, always the one at a part of the way. */
  private static Backoff at(double part) {
    return new Backoff(
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new UnsupportedOperationException();
          }

          @Override
          public long nextLong(long bound) {
            return (long) ((bound - 1) * part);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"0, PT15S", "1, PT30S", "2, PT1M", "10, PT4H16M", "11, PT6H", "1000, PT6H"})
  void theWaitIsAnythingFromNothingToALimitThatDoubles(int failures, Duration limit) {
    assertThat(at(0).after(failures, Optional.empty())).isZero();
    assertThat(at(0.5).after(failures, Optional.empty())).isEqualTo(limit.dividedBy(2));
    assertThat(at(1).after(failures, Optional.empty())).isEqualTo(limit);
  }

  @Test
  void waitsAreSpreadOverTheWholeRange() {
    assertThat(FAIR.after(4, Optional.empty())).isNotEqualTo(FAIR.after(4, Optional.empty()));
  }

  @Test
  void aLongerWaitThatIsAskedForIsKept() {
    assertThat(at(1).after(0, Optional.of(Duration.ofHours(1)))).isEqualTo(Duration.ofHours(1));
    assertThat(at(1).after(0, Optional.of(Duration.ofSeconds(1))))
        .isEqualTo(Duration.ofSeconds(15));
  }
}
