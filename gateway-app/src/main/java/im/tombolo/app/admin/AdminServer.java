package im.tombolo.app.admin;

import im.tombolo.app.config.Configuration;
import im.tombolo.storage.StorageException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** What an administrator and their machines read: health, metrics, and how everything is. */
public final class AdminServer implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 1, 1);
  private final Sources sources;

  /**
   * Where the answers come from.
   *
   * @param unready why the gateway cannot do its work now; empty when it can
   * @param lent lines that say what the XMPP server lets the gateway do
   */
  public record Sources(
      PrometheusMeterRegistry metrics,
      Supplier<Optional<String>> unready,
      Supplier<String> lent,
      StatusReader status) {}

  /**
   * @param pages asked before its own
   */
  public AdminServer(Configuration.Admin admin, Sources sources, Handler... pages) {
    this.sources = sources;
    connector.setHost(admin.listen().getHostString());
    connector.setPort(admin.listen().getPort());
    server.addConnector(connector);
    Handler.Sequence all = new Handler.Sequence(new AdminDoor(admin, Clock.systemUTC()));
    List.of(pages).forEach(all::addHandler);
    all.addHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            answer(request).send(response, callback);
            return true;
          }
        });
    server.setHandler(all);
  }

  private Page answer(Request request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD")
        ? page(request.getHttpURI().getPath())
        : text(405, "Only GET and HEAD work here.\n");
  }

  private Page page(String path) {
    try {
      return switch (path) {
        case "/" -> new Page(200, Page.HTML, Dashboard.page(sources.status().read()));
        case "/style.css" -> new Page(200, "text/css; charset=utf-8", Dashboard.STYLE);
        case "/status" -> text(200, StatusText.lines(sources.status().read()));
        case "/status.json" ->
            new Page(200, "application/json", StatusText.json(sources.status().read()));
        case "/livez" -> text(200, "alive\n");
        case "/readyz" -> {
          Optional<String> reason = sources.unready().get();
          yield text(reason.isEmpty() ? 200 : 503, reason.orElse("ready") + "\n");
        }
        case "/metrics" -> text(200, sources.metrics().scrape());
        case "/lent" -> text(200, sources.lent().get());
        default ->
            text(404, "There is /, /status, /status.json, /livez, /readyz, /metrics and /lent.\n");
      };
    } catch (StorageException silent) {
      return text(503, "the database does not answer\n");
    }
  }

  private static Page text(int status, String text) {
    return Page.text(status, text);
  }

  /** The port that it listens at. */
  public int port() {
    return connector.getLocalPort();
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
