package im.tombolo.bench.scenario;

/** A scenario cannot go on; the message says why. */
public final class ScenarioException extends RuntimeException {
  ScenarioException(String reason) {
    super(reason);
  }

  ScenarioException(String reason, Throwable cause) {
    super(reason + ": " + cause.getMessage(), cause);
  }
}
