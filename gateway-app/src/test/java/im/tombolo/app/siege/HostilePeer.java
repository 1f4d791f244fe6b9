package im.tombolo.app.siege;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fediverse server on a bare socket, for every name below {@link WildNames#DOMAIN}. Under {@code
 * /users/} is whoever is asked for, at each of its names; what else it does a test says, byte by
 * byte.
 */
final class HostilePeer implements AutoCloseable {
  private static final int MAX_HEAD = 64 * 1024;
  private static final Pattern HOST = Pattern.compile("(?im)^host: *([^\r\n]+)");
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
  private static final String PEOPLE = "/users/";

  private final ServerSocket listening;
  private final String publicPem;
  private final Map<String, Deed> deeds = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final AtomicLong written = new AtomicLong();

  /** A request that came. */
  record Asked(String method, String host, String path, String body) {
    String url() {
      return "http://" + host + path;
    }
  }

  /** What it does with a connection after a request. */
  interface Deed {
    void answer(Asked asked, OutputStream out) throws IOException;
  }

  HostilePeer(String publicPem) throws IOException {
    this.publicPem = publicPem;
    this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** An address at one of its names. */
  URI at(String name, String path) {
    return URI.create("http://" + name + "." + WildNames.DOMAIN + ":" + port() + path);
  }

  HostilePeer on(String path, Deed deed) {
    deeds.put(path, deed);
    return this;
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Questions, without what was delivered to it. */
  List<String> fetches() {
    return asked.stream().filter(one -> one.method().equals("GET")).map(Asked::url).toList();
  }

  List<String> delivered() {
    return asked.stream().filter(one -> one.method().equals("POST")).map(Asked::body).toList();
  }

  /** Bytes that could be written, whether anybody read them or not. */
  long written() {
    return written.get();
  }

  void forget() {
    asked.clear();
    deeds.clear();
    written.set(0);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = counted(socket.getOutputStream())) {
      Asked request = read(in);
      asked.add(request);
      String plain = request.path().split("\\?", 2)[0];
      Deed deed = deeds.getOrDefault(plain, this::otherwise);
      deed.answer(request, out);
    } catch (IOException hungUp) {
      // They had enough of it.
    }
  }

  private OutputStream counted(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
        written.incrementAndGet();
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        written.addAndGet(length);
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  private static Asked read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0 || head.size() > MAX_HEAD) {
        throw new IOException("no request");
      }
      head.write(b);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    String[] line = text.split(" ", 3);
    return new Asked(
        line[0],
        found(HOST, text),
        line[1],
        new String(
            in.readNBytes(Integer.parseInt("0" + found(LENGTH, text))), StandardCharsets.UTF_8));
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1).strip() : "";
  }

  private void otherwise(Asked request, OutputStream out) throws IOException {
    if (request.method().equals("POST")) {
      send(out, "202 Accepted", "text/plain", "");
    } else if (request.path().startsWith(PEOPLE)
        && request.path().indexOf('/', PEOPLE.length()) < 0) {
      document(person(request.url(), "")).answer(request, out);
    } else {
      send(out, "404 Not Found", "text/plain", "");
    }
  }

  /**
   * @param more further properties, each with a comma before it
   */
  String person(String id, String more) {
    return """
    {"id":"%1$s","type":"Person","preferredUsername":"%2$s","inbox":"%1$s/inbox",
     "outbox":"%1$s/outbox","followers":"%1$s/followers",
     "publicKey":{"id":"%1$s#main-key","owner":"%1$s","publicKeyPem":"%3$s"}%4$s}
    """
        .formatted(id, id.substring(id.lastIndexOf('/') + 1), publicPem.replace("\n", "\\n"), more);
  }

  static Deed document(String json) {
    return (request, out) -> send(out, "200 OK", "application/activity+json", json);
  }

  static Deed redirect(String location) {
    return (request, out) ->
        out.write(
            ("HTTP/1.1 302 Found\r\nLocation: "
                    + location
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  static void send(OutputStream out, String status, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    out.write(
        ("HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(status, type, bytes.length))
            .getBytes(StandardCharsets.ISO_8859_1));
    out.write(bytes);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
