package im.tombolo.bench.scenario;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits that end. */
final class Await {
  private static final long PAUSE_MILLIS = 2;

  private Await() {}

  /** Whether it came true within the time. */
  static boolean within(Duration time, BooleanSupplier condition) {
    long end = System.nanoTime() + time.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause(Duration.ofMillis(PAUSE_MILLIS));
    }
    return true;
  }

  /**
   * @throws ScenarioException when it does not come true within the time
   */
  static void until(String what, Duration time, BooleanSupplier condition) {
    if (!within(time, condition)) {
      throw new ScenarioException(what + ": not within " + time.toSeconds() + " s");
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ScenarioException("stopped");
    }
  }
}
