package im.tombolo.core.model;

import java.net.URI;
import java.util.Optional;

/**
 * When an activity goes out, among others to the same server.
 *
 * @param topic what it is about; activities about one thing go out in the order they were made
 * @param after the topic that has to be there before, such as the post that is answered
 * @param urgency whether it goes before or after what is about other things
 */
public record Turn(String topic, Optional<String> after, Urgency urgency) {
  /** The more urgent first; the order is kept in the database. */
  public enum Urgency {
    /** Somebody waits for it: answers to follows, messages. */
    URGENT,
    USUAL,
    /** Nobody misses it for a while: profiles, farewells, the past. */
    LATER
  }

  public static Turn of(String topic, Urgency urgency) {
    return new Turn(topic, Optional.empty(), urgency);
  }

  public static Turn of(URI topic, Urgency urgency) {
    return of(topic.toString(), urgency);
  }

  /** After what is about another thing. */
  public Turn after(Optional<URI> other) {
    return new Turn(topic, other.map(URI::toString), urgency);
  }
}
