package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch open = new CountDownLatch(1);

  @AfterEach
  void stop() {
    open.countDown();
    threads.shutdownNow();
  }

  private Runnable task(String name) {
    return () -> done.add(name);
  }

  /** Runs until the gate opens. */
  private Runnable gate(String name) {
    return () -> {
      try {
        open.await();
      } catch (InterruptedException stopped) {
        return;
      }
      done.add(name);
    };
  }

  @Test
  void tasksOfOneKeyRunInTheirOrder() {
    Lanes lanes = new Lanes(threads, 1_000, 1_000);
    List<String> names = IntStream.range(0, 500).mapToObj(Integer::toString).toList();

    names.forEach(name -> lanes.offer("romeo", task(name)));

    await().untilAsserted(() -> assertThat(done).isEqualTo(names));
  }

  @Test
  void oneKeyDoesNotHoldUpAnother() {
    Lanes lanes = new Lanes(threads, 10, 10);
    lanes.offer("romeo", gate("slow"));

    lanes.offer("juliet", task("fast"));

    await().untilAsserted(() -> assertThat(done).containsExactly("fast"));
  }

  @Test
  void thereIsNoMoreRoomThanInAll() {
    Lanes lanes = new Lanes(threads, 2, 10);
    lanes.offer("romeo", gate("1"));
    lanes.offer("juliet", gate("2"));

    assertThat(lanes.offer("mercutio", task("3"))).isFalse();
  }

  @Test
  void oneKeyGetsNoMoreRoomThanItsOwn() {
    Lanes lanes = new Lanes(threads, 100, 2);
    // One runs, two wait.
    lanes.offer("romeo", gate("1"));
    lanes.offer("romeo", task("2"));
    lanes.offer("romeo", task("3"));

    assertThat(lanes.offer("romeo", task("4"))).isFalse();
    assertThat(lanes.offer("juliet", task("5"))).isTrue();
  }

  @Test
  void oneSenderGetsNoMoreThanAQuarterUnderWhateverKeys() {
    Lanes lanes = new Lanes(threads, 8, 100);
    assertThat(lanes.offer("evil.example", "mallory ada", gate("1"))).isTrue();
    assertThat(lanes.offer("evil.example", "eve bob", gate("2"))).isTrue();

    assertThat(lanes.offer("evil.example", "eve ada", gate("3"))).isFalse();
    assertThat(lanes.offer("romeo@example.org", "romeo ada", gate("4"))).isTrue();
    open.countDown();
    await().until(() -> lanes.offer("evil.example", "eve ada", task("5")));
  }

  @Test
  void roomComesBackWhenTasksEnd() {
    Lanes lanes = new Lanes(threads, 1, 1);
    lanes.offer("romeo", task("1"));
    await().untilAsserted(() -> assertThat(done).containsExactly("1"));

    await().until(() -> lanes.offer("romeo", task("2")));
    await().untilAsserted(() -> assertThat(done).containsExactly("1", "2"));
  }

  @Test
  void putWaitsForRoom() {
    Lanes lanes = new Lanes(threads, 1, 1);
    lanes.offer("romeo", gate("1"));
    threads.submit(() -> lanes.put("romeo", task("2")));

    open.countDown();

    await().untilAsserted(() -> assertThat(done).containsExactly("1", "2"));
  }

  @Test
  void putMindsNoBoundOfOneKey() {
    Lanes lanes = new Lanes(threads, 100, 1);
    lanes.put("romeo", gate("1"));
    lanes.put("romeo", task("2"));
    lanes.put("romeo", task("3"));

    open.countDown();

    await().untilAsserted(() -> assertThat(done).containsExactly("1", "2", "3"));
  }

  @Test
  void aTaskThatFailsDoesNotStopItsLane() {
    Lanes lanes = new Lanes(threads, 10, 10);
    try (LogLines log = new LogLines()) {
      lanes.offer(
          "romeo",
          () -> {
            throw new IllegalStateException("a bug");
          });
      lanes.offer("romeo", task("2"));

      await().untilAsserted(() -> assertThat(done).containsExactly("2"));
      assertThat(log.warnings()).containsExactly("work on a stanza failed");
    }
  }

  @Test
  void aStoppedExecutorTakesNothingAndThrowsNothing() {
    Lanes lanes = new Lanes(threads, 1, 1);
    threads.shutdownNow();

    lanes.put("romeo", task("1"));

    assertThat(lanes.offer("romeo", task("2"))).isFalse();
    assertThat(lanes.offer("romeo", task("3"))).isFalse();
  }
}
