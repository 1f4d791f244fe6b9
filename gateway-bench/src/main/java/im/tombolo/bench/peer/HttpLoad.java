package im.tombolo.bench.peer;

import im.tombolo.bench.report.Times;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * Sends requests that were written before over a fixed number of connections, one thread for all of
 * them, each connection with one request under way. Connections that end are opened again, and
 * their request is sent anew, as is what the gateway could not take for now: as peers do, only
 * sooner.
 */
public final class HttpLoad {
  private static final long REOPEN_NANOS = 50_000_000;

  private static final int TOO_MANY = 429;
  private static final int SERVER_FAULT = 500;

  private final List<InetSocketAddress> targets;
  private final Plan plan;
  private final IntFunction<byte[]> requests;
  private final Times times = new Times();
  private final Map<Integer, Long> statuses = new TreeMap<>();
  private final AtomicLong answered = new AtomicLong();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
  private final byte[] copy = new byte[64 * 1024];
  private final List<Lane> lanes = new ArrayList<>();
  private final Deque<Lane> idle = new ArrayDeque<>();
  private long begun;
  private int next;
  private int opened;
  private long broken;

  /**
   * @param perSecond requests that are due in a second; 0: the next as soon as a connection is free
   * @param atMost when all ends, finished or not
   */
  public record Plan(int connections, int count, double perSecond, Duration atMost) {}

  /**
   * @param times from when a request was due to when its answer had come
   * @param statuses how many answers there were of each status; of those that said "not now" too
   * @param broken connections that ended while a request was under way
   */
  public record Report(Times times, Map<Integer, Long> statuses, Duration took, long broken) {
    public double perSecond() {
      return times.count() * 1e9 / took.toNanos();
    }

    public long count(int status) {
      return statuses.getOrDefault(status, 0L);
    }
  }

  private static final class Lane {
    SocketChannel channel;
    Messages received = new Messages();
    int request = -1;
    long due;
    long reopenAt;
    ByteBuffer left = ByteBuffer.allocate(0);
  }

  /**
   * @param targets taken in turn, also by a connection that is opened again
   * @param requests the whole message by its number; may be asked for again
   */
  public HttpLoad(List<InetSocketAddress> targets, Plan plan, IntFunction<byte[]> requests) {
    this.targets = List.copyOf(targets);
    this.plan = plan;
    this.requests = requests;
  }

  /** A message that asks for an ActivityPub document. */
  public static byte[] get(URI document, String authority) {
    return """
    GET %s HTTP/1.1\r
    Host: %s\r
    Accept: application/activity+json\r
    \r
    """
        .formatted(document.getPath(), authority)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** How many answers there are by now; any thread. */
  public long answered() {
    return answered.get();
  }

  /** Once. */
  public Report run() {
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < plan.connections; i++) {
        Lane lane = new Lane();
        lanes.add(lane);
        open(lane, selector);
      }
      begun = System.nanoTime();
      long end = begun + plan.atMost.toNanos();
      idle.addAll(lanes);
      while (answered.get() < plan.count && System.nanoTime() < end) {
        hand(selector);
        wait(selector);
        for (SelectionKey key : selector.selectedKeys()) {
          step(key, selector);
        }
        selector.selectedKeys().clear();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      for (Lane lane : lanes) {
        lane.channel.close();
      }
      return new Report(times, statuses, took, broken);
    } catch (IOException failed) {
      throw new IllegalStateException("the load broke down", failed);
    }
  }

  private void open(Lane lane, Selector selector) throws IOException {
    lane.channel = SocketChannel.open();
    lane.received = new Messages();
    lane.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    lane.channel.configureBlocking(false);
    lane.channel.register(selector, SelectionKey.OP_CONNECT, lane);
    lane.channel.connect(targets.get(opened++ % targets.size()));
  }

  /** Gives what is due to connections that have nothing to do. */
  private void hand(Selector selector) throws IOException {
    long now = System.nanoTime();
    while (!idle.isEmpty() && next < plan.count && due(next) <= now) {
      Lane lane = idle.pop();
      lane.request = next;
      lane.due = plan.perSecond == 0 ? now : due(next);
      next++;
      send(lane, selector);
    }
    for (Lane lane : lanes) {
      if (lane.reopenAt != 0 && lane.reopenAt <= now) {
        lane.reopenAt = 0;
        open(lane, selector);
      }
    }
  }

  private long due(int request) {
    return plan.perSecond == 0 ? begun : begun + (long) (request * 1e9 / plan.perSecond);
  }

  private void wait(Selector selector) throws IOException {
    long toNext = next < plan.count && !idle.isEmpty() ? due(next) - System.nanoTime() : 0;
    if (plan.perSecond == 0 || idle.isEmpty()) {
      selector.select(50);
    } else if (toNext < 1_000_000) {
      selector.selectNow();
      Thread.onSpinWait();
    } else {
      selector.select(Math.min(50, toNext / 1_000_000));
    }
  }

  private void step(SelectionKey key, Selector selector) throws IOException {
    Lane lane = (Lane) key.attachment();
    if (!key.isValid()) {
      return;
    }
    try {
      if (key.isConnectable()) {
        lane.channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        if (lane.request >= 0) {
          send(lane, selector);
        }
      }
      if (key.isValid() && key.isWritable()) {
        flush(key, lane);
      }
      if (key.isValid() && key.isReadable()) {
        read(lane);
      }
    } catch (IOException ended) {
      broke(lane);
    }
  }

  private void send(Lane lane, Selector selector) throws IOException {
    SelectionKey key = lane.channel.keyFor(selector);
    lane.left = ByteBuffer.wrap(requests.apply(lane.request));
    if (!lane.channel.isConnected() || key == null || !key.isValid()) {
      return;
    }
    try {
      flush(key, lane);
    } catch (IOException ended) {
      broke(lane);
    }
  }

  private static void flush(SelectionKey key, Lane lane) throws IOException {
    lane.channel.write(lane.left);
    key.interestOps(
        lane.left.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ);
  }

  private void read(Lane lane) throws IOException {
    buffer.clear();
    int count = lane.channel.read(buffer);
    if (count < 0) {
      throw new IOException("closed");
    }
    buffer.flip();
    buffer.get(copy, 0, count);
    lane.received.add(copy, count);
    Messages.Message message = lane.received.next();
    if (message != null && lane.request >= 0) {
      int status = Integer.parseInt(message.head().substring(9, 12));
      statuses.merge(status, 1L, Long::sum);
      if (isForNow(status)) {
        broke(lane);
        return;
      }
      times.add(System.nanoTime() - lane.due);
      answered.incrementAndGet();
      lane.request = -1;
      idle.push(lane);
    }
  }

  private static boolean isForNow(int status) {
    return status == TOO_MANY || status >= SERVER_FAULT;
  }

  private void broke(Lane lane) throws IOException {
    broken += lane.request >= 0 ? 1 : 0;
    lane.channel.close();
    lane.reopenAt = System.nanoTime() + REOPEN_NANOS;
  }
}
