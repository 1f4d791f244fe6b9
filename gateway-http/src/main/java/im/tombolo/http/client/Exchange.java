package im.tombolo.http.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;

/** What came of one request. */
sealed interface Exchange {
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never kept
  record Answered(URI location, Response response, byte[] body) implements Exchange {
    int status() {
      return response.getStatus();
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(response.getHeaders().get(name));
    }

    Optional<String> header(HttpHeader name) {
      return Optional.ofNullable(response.getHeaders().get(name));
    }
  }

  /** No answer, or none that may be read. */
  record Failed(String reason) implements Exchange {
    private static final int MAX_REASON = 200;

    static Failed of(ExecutionException failed) {
      Throwable cause = failed.getCause();
      return new Failed(
          cause == null
              ? "failed"
              : line(cause.getClass().getSimpleName() + ": " + cause.getMessage()));
    }

    /** Parts of it may come from a peer. */
    private static String line(String reason) {
      String plain = reason.replaceAll("\\p{Cntrl}+", " ");
      return plain.substring(0, Math.min(MAX_REASON, plain.length()));
    }
  }

  /** We do not ask there. */
  record Forbidden(String reason) implements Exchange {}
}
