package im.tombolo.app;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Work on what has come in, which steps back while very much comes in: senders wait for their
 * answers, the work can wait, and costs less for each the more of it there is at once. One thread.
 */
final class GivingWay {
  // More than any server sends that is not under a storm.
  private static final long MUCH_A_SECOND = 1_000;
  // The share of a worker is then a tenth.
  private static final int RESTS = 9;
  private static final long LONGEST_REST = Duration.ofSeconds(1).toNanos();
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final IntSupplier work;
  private final LongSupplier come;
  private final LongSupplier time;
  private final LongConsumer rest;
  private long lastTime;
  private long lastCome;

  /**
   * @param come how much has come in since the start
   */
  GivingWay(IntSupplier work, LongSupplier come) {
    this(work, come, System::nanoTime, GivingWay::sleep);
  }

  /**
   * @param time nanoseconds, from anywhere
   * @param rest waits so many nanoseconds
   */
  GivingWay(IntSupplier work, LongSupplier come, LongSupplier time, LongConsumer rest) {
    this.work = work;
    this.come = come;
    this.time = time;
    this.rest = rest;
    this.lastTime = time.getAsLong();
  }

  int run() {
    long start = time.getAsLong();
    int done = work.getAsInt();
    long end = time.getAsLong();
    long now = come.getAsLong();
    boolean isMuch = (now - lastCome) * SECOND > MUCH_A_SECOND * Math.max(1, end - lastTime);
    lastTime = end;
    lastCome = now;
    if (done > 0 && isMuch) {
      rest.accept(Math.min(RESTS * (end - start), LONGEST_REST));
    }
    return done;
  }

  private static void sleep(long nanos) {
    try {
      Thread.sleep(Duration.ofNanos(nanos));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
