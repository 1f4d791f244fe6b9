package im.tombolo.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
  private final SingleFlight<String, Integer> flight = new SingleFlight<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger questions = new AtomicInteger();
  private final CountDownLatch landed = new CountDownLatch(1);

  @AfterEach
  void stop() {
    landed.countDown();
    threads.close();
  }

  private int slowly() {
    int count = questions.incrementAndGet();
    await().until(() -> landed.getCount() == 0);
    return count;
  }

  /** Asks while another question is under way, and returns once it is known to wait. */
  private Future<Integer> passenger() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Future<Integer> answer =
        threads.submit(() -> {
          thread.set(Thread.currentThread());
          return flight.ask("a", this::slowly);
        });
    await().until(() -> thread.get() != null && thread.get().getState() == Thread.State.WAITING);
    return answer;
  }

  @Test
  void whoAsksWhileAQuestionIsUnderWayGetsTheSameAnswer() throws Exception {
    Future<Integer> first = threads.submit(() -> flight.ask("a", this::slowly));
    await().until(() -> questions.get() == 1);
    Future<Integer> second = passenger();

    landed.countDown();

    assertThat(first.get()).isEqualTo(1);
    assertThat(second.get()).isEqualTo(1);
    assertThat(questions).hasValue(1);
  }

  @Test
  void anotherQuestionDoesNotWait() throws Exception {
    Future<Integer> first = threads.submit(() -> flight.ask("a", this::slowly));
    await().until(() -> questions.get() == 1);

    assertThat(flight.ask("b", () -> 7)).isEqualTo(7);
    assertThat(first).isNotDone();
  }

  @Test
  void aQuestionIsAskedAgainOnceItsAnswerCame() {
    assertThat(flight.ask("a", questions::incrementAndGet)).isEqualTo(1);
    assertThat(flight.ask("a", questions::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void whoWaitsForAQuestionThatFailsFailsAlike() {
    Future<Integer> first =
        threads.submit(() ->
            flight.ask(
                "a",
                () -> {
                  slowly();
                  throw new IllegalStateException("no");
                }));
    await().until(() -> questions.get() == 1);
    Future<Integer> second = passenger();

    landed.countDown();

    for (Future<Integer> one : List.of(first, second)) {
      assertThatThrownBy(one::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no");
    }
    assertThat(flight.ask("a", () -> 5)).isEqualTo(5);
  }
}
