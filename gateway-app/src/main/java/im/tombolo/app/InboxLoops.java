package im.tombolo.app;

import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.core.bridge.InboxWork;
import im.tombolo.storage.Queue;
import im.tombolo.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who works on the inbox, and when: at once when something comes in this process, soon when it came
 * in another.
 */
final class InboxLoops {
  private static final int WORKERS = 2;
  private static final int ASKING_WORKERS = 8;
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final InboxWork inbox;
  private final InboxDoor door;
  private final List<Runnable> workers = new ArrayList<>();
  private final List<Runnable> asking = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  InboxLoops(InboxWork inbox, InboxDoor door) {
    this.inbox = inbox;
    this.door = door;
  }

  void start(Loops loops, Storage storage) {
    for (int i = 0; i < WORKERS; i++) {
      GivingWay work = new GivingWay(inbox::runDue, door::taken);
      workers.add(loops.add("inbox-" + i, SOON, work::run));
    }
    for (int i = 0; i < ASKING_WORKERS; i++) {
      asking.add(loops.add("inbox-asking-" + i, SECOND, this::ask));
    }
    storage.onQueued(Queue.INBOX, this::wakeOne);
    storage.onQueued(Queue.INBOX_ASKING, () -> asking.forEach(Runnable::run));
  }

  private void wakeOne() {
    workers.get(Math.floorMod(turn.getAndIncrement(), workers.size())).run();
  }

  /** Behind what made us ask there may be what does not. */
  private int ask() {
    int worked = inbox.runAsking();
    if (worked > 0) {
      wakeOne();
    }
    return worked;
  }
}
