package im.tombolo.app.siege;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** A domain whose owner answers for every name below it, as wildcards in the DNS do. */
public final class WildNames extends InetAddressResolverProvider {
  static final String DOMAIN = "wild.example";

  @Override
  public String name() {
    return "wild names";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver others = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return host.endsWith(DOMAIN)
            ? Stream.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}))
            : others.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return others.lookupByAddress(address);
      }
    };
  }
}
