package im.tombolo.http.client;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;

/**
 * How many connections to peers are open: each costs memory, with TLS some 20 kB. Safe for any
 * thread.
 */
final class OpenConnections implements Connection.Listener {
  private final AtomicInteger count = new AtomicInteger();

  int count() {
    return count.get();
  }

  @Override
  public void onOpened(Connection connection) {
    if (carriesRequests(connection)) {
      count.incrementAndGet();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (carriesRequests(connection)) {
      count.decrementAndGet();
    }
  }

  /** Otherwise it is the one of TLS beneath. */
  private static boolean carriesRequests(Connection connection) {
    return connection instanceof org.eclipse.jetty.client.Connection;
  }
}
