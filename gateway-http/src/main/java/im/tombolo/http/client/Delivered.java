package im.tombolo.http.client;

import java.time.Duration;
import java.util.Optional;

/** What became of one attempt to deliver. */
public sealed interface Delivered {
  /** The peer has it. */
  record Taken() implements Delivered {}

  /**
   * Not now.
   *
   * @param after the wait that the peer asks for
   */
  record Later(String reason, Optional<Duration> after) implements Delivered {}

  /** The peer will not take it, however often it is sent. */
  record Never(String reason) implements Delivered {}
}
