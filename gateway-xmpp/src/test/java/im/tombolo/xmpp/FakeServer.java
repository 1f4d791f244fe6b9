package im.tombolo.xmpp;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** The far end of a component link: a TCP port that speaks as a script says. */
final class FakeServer implements AutoCloseable {
  static final String DOMAIN = "example.org";
  static final String SECRET = "s3cret";
  static final String HEADER =
      "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
          + " xmlns:stream='http://etherx.jabber.org/streams' from='ap.example.org' id='abc123'>";
  private static final int MAX_CHARS = 4 << 20;
  private static final long PATIENCE_SECONDS = 10;

  static {
    // Links on loopback come up in a moment.
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
  }

  private final ServerSocket listening;
  private final Script script;
  private final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
  private final List<Link> all = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** What the server does with a connection. */
  interface Script {
    void talk(Link link) throws IOException;
  }

  /** A component port that knows our domain and the secret. */
  FakeServer() {
    this(0, FakeServer::shakeHands);
  }

  /** A component port at an address that was in use before. */
  FakeServer(int port) {
    this(port, FakeServer::shakeHands);
  }

  FakeServer(Script script) {
    this(0, script);
  }

  private FakeServer(int port, Script script) {
    this.script = script;
    try {
      listening = new ServerSocket();
      listening.setReuseAddress(true);
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Ends every handshake with a stream error. */
  static Script refusing(String condition) {
    return link -> {
      link.send(HEADER);
      link.awaitHandshake();
      link.fail(condition, "");
    };
  }

  static void shakeHands(Link link) throws IOException {
    link.send(HEADER);
    if (!link.awaitHandshake().equals(sha1("abc123" + SECRET))) {
      link.fail("not-authorized", "");
      return;
    }
    link.send("<handshake/>");
    link.up();
    link.readAll();
  }

  int port() {
    return listening.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /** The next link that shook hands. */
  Link nextLink() {
    try {
      Link link = links.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (link == null) {
        throw new AssertionError("nobody connected");
      }
      return link;
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        connections.incrementAndGet();
        Link link = new Link(socket);
        all.add(link);
        Thread.ofVirtual().start(() -> talk(link));
      }
    } catch (IOException closed) {
      all.forEach(Link::close);
    }
  }

  private void talk(Link link) {
    try (link) {
      script.talk(link);
    } catch (IOException gone) {
      // The other end, or the test, closed it.
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    all.forEach(Link::close);
  }

  /** One connection, from the server's side. */
  final class Link implements AutoCloseable {
    private final Socket socket;
    private final FrameReader in;
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private final BlockingQueue<Element> stanzas = new LinkedBlockingQueue<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private volatile boolean answersPings = true;

    private Link(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new FrameReader(recorded(socket.getInputStream()), MAX_CHARS);
    }

    private InputStream recorded(InputStream from) {
      return new FilterInputStream(from) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int read = super.read(bytes, offset, length);
          if (read > 0) {
            synchronized (raw) {
              raw.write(bytes, offset, read);
            }
          }
          return read;
        }
      };
    }

    /** Every byte that came, as text. */
    String received() {
      synchronized (raw) {
        return raw.toString(StandardCharsets.UTF_8);
      }
    }

    void send(String xml) throws IOException {
      send(xml.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    /** A stanza as a server writes it, from a user to a JID of the component. */
    void tell(String xml) {
      try {
        send(xml);
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }

    String awaitHandshake() throws IOException {
      while (true) {
        switch (in.next()) {
          case Frame.Whole(Element element) when element.name().equals("handshake") -> {
            return element.text();
          }
          case Frame.Closed closed -> throw new IOException("closed before the handshake");
          case Frame other -> {}
        }
      }
    }

    void up() {
      links.add(this);
    }

    void readAll() throws IOException {
      while (true) {
        switch (in.next()) {
          case Frame.Whole(Element element) when isPingOfServer(element) -> pinged(element);
          case Frame.Whole(Element element) -> stanzas.add(element);
          case Frame.Closed closed -> {
            return;
          }
          case Frame other -> {}
        }
      }
    }

    /** Keeps the connection and reads nothing more. */
    void stall() {
      try {
        stalled.await();
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
      }
    }

    private boolean isPingOfServer(Element element) {
      return element.child("ping", Namespaces.PING).isPresent()
          && element.attributeOr("to", "").equals(DOMAIN);
    }

    private void pinged(Element ping) throws IOException {
      pings.incrementAndGet();
      if (answersPings) {
        send(
            "<iq type='result' id='%s' from='%s' to='%s'/>"
                .formatted(ping.attributeOr("id", ""), DOMAIN, ping.attributeOr("from", "")));
      }
    }

    void stopAnsweringPings() {
      answersPings = false;
    }

    int pings() {
      return pings.get();
    }

    /** The next stanza that came, pings of the server apart. */
    Element next() {
      try {
        Element stanza = stanzas.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (stanza == null) {
          throw new AssertionError("no stanza came");
        }
        return stanza;
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }

    void fail(String condition, String text) throws IOException {
      String why =
          text.isEmpty()
              ? ""
              : "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>" + text + "</text>";
      send(
          "<stream:error><"
              + condition
              + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
              + why
              + "</stream:error></stream:stream>");
      close();
    }

    @Override
    public void close() {
      stalled.countDown();
      try {
        // What was written should arrive before the end does.
        socket.shutdownOutput();
        socket.close();
      } catch (IOException alreadyGone) {
        // Then it is closed.
      }
    }
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
