package im.tombolo.http.server;

import im.tombolo.http.media.MediaProxy;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The public web server. Every request has a virtual thread. */
public final class WebServer implements AutoCloseable {
  private static final long DRAIN_MILLIS = 5_000;
  private static final int MAX_HEADERS = 16 * 1024;
  private static final int OUTPUT = 4 * 1024;
  private static final int LARGEST_BUFFER = 64 * 1024;
  private static final long MAX_IDLE_BUFFERS = 4 << 20;

  private final Server server;
  private final ServerConnector connector;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Without the media proxy. */
  public WebServer(ServerSettings settings, Site site) {
    this(settings, site, Optional.empty());
  }

  public WebServer(ServerSettings settings, Site site, Optional<MediaProxy> media) {
    QueuedThreadPool pool = new QueuedThreadPool();
    pool.setName("web");
    pool.setVirtualThreadsExecutor(threads);
    server = new Server(pool, null, buffers());
    HttpConfiguration http = new HttpConfiguration();
    // For each connection with a request: a thousand of them have to fit into a small heap.
    http.setOutputBufferSize(OUTPUT);
    http.setOutputAggregationSize(OUTPUT);
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADERS);
    // The cache of each connection takes 100 kB.
    http.setHeaderCacheSize(0);
    http.setIdleTimeout(settings.limits().idle().toMillis());
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.listen().getHostString());
    connector.setPort(settings.listen().getPort());
    connector.setIdleTimeout(settings.limits().idle().toMillis());
    server.addConnector(connector);
    Punctuality punctuality =
        new Punctuality(connector.getScheduler(), settings.limits().requestTime());
    connector.addBean(punctuality);
    server.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
    server.setHandler(
        new WebHandler(
            site.urls(),
            new Routes(site, settings),
            media.map(MediaRoutes::new),
            punctuality,
            settings));
    server.setStopTimeout(DRAIN_MILLIS);
  }

  /** What is kept of them for the next request; left alone, it is a quarter of the heap. */
  private static ByteBufferPool buffers() {
    return new ArrayByteBufferPool(
        0, -1, LARGEST_BUFFER, Integer.MAX_VALUE, MAX_IDLE_BUFFERS, MAX_IDLE_BUFFERS);
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

  /** The port; the one that was chosen where the settings say 0. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception onTheWayOut) {
      throw new IllegalStateException("the web server does not stop", onTheWayOut);
    } finally {
      threads.shutdownNow();
    }
  }
}
