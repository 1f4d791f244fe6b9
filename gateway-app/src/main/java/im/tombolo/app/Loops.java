package im.tombolo.app;

import im.tombolo.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is done again and again until the end, each kind on a thread of its own. */
final class Loops implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Loops.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final BooleanSupplier isLeader;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Bell> bells = new ArrayList<>();
  private volatile boolean isClosed;

  /** Ends one wait, now or the next. */
  private static final class Bell {
    private final Semaphore rung = new Semaphore(0);

    void ring() {
      if (rung.availablePermits() == 0) {
        rung.release();
      }
    }

    void await(Duration time) throws InterruptedException {
      rung.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
      rung.drainPermits();
    }
  }

  Loops(BooleanSupplier isLeader) {
    this.isLeader = isLeader;
  }

  /**
   * Work that one process of all on a database does at a time.
   *
   * @return ends the wait early
   */
  Runnable addForLeader(String name, Duration wait, IntSupplier work) {
    return add(name, wait, () -> isLeader.getAsBoolean() ? work.getAsInt() : 0);
  }

  /**
   * @param work says how much it did; none: it waits before the next round
   * @return ends the wait early
   */
  Runnable add(String name, Duration wait, IntSupplier work) {
    Bell bell = new Bell();
    bells.add(bell);
    threads.add(Thread.ofVirtual().name(name).start(() -> run(name, wait, work, bell)));
    return bell::ring;
  }

  private void run(String name, Duration wait, IntSupplier work, Bell bell) {
    String lastProblem = "";
    boolean going = true;
    while (going && !isClosed) {
      try {
        boolean idle = work.getAsInt() == 0;
        lastProblem = "";
        going = !idle || pause(bell, wait);
      } catch (RuntimeException failed) {
        String problem = String.valueOf(failed.getMessage());
        // What lasts, such as a database that is away, is told once.
        if (!problem.equals(lastProblem)) {
          tell(name, problem, failed);
        }
        lastProblem = problem;
        going = pause(bell, AFTER_FAILURE);
      }
    }
  }

  /** Of a database that is away the sentence says all; of anything else we want to know more. */
  private static void tell(String name, String problem, RuntimeException failed) {
    if (failed instanceof StorageException) {
      LOG.warn("{}: {}", name, problem);
      LOG.debug(name, failed);
    } else {
      LOG.warn("{}: {}", name, problem, failed);
    }
  }

  private static boolean pause(Bell bell, Duration time) {
    try {
      bell.await(time);
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  /** Lets what is under way come to its end, for a while. */
  @Override
  public void close() {
    isClosed = true;
    bells.forEach(Bell::ring);
    try {
      for (Thread thread : threads) {
        if (!thread.join(STOP)) {
          thread.interrupt();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
