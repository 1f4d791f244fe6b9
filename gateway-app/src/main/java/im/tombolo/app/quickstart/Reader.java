package im.tombolo.app.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Reads our own pages as their visitors do. */
final class Reader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Waits until an address shows a text.
   *
   * @throws IllegalStateException when it does not in a minute
   */
  void await(String address, String accept, String text) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!shows(address, accept, text)) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("the post is not readable at " + address + " as " + accept);
      }
      pause();
    }
  }

  private boolean shows(String address, String accept, String text) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Accept", accept)
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 && response.body().contains(text);
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
