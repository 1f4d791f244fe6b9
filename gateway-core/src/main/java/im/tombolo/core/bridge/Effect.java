package im.tombolo.core.bridge;

import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store.Session;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What follows from an activity. Other servers were asked before; the change only writes. */
sealed interface Effect {
  /** Done in the transaction that also marks the activity as done. */
  record Now(Consumer<Session> change) implements Effect {}

  /**
   * Somebody who has to be asked does not answer.
   *
   * @param otherwise what is done when they never do
   */
  record Later(String reason, Consumer<Session> otherwise) implements Effect {
    Later(String reason) {
      this(reason, session -> {});
    }
  }

  Effect NOTHING = new Now(session -> {});

  static Effect now(Consumer<Session> change) {
    return new Now(change);
  }

  /** Both, or, where one has to wait, both later. */
  static Effect both(Effect one, Effect other) {
    Consumer<Session> all = last(one).andThen(last(other));
    return Stream.of(one, other)
        .filter(Later.class::isInstance)
        .map(Later.class::cast)
        .findFirst()
        .<Effect>map(waits -> new Later(waits.reason(), all))
        .orElseGet(() -> new Now(all));
  }

  private static Consumer<Session> last(Effect effect) {
    return switch (effect) {
      case Now(Consumer<Session> change) -> change;
      case Later(String reason, Consumer<Session> otherwise) -> otherwise;
    };
  }

  /** For an answer that is not {@link Answer.Got}. */
  static Effect without(Answer<?> answer) {
    return answer instanceof Answer.Unavailable<?>(String reason) ? new Later(reason) : NOTHING;
  }
}
