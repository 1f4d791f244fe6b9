package im.tombolo.app.siege;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An XMPP server that takes one component, with people whose blogs are open and empty. */
public final class HomeServer implements AutoCloseable {
  static final String DOMAIN = "xmpp.example";
  static final String COMPONENT = "ap.xmpp.example";

  private static final String WELCOME =
      "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
          + " xmlns:stream='http://etherx.jabber.org/streams' id='1'><handshake/>";
  private static final String EMPTY_BLOG =
      "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:microblog:0'/></pubsub>";
  private static final String NOT_THERE =
      "<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
  private static final long PATIENCE_SECONDS = 30;

  private final ServerSocket listening;
  private final CompletableFuture<Socket> component = new CompletableFuture<>();
  private final List<String> stanzas = new CopyOnWriteArrayList<>();
  private final Map<String, CompletableFuture<String>> open = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();

  public HomeServer() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Messages and presences that the gateway sent. */
  List<String> stanzas() {
    return List.copyOf(stanzas);
  }

  /** The answer to a question of one of its people. */
  String ask(String from, String to, String payload) throws Exception {
    String id = "q" + asked.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    open.put(id, answer);
    write("<iq type='get' id='%s' from='%s' to='%s'>%s</iq>".formatted(id, from, to, payload));
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private synchronized void write(String xml) {
    try {
      component
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .getOutputStream()
          .write(xml.getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } catch (Exception nobody) {
      throw new IllegalStateException(nobody);
    }
  }

  private void serve() {
    try (Socket socket = listening.accept();
        Reader in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)) {
      socket.getOutputStream().write(WELCOME.getBytes(StandardCharsets.UTF_8));
      component.complete(socket);
      StringBuilder text = new StringBuilder();
      char[] buffer = new char[8_192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        text.append(buffer, 0, read);
        cut(text);
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  private void cut(StringBuilder text) {
    int header = text.indexOf("<stream:stream");
    if (header >= 0) {
      text.delete(0, text.indexOf(">", header) + 1);
    }
    for (int end = end(text); end > 0; end = end(text)) {
      take(text.substring(0, end));
      text.delete(0, end);
    }
  }

  /** Behind the first whole element; our writer has no comments and no bare {@code >} in tags. */
  private static int end(StringBuilder text) {
    int depth = 0;
    for (int open = text.indexOf("<"); open >= 0; open = text.indexOf("<", open + 1)) {
      int close = text.indexOf(">", open);
      if (close < 0) {
        return -1;
      }
      if (text.charAt(open + 1) == '/') {
        depth--;
      } else if (text.charAt(close - 1) != '/') {
        depth++;
      }
      if (depth == 0) {
        return close + 1;
      }
    }
    return -1;
  }

  private void take(String stanza) {
    if (!stanza.startsWith("<iq")) {
      if (!stanza.startsWith("<handshake")) {
        stanzas.add(stanza);
      }
      return;
    }
    String head = stanza.substring(0, stanza.indexOf('>') + 1);
    String id = attribute(head, "id");
    CompletableFuture<String> waiting = open.remove(id);
    if (waiting != null) {
      waiting.complete(stanza);
      return;
    }
    boolean isPing = stanza.contains("urn:xmpp:ping") || stanza.contains("<subscribe ");
    boolean isBlog = stanza.contains("<items ") && stanza.contains("urn:xmpp:microblog:0'");
    String payload = isPing ? "" : isBlog ? EMPTY_BLOG : NOT_THERE;
    write(
        "<iq type='%s' id='%s' from='%s' to='%s'>%s</iq>"
            .formatted(
                payload.equals(NOT_THERE) ? "error" : "result",
                id,
                attribute(head, "to"),
                attribute(head, "from"),
                payload));
  }

  private static String attribute(String head, String name) {
    Matcher matcher = Pattern.compile(" " + name + "='([^']*)'").matcher(head);
    return matcher.find() ? matcher.group(1) : "";
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
