package im.tombolo.bench.peer;

import im.tombolo.bench.peer.Hosts.Health;
import im.tombolo.bench.peer.PeerServer.Answer;
import im.tombolo.bench.peer.PeerServer.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All stub hosts: they show their people, and count what their inboxes get. */
public final class Fediverse implements AutoCloseable {
  private static final Answer TAKEN = new Answer.Now(answer("202 Accepted", "text/plain", ""));
  private static final Answer MISSING = new Answer.Now(answer("404 Not Found", "text/plain", ""));
  private static final Answer GONE = new Answer.Now(answer("410 Gone", "text/plain", ""));
  private static final byte[] FAILURE = answer("500 Internal Server Error", "text/plain", "");
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]*)\"");
  private static final int SAMPLE_EVERY = 100;
  private static final int MAX_SAMPLES = 100;

  private final BlackHole hole = new BlackHole();
  private final Actors actors = new Actors();
  private final Receipts receipts = new Receipts();
  private final AtomicLong documents = new AtomicLong();
  private final AtomicLong posts = new AtomicLong();
  private final ConcurrentLinkedQueue<Request> sampled = new ConcurrentLinkedQueue<>();
  private final History history;
  private final PeerServer server;
  private final Hosts hosts;

  /**
   * @param illPercent of the hosts, see {@link Health}
   * @param posts in the outbox of each person
   */
  public Fediverse(int count, int illPercent, int posts) throws IOException {
    history = new History(posts);
    server = new PeerServer(this::answer);
    hosts =
        new Hosts(count, illPercent, new Hosts.Ports(server.port(), refusingPort(), hole.port()));
  }

  /** A port that was free a moment ago. */
  private static int refusingPort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }

  public Hosts hosts() {
    return hosts;
  }

  public Actors actors() {
    return actors;
  }

  public Receipts receipts() {
    return receipts;
  }

  /** How many documents were asked for. */
  public long documents() {
    return documents.get();
  }

  /** Some of the requests to inboxes, to see whether their signatures are good. */
  public List<Request> sampled() {
    return List.copyOf(sampled);
  }

  private Answer answer(Request request) {
    // The first questions may come while the constructor still writes the field.
    Health health = hosts == null ? Health.WELL : hosts.health(Math.max(0, request.host()));
    return switch (health) {
      case WELL, REFUSING, UNREACHABLE -> well(request);
      case FAILING -> new Answer.Now(FAILURE);
      case HANGING -> new Answer.Never();
      case DRIPPING -> new Answer.Dripping(FAILURE);
    };
  }

  private Answer well(Request request) {
    if (!request.isPost()) {
      return document(request);
    }
    long number = posts.incrementAndGet();
    if (number % SAMPLE_EVERY == 1 && number < SAMPLE_EVERY * MAX_SAMPLES) {
      sampled.add(request);
    }
    String json = new String(request.body(), StandardCharsets.UTF_8);
    receipts.add(json, request.host() + request.path(), id(json), request.nanos());
    return TAKEN;
  }

  /** Of people below {@code /u/}; those below {@code /gone/} left. */
  private Answer document(Request request) {
    documents.incrementAndGet();
    String path = request.path();
    if (path.startsWith("/gone/")) {
      return GONE;
    }
    if (!path.startsWith("/u/")) {
      return MISSING;
    }
    int end = path.indexOf('/', 3);
    String actor = hosts.origin(request.host()) + (end < 0 ? path : path.substring(0, end));
    return (end < 0
            ? Optional.of(actors.document(actor))
            : history.document(actor, path.substring(end)))
        .<Answer>map(json -> new Answer.Now(answer("200 OK", "application/activity+json", json)))
        .orElse(MISSING);
  }

  /** Of the activity: the first one, as the gateway writes them. */
  private static String id(String json) {
    Matcher matcher = ID.matcher(json);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static byte[] answer(String status, String type, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(status, type, length, body)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
    hole.close();
  }
}
