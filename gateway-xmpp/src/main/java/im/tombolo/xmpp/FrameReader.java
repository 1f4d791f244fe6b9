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
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

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
  private static final Element UNCLEAR = Element.of("", "").build();

  private final Reader in;
  private final char[] buffer = new char[BUFFER];
  private final Queue<Frame> frames = new ArrayDeque<>();
  private final StanzaSplitter splitter;
  private final XmlReader reader;
  private @Nullable NotXmppException broken;

  /**
   * @param maxChars length of a stanza; a longer one makes {@link #next} throw
   */
  FrameReader(InputStream in, int maxChars) {
    this.in = new InputStreamReader(in, StandardCharsets.UTF_8);
    this.splitter = new StanzaSplitter(maxChars, this::header, this::element);
    int whole = maxChars + ROOT.length() + END.length();
    this.reader = new XmlReader(new XmlReader.Limits(whole, MAX_DEPTH + 1, MAX_NODES));
  }

  /** A child without a namespace of its own shows the stream's default. */
  private void header(String tag) {
    String name = tag.substring(1, tag.length() - 1).strip().split("\\s", 2)[0];
    Optional<Element> stream = reader.read(tag + "<x/></" + name + ">").value();
    frames.add(
        new Frame.Opened(
            stream
                .filter(root -> root.is("stream", "http://etherx.jabber.org/streams"))
                .map(root -> root.elements().getFirst().namespace())
                .orElse(""),
            stream.flatMap(root -> root.attribute("id")).orElse("")));
  }

  private void element(String xml) {
    frames.add(
        switch (read(xml)) {
          case Reading.Of<Element>(Element element) -> new Frame.Whole(element);
          case Reading.Refused<Element>(String reason) ->
              new Frame.Unreadable(reason, read(head(xml)).value().orElse(UNCLEAR));
        });
  }

  private Reading<Element> read(String xml) {
    return reader.read(ROOT + xml + END).map(root -> root.elements().getFirst());
  }

  /** The start tag, closed. */
  private static String head(String xml) {
    char quote = 0;
    for (int i = 0; i < xml.length(); i++) {
      char c = xml.charAt(i);
      if (quote == 0 && c == '>') {
        return xml.substring(0, i) + (xml.charAt(i - 1) == '/' ? ">" : "/>");
      }
      if (c == '"' || c == '\'') {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
    }
    return xml;
  }

  /**
   * Blocks until something whole has arrived.
   *
   * @throws NotXmppException when what comes is no XMPP
   * @throws IOException when the connection broke
   */
  Frame next() throws IOException {
    while (frames.isEmpty()) {
      if (broken != null) {
        throw broken;
      }
      int read = splitter.isClosed() ? -1 : in.read(buffer);
      if (read < 0) {
        return new Frame.Closed();
      }
      try {
        splitter.write(buffer, read);
      } catch (NotXmppException later) {
        // What was whole before it still counts.
        broken = later;
      }
    }
    return frames.remove();
  }
}
