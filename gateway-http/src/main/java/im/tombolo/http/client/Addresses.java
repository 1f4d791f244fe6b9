package im.tombolo.http.client;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses are out on the internet (IANA special-purpose registries, RFC 6890): nobody shall
 * make us talk to our own network.
 */
final class Addresses {
  private static final List<Block> SPECIAL =
      List.of(
          block("0.0.0.0", 8),
          block("10.0.0.0", 8),
          block("100.64.0.0", 10),
          block("127.0.0.0", 8),
          block("169.254.0.0", 16),
          block("172.16.0.0", 12),
          block("192.0.0.0", 24),
          block("192.0.2.0", 24),
          block("192.88.99.0", 24),
          block("192.168.0.0", 16),
          block("198.18.0.0", 15),
          block("198.51.100.0", 24),
          block("203.0.113.0", 24),
          block("224.0.0.0", 3),
          // Only 2000::/3 is out there; within it lie transition addresses that lead to IPv4.
          block("2001::", 23),
          block("2001:db8::", 32),
          block("2002::", 16),
          block("3fff::", 20));

  private Addresses() {}

  @SuppressWarnings("ArrayRecordComponent") // constants
  private record Block(byte[] prefix, int bits) {
    boolean contains(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static Block block(String address, int bits) {
    try {
      return new Block(InetAddress.getByName(address).getAddress(), bits);
    } catch (UnknownHostException notALiteral) {
      throw new IllegalArgumentException(notALiteral);
    }
  }

  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return switch (address) {
      case Inet4Address four -> notSpecial(bytes);
      case Inet6Address six -> (bytes[0] & 0xe0) == 0x20 && notSpecial(bytes);
      default -> false;
    };
  }

  private static boolean notSpecial(byte[] bytes) {
    return SPECIAL.stream().noneMatch(block -> block.contains(bytes));
  }
}
