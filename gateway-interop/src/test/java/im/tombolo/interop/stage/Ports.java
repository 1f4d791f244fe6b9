package im.tombolo.interop.stage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Free TCP ports on loopback: a thousand from 15000 on for the first process of a test run, the
 * next thousand for the second. Safe for any thread; two test runs side by side rarely collide.
 */
public final class Ports {
  private static final int COUNT = 1_000;
  private static final int FIRST =
      15_000 + COUNT * (Integer.getInteger("surefire.forkNumber", 1) - 1);
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 37 % COUNT));

  private Ports() {}

  /**
   * A port that nobody listened on a moment ago, and that this method has not handed out lately.
   */
  public static int free() {
    for (int attempt = 0; attempt < COUNT; attempt++) {
      int port = FIRST + NEXT.getAndIncrement() % COUNT;
      if (bindable("127.0.0.1", port)) {
        return port;
      }
    }
    throw new StageException("no free port from " + FIRST + " to " + (FIRST + COUNT - 1));
  }

  static boolean bindable(String address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  static boolean answers(String address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 500);
      return true;
    } catch (IOException silent) {
      return false;
    }
  }
}
