package im.tombolo.app;

import im.tombolo.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  Loops(BooleanSupplier isLeader) {
    this.isLeader = isLeader;
  }

  /** Work that one process of all on a database does at a time. */
  void addForLeader(String name, Duration wait, IntSupplier work) {
    add(name, wait, () -> isLeader.getAsBoolean() ? work.getAsInt() : 0);
  }

  /**
   * @param work says how much it did; none: it waits before the next round
   */
  void add(String name, Duration wait, IntSupplier work) {
    threads.add(Thread.ofVirtual().name(name).start(() -> run(name, wait, work)));
  }

  private void run(String name, Duration wait, IntSupplier work) {
    String lastProblem = "";
    boolean going = true;
    while (going && closed.getCount() > 0) {
      try {
        boolean idle = work.getAsInt() == 0;
        lastProblem = "";
        going = !idle || pause(wait);
      } catch (RuntimeException failed) {
        String problem = String.valueOf(failed.getMessage());
        // What lasts, such as a database that is away, is told once.
        if (!problem.equals(lastProblem)) {
          tell(name, problem, failed);
        }
        lastProblem = problem;
        going = pause(AFTER_FAILURE);
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

  private boolean pause(Duration time) {
    try {
      return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  /** Lets what is under way come to its end, for a while. */
  @Override
  public void close() {
    closed.countDown();
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
