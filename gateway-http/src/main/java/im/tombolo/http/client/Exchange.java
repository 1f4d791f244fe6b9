package im.tombolo.http.client;

import java.net.URI;
import java.util.Optional;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;

/** What came of one request. */
sealed interface Exchange {
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never kept
  record Answered(URI location, Response response, byte[] body) implements Exchange {
    int status() {
      return response.getStatus();
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(response.getHeaders().get(name));
    }

    Optional<String> header(HttpHeader name) {
      return Optional.ofNullable(response.getHeaders().get(name));
    }
  }

  /** No answer, or none that may be read. */
  record Failed(String reason) implements Exchange {}

  /** We do not ask there. */
  record Forbidden(String reason) implements Exchange {}
}
