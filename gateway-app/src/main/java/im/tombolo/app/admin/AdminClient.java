package im.tombolo.app.admin;

import im.tombolo.app.config.Configuration;
import im.tombolo.core.port.QueuedDeliveries.Selection;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a running gateway at its address for administrators. */
final class AdminClient implements AutoCloseable {
  // The gateway itself waits up to half a minute for its database.
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final HttpClient http = HttpClient.newHttpClient();
  private final AdminAddress address;

  AdminClient(Configuration.Admin admin) {
    address = new AdminAddress(admin);
  }

  /**
   * @throws IOException with a sentence for people
   */
  JsonNode get(String path, Selection selection, Optional<String> after) throws IOException {
    return ask(question(path, selection, after).GET().build());
  }

  /**
   * @throws IOException with a sentence for people
   */
  JsonNode post(String path, Selection selection) throws IOException {
    return ask(
        question(path, selection, Optional.empty())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  /**
   * @throws IOException with a sentence for people
   */
  JsonNode get(String path) throws IOException {
    return ask(address.request(path).timeout(PATIENCE).build());
  }

  /**
   * @throws IOException with a sentence for people
   */
  JsonNode post(String path, JsonNode body) throws IOException {
    return ask(
        address
            .request(path)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  /**
   * An answer as it is.
   *
   * @throws IOException with a sentence for people
   */
  String text(String method, String path) throws IOException {
    return answer(
        address
            .request(path)
            .timeout(PATIENCE)
            .header(KeyPages.CHANGES, "yes")
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build());
  }

  private HttpRequest.Builder question(String path, Selection selection, Optional<String> after) {
    String query =
        "?dead="
            + selection.deadOnly()
            + selection.host().map(host -> "&host=" + escaped(host)).orElse("")
            + after.map(cursor -> "&after=" + escaped(cursor)).orElse("");
    return address.request(path + query).timeout(PATIENCE);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode ask(HttpRequest question) throws IOException {
    return new JsonMapper().readTree(answer(question));
  }

  private String answer(HttpRequest question) throws IOException {
    HttpResponse<String> answer;
    try {
      answer = http.send(question, HttpResponse.BodyHandlers.ofString());
    } catch (IOException silent) {
      throw new IOException(
          "no gateway answers at " + address.place() + " (admin.listen); is it running?", silent);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", stopped);
    }
    if (answer.statusCode() != 200) {
      throw new IOException(
          "the gateway at " + address.place() + " answers " + answer.statusCode());
    }
    return answer.body();
  }

  @Override
  public void close() {
    http.close();
  }
}
