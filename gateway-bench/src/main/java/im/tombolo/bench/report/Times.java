package im.tombolo.bench.report;

import java.util.Arrays;

/** Durations in nanoseconds, kept one by one so that no percentile is a guess. One thread. */
public final class Times {
  private static final int MAX = 20_000_000;
  private static final double NANOS_PER_MILLI = 1e6;

  private long[] nanos = new long[1_024];
  private int size;
  private boolean sorted = true;

  /** Ignored once there are 20 million. */
  public void add(long duration) {
    if (size == MAX) {
      return;
    }
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, size * 2);
    }
    nanos[size++] = duration;
    sorted = false;
  }

  public int count() {
    return size;
  }

  /**
   * @param part 0.5 for the median, 1 for the longest
   * @return 0 when there is none
   */
  public double millis(double part) {
    if (size == 0) {
      return 0;
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, size);
      sorted = true;
    }
    return nanos[(int) Math.min(size - 1L, (long) Math.ceil(size * part))] / NANOS_PER_MILLI;
  }
}
