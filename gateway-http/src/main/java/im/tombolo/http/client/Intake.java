package im.tombolo.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;

/** Sends a request and takes in what is answered; throws what Jetty's futures do. */
@FunctionalInterface
interface Intake {
  Exchange.Answered take(URI target, Request request, long millis)
      throws InterruptedException, ExecutionException, TimeoutException;

  /** At most so many bytes, held in memory. */
  static Intake inMemory(int maxBytes) {
    return (target, request, millis) -> {
      ContentResponse response =
          new CompletableResponseListener(request, maxBytes)
              .send()
              .get(millis, TimeUnit.MILLISECONDS);
      return new Exchange.Answered(target, response, response.getContent());
    };
  }

  /** The answer without what it says; it counts from its headers on, also when it breaks off. */
  static Intake nothing() {
    // The request has a time of its own; a second clock for each delivery costs more than it helps.
    return (target, request, millis) ->
        new Exchange.Answered(target, Heads.of(request).get(), new byte[0]);
  }

  /** At most so many bytes of a good answer, written to a file that is replaced; of others none. */
  static Intake intoFile(Path file, long maxBytes) {
    return (target, request, millis) -> {
      InputStreamResponseListener listener = new InputStreamResponseListener();
      request.send(listener);
      Response response = listener.get(millis, TimeUnit.MILLISECONDS);
      // Closing the stream before its end cuts the connection.
      try (InputStream in = listener.getInputStream()) {
        if (response.getStatus() == 200) {
          if (response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > maxBytes) {
            throw new IOException("a file that is too large");
          }
          copy(in, file, maxBytes);
        }
      } catch (IOException broken) {
        throw new ExecutionException(broken);
      }
      return new Exchange.Answered(target, response, new byte[0]);
    };
  }

  private static void copy(InputStream in, Path file, long maxBytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[16 * 1024];
      long total = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        total += read;
        if (total > maxBytes) {
          throw new IOException("a file that is too large");
        }
        out.write(buffer, 0, read);
      }
    }
  }
}
