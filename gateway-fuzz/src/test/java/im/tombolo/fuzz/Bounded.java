package im.tombolo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Supplier;

/** No input of some kilobytes may keep a thread busy for long. */
public final class Bounded {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  // Of the thread itself, whatever else the machine does; instrumented code is several times
  // slower.
  private static final Duration MOST = Duration.ofSeconds(3);

  private Bounded() {}

  /** What the work gives, if it does so in time; once more if that loaded half of all classes. */
  public static <T> T work(Supplier<T> work) {
    long start = THREADS.getCurrentThreadCpuTime();
    T done = work.get();
    if (since(start).compareTo(MOST) > 0) {
      long again = THREADS.getCurrentThreadCpuTime();
      done = work.get();
      assertThat(since(again)).isLessThan(MOST);
    }
    return done;
  }

  private static Duration since(long start) {
    return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
  }
}
