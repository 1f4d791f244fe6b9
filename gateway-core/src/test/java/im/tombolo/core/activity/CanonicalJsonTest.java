package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  private static Optional<String> canonical(String json) {
    return CanonicalJson.of(Json.MAPPER.readTree(json))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** RFC 8785 §3.2.2. */
  @Test
  void theExampleOfTheRfcIsWrittenAsItSays() {
    assertThat(
            canonical(
                """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """))
        .contains(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  /** RFC 8785 §3.2.3. */
  @Test
  void membersAreInTheOrderOfTheirCodeUnits() {
    assertThat(
            canonical(
                """
                {
                  "\\u20ac": 1, "\\r": 2, "\\ufb33": 3, "1": 4,
                  "\\ud83d\\ude00": 5, "\\u0080": 6, "\\u00f6": 7
                }
                """))
        .contains("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}");
  }

  /** RFC 8785 appendix B. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2",
  })
  void aNumberIsWrittenAsEcmaScriptDoes(String bits, String written) {
    double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertThat(canonical("[" + number + "]")).contains("[" + written + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "-0.0, 0",
    "100, 100",
    "12345678901234567890, 12345678901234567000",
    "1e2, 100"
  })
  void theSameNumberIsWrittenTheSameHoweverItCame(String given, String written) {
    assertThat(canonical("[" + given + "]")).contains("[" + written + "]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400"})
  void aNumberBeyondAllDoublesHasNoForm(String number) {
    assertThat(canonical("[" + number + "]")).isEmpty();
  }
}
