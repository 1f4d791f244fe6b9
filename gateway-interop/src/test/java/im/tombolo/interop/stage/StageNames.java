package im.tombolo.interop.stage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Teaches the JVM of the tests the names of the stage; every other name takes the usual way. The
 * JDK loads it by name.
 */
public final class StageNames extends InetAddressResolverProvider {
  private static final Map<String, String> HOSTS = new ConcurrentHashMap<>();

  static void put(String name, String address) {
    HOSTS.put(name, address);
  }

  @Override
  public String name() {
    return "tombolo test stage";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver usual = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        String address = HOSTS.get(host);
        return address == null
            ? usual.lookupByName(host, policy)
            : Stream.of(InetAddress.getByAddress(host, octets(address)));
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return usual.lookupByAddress(address);
      }
    };
  }

  private static byte[] octets(String address) {
    String[] parts = address.split("\\.", -1);
    byte[] octets = new byte[4];
    for (int i = 0; i < 4; i++) {
      octets[i] = (byte) Integer.parseInt(parts[i]);
    }
    return octets;
  }
}
