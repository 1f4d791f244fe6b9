package im.tombolo.core.port;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a question to another server came to. Failures of peers are expected, so they are values.
 */
public sealed interface Answer<T> {
  record Got<T>(T answer) implements Answer<T> {}

  /** The server says that there is no such thing (404, item-not-found). */
  record Missing<T>() implements Answer<T> {}

  /** It was there and is gone for good (410, Tombstone). */
  record Gone<T>() implements Answer<T> {}

  /** It may be there, but not for us (401, 403, forbidden, not-authorized). */
  record Closed<T>() implements Answer<T> {}

  /** Nobody answered, or not in a way that tells anything. Try later. */
  record Unavailable<T>(String reason) implements Answer<T> {}

  static <T> Answer<T> got(T value) {
    return new Got<>(value);
  }

  default Optional<T> value() {
    return this instanceof Got<T>(T value) ? Optional.of(value) : Optional.empty();
  }

  default <R> Answer<R> map(Function<? super T, ? extends R> change) {
    return flatMap(value -> new Got<>(change.apply(value)));
  }

  default <R> Answer<R> flatMap(Function<? super T, Answer<R>> next) {
    return switch (this) {
      case Got<T>(T value) -> next.apply(value);
      case Missing<T> _ -> new Missing<>();
      case Gone<T> _ -> new Gone<>();
      case Closed<T> _ -> new Closed<>();
      case Unavailable<T>(String reason) -> new Unavailable<>(reason);
    };
  }
}
