package im.tombolo.http.client;

import java.time.Duration;
import java.util.Optional;

/** What became of one attempt to deliver. */
public sealed interface Delivered {
  /** The peer has it. */
  record Taken() implements Delivered {}

  /**
   * The peer does not take this one now.
   *
   * @param after the wait that it asks for
   */
  record Later(String reason, Optional<Duration> after) implements Delivered {}

  /**
   * The peer takes nothing now: it is away, or has too much to do.
   *
   * @param after the wait that it asks for
   */
  record Down(String reason, Optional<Duration> after) implements Delivered {}

  /** The peer will not take it, however often it is sent. */
  record Never(String reason) implements Delivered {}

  /** There is no such inbox any more. */
  record Gone() implements Delivered {}
}
