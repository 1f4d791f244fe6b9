package im.tombolo.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void percentilesAreOfWhatWasMeasured() {
    Times times = new Times();
    LongStream.rangeClosed(1, 2_000).map(i -> 2_001 - i).forEach(i -> times.add(i * 1_000_000));
    assertThat(times.millis(0.5)).isEqualTo(1_001);
    assertThat(times.millis(0.99)).isEqualTo(1_981);
    assertThat(times.millis(1)).isEqualTo(2_000);
  }

  @Test
  void ofNothingTheyAreZero() {
    assertThat(new Times().millis(0.99)).isZero();
  }
}
