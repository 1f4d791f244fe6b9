package im.tombolo.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import im.tombolo.core.bridge.GroupCommit;
import im.tombolo.core.port.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest extends OnStorage {
  private static final String POISON = "poison";
  private static final int MAX = 8;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger transactions = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final List<Integer> sizes = new ArrayList<>();
  private final GroupCommit<String, String> commits = new GroupCommit<>(storage, MAX, this::write);

  private List<String> write(Store.Session session, List<String> values) {
    if (transactions.incrementAndGet() == 1) {
      begun.countDown();
      await(mayEnd);
    }
    sizes.add(values.size());
    values.forEach(value -> session.secrets().keep(value, value.getBytes(StandardCharsets.UTF_8)));
    if (values.contains(POISON)) {
      throw new IllegalArgumentException(POISON);
    }
    return values.stream().map(value -> "kept " + value).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @AfterEach
  void end() {
    mayEnd.countDown();
    threads.close();
  }

  @Test
  void whatComesDuringATransactionSharesTheNext() throws Exception {
    List<Future<String>> all = busyWith("a", "b", "c");

    mayEnd.countDown();

    for (Future<String> one : all) {
      assertTrue(one.get(10, TimeUnit.SECONDS).startsWith("kept "));
    }
    assertEquals(List.of(1, 3), sizes);
    assertTrue(isKept("c"));
  }

  @Test
  void aTransactionHasABound() throws Exception {
    String[] many = new String[2 * MAX];
    for (int i = 0; i < many.length; i++) {
      many[i] = "v" + i;
    }
    List<Future<String>> all = busyWith(many);

    mayEnd.countDown();

    for (Future<String> one : all) {
      one.get(10, TimeUnit.SECONDS);
    }
    assertEquals(List.of(1, MAX, MAX), sizes);
  }

  @Test
  void aValueThatIsAtFaultFailsAlone() throws Exception {
    List<Future<String>> all = busyWith("d", POISON, "e");

    mayEnd.countDown();

    assertEquals("kept d", all.get(1).get(10, TimeUnit.SECONDS));
    assertEquals("kept e", all.get(3).get(10, TimeUnit.SECONDS));
    assertThrows(Exception.class, () -> all.get(2).get(10, TimeUnit.SECONDS));
    assertTrue(isKept("e"));
    assertFalse(isKept(POISON));
  }

  @Test
  void afterAFailureOthersGoOn() {
    mayEnd.countDown();
    assertThrows(IllegalArgumentException.class, () -> commits.commit(POISON));

    assertEquals("kept a", commits.commit("a"));
  }

  @Test
  void whoIsInterruptedStillLearnsWhatBecameOfIt() throws Exception {
    busyWith();
    List<String> seen = new ArrayList<>();
    Thread waits = Thread.ofVirtual().unstarted(() -> seen.add(commits.commit("a")));
    waits.start();
    waits.interrupt();

    mayEnd.countDown();

    assertTrue(waits.join(Duration.ofSeconds(10)));
    assertEquals(List.of("kept a"), seen);
  }

  /** All of them wait for a transaction that is under way, in this order. */
  private List<Future<String>> busyWith(String... values) throws InterruptedException {
    List<Future<String>> all = new ArrayList<>();
    all.add(threads.submit(() -> commits.commit("first")));
    await(begun);
    for (String value : values) {
      Thread[] caller = new Thread[1];
      CountDownLatch there = new CountDownLatch(1);
      all.add(
          threads.submit(() -> {
            caller[0] = Thread.currentThread();
            there.countDown();
            return commits.commit(value);
          }));
      await(there);
      Awaitility.await().until(() -> caller[0].getState() == Thread.State.WAITING);
    }
    return all;
  }

  private boolean isKept(String name) {
    byte[] other = {};
    return storage.inTransaction(session -> session.secrets().keep(name, other)).length > 0;
  }
}
