package im.tombolo.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectTextTest {
  private static final URI WHOLE = URI.create("https://social.example/1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@romeo Hello|Hello",
        "@Romeo@example.org, Hello|Hello",
        "@romeo @juliet: Hello|Hello",
        "@romeo@juliet Hello|Hello",
        "@mercutio Hello|@mercutio Hello",
        "Hello @romeo|Hello @romeo",
        "@romeo|''",
        "@ romeo|@ romeo",
        "@romeoxx Hello|@romeoxx Hello",
      })
  void namesOfReadersInFrontAreLeftOut(String text, String expected) {
    assertThat(DirectText.withoutCall(text, List.of("@romeo@example.org", "@juliet")))
        .isEqualTo(expected);
  }

  @Test
  void aLongTextEndsWithItsAddress() {
    String text = DirectText.of(Optional.empty(), List.of("x".repeat(30_000)), WHOLE);

    assertThat(text).endsWith("x…\n\n" + WHOLE).hasSizeLessThan(DirectText.MAX + 100);
  }

  @Test
  void aWarningIsTheFirstLine() {
    assertThat(DirectText.of(Optional.of("Fish"), List.of("", "Words", "Link"), WHOLE))
        .isEqualTo("[Fish]\n\nWords\n\nLink");
  }
}
