package im.tombolo.http.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * Jetty's client for thousands of hosts. Jetty keeps the hosts that it knows in lists which it
 * copies for each that comes or goes: with 5,000 of them this is most of the memory that a request
 * takes, and a good part of its time. Here they are in Jetty's map only.
 */
@SuppressWarnings("try") // Jetty's own close may be interrupted
final class ManyHostsClient extends HttpClient {
  private static final Duration SWEEP = Duration.ofMillis(100);

  private final Duration idle;

  /**
   * @param selectors threads that look after connections
   * @param idle after which a host without connections is forgotten
   */
  ManyHostsClient(int selectors, Duration idle) {
    super(transport(selectors));
    this.idle = idle;
  }

  /** What is told of answers never waits, so that the selectors tell it themselves. */
  private static HttpClientTransport transport(int selectors) {
    HttpClientTransport transport = new HttpClientTransportOverHTTP(selectors);
    transport.setInvocationType(InvocationType.NON_BLOCKING);
    return transport;
  }

  /** Without it when the client starts, there is no sweeper with a list of its own. */
  @Override
  public long getDestinationIdleTimeout() {
    return isStarted() ? idle.toMillis() : 0;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    sweepLater();
  }

  private void sweepLater() {
    var _ = getScheduler().schedule(this::sweep, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    if (isRunning()) {
      getDestinations().forEach(ManyHostsClient::sweep);
      sweepLater();
    }
  }

  private static void sweep(Destination host) {
    var _ = ((HttpDestination) host).sweep();
  }

  @Override
  public void addManaged(LifeCycle part) {
    if (part instanceof Destination) {
      LifeCycle.start(part);
    } else {
      super.addManaged(part);
    }
  }

  @Override
  public boolean removeBean(Object part) {
    return !(part instanceof Destination) && super.removeBean(part);
  }

  @Override
  protected void doStop() throws Exception {
    getDestinations().forEach(LifeCycle::stop);
    super.doStop();
  }
}
