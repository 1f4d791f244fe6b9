package im.tombolo.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private static final int MAX_CHARS = 10_000;
  private static final String HEADER = FakeServer.HEADER;

  private static FrameReader reader(String text) {
    return new FrameReader(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), MAX_CHARS);
  }

  /** The frames of a stream after its header. */
  private static List<Frame> frames(InputStream in) throws IOException {
    FrameReader reader = new FrameReader(in, MAX_CHARS);
    List<Frame> frames = new ArrayList<>();
    Frame frame = reader.next();
    while (!(frame instanceof Frame.Closed)) {
      frames.add(frame);
      frame = reader.next();
    }
    return frames.subList(1, frames.size());
  }

  private static List<Frame> frames(String text) throws IOException {
    return frames(new ByteArrayInputStream((HEADER + text).getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> bodies(List<Frame> frames) {
    return frames.stream()
        .map(frame -> frame instanceof Frame.Whole(Element element) ? element.text() : "?")
        .toList();
  }

  /** Gives one byte at a time, as the worst of networks. */
  private static final class Trickle extends ByteArrayInputStream {
    Trickle(String text) {
      super(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      return super.read(bytes, offset, Math.min(1, length));
    }
  }

  @Test
  void theHeaderTellsTheNamespaceAndTheId() throws IOException {
    assertThat(reader(HEADER).next())
        .isEqualTo(new Frame.Opened("jabber:component:accept", "abc123"));
  }

  @Test
  void entitiesInTheHeaderAreResolved() throws IOException {
    assertThat(reader(HEADER.replace("abc123", "a&amp;b&apos;c")).next())
        .isEqualTo(new Frame.Opened("jabber:component:accept", "a&b'c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "<stream xmlns='jabber:component:accept' id='x'>", "<a/>"})
  void aHeaderOfSomethingElseHasNoNamespace(String header) throws IOException {
    assertThat(reader(header).next())
        .isInstanceOfSatisfying(
            Frame.Opened.class, opened -> assertThat(opened.namespace()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2p1\r\n",
        "220 mail.example.org ESMTP\r\n",
        "<!DOCTYPE html><html>",
        "\u0015\u0003\u0003",
        "<!DOCTYPE stream [<!ENTITY a 'b'>]><stream:stream>"
      })
  void whatIsNoStreamIsNoXmpp(String text) {
    assertThatThrownBy(() -> reader(text).next()).isInstanceOf(NotXmppException.class);
  }

  @Test
  void aStanzaIsOfTheNamespaceOfClients() throws IOException {
    assertThat(frames("<message to='a@b'><body>x</body></message>"))
        .singleElement()
        .isInstanceOfSatisfying(
            Frame.Whole.class,
            whole ->
                assertThat(XmlWriter.write(whole.element(), "jabber:client"))
                    .isEqualTo("<message to='a@b'><body>x</body></message>"));
  }

  @Test
  void thePrefixOfTheStreamIsKnownInStanzas() throws IOException {
    assertThat(
            frames(
                "<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"))
        .singleElement()
        .isInstanceOfSatisfying(
            Frame.Whole.class,
            whole ->
                assertThat(whole.element().namespace())
                    .isEqualTo("http://etherx.jabber.org/streams"));
  }

  @Test
  void severalStanzasInOnePacketAreSeveralFrames() throws IOException {
    assertThat(bodies(frames("<message>1</message><presence/> \n<message>2</message><iq>3</iq>")))
        .containsExactly("1", "", "2", "3");
  }

  @Test
  void aStanzaMayComeByteByByteInTheMiddleOfCharacters() throws IOException {
    String text = "<message to='ö@b'>ü€😀 &amp; ok</message>";

    assertThat(bodies(frames(new Trickle(HEADER + text)))).containsExactly("ü€😀 & ok");
  }

  @Test
  void spacesBetweenStanzasKeepALinkAliveForEver() throws IOException {
    String spaces = " ".repeat(3 * MAX_CHARS);

    assertThat(bodies(frames(spaces + "<message>x</message>" + spaces))).containsExactly("x");
  }

  @Test
  void theEndOfTheStreamIsTheEndOfReading() throws IOException {
    assertThat(bodies(frames("<message>1</message></stream:stream><message>2</message>")))
        .containsExactly("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <message a='1>2' b=">"/>                         | ``
          <message a='/>' b='?>'>x</message>               | x
          <message a="it's">x</message>                    | x
          <message><a/><a></a><b><a/></b>x</message >      | x
          <message><![CDATA[<]]></message>                 | <
          <message><![CDATA[</message><iq/>]]></message>   | </message><iq/>
          <message><![CDATA[]]]]></message>                | ]]
          <message><!-- <iq> -->x</message>                | x
          <message><!-->--><b>x</b></message>              | x
          <message><?pi <iq> ?>x</message>                 | x
          <!-- between -->  <message>x</message>           | x
          <?pi?><message>x</message>                       | x
          """)
  void markupInAStanzaDoesNotCutIt(String xml, String text) throws IOException {
    assertThat(bodies(frames(xml.strip()))).containsExactly(text);
  }

  @Test
  void aStreamHeaderInAStanzaBelongsToTheStanza() throws IOException {
    // Whoever could end a stanza early would speak in anybody's name (stanza smuggling).
    String smuggled =
        "<message from='eve@evil.example'>"
            + "<x:stream xmlns:x='http://etherx.jabber.org/streams'>"
            + "<iq type='set' from='admin@example.org'><y/></iq>"
            + "</x:stream></message>";

    assertThat(frames(smuggled))
        .singleElement()
        .isInstanceOfSatisfying(
            Frame.Whole.class,
            whole -> assertThat(whole.element().attribute("from")).contains("eve@evil.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<iq id='1'><a></iq>",
        "<iq id='1' b=x/>",
        "<iq id='1'>&nbsp;</iq>",
        "<iq id='1'>&#0;</iq>",
        "<iq id='1'><p:x/></iq>",
        "<iq id='1'>\u0007</iq>"
      })
  void aMalformedStanzaCostsItselfAlone(String malformed) throws IOException {
    List<Frame> frames =
        frames(malformed.replace("<a></iq>", "<a></b></iq>") + "<message>x</message>");

    assertThat(frames).hasSize(2);
    assertThat(frames.getFirst()).isInstanceOf(Frame.Unreadable.class);
    assertThat(bodies(frames)).element(1).isEqualTo("x");
  }

  @Test
  void anUnreadableStanzaStillSaysWhoseItIs() throws IOException {
    String deep = "<a>".repeat(200) + "</a>".repeat(200);

    assertThat(frames("<iq type='get' id='>\"7' from='eve@evil.example'>" + deep + "</iq>"))
        .singleElement()
        .isInstanceOfSatisfying(
            Frame.Unreadable.class,
            left -> {
              assertThat(left.head().name()).isEqualTo("iq");
              assertThat(left.head().attributes())
                  .containsEntry("type", "get")
                  .containsEntry("id", ">\"7")
                  .containsEntry("from", "eve@evil.example");
              assertThat(left.head().children()).isEmpty();
            });
  }

  @Test
  void case50_aDocumentTypeEndsTheStream() {
    assertThatThrownBy(() -> frames("<!DOCTYPE a [<!ENTITY lol 'lol'>]><message>&lol;</message>"))
        .isInstanceOf(NotXmppException.class);
  }

  @Test
  void case50_aDocumentTypeInsideAStanzaEndsTheStream() {
    assertThatThrownBy(() -> frames("<message><!ENTITY lol 'lol'></message>"))
        .isInstanceOf(NotXmppException.class);
  }

  @Test
  void aStanzaOverTheLimitEndsTheStream() {
    assertThatThrownBy(() -> frames("<message>" + "x".repeat(MAX_CHARS) + "</message>"))
        .isInstanceOf(NotXmppException.class)
        .hasMessageContaining("10000");
  }

  @Test
  void whatWasWholeBeforeAFaultIsStillHandedOn() throws IOException {
    FrameReader reader = reader(HEADER + "<message>x</message>garbage");
    reader.next();

    assertThat(reader.next()).isInstanceOf(Frame.Whole.class);
    assertThatThrownBy(reader::next).isInstanceOf(NotXmppException.class);
  }

  @Test
  void aConnectionThatEndsInTheMiddleOfAStanzaIsClosed() throws IOException {
    assertThat(frames("<message>1</message><message>2")).hasSize(1);
  }
}
