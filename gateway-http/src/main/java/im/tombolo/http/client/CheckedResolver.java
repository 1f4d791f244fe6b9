package im.tombolo.http.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Resolves names to addresses that we may talk to. Jetty dials exactly what is returned here, for
 * every new connection and also for addresses that were written as numbers.
 */
final class CheckedResolver implements SocketAddressResolver {
  // RFC 6761, RFC 6762, RFC 8375 and ICANN's .internal: what they lead to is not the internet.
  private static final Set<String> LOCAL = Set.of("localhost", "local", "internal", "arpa");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
  private static final Pattern DOTTED =
      Pattern.compile("(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}");

  private final Executor executor;
  private final Names names;
  private final boolean allowPrivate;

  /** The name system. */
  @FunctionalInterface
  interface Names {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  CheckedResolver(Executor executor, Names names, boolean allowPrivate) {
    this.executor = executor;
    this.names = names;
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
    if (!allowPrivate && !isPublicName(host)) {
      throw new UnknownHostException(host + " is not a name on the internet");
    }
    InetAddress[] all = names.addresses(host);
    // A name that leads out and in at once is somebody's try to get in.
    if (!allowPrivate && !Arrays.stream(all).allMatch(Addresses::isPublic)) {
      throw new UnknownHostException(host + " has an address that is not public");
    }
    return Arrays.stream(all).map(address -> new InetSocketAddress(address, port)).toList();
  }

  /** Also false for IPv4 addresses in forms that programs read differently, such as 0177.1. */
  private static boolean isPublicName(String host) {
    if (host.indexOf(':') >= 0) {
      return true;
    }
    String lower = host.toLowerCase(Locale.ROOT);
    String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    String last = name.substring(name.lastIndexOf('.') + 1);
    return NUMBER.matcher(last).matches()
        ? DOTTED.matcher(name).matches()
        : name.indexOf('.') > 0 && !LOCAL.contains(last);
  }
}
