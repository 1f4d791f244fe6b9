package im.tombolo.app.admin;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One answer, which no browser runs, keeps, frames or takes for another type. */
record Page(int status, String type, String text) {
  static final String HTML = "text/html; charset=utf-8";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  static Page text(int status, String text) {
    return new Page(status, TEXT, text);
  }

  void send(Response response, Callback callback) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, type);
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    Content.Sink.write(response, true, text, callback);
  }
}
