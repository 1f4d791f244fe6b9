package im.tombolo.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.port.Answer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EffectTest {
  private static Stream<Answer<String>> refusals() {
    return Stream.of(new Answer.Missing<>(), new Answer.Gone<>(), new Answer.Closed<>());
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatIsNotThereIsNotWaitedFor(Answer<String> refusal) {
    assertThat(Effect.without(refusal)).isSameAs(Effect.NOTHING);
  }

  @Test
  void whoDoesNotAnswerIsAskedLater() {
    assertThat(Effect.without(new Answer.Unavailable<>("down")))
        .isEqualTo(new Effect.Later("down"));
  }
}
