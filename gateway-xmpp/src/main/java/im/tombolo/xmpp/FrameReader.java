package im.tombolo.xmpp;

import im.tombolo.core.model.Reading;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.jxmpp.xml.splitter.XmlSplitter;
import org.jxmpp.xml.splitter.XmppElementCallback;
import org.jxmpp.xml.splitter.XmppXmlSplitter;

/**
 * Cuts a stream into stanzas and parses each by itself: one that is too deep, or whose entities
 * count against a parser's limits, then costs itself alone and not the stream. One thread.
 */
final class FrameReader {
  private static final int BUFFER = 8_192;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NODES = 50_000;
  // The prefix that servers declare on the stream's root, which a stanza by itself lacks.
  private static final String ROOT =
      "<stream:stream xmlns:stream='http://etherx.jabber.org/streams' xmlns='"
          + Namespaces.JABBER_CLIENT
          + "'>";
  private static final String END = "</stream:stream>";

  private final Reader in;
  private final char[] buffer = new char[BUFFER];
  private final Queue<Frame> frames = new ArrayDeque<>();
  private final XmlSplitter splitter;
  private final XmlReader reader;

  /**
   * @param maxChars length of a stanza; a longer one makes {@link #next} throw
   */
  FrameReader(InputStream in, int maxChars) {
    this.in = new InputStreamReader(in, StandardCharsets.UTF_8);
    this.splitter = new XmppXmlSplitter(maxChars, new Callback());
    int whole = maxChars + ROOT.length() + END.length();
    this.reader = new XmlReader(new XmlReader.Limits(whole, MAX_DEPTH + 1, MAX_NODES));
  }

  private final class Callback implements XmppElementCallback {
    @Override
    public void streamOpened(String prefix, Map<String, String> attributes) {
      frames.add(
          new Frame.Opened(
              attributes.getOrDefault("xmlns", ""), attributes.getOrDefault("id", "")));
    }

    @Override
    public void onCompleteElement(String xml) {
      frames.add(
          switch (reader.read(ROOT + xml + END)) {
            case Reading.Of<Element>(Element root) when !root.elements().isEmpty() ->
                new Frame.Whole(root.elements().getFirst());
            case Reading.Of<Element> nothing -> new Frame.Unreadable("no element");
            case Reading.Refused<Element>(String reason) -> new Frame.Unreadable(reason);
          });
    }

    @Override
    public void streamClosed() {
      frames.add(new Frame.Closed());
    }
  }

  /**
   * Blocks until something whole has arrived.
   *
   * @throws IOException when the connection ended, or what comes is no XMPP
   */
  Frame next() throws IOException {
    while (frames.isEmpty()) {
      int read = in.read(buffer);
      if (read < 0) {
        return new Frame.Closed();
      }
      try {
        // The splitter counts from the start of the array, so the offset must be 0.
        splitter.write(buffer, 0, read);
      } catch (RuntimeException notXml) {
        throw new IOException("not XML", notXml);
      }
    }
    return frames.remove();
  }
}
