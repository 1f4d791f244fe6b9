package im.tombolo.bench.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An XMPP server that takes a component at a time (XEP-0114), with people who write open blogs and
 * clients who ask and wait. A component that comes takes the place of the one before. Any thread.
 */
public final class StubXmppServer implements AutoCloseable {
  public static final String DOMAIN = "bench.example";
  public static final String COMPONENT = "ap.bench.example";

  private static final Pattern HEAD = Pattern.compile("<(iq|message|presence)\\b[^>]*>");
  private static final Pattern ID = Pattern.compile(" id=['\"]([^'\"]*)['\"]");
  private static final Pattern FROM = Pattern.compile(" from=['\"]([^'\"]*)['\"]");
  private static final Pattern TO = Pattern.compile(" to=['\"]([^'\"]*)['\"]");

  private final ServerSocket listening;
  private final Consumer<String> messages;
  private final Blogs blogs = new Blogs();
  private final Map<String, CompletableFuture<String>> open = new ConcurrentHashMap<>();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong questions = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();
  private volatile Optional<Socket> component = Optional.empty();

  /**
   * @param messages takes each message that the gateway sends to a client
   */
  public StubXmppServer(Consumer<String> messages) throws IOException {
    this.messages = messages;
    listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("xmpp").start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** How many questions the gateway asked, pings apart. */
  public long questions() {
    return questions.get();
  }

  /** Keeps an entry in somebody's blog and, if the gateway is there, tells it so. */
  public void publish(String author, String item, String entry) {
    blogs.add(author, item, entry);
    write(
        "<message from='%s' to='%s' type='headline'>%s</message>"
            .formatted(author, COMPONENT, Blogs.event(item, entry)));
  }

  /** Somebody has a blog from now on, empty or not. */
  public void blog(String author) {
    blogs.open(author);
  }

  /** Asks the gateway, and waits for the whole answer. */
  public String ask(String from, String to, String payload) {
    String id = "q" + asked.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    open.put(id, answer);
    write("<iq type='get' id='%s' from='%s' to='%s'>%s</iq>".formatted(id, from, to, payload));
    return answer.join();
  }

  /** What is written while nobody is there is lost, as with every XMPP server. */
  private void write(String xml) {
    Optional<Socket> socket = component;
    if (socket.isEmpty()) {
      return;
    }
    writing.lock();
    try {
      socket.get().getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      component = Optional.empty();
    } finally {
      writing.unlock();
    }
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket socket = listening.accept();
        Thread.ofPlatform().daemon().name("component").start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket
          .getOutputStream()
          .write(
              ("<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
                      + " xmlns:stream='http://etherx.jabber.org/streams' from='%s' id='1'>")
                  .formatted(COMPONENT)
                  .getBytes(StandardCharsets.UTF_8));
      StanzaCutter cutter = new StanzaCutter();
      byte[] buffer = new byte[64 * 1024];
      InputStream in = socket.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        cutter.add(buffer, count, stanza -> take(socket, stanza));
      }
    } catch (IOException | UncheckedIOException gone) {
      // Another one will come.
    } finally {
      component = component.filter(current -> current != socket);
    }
  }

  private void take(Socket socket, String stanza) {
    if (stanza.startsWith("<handshake")) {
      shakeHands(socket);
      return;
    }
    Matcher head = HEAD.matcher(stanza);
    if (!head.lookingAt()) {
      return;
    }
    switch (head.group(1)) {
      case "message" -> messages.accept(stanza);
      case "iq" -> iq(head.group(), stanza);
      default -> {}
    }
  }

  private void shakeHands(Socket socket) {
    writing.lock();
    try {
      socket.getOutputStream().write("<handshake/>".getBytes(StandardCharsets.UTF_8));
      component = Optional.of(socket);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } finally {
      writing.unlock();
    }
  }

  private void iq(String head, String stanza) {
    String id = found(ID, head);
    if (head.contains("type='result'") || head.contains("type='error'")) {
      CompletableFuture<String> waiting = open.remove(id);
      if (waiting != null) {
        waiting.complete(stanza);
      }
      return;
    }
    boolean isPing = stanza.contains("urn:xmpp:ping");
    questions.addAndGet(isPing ? 0 : 1);
    String to = found(TO, head);
    Optional<String> payload = isPing ? Optional.of("") : blogs.answer(to, stanza);
    write(
        "<iq type='%s' id='%s' from='%s' to='%s'>%s</iq>"
            .formatted(
                payload.isPresent() ? "result" : "error",
                id,
                to,
                found(FROM, head),
                payload.orElse(Blogs.NOT_FOUND)));
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  @Override
  public void close() throws IOException {
    listening.close();
    Optional<Socket> socket = component;
    if (socket.isPresent()) {
      socket.get().close();
    }
  }
}
