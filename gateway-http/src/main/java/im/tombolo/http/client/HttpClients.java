package im.tombolo.http.client;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty's client as {@link FediverseClient} needs it: its bounds, and what it must not do itself.
 */
final class HttpClients {
  private static final int MAX_HEADERS = 32 * 1024;
  private static final int QUEUED_PER_HOST = 64;
  private static final Duration IDLE = Duration.ofSeconds(30);
  // What the client knows of a host is soon more than all connections that are kept, and what
  // lives for seconds fills the old space of the heap.
  private static final Duration HOST_IDLE = Duration.ofMillis(50);
  // Besides those of the selectors. None of them ever waits; with more, each new connection wakes
  // another one.
  private static final int THREADS = 2;

  private HttpClients() {}

  /** Loads what each client needs, so that the next one is there sooner. */
  static void warmUp() {
    var _ = new ManyHostsClient(1, HOST_IDLE);
    Trust.warmUp();
  }

  /**
   * @param resolver who knows, and has checked, the addresses of hosts
   * @param threads for what may wait
   * @param connections told of each that opens and closes
   */
  static HttpClient started(
      ClientSettings settings,
      SocketAddressResolver resolver,
      ExecutorService threads,
      OpenConnections connections) {
    int selectors = Runtime.getRuntime().availableProcessors();
    HttpClient client = new ManyHostsClient(selectors, HOST_IDLE);
    SslContextFactory.Client tls = new SslContextFactory.Client();
    settings.trustedCertificates().ifPresent(pem -> tls.setTrustStore(Trust.with(pem)));
    client.setSslContextFactory(tls);
    QueuedThreadPool pool = new QueuedThreadPool(selectors + THREADS);
    pool.setReservedThreads(0);
    pool.setName("http-client");
    pool.setVirtualThreadsExecutor(threads);
    client.setExecutor(pool);
    client.setSocketAddressResolver(resolver);
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, settings.userAgent()));
    client.setConnectTimeout(settings.limits().connectTimeout().toMillis());
    client.setIdleTimeout(IDLE.toMillis());
    client.setMaxResponseHeadersSize(MAX_HEADERS);
    client.setMaxConnectionsPerDestination(settings.limits().connectionsPerHost());
    client.setMaxRequestsQueuedPerDestination(QUEUED_PER_HOST);
    client.addBean(connections);
    try {
      client.start();
      // They take a 401 without a challenge, as all the fediverse sends it, for a broken answer.
      client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
      client.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
    } catch (Exception cannotStart) {
      throw new IllegalStateException("the HTTP client does not start", cannotStart);
    }
    return client;
  }
}
