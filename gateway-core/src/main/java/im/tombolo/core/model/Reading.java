package im.tombolo.core.model;

import java.util.Optional;
import java.util.function.Function;

/**
 * What came of reading a document that somebody else wrote: a value, or the reason why there is
 * none. Bad input is a value, not an exception.
 */
public sealed interface Reading<T> {
  record Of<T>(T read) implements Reading<T> {}

  /**
   * @param reason one clause, fit for a log line; holds nothing of the content
   */
  record Refused<T>(String reason) implements Reading<T> {}

  static <T> Reading<T> of(T value) {
    return new Of<>(value);
  }

  static <T> Reading<T> refused(String reason) {
    return new Refused<>(reason);
  }

  default Optional<T> value() {
    return switch (this) {
      case Of<T>(T value) -> Optional.of(value);
      case Refused<T> refused -> Optional.empty();
    };
  }

  default <R> Reading<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Of<T>(T value) -> new Of<>(change.apply(value));
      case Refused<T>(String reason) -> new Refused<>(reason);
    };
  }
}
