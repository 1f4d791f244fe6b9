package im.tombolo.http.client;

import im.tombolo.http.client.Visit.Attempt;
import java.util.concurrent.atomic.LongAdder;

/** Attempts since the start of this process, by how they ended. Safe for any thread. */
public final class DeliveryCounts {
  private final LongAdder taken = new LongAdder();
  private final LongAdder putOff = new LongAdder();
  private final LongAdder refused = new LongAdder();

  DeliveryCounts() {}

  void add(Attempt attempt) {
    switch (attempt.outcome()) {
      case Delivered.Taken done -> taken.increment();
      case Delivered.Later later -> putOff.increment();
      case Delivered.Down down -> putOff.increment();
      case Delivered.Never never -> refused.increment();
      case Delivered.Gone gone -> refused.increment();
    }
  }

  public long taken() {
    return taken.sum();
  }

  public long putOff() {
    return putOff.sum();
  }

  public long refused() {
    return refused.sum();
  }
}
