package im.tombolo.xmpp;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks of one key one after the other, tasks of different keys at the same time. Bounded: so
 * many tasks wait or run in all, so many of one key, and so many of one sender under whatever keys.
 * Any thread.
 */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
  private static final int SHARE = 4;

  private final Executor executor;
  private final Semaphore places;
  private final int perLane;
  private final int perSender;
  private final ConcurrentMap<String, Integer> shares = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Queue<Runnable>> lanes = new HashMap<>();

  Lanes(Executor executor, int total, int perLane) {
    this.executor = executor;
    this.places = new Semaphore(total);
    this.perLane = perLane;
    this.perSender = Math.max(1, total / SHARE);
  }

  /** Takes a task, or says at once that there is no room for it. */
  boolean offer(String key, Runnable task) {
    if (!places.tryAcquire()) {
      return false;
    }
    if (enqueue(key, task, perLane)) {
      return true;
    }
    places.release();
    return false;
  }

  /** The same, where a sender has many keys, and may not take more than their share of it all. */
  boolean offer(String sender, String key, Runnable task) {
    if (shares.merge(sender, 1, Integer::sum) <= perSender
        && offer(key, () -> share(sender, task))) {
      return true;
    }
    giveBack(sender);
    return false;
  }

  private void share(String sender, Runnable task) {
    try {
      task.run();
    } finally {
      giveBack(sender);
    }
  }

  private void giveBack(String sender) {
    shares.computeIfPresent(sender, (name, taken) -> taken > 1 ? taken - 1 : null);
  }

  /** Takes a task; waits until there is room. Forgets it when the executor has stopped. */
  void put(String key, Runnable task) {
    places.acquireUninterruptibly();
    if (!enqueue(key, task, Integer.MAX_VALUE)) {
      places.release();
    }
  }

  private boolean enqueue(String key, Runnable task, int max) {
    lock.lock();
    try {
      Queue<Runnable> lane = lanes.get(key);
      if (lane == null) {
        lanes.put(key, new ArrayDeque<>());
        executor.execute(() -> drive(key, task));
        return true;
      }
      return lane.size() < max && lane.add(task);
    } catch (RejectedExecutionException stopping) {
      lanes.remove(key);
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void drive(String key, Runnable first) {
    Runnable task = first;
    while (task != null) {
      try {
        task.run();
      } catch (RuntimeException failed) {
        LOG.warn("work on a stanza failed", failed);
      } finally {
        places.release();
      }
      task = next(key);
    }
  }

  private @Nullable Runnable next(String key) {
    lock.lock();
    try {
      Queue<Runnable> lane = lanes.get(key);
      Runnable task = lane == null ? null : lane.poll();
      if (task == null) {
        lanes.remove(key);
      }
      return task;
    } finally {
      lock.unlock();
    }
  }
}
