package im.tombolo.interop.stage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plain web client on the stage: trusts the stage's authority, follows no redirect, signs
 * nothing.
 */
public final class Web {
  public static final String ACTIVITY = "application/activity+json";
  public static final String HTML = "text/html";
  public static final String ATOM = "application/atom+xml";

  private final HttpClient client;

  public Web(Stage stage) {
    client =
        HttpClient.newBuilder()
            .sslContext(stage.ca().trusting())
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** What came back. */
  public static final class Page {
    private final HttpResponse<byte[]> response;

    private Page(HttpResponse<byte[]> response) {
      this.response = response;
    }

    public int status() {
      return response.statusCode();
    }

    /** The media type with its parameters; empty when there is none. */
    public String type() {
      return response.headers().firstValue("Content-Type").orElse("");
    }

    public String vary() {
      return String.join(",", response.headers().allValues("Vary"));
    }

    public byte[] bytes() {
      return response.body().clone();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return JsonMapper.shared().readTree(response.body());
    }
  }

  public Page get(String url, String accept) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Accept", accept)
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      return new Page(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException problem) {
      throw new StageException("GET " + url, problem);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StageException("interrupted", interrupted);
    }
  }
}
