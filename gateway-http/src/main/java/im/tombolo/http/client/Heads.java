package im.tombolo.http.client;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of an answer and keeps nothing of its body. Completed on the end, so that the
 * connection is free for the next request.
 */
final class Heads implements Response.Listener {
  private static final int MAX_BODY = 64 * 1024;

  private final CompletableFuture<Response> answer = new CompletableFuture<>();
  private @Nullable Response head;
  private long length;

  private Heads() {}

  static Future<Response> of(Request request) {
    Heads heads = new Heads();
    request.send(heads);
    return heads.answer;
  }

  @Override
  public void onHeaders(Response response) {
    head = response;
  }

  @Override
  public void onContent(Response response, ByteBuffer content) {
    length += content.remaining();
    if (length > MAX_BODY) {
      var _ = response.abort(new IllegalStateException("an answer that is too long"));
    }
  }

  @Override
  public void onComplete(Result result) {
    if (head != null) {
      answer.complete(head);
    } else {
      answer.completeExceptionally(result.getFailure());
    }
  }
}
