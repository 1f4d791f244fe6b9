package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.tombolo.core.model.Reading;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Text;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.fuzz.Bounded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What comes behind the header of a component's stream. */
class FramingFuzzTest {
  private static final int MAX_CHARS = 1_000;
  private static final int MAX_DEPTH = 64;
  private static final String HEADER =
      "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='1'>";
  private static final XmlReader WHOLE =
      new XmlReader(new XmlReader.Limits(1 << 20, 500, 1_000_000));

  /**
   * What came of a stream.
   *
   * @param fault why it was given up, if it was
   */
  private record Read(List<Frame> frames, Optional<String> fault) {}

  /** Gives some bytes at a time, as networks do. */
  private static final class Trickle extends ByteArrayInputStream {
    private final Random random;

    Trickle(byte[] bytes) {
      super(bytes);
      random = new Random(bytes.length);
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(7)));
    }
  }

  @DictionaryEntries({
    "<message>",
    "</message>",
    "<iq type='get'>",
    "</stream:stream>",
    "<stream:stream ",
    "<stream:error>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE",
    "<!ENTITY",
    "<?x ?>",
    "&lt;",
    "&#0;",
    "&#x10ffff;",
    " xmlns='",
    " xmlns:a='",
    "/>"
  })
  @FuzzTest(maxDuration = "3s")
  void streams(byte[] data) {
    String text = HEADER + new String(data, StandardCharsets.UTF_8);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Read read = Bounded.work(() -> read(new ByteArrayInputStream(bytes)));
    assertThat(read(new Trickle(bytes))).isEqualTo(read);
    assertThat(read.frames().getFirst()).isEqualTo(new Frame.Opened("jabber:client", "1"));
    for (Frame frame : read.frames()) {
      if (frame instanceof Frame.Whole(Element element)) {
        assertThat(depth(element)).isLessThanOrEqualTo(MAX_DEPTH);
        assertThat(element.text().length()).isLessThanOrEqualTo(MAX_CHARS);
      }
    }
    isAsAParserReads(text, read);
  }

  /** Where a parser reads the whole as one document, its stanzas are those of the document. */
  private static void isAsAParserReads(String text, Read read) {
    if (!(WHOLE.read(text + "</stream:stream>") instanceof Reading.Of<Element>(Element root))
        || hasWords(root)) {
      return;
    }
    List<Element> stanzas = root.elements();
    List<Frame> frames = read.frames().subList(1, read.frames().size());
    if (read.fault().isEmpty()) {
      assertThat(frames).hasSameSizeAs(stanzas);
    }
    for (int i = 0; i < frames.size(); i++) {
      switch (frames.get(i)) {
        case Frame.Whole(Element element) -> assertThat(element).isEqualTo(stanzas.get(i));
        case Frame.Unreadable(String reason, Element head) -> {
          assertThat(depth(stanzas.get(i))).isGreaterThan(MAX_DEPTH);
          assertThat(head.name()).isEqualTo(stanzas.get(i).name());
        }
        default -> throw new AssertionError(frames.get(i));
      }
    }
  }

  private static boolean hasWords(Element root) {
    return root.children().stream()
        .anyMatch(node -> node instanceof Text(String words) && !words.isBlank());
  }

  private static int depth(Element element) {
    return 1 + element.elements().stream().mapToInt(FramingFuzzTest::depth).max().orElse(0);
  }

  private static Read read(InputStream in) {
    FrameReader reader = new FrameReader(in, MAX_CHARS);
    List<Frame> frames = new ArrayList<>();
    try {
      Frame frame = reader.next();
      while (!(frame instanceof Frame.Closed)) {
        frames.add(frame);
        frame = reader.next();
      }
      return new Read(frames, Optional.empty());
    } catch (NotXmppException refused) {
      return new Read(frames, Optional.ofNullable(refused.getMessage()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
