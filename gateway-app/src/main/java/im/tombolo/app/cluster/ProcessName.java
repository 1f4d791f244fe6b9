package im.tombolo.app.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What a process is called in front of the others, and of administrators. */
public final class ProcessName {
  private ProcessName() {}

  /** {@code pid@host}. */
  public static String own() {
    return ProcessHandle.current().pid() + "@" + host();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
