package im.tombolo.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-02T10:00:05Z, 2026-01-02T10:00:05Z",
    "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
    "2026-01-02t10:00:05z, 2026-01-02T10:00:05Z",
    "2026-01-02T10:00:05.123Z, 2026-01-02T10:00:05.123Z",
    "2026-01-02T10:00Z, 2026-01-02T10:00:00Z",
    "2026-01-02T10:00:05+02:00, 2026-01-02T08:00:05Z",
    "' 2026-01-02T10:00:05Z ', 2026-01-02T10:00:05Z",
  })
  void everyFormOfATimeIsRead(String text, Instant time) {
    assertThat(Timestamps.parse(text)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-02-29T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-01-02T24:00:00Z",
        "2026-01-02T10:00:60Z",
        "2026-01-02 10:00:00Z",
        "2026-01-02T10:00:0xZ",
        "٢٠٢٦-01-02T10:00:00Z",
        "2026-01-02T10:00:00"
      })
  void whatIsNoTimeIsNone(String text) {
    assertThat(Timestamps.parse(text)).isEmpty();
  }
}
