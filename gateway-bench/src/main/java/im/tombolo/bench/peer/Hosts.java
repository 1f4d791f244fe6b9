package im.tombolo.bench.peer;

import java.net.InetAddress;

/**
 * Many fediverse servers at one port: host number {@code n} has an address of its own in
 * 127.64.0.0/10.
 *
 * @param count how many there are
 * @param illPercent how many of a hundred are ill, each kind of illness in turn
 */
public record Hosts(int count, int illPercent, Ports ports) {
  private static final int PER_OCTET = 250;
  private static final int FIRST_OCTET = 64;
  // Spreads those that are ill over all of them; has no divisor in common with 100.
  private static final int SPREAD = 37;

  /**
   * @param well where most answer
   * @param refusing where nobody listens
   * @param unreachable where packets are lost
   */
  public record Ports(int well, int refusing, int unreachable) {}

  /** How a host is. */
  public enum Health {
    WELL,
    /** Answers 500. */
    FAILING,
    /** Takes the request and never answers. */
    HANGING,
    /** Answers a byte a second. */
    DRIPPING,
    /** Nobody listens. */
    REFUSING,
    /** Connections are never made. */
    UNREACHABLE
  }

  public Health health(int host) {
    if (host * SPREAD % 100 >= illPercent) {
      return Health.WELL;
    }
    Health[] all = Health.values();
    return all[1 + host % (all.length - 1)];
  }

  public boolean isWell(int host) {
    return health(host) == Health.WELL;
  }

  /** How many of the first {@code hosts} are well. */
  public int well() {
    int well = 0;
    for (int host = 0; host < count; host++) {
      well += isWell(host) ? 1 : 0;
    }
    return well;
  }

  /** Scheme, address and port. */
  public String origin(int host) {
    int port =
        switch (health(host)) {
          case REFUSING -> ports.refusing;
          case UNREACHABLE -> ports.unreachable;
          default -> ports.well;
        };
    return "http://" + address(host) + ":" + port;
  }

  private static String address(int host) {
    return "127."
        + (FIRST_OCTET + host / (PER_OCTET * PER_OCTET))
        + "."
        + host / PER_OCTET % PER_OCTET
        + "."
        + (1 + host % PER_OCTET);
  }

  /** The host that was called at an address; negative for an address that is none. */
  static int at(InetAddress address) {
    byte[] octets = address.getAddress();
    return (((octets[1] & 0xff) - FIRST_OCTET) * PER_OCTET + (octets[2] & 0xff)) * PER_OCTET
        + (octets[3] & 0xff)
        - 1;
  }

  /** Person {@code number} of a host. */
  public String actor(int host, int number) {
    return origin(host) + "/u/" + number;
  }
}
