package im.tombolo.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * HTTP/1.1 for all hosts at once, on one thread: it binds every address of the port, and takes
 * calls to loopback only. The site is asked on that thread, and must not block.
 */
public final class PeerServer implements AutoCloseable {
  private static final int BACKLOG = 4_096;
  private static final long DRIP_MILLIS = 1_000;
  private static final byte TLS_HANDSHAKE = 0x16;

  private final Site site;
  private final Selector selector = Selector.open();
  private final ServerSocketChannel listening = ServerSocketChannel.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
  private final byte[] copy = new byte[64 * 1024];
  private final List<Connection> dripping = new ArrayList<>();
  private final Thread loop;
  private volatile boolean isClosed;
  private long nextDrip;

  /** What hosts answer. */
  public interface Site {
    Answer answer(Request request);
  }

  /**
   * @param head request line and headers
   * @param nanos when it had come
   */
  public record Request(int host, String head, byte[] body, long nanos) {
    public boolean isPost() {
      return head.startsWith("POST ");
    }

    public String path() {
      int from = head.indexOf(' ') + 1;
      return head.substring(from, head.indexOf(' ', from));
    }
  }

  /** How a host answers. */
  public sealed interface Answer {
    /**
     * @param message all of it, head included
     */
    record Now(byte[] message) implements Answer {}

    /** A byte a second. */
    record Dripping(byte[] message) implements Answer {}

    record Never() implements Answer {}
  }

  private static final class Connection {
    final SocketChannel channel;
    final int host;
    final Messages received = new Messages();
    ByteBuffer left = ByteBuffer.allocate(0);

    Connection(SocketChannel channel, int host) {
      this.channel = channel;
      this.host = host;
    }
  }

  public PeerServer(Site site) throws IOException {
    this.site = site;
    listening.bind(new InetSocketAddress(0), BACKLOG);
    listening.configureBlocking(false);
    listening.register(selector, SelectionKey.OP_ACCEPT);
    loop = Thread.ofPlatform().daemon().name("peers").start(this::run);
  }

  public int port() throws IOException {
    return ((InetSocketAddress) listening.getLocalAddress()).getPort();
  }

  private void run() {
    try (selector;
        listening) {
      while (!isClosed) {
        selector.select(dripping.isEmpty() ? 0 : DRIP_MILLIS);
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
          serve(ready.next());
          ready.remove();
        }
        drip();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void serve(SelectionKey key) throws IOException {
    if (!key.isValid()) {
      return;
    }
    if (key.isAcceptable()) {
      accept();
      return;
    }
    Connection connection = (Connection) key.attachment();
    try {
      if (key.isWritable()) {
        flush(key, connection);
      }
      if (key.isReadable()) {
        read(key, connection);
      }
    } catch (IOException gone) {
      close(connection);
    }
  }

  private void accept() throws IOException {
    for (SocketChannel channel = listening.accept();
        channel != null;
        channel = listening.accept()) {
      InetAddress called = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
      InetAddress caller = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
      if (!called.isLoopbackAddress() || !caller.isLoopbackAddress()) {
        channel.close();
        continue;
      }
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, new Connection(channel, Hosts.at(called)));
    }
  }

  private void read(SelectionKey key, Connection connection) throws IOException {
    buffer.clear();
    int count = connection.channel.read(buffer);
    if (count < 0) {
      close(connection);
      return;
    }
    buffer.flip();
    buffer.get(copy, 0, count);
    if (copy[0] == TLS_HANDSHAKE) {
      close(connection);
      return;
    }
    connection.received.add(copy, count);
    for (Messages.Message message = connection.received.next();
        message != null;
        message = connection.received.next()) {
      Request request =
          new Request(connection.host, message.head(), message.body(), System.nanoTime());
      switch (site.answer(request)) {
        case Answer.Now(byte[] bytes) -> send(key, connection, bytes);
        case Answer.Dripping(byte[] bytes) -> {
          connection.left = ByteBuffer.wrap(bytes);
          dripping.add(connection);
        }
        case Answer.Never never -> {}
      }
    }
  }

  private static void send(SelectionKey key, Connection connection, byte[] bytes)
      throws IOException {
    ByteBuffer all =
        connection.left.hasRemaining() ? joined(connection.left, bytes) : ByteBuffer.wrap(bytes);
    connection.left = all;
    flush(key, connection);
  }

  private static ByteBuffer joined(ByteBuffer left, byte[] more) {
    return ByteBuffer.allocate(left.remaining() + more.length).put(left).put(more).flip();
  }

  private static void flush(SelectionKey key, Connection connection) throws IOException {
    connection.channel.write(connection.left);
    int wanted =
        connection.left.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  private void drip() {
    long now = System.currentTimeMillis();
    if (now < nextDrip) {
      return;
    }
    nextDrip = now + DRIP_MILLIS;
    dripping.removeIf(connection -> !drip(connection));
  }

  /** Whether there is more. */
  private static boolean drip(Connection connection) {
    try {
      int end = connection.left.limit();
      connection.left.limit(connection.left.position() + 1);
      connection.channel.write(connection.left);
      connection.left.limit(end);
      return connection.left.hasRemaining();
    } catch (IOException gone) {
      close(connection);
      return false;
    }
  }

  private static void close(Connection connection) {
    try {
      connection.channel.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to be done.
    }
  }

  @Override
  public void close() {
    isClosed = true;
    selector.wakeup();
    try {
      loop.join(DRIP_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
