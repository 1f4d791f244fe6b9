package im.tombolo.app.admin;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** {@code /livez}, {@code /readyz}, {@code /metrics} and {@code /lent}. */
public final class AdminServer implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 1, 1);

  /**
   * @param unready why the gateway cannot do its work now; empty when it can
   * @param lent lines that say what the XMPP server lets the gateway do
   */
  public AdminServer(
      InetSocketAddress listen,
      PrometheusMeterRegistry metrics,
      Supplier<Optional<String>> unready,
      Supplier<String> lent) {
    connector.setHost(listen.getHostString());
    connector.setPort(listen.getPort());
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            switch (request.getHttpURI().getPath()) {
              case "/livez" -> answer(response, 200, "alive\n", callback);
              case "/readyz" -> {
                Optional<String> reason = unready.get();
                answer(
                    response,
                    reason.isEmpty() ? 200 : 503,
                    reason.orElse("ready") + "\n",
                    callback);
              }
              case "/metrics" -> answer(response, 200, metrics.scrape(), callback);
              case "/lent" -> answer(response, 200, lent.get(), callback);
              default ->
                  answer(
                      response, 404, "There is /livez, /readyz, /metrics and /lent.\n", callback);
            }
            return true;
          }
        });
  }

  private static void answer(Response response, int status, String text, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_LENGTH, text.getBytes(StandardCharsets.UTF_8).length);
    Content.Sink.write(response, true, text, callback);
  }

  /**
   * @throws IllegalStateException when the address is taken
   */
  public void start() {
    try {
      server.start();
    } catch (Exception cannotListen) {
      throw new IllegalStateException(
          "cannot listen at "
              + connector.getHost()
              + ":"
              + connector.getPort()
              + ": "
              + cannotListen.getMessage(),
          cannotListen);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception onTheWayOut) {
      throw new IllegalStateException("the admin server does not stop", onTheWayOut);
    }
  }
}
