package im.tombolo.core.bridge;

import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store.Session;
import java.util.function.Consumer;

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

  /** For an answer that is not {@link Answer.Got}. */
  static Effect without(Answer<?> answer) {
    return answer instanceof Answer.Unavailable<?>(String reason) ? new Later(reason) : NOTHING;
  }
}
