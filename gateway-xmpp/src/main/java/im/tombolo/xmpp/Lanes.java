package im.tombolo.xmpp;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks of one key one after the other, tasks of different keys at the same time. Bounded: so
 * many tasks wait or run in all, and so many of one key. Any thread.
 */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final Executor executor;
  private final Semaphore places;
  private final int perLane;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Queue<Runnable>> lanes = new HashMap<>();

  Lanes(Executor executor, int total, int perLane) {
    this.executor = executor;
    this.places = new Semaphore(total);
    this.perLane = perLane;
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
