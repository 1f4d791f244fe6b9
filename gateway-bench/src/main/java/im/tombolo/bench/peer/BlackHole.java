package im.tombolo.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port at which connections are never made, as with a host that is switched off: what may wait to
 * be accepted is full, so Linux drops the first packet of a new connection.
 */
public final class BlackHole implements AutoCloseable {
  private static final int MOST = 16;
  private static final int PATIENCE_MILLIS = 200;

  private final ServerSocket listening = new ServerSocket();
  private final List<Socket> waiting = new ArrayList<>();

  public BlackHole() throws IOException {
    listening.bind(new InetSocketAddress(0), 1);
    boolean isFull = false;
    while (!isFull && waiting.size() < MOST) {
      isFull = !call();
    }
  }

  /** Whether the call was taken. */
  private boolean call() throws IOException {
    Socket socket = new Socket();
    waiting.add(socket);
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), PATIENCE_MILLIS);
      return true;
    } catch (SocketTimeoutException full) {
      return false;
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    listening.close();
  }
}
