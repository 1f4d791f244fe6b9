package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.http.signature.Message;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAnswersTest {
  private static final String ACTIVITY = "application/activity+json";

  private final AtomicLong time = new AtomicLong();
  private final AtomicInteger loads = new AtomicInteger();
  private final PublicAnswers answers = new PublicAnswers(Duration.ofSeconds(1), time::get);

  private static Query query(String target, String accept) {
    return new Query(
        new Message("GET", target, name -> Optional.of(accept)),
        List.of(),
        name -> Optional.empty(),
        InputStream::nullInputStream);
  }

  private Supplier<Reply> load(int status) {
    return () -> Reply.text(status, "Answer " + loads.incrementAndGet());
  }

  private String ask(String target, String accept) {
    return new String(answers.answer(query(target, accept), load(200)).body()).strip();
  }

  @Test
  void anAnswerIsKeptForAMoment() {
    assertThat(ask("/a", ACTIVITY)).isEqualTo("Answer 1");
    assertThat(ask("/a", ACTIVITY)).isEqualTo("Answer 1");

    time.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(ask("/a", ACTIVITY)).isEqualTo("Answer 2");
  }

  @Test
  void everyQuestionHasItsOwnAnswer() {
    assertThat(List.of(ask("/a", ACTIVITY), ask("/b", ACTIVITY), ask("/a?page=1", ACTIVITY)))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyFormHasItsOwnAnswer() {
    assertThat(
            List.of(
                ask("/a", ACTIVITY),
                ask("/a", "text/html"),
                ask("/a", "application/atom+xml, text/html;q=0.5"),
                ask("/a", "application/atom+xml, " + ACTIVITY + ";q=0.5")))
        .doesNotHaveDuplicates();
    assertThat(ask("/a", "application/ld+json")).isEqualTo("Answer 1");
  }

  @Test
  void manyWhoAskAtOnceCostOneLoad() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(
            threads.submit(() ->
                answers.answer(
                    query("/a", ACTIVITY),
                    () -> {
                      loading.countDown();
                      awaits(goesOn);
                      return load(200).get();
                    })));
      }
      loading.await();
      goesOn.countDown();
      for (Future<Reply> reply : all) {
        assertThat(reply.get().status()).isEqualTo(200);
      }
    }
    assertThat(loads).hasValue(1);
  }

  private static void awaits(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 500, 503})
  void whatIsTrueOfTheMomentOnlyIsNotKept(int status) {
    answers.answer(query("/a", ACTIVITY), load(status));
    answers.answer(query("/a", ACTIVITY), load(status));

    assertThat(loads).hasValue(2);
  }

  @Test
  void withoutTimeNothingIsKept() {
    PublicAnswers none = new PublicAnswers(Duration.ZERO, time::get);
    none.answer(query("/a", ACTIVITY), load(200));
    none.answer(query("/a", ACTIVITY), load(200));

    assertThat(loads).hasValue(2);
  }
}
