package im.tombolo.http.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Resolves names to addresses that we may talk to. Jetty dials exactly what is returned here, for
 * every new connection and also for addresses that were written as numbers.
 */
final class CheckedResolver implements SocketAddressResolver {
  private final Executor executor;
  private final boolean allowPrivate;

  CheckedResolver(Executor executor, boolean allowPrivate) {
    this.executor = executor;
    this.allowPrivate = allowPrivate;
  }

  @Override
  public void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> promise) {
    executor.execute(() -> {
      try {
        promise.succeeded(addresses(host, port));
      } catch (UnknownHostException | RuntimeException failed) {
        promise.failed(failed);
      }
    });
  }

  private List<InetSocketAddress> addresses(String host, int port) throws UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(host);
    InetAddress[] allowed = allowPrivate ? all : Addresses.publicOnly(all);
    if (allowed.length == 0) {
      throw new UnknownHostException(host + " has no public address");
    }
    return Arrays.stream(allowed).map(address -> new InetSocketAddress(address, port)).toList();
  }
}
