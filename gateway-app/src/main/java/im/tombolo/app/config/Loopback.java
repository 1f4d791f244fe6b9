package im.tombolo.app.config;

import java.net.InetAddress;

/** Which hosts are this machine and nobody else can reach. */
public final class Loopback {
  private Loopback() {}

  /**
   * Names are not resolved: what a name stands for may change.
   *
   * @param host a numeric address, with brackets or without, or a name
   */
  public static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("^\\[|\\]$", "")).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }
}
