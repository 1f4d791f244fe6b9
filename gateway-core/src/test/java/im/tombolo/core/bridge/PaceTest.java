package im.tombolo.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private final Pace pace = new Pace(BridgeSettings.Limits.DEFAULT);

  @ParameterizedTest(name = "silent for {0}: read again after {1}")
  @CsvSource({
    "PT0S,   PT5M",
    "PT1H,   PT5M",
    "PT2H,   PT6M",
    "PT24H,  PT72M",
    "P20D,   PT24H",
    "P2000D, PT24H",
    "PT-1H,  PT5M",
  })
  void theLongerABlogWasSilentTheMoreSeldomItIsRead(Duration silence, Duration wait) {
    assertThat(pace.after(Optional.of(NOW.minus(silence)), NOW)).isEqualTo(wait);
  }

  @Test
  void aBlogWithoutPostsIsReadEveryHour() {
    assertThat(pace.after(Optional.empty(), NOW)).isEqualTo(Duration.ofHours(1));
    assertThat(pace.without()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void noPaceLeavesTheLimits() {
    Pace narrow =
        new Pace(new BridgeSettings.Limits(Duration.ofSeconds(2), Duration.ofMinutes(1), 1, 1));

    assertThat(narrow.without()).isEqualTo(Duration.ofMinutes(1));
    assertThat(narrow.after(Optional.of(NOW), NOW)).isEqualTo(Duration.ofSeconds(2));
  }
}
