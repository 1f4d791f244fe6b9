package im.tombolo.xmpp;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.Node;
import im.tombolo.core.xml.XmlWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream to the XMPP server, from the handshake to its end (XEP-0114 §3). Any thread may send;
 * one reads. All that goes out passes {@link #send}, whose writer drops what XML 1.0 cannot carry.
 */
final class ComponentStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ComponentStream.class);

  /** Prosody cuts the stream at 512 KiB (component_stanza_size_limit). */
  private static final int MAX_SENT = 500_000;

  private final Socket socket;
  private final Writer out;
  private final FrameReader in;
  private final Diagnosis diagnosis;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile boolean silent;

  private ComponentStream(Socket socket, LinkSettings settings) throws IOException {
    this.socket = socket;
    this.out =
        new BufferedWriter(
            new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
    this.in = new FrameReader(socket.getInputStream(), settings.limits().stanzaChars());
    this.diagnosis = new Diagnosis(settings);
  }

  /**
   * Connects and shakes hands.
   *
   * @throws StreamEndedException when that fails, with the reason
   */
  static ComponentStream open(LinkSettings settings) {
    Socket socket = new Socket();
    try {
      int timeout = Math.toIntExact(settings.limits().connectTimeout().toMillis());
      socket.connect(new InetSocketAddress(settings.host(), settings.port()), timeout);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(timeout);
      ComponentStream stream = new ComponentStream(socket, settings);
      stream.shakeHands(settings);
      socket.setSoTimeout(0);
      return stream;
    } catch (IOException failed) {
      closeQuietly(socket);
      throw new Diagnosis(settings).of(failed);
    } catch (RuntimeException failed) {
      closeQuietly(socket);
      throw failed;
    }
  }

  private void shakeHands(LinkSettings settings) throws IOException {
    write(
        "<?xml version='1.0'?><stream:stream xmlns='"
            + Namespaces.JABBER_COMPONENT
            + "' xmlns:stream='http://etherx.jabber.org/streams' to='"
            + settings.component()
            + "'>");
    Frame first = nextOfHandshake();
    if (!(first instanceof Frame.Opened(String namespace, String id))) {
      throw diagnosis.notAComponentPort();
    }
    if (!namespace.equals(Namespaces.JABBER_COMPONENT)) {
      throw diagnosis.notAComponentPort();
    }
    try {
      write("<handshake>" + sha1(id + settings.secret()) + "</handshake>");
    } catch (IOException hungUp) {
      LOG.debug("the server hung up before the handshake; what it said is still to be read");
    }
    switch (nextOfHandshake()) {
      case Frame.Whole(Element element) when element.name().equals("handshake") -> {}
      case Frame.Closed closed -> throw diagnosis.closedBeforeHandshake();
      case Frame other -> throw diagnosis.notAComponentPort();
    }
  }

  private Frame nextOfHandshake() throws IOException {
    try {
      Frame frame = in.next();
      if (frame instanceof Frame.Whole(Element element) && isStreamError(element)) {
        throw diagnosis.of(element);
      }
      return frame;
    } catch (NotXmppException anotherProtocol) {
      throw diagnosis.notAComponentPort();
    }
  }

  /**
   * Hands on each stanza as it comes, until the stream ends. An exception of {@code stanzas} is
   * logged: one odd stanza must not end the link.
   *
   * @return why it ended
   */
  StreamEndedException read(Consumer<Element> stanzas) {
    try {
      while (true) {
        switch (in.next()) {
          case Frame.Whole(Element element) when isStreamError(element) -> {
            return diagnosis.of(element);
          }
          case Frame.Whole(Element element) -> hand(element, stanzas);
          case Frame.Unreadable(String reason, Element head) -> {
            LOG.debug("a stanza was left out: {}", reason);
            refuse(head, Condition.bad_request);
          }
          case Frame.Opened again -> LOG.debug("a second stream header");
          case Frame.Closed closed -> {
            return silent ? diagnosis.silent() : diagnosis.closed();
          }
        }
      }
    } catch (IOException broken) {
      return silent ? diagnosis.silent() : diagnosis.of(broken);
    }
  }

  private static void hand(Element stanza, Consumer<Element> stanzas) {
    try {
      stanzas.accept(stanza);
    } catch (RuntimeException failed) {
      LOG.warn("a stanza of type {} could not be handled", stanza.name(), failed);
    }
  }

  private void refuse(Element stanza, Condition condition) {
    if (StanzaErrors.isQuestion(stanza)) {
      send(StanzaErrors.refusal(stanza, condition, Optional.empty()));
    }
  }

  /** See {@link #send(List)}. */
  boolean send(Element stanza) {
    return send(List.of(stanza));
  }

  /**
   * Writes stanzas of the namespace jabber:client. One that servers would cut the stream for is
   * left out; who waits for it gets an error instead.
   *
   * @return false when the stream is broken
   */
  boolean send(List<Element> stanzas) {
    try {
      write(stanzas.stream().map(ComponentStream::xml).collect(Collectors.joining()));
      return true;
    } catch (IOException broken) {
      // The reading thread says why: the server's last words may still be on their way to it.
      return false;
    }
  }

  private static String xml(Element stanza) {
    String xml = XmlWriter.write(onComponentStream(stanza), Namespaces.JABBER_COMPONENT);
    // A character takes three bytes at most.
    if (xml.length() <= MAX_SENT / 3 || utf8Length(xml) <= MAX_SENT) {
      return xml;
    }
    LOG.warn(
        "a stanza to {} was left out: it is longer than {} bytes",
        stanza.attributeOr("to", ""),
        MAX_SENT);
    return StanzaErrors.isAnswer(stanza) ? xml(tooLong(stanza)) : "";
  }

  private static Element tooLong(Element answer) {
    return Element.of("iq", Namespaces.JABBER_CLIENT)
        .attribute("type", "error")
        .attribute("id", answer.attribute("id"))
        .attribute("from", answer.attribute("from"))
        .attribute("to", answer.attribute("to"))
        .child(StanzaErrors.write(Condition.resource_constraint, Optional.empty()))
        .build();
  }

  private static long utf8Length(String text) {
    return text.codePoints()
        .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
        .sum();
  }

  /** The stream has a namespace of its own for what is jabber:client elsewhere. */
  private static Element onComponentStream(Element stanza) {
    Element.Builder out = Element.of(stanza.name(), Namespaces.JABBER_COMPONENT);
    stanza.attributes().forEach(out::attribute);
    for (Node child : stanza.children()) {
      out.child(
          child instanceof Element element && element.namespace().equals(Namespaces.JABBER_CLIENT)
              ? onComponentStream(element)
              : child);
    }
    return out.build();
  }

  private void write(String xml) throws IOException {
    writing.lock();
    try {
      out.write(xml);
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  /** Ends the stream politely if it is still up. */
  void end() {
    try {
      write("</stream:stream>");
    } catch (IOException broken) {
      LOG.debug("the stream was gone before its end");
    }
    close();
  }

  /** Cuts the connection because nothing comes over it any more. */
  void giveUp() {
    silent = true;
    close();
  }

  /** Cuts the connection, also under a thread that is stuck in a write. */
  @Override
  public void close() {
    closeQuietly(socket);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      LOG.debug("closing the socket failed", alreadyGone);
    }
  }

  private static boolean isStreamError(Element element) {
    return element.is("error", "http://etherx.jabber.org/streams");
  }

  @SuppressWarnings("InsecureCryptoUsage") // XEP-0114 §3 wants SHA-1
  private static String sha1(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
