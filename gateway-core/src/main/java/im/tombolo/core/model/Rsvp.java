package im.tombolo.core.model;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's answer to the question whether they come to an event, on either network.
 *
 * @param event id of its post
 * @param actor whose answer it is; ours have actor ids as well
 * @param state what the organiser says to it
 * @param activity id of the activity that said it
 * @param message what they told the organiser beside, at most {@link #MAX_MESSAGE} characters
 */
public record Rsvp(
    URI event,
    URI actor,
    Answer answer,
    State state,
    URI activity,
    Optional<String> message,
    Instant at) {
  public static final int MAX_MESSAGE = 1_000;

  /** Whether somebody comes. */
  public enum Answer {
    YES,
    MAYBE,
    NO
  }

  /** What the organiser says. */
  public enum State {
    /** Nothing as yet. */
    ASKED,
    ACCEPTED,
    REJECTED
  }

  public Rsvp in(State other) {
    return new Rsvp(event, actor, answer, other, activity, message, at);
  }

  /** Whether they come, and may. */
  public boolean isComing() {
    return answer == Answer.YES && state == State.ACCEPTED;
  }
}
