package im.tombolo.core.bridge;

import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One transaction for what many threads want to write: while one is under way, those who come wait
 * and share the next, so that a commit costs many of them as much as one. It has no thread of its
 * own: the first who waits commits for the others. Any thread.
 *
 * <p>When a transaction fails, each caller tries alone, so that only those fail whose value is at
 * fault. A commit whose answer was lost is thereby done twice: the work has to bear that.
 *
 * @param <T> what is handed in
 * @param <R> what becomes of it
 */
public final class GroupCommit<T, R> {
  private final Store store;
  private final int max;
  private final Duration gathering;
  private final Work<T, R> work;
  private final Deque<Caller<T, R>> waiting = new ArrayDeque<>();
  private boolean isBusy;

  /** What is done with values inside the transaction. */
  @FunctionalInterface
  public interface Work<T, R> {
    /**
     * @param values at least one, in the order they came
     * @return one result for each value, in the same order
     */
    List<R> in(Session session, List<T> values);
  }

  /**
   * @param max values of one transaction
   */
  public GroupCommit(Store store, int max, Work<T, R> work) {
    this(store, max, Duration.ZERO, work);
  }

  /**
   * @param max values of one transaction
   * @param gathering how long the first waits for others: where nobody is in a hurry, fewer and
   *     larger transactions cost less
   */
  public GroupCommit(Store store, int max, Duration gathering, Work<T, R> work) {
    this.store = store;
    this.max = max;
    this.gathering = gathering;
    this.work = work;
  }

  private static final class Caller<T, R> {
    final T value;
    final CountDownLatch turn = new CountDownLatch(1);
    // Written before the turn comes, read after it.
    boolean leads;
    @Nullable R result;

    Caller(T value) {
      this.value = value;
    }
  }

  /**
   * Returns when the value is written durably.
   *
   * @throws RuntimeException of the store or of the work, when this value cannot be written
   */
  public R commit(T value) {
    Caller<T, R> caller = new Caller<>(value);
    boolean isInterrupted = joins(caller) && await(caller.turn);
    try {
      if (caller.leads) {
        lead();
      }
      R result = caller.result;
      return result == null ? alone(value) : result;
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether somebody else commits now. */
  private synchronized boolean joins(Caller<T, R> caller) {
    waiting.add(caller);
    if (isBusy) {
      return true;
    }
    isBusy = true;
    caller.leads = true;
    return false;
  }

  /** Of the caller at the head: for all who wait. */
  private void lead() {
    gather();
    List<Caller<T, R>> group = take();
    try {
      List<R> results =
          store.inTransaction(
              session -> work.in(session, group.stream().map(caller -> caller.value).toList()));
      for (int i = 0; i < group.size(); i++) {
        group.get(i).result = results.get(i);
      }
    } catch (RuntimeException failed) {
      if (group.size() == 1) {
        throw failed;
      }
      // Each finds no result, and tries alone.
    } finally {
      handOver();
      group.forEach(caller -> caller.turn.countDown());
    }
  }

  private void gather() {
    if (gathering.isPositive()) {
      try {
        Thread.sleep(gathering);
      } catch (InterruptedException noTimeLeft) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized List<Caller<T, R>> take() {
    List<Caller<T, R>> group = new ArrayList<>(Math.min(max, waiting.size()));
    while (group.size() < max && !waiting.isEmpty()) {
      group.add(waiting.removeFirst());
    }
    return group;
  }

  private synchronized void handOver() {
    Caller<T, R> next = waiting.peekFirst();
    isBusy = next != null;
    if (next != null) {
      next.leads = true;
      next.turn.countDown();
    }
  }

  private R alone(T value) {
    return store.inTransaction(session -> work.in(session, List.of(value))).getFirst();
  }

  /**
   * Goes on waiting when interrupted, as the value may be written already; it takes as long as a
   * transaction.
   *
   * @return whether it was interrupted
   */
  private static boolean await(CountDownLatch turn) {
    boolean isInterrupted = false;
    while (true) {
      try {
        turn.await();
        return isInterrupted;
      } catch (InterruptedException later) {
        isInterrupted = true;
      }
    }
  }
}
