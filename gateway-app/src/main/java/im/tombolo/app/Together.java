package im.tombolo.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs questions side by side and waits for them, though not for ever: what takes longer is
 * interrupted. Any thread.
 */
final class Together implements Consumer<List<Runnable>> {
  private final Duration patience;

  Together(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void accept(List<Runnable> questions) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      questions.forEach(threads::execute);
      threads.shutdown();
      if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
