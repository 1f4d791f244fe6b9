package im.tombolo.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayNameTest {
  @ParameterizedTest
  @CsvSource({
    "'ada\u202enimda', adanimda",
    "'\u2066ada\u2069', ada",
    "'a\u200bd\u2060a\ufeff', ada",
    "'ada\nadmin', ada admin",
    "'ada\u2028admin', adaadmin",
    "'a\u00adda', ada",
    "'\ud83d\udc69\u200d\ud83d\ude80', '\ud83d\udc69\u200d\ud83d\ude80'",
    "'\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'",
  })
  void case67_aNameHasNothingThatHidesOrTurnsTheTextAroundIt(String raw, String shown) {
    assertThat(DisplayName.of(raw, 100)).isEqualTo(shown);
  }

  @Test
  void case67_aLongNameIsCut() {
    assertThat(DisplayName.of("x".repeat(10_000), 256)).hasSize(256).endsWith("…");
    assertThat(DisplayName.of("\u202e".repeat(10_000) + "x", 256)).hasSizeLessThan(2);
  }
}
