package im.tombolo.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An XMPP server as a component sees it, with clients that ask and wait for answers. */
final class LoopbackServer implements AutoCloseable {
  private static final String HEADER =
      "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
          + " xmlns:stream='http://etherx.jabber.org/streams' from='ap.example.org' id='1'>";
  private static final byte[] END = "</iq>".getBytes(StandardCharsets.UTF_8);
  private static final Pattern HEAD = Pattern.compile("<iq [^>]*>");
  private static final Pattern ID = Pattern.compile(" id='([^']*)'");
  private static final Pattern FROM = Pattern.compile(" from='([^']*)'");

  private final ServerSocket listening;
  private final CompletableFuture<Socket> component = new CompletableFuture<>();
  private final Map<String, CompletableFuture<String>> open = new ConcurrentHashMap<>();
  private final AtomicLong asked = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();

  LoopbackServer() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Asks the component, and waits for the whole answer. */
  String ask(String from, String to, String payload) {
    String id = "q" + asked.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    open.put(id, answer);
    write("<iq type='get' id='%s' from='%s' to='%s'>%s</iq>".formatted(id, from, to, payload));
    return answer.join();
  }

  private void write(String xml) {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    Socket socket = component.join();
    writing.lock();
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      writing.unlock();
    }
  }

  private void serve() {
    try (Socket socket = listening.accept()) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      socket.getOutputStream().write(HEADER.getBytes(StandardCharsets.UTF_8));
      byte[] buffer = new byte[1 << 20];
      int filled = 0;
      while (!new String(buffer, 0, filled, StandardCharsets.UTF_8).contains("</handshake>")) {
        filled += in.read(buffer, filled, buffer.length - filled);
      }
      socket.getOutputStream().write("<handshake/>".getBytes(StandardCharsets.UTF_8));
      component.complete(socket);
      read(in, buffer);
    } catch (IOException closed) {
      open.values().forEach(waiting -> waiting.completeExceptionally(closed));
    }
  }

  private void read(InputStream in, byte[] buffer) throws IOException {
    int filled = 0;
    while (true) {
      int more = in.read(buffer, filled, buffer.length - filled);
      if (more < 0) {
        return;
      }
      int scan = Math.max(0, filled - END.length);
      filled += more;
      int begin = 0;
      for (int end = end(buffer, scan, filled); end > 0; end = end(buffer, begin, filled)) {
        stanza(new String(buffer, begin, end - begin, StandardCharsets.UTF_8));
        begin = end;
      }
      System.arraycopy(buffer, begin, buffer, 0, filled - begin);
      filled -= begin;
    }
  }

  /** Where a stanza ends; 0 when there is no whole one. */
  private static int end(byte[] buffer, int from, int filled) {
    for (int i = from; i + END.length <= filled; i++) {
      if (buffer[i] == '<' && Arrays.equals(buffer, i, i + END.length, END, 0, END.length)) {
        return i + END.length;
      }
    }
    return 0;
  }

  private void stanza(String xml) {
    String head = found(HEAD, xml, 0);
    String id = found(ID, head, 1);
    CompletableFuture<String> waiting = open.remove(id);
    if (waiting != null) {
      waiting.complete(xml);
    } else if (head.contains("type='get'")) {
      // A ping of the component.
      write(
          "<iq type='result' id='%s' from='example.org' to='%s'/>"
              .formatted(id, found(FROM, head, 1)));
    }
  }

  private static String found(Pattern pattern, String text, int group) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(group) : "";
  }

  @Override
  public void close() throws IOException {
    listening.close();
    component.join().close();
  }
}
