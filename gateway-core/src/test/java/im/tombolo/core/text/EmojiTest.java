package im.tombolo.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "👍",
        "👍🏽",
        "❤️",
        "♥",
        "👨‍👩‍👧‍👦",
        "🏴‍☠️",
        "🇩🇪",
        "1️⃣",
        "☕",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿"
      })
  void oneCharacterThatIsAnEmojiIsOne(String text) {
    assertThat(Emoji.of(" " + text + "\n")).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a", "1", "#", "👌👌", ":blob:", "pudding", "❤️!", "é", "漢"})
  void everythingElseIsNone(String text) {
    assertThat(Emoji.of(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"♥", "❤", "❤️", "♥️", " ❤️ "})
  void heartsOfEveryStyleAreHearts(String text) {
    assertThat(Emoji.isHeart(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "💔", "💙", "♥♥", "♥ it"})
  void otherHeartsAreNot(String text) {
    assertThat(Emoji.isHeart(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 1_000})
  void familiesHaveNoEndOnHostileServersOnly(int members) {
    String family = "👩" + "\u200d👩".repeat(members);

    assertThat(Emoji.of(family).isPresent()).isEqualTo(family.length() <= Emoji.MAX_LENGTH);
  }
}
