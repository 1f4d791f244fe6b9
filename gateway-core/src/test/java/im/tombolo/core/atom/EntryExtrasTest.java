package im.tombolo.core.atom;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.CustomEmoji;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.Place;
import im.tombolo.core.model.Poll;
import im.tombolo.core.text.Html;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an entry has beside its text and its dates. */
class EntryExtrasTest {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Jid VIRTUAL = Jid.of("ada\\40social.example@ap.example.org");

  private static Entry read(String inside) {
    String xml = "<entry xmlns='http://www.w3.org/2005/Atom' xml:lang='en'>" + inside + "</entry>";
    return EntryReader.read(XmlReader.strict().read(xml).value().orElseThrow(), NOW)
        .value()
        .orElseThrow();
  }

  private static Posting posting(Content content) {
    return new Posting(
        new ItemAddress(VIRTUAL, Namespaces.MICROBLOG, "i"),
        VIRTUAL,
        new Byline("Ada", VIRTUAL),
        "https://social.example/1",
        content,
        new Dates(NOW, NOW),
        Optional.of(URI.create("https://social.example/@ada/1")),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  @Test
  void everyLanguageIsRead() {
    Content content =
        read("""
        <title>Hello</title><title xml:lang='de'>Hallo</title>
        <content>Good day</content><content xml:lang='de'>Guten Tag</content>
        """)
            .content();
    assertThat(content.words())
        .isEqualTo(
            new Content.Words(
                Optional.of("Hello"), Html.ofPlainText("Good day"), Optional.of("en")));
    assertThat(content.translations())
        .containsExactly(
            new Content.Words(
                Optional.of("Hallo"), Html.ofPlainText("Guten Tag"), Optional.of("de")));
  }

  @Test
  void theMainLanguageIsWrittenLastForMovim() {
    Content content =
        Content.builder(
                new Content.Words(
                    Optional.of("Hello"), Html.ofPlainText("Good day"), Optional.of("en")))
            .translations(
                List.of(
                    new Content.Words(
                        Optional.of("Hallo"), Html.ofPlainText("Guten Tag"), Optional.of("de"))))
            .build();
    Element entry = EntryWriter.entry(posting(content));
    assertThat(entry.children("title", Namespaces.ATOM))
        .extracting(Element::text)
        .containsExactly("Hallo", "Hello");
  }

  @Test
  void anAbstractStandsBeforeTheText() {
    assertThat(
            read("<title>T</title><summary>In short</summary><content>Long</content>")
                .content()
                .body()
                .toPlainText())
        .isEqualTo("In short\n\nLong");
    assertThat(
            read("<title>T</title><summary>Long</summary><content>Long story</content>")
                .content()
                .body()
                .toPlainText())
        .isEqualTo("Long story");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<title>x</title><reference xmlns='urn:xmpp:reference:0' type='mention' uri='xmpp:juliet@example.org'/>",
        "<title>x</title><mention xmlns='urn:xmpp:mentions:0' jid='juliet@example.org/balcony'/>",
        "<title type='html'>&lt;a href='xmpp:juliet@example.org'>Juliet&lt;/a></title>"
      })
  void whoIsMentionedIsFound(String inside) {
    assertThat(read(inside).content().mentions())
        .extracting(Mention::target)
        .containsExactly(URI.create("xmpp:juliet@example.org"));
  }

  @Test
  void whoIsMentionedByAddressIsFound() {
    assertThat(read("<title>Hi @ada@deep.social.example</title>").content().mentions())
        .containsExactly(
            new Mention(URI.create("acct:ada@deep.social.example"), "@ada@deep.social.example"));
  }

  @Test
  void aReferenceToAnItemIsAQuotation() {
    String item = new ItemAddress(VIRTUAL, Namespaces.MICROBLOG, "q").uri();
    Content content =
        read("<title>See</title><link rel='related' href='%s'/>".formatted(item)).content();
    assertThat(content.quote()).contains(URI.create(item));
    assertThat(content.links()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<link rel='enclosure' href='https://a.example/1.png' type='image/png' title='A cat' length='12'/>",
        """
        <file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'>\
        <media-type>image/png</media-type><desc>A cat</desc><size>12</size></file><sources>\
        <url-data xmlns='http://jabber.org/protocol/url-data' target='https://a.example/1.png'/>\
        </sources></file-sharing>
        """,
        """
        <link rel='enclosure' href='https://a.example/1.png'/>\
        <x xmlns='jabber:x:oob'><url>https://a.example/1.png</url><desc>A cat</desc></x>\
        <media-sharing xmlns='urn:xmpp:sims:1'>\
        <file xmlns='urn:xmpp:jingle:apps:file-transfer:5'><media-type>image/png</media-type>\
        <size>12</size></file><sources><reference xmlns='urn:xmpp:reference:0' type='data' \
        uri='https://a.example/1.png'/></sources></media-sharing>
        """
      })
  void aFileIsOneHoweverItIsTold(String inside) {
    assertThat(read("<title>x</title>" + inside).content().attachments())
        .singleElement()
        .satisfies(file -> {
          assertThat(file.href()).isEqualTo(URI.create("https://a.example/1.png"));
          assertThat(file.mediaType()).contains("image/png");
          assertThat(file.description()).contains("A cat");
          assertThat(file.details().bytes()).contains(12L);
        });
  }

  @Test
  void placeRightsAndPicturesAreRead() {
    Content content =
        read("""
        <title>x</title><rights>CC0</rights>
        <geoloc xmlns='http://jabber.org/protocol/geoloc'><lat>45.4</lat><lon>-11</lon>
        <locality>Verona</locality><country>Italy</country></geoloc>
        <link rel='related' type='image/png' title=':cat:' href='https://a.example/cat.png'/>
        """)
            .content();
    assertThat(content.rights()).contains("CC0");
    assertThat(content.place())
        .contains(
            new Place(Optional.of("Verona, Italy"), Optional.of(new Place.Coordinates(45.4, -11))));
    assertThat(content.emojis())
        .containsExactly(new CustomEmoji(":cat:", URI.create("https://a.example/cat.png")));
    assertThat(content.links()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"91, 0", "x, 0", "1e3, 0", "0, 181"})
  void aPlaceThatIsNowhereIsNone(String latitude, String longitude) {
    assertThat(
            read("<title>x</title><geoloc xmlns='http://jabber.org/protocol/geoloc'><lat>%s</lat><lon>%s</lon></geoloc>"
                    .formatted(latitude, longitude))
                .content()
                .place())
        .isEmpty();
  }

  @Test
  void commentsAnswersAndRepeatsAreRead() {
    Entry entry =
        read(
            """
            <title>x</title><author><uri>xmpp:romeo@example.org/home</uri></author>
            <link rel='replies' title='comments' href='xmpp:romeo@example.org?;node=urn:xmpp:microblog:0:comments/1'/>
            <in-reply-to xmlns='http://purl.org/syndication/thread/1.0' ref='https://a.example/1'
              href='xmpp:ada%5C40social.example@ap.example.org?;node=urn%3Axmpp%3Amicroblog%3A0;item=x'/>
            <link rel='via' ref='https://a.example/2' href='xmpp:juliet@example.org?;node=n;item=y'/>
            """);
    assertThat(entry.author()).contains(Jid.of("romeo@example.org"));
    assertThat(entry.comments())
        .contains(new NodeAddress(Jid.of("romeo@example.org"), Namespaces.COMMENTS + "1"));
    assertThat(entry.answers())
        .containsExactly(
            new Entry.Target(
                "https://a.example/1",
                Optional.of(new ItemAddress(VIRTUAL, Namespaces.MICROBLOG, "x"))));
    assertThat(entry.via())
        .contains(
            new Entry.Target(
                "https://a.example/2",
                Optional.of(new ItemAddress(Jid.of("juliet@example.org"), "n", "y"))));
  }

  @Test
  void aPollCanBeReadAndVotedInByNumber() {
    Content content =
        Content.of(Html.ofPlainText("Tea?")).toBuilder()
            .poll(
                Optional.of(
                    new Poll(
                        List.of(new Poll.Option("Yes", 2), new Poll.Option("No", 0)),
                        false,
                        Optional.of(NOW),
                        false,
                        Optional.of(2L))))
            .build();
    Element entry = EntryWriter.entry(posting(content));
    assertThat(entry.children("title", Namespaces.ATOM).getLast().text())
        .isEqualTo("Tea?\n\n1) Yes: 2\n2) No: 0\n2 voters, open until 2026-01-02T10:00:00Z");
  }

  @Test
  void case70_anEntryFitsIntoAStanzaWhateverItHolds() {
    Attachment file =
        new Attachment(
            URI.create("https://a.example/" + "x".repeat(1_500)),
            Optional.of("image/png"),
            Optional.of("語".repeat(9_000)));
    List<Content> large =
        List.of(
            Content.of(Html.ofPlainText("word ".repeat(200_000))),
            Content.of(Html.clean("<b><i>x</i></b>".repeat(30_000), Optional.empty())),
            Content.of(Html.ofPlainText("x")).toBuilder()
                .attachments(Collections.nCopies(500, file))
                .build(),
            Content.of(Html.ofPlainText("x")).toBuilder()
                .translations(
                    IntStream.range(0, 20)
                        .mapToObj(i ->
                            new Content.Words(
                                Optional.empty(),
                                Html.ofPlainText("word ".repeat(9_000)),
                                Optional.of("de")))
                        .toList())
                .build());
    for (Content content : large) {
      Element entry = EntryWriter.entry(posting(content));
      assertThat(XmlWriter.write(entry).length()).isLessThanOrEqualTo(EntryWriter.MAX_CHARS);
    }
    assertThat(XmlWriter.write(EntryWriter.entry(posting(large.getFirst()))))
        .contains("https://social.example/@ada/1</content>");
  }
}
