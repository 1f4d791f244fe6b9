package im.tombolo.core.atom;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.PostReader;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Profile;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.text.Html;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Jid VIRTUAL = Jid.of("ada\\40social.example@ap.example.org");
  private static final URI ADA = URI.create("https://social.example/ada");
  private static final RemoteActor ACTOR =
      new RemoteActor(
          ADA,
          Handle.parse("ada@social.example").orElseThrow(),
          ActorKind.PERSON,
          Profile.EMPTY,
          new RemoteActor.Endpoints(
              URI.create("https://social.example/ada/inbox"),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()),
          List.of(),
          NOW);

  private static Reading<Entry> read(String inside) {
    String xml = "<entry xmlns='http://www.w3.org/2005/Atom'>" + inside + "</entry>";
    return EntryReader.read(XmlReader.strict().read(xml).value().orElseThrow(), NOW);
  }

  private static Content content(String inside) {
    return read(inside).value().orElseThrow().content();
  }

  private static String xhtml(String name, String inside) {
    return "<%s type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>%s</div></%s>"
        .formatted(name, inside, name);
  }

  @Test
  void aTitleAloneIsTheText() {
    Content content = content("<title>Hi #xmpp</title>" + xhtml("title", "<p>Hi <b>#xmpp</b></p>"));
    assertThat(content.title()).isEmpty();
    assertThat(content.body().html()).isEqualTo("<p>Hi <b>#xmpp</b></p>");
    assertThat(content.tags()).containsExactly("xmpp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A title|A title",
        "The text|",
        "The…|",
        "The te...|",
        "The|The",
        "About the text…|About the text…"
      })
  void aTitleIsOneUnlessItRepeatsTheText(String title, String heading) {
    Content content = content("<title>" + title + "</title><content>The text</content>");
    assertThat(content.title()).isEqualTo(Optional.ofNullable(heading));
    assertThat(content.body().html()).isEqualTo("<p>The text</p>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text|&lt;b&gt;|<p>&lt;b&gt;</p>",
        "text/plain|&lt;b&gt;|<p>&lt;b&gt;</p>",
        "html|&lt;b onclick='x'&gt;x&lt;/b&gt;|<b>x</b>",
        "text/html|&lt;i&gt;x&lt;/i&gt;|<i>x</i>",
        "image/png|iVBORw0KGgo=|<p>Title</p>"
      })
  void contentIsReadByItsType(String type, String inside, String html) {
    Content content =
        content("<title>Title</title><content type='%s'>%s</content>".formatted(type, inside));
    assertThat(content.body().html()).isEqualTo(html);
  }

  @ParameterizedTest
  @CsvSource({
    "cw: the end of the play, the end of the play",
    "CW:spoiler, spoiler",
    "cw:, ",
    "cwm, ",
    "NSFW, NSFW"
  })
  void aCategoryWarns(String term, @Nullable String warning) {
    Content content =
        read("<id>x</id><title>T</title><category term='" + term + "'/>")
            .value()
            .orElseThrow()
            .content();
    assertThat(content.warning()).isEqualTo(Optional.ofNullable(warning));
    assertThat(content.tags()).noneMatch(tag -> tag.toLowerCase(Locale.ROOT).startsWith("cw:"));
  }

  @Test
  void anEntryIsReadWithAllThatItSays() {
    Entry entry =
        read("""
        <id>x</id><title>T</title><content xml:lang='de'>Text</content>
        <published>2026-01-01T10:00:00+01:00</published><updated>2030-01-01T00:00:00Z</updated>
        <category term='#Foo'/><category term='nsfw'/>
        <link rel='enclosure' href='https://a.example/1.png' type='image/png' title='alt'/>
        <link rel='related' href='xmpp:juliet@example.org'/>
        <link rel='related' href='javascript:alert(1)'/>
        <link rel='alternate' href='xmpp:romeo@example.org?;node=x'/>
        <link rel='alternate' type='text/html' href='https://a.example/1'/>
        """)
            .value()
            .orElseThrow();
    assertThat(entry.content().title()).contains("T");
    assertThat(entry.content().language()).contains("de");
    assertThat(entry.content().tags()).containsExactly("Foo", "nsfw");
    assertThat(entry.content().warning()).contains("nsfw");
    assertThat(entry.content().attachments())
        .containsExactly(
            new Attachment(
                URI.create("https://a.example/1.png"),
                Optional.of("image/png"),
                Optional.of("alt")));
    assertThat(entry.content().links()).singleElement().extracting("href.scheme").isEqualTo("xmpp");
    assertThat(entry.page()).contains("https://a.example/1");
    assertThat(entry.dates()).isEqualTo(new Dates(Instant.parse("2026-01-01T09:00:00Z"), NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<title/>",
        "<title>  </title><id>test_post</id>",
        "<title>Encrypted</title><encrypted xmlns='urn:xmpp:omemo:2'/>",
        "<title>Encrypted</title><openpgp xmlns='urn:xmpp:openpgp:0'/>"
      })
  void whatIsEmptyOrEncryptedIsRefused(String inside) {
    assertThat(read(inside)).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void onlyAnAtomEntryIsOne() {
    assertThat(EntryReader.read(Element.of("encrypted", "urn:xmpp:openpgp:pubsub:0").build(), NOW))
        .isInstanceOf(Reading.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "soon", "2031-01-01T00:00:00Z"})
  void aDateThatCannotBeIsNow(String published) {
    assertThat(
            read("<title>x</title><published>" + published + "</published>")
                .value()
                .orElseThrow()
                .dates())
        .isEqualTo(new Dates(NOW, NOW));
  }

  private static Posting post(Content content) {
    ItemAddress answered = new ItemAddress(Jid.of("romeo@example.org"), Namespaces.MICROBLOG, "0");
    return post(content, Optional.of(answered));
  }

  private static Posting post(Content content, Optional<ItemAddress> answered) {
    return new Posting(
        new ItemAddress(VIRTUAL, Namespaces.MICROBLOG, "item1"),
        VIRTUAL,
        new Byline("Ada", VIRTUAL),
        "https://social.example/1",
        content,
        new Dates(NOW, NOW),
        Optional.of(URI.create("https://social.example/@ada/1")),
        Optional.of(new NodeAddress(VIRTUAL, Namespaces.COMMENTS + "item1")),
        List.of(new Posting.Answered("https://b.example/0", answered)),
        Optional.empty());
  }

  private static Element entry(Content content) {
    Element item = EntryWriter.item(post(content), Namespaces.PUBSUB_EVENT);
    assertThat(item.attribute("publisher")).contains(VIRTUAL.toString());
    return item.child("entry", Namespaces.ATOM).orElseThrow();
  }

  private static Content content(String html, Optional<String> title, Optional<String> warning) {
    return Content.builder(
            new Content.Words(title, Html.clean(html, Optional.empty()), Optional.of("de")))
        .tags(List.of("xmpp"))
        .warning(warning)
        .build();
  }

  private static List<String> titles(Element entry) {
    return entry.children("title", Namespaces.ATOM).stream().map(Element::text).toList();
  }

  @Test
  void aShortPostIsItsTitle() {
    Element entry =
        entry(content("<p>Hello <em>world</em></p>", Optional.empty(), Optional.empty()));
    assertThat(XmlWriter.write(entry))
        .isEqualTo(
            """
            <entry xmlns='http://www.w3.org/2005/Atom' xml:lang='de'>\
            <id>https://social.example/1</id>\
            <author><name>Ada</name>\
            <uri>xmpp:ada\\40social.example@ap.example.org</uri></author>\
            <title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>\
            <p>Hello <em>world</em></p></div></title>\
            <title type='text'>Hello world</title>\
            <published>2026-01-02T10:00:00Z</published><updated>2026-01-02T10:00:00Z</updated>\
            <category term='xmpp'/>\
            <link rel='alternate' href='https://social.example/@ada/1' type='text/html'/>\
            <link rel='alternate' href='xmpp:ada%5C40social.example@ap.example.org?\
            ;node=urn%3Axmpp%3Amicroblog%3A0;item=item1'/>\
            <link rel='replies' href='xmpp:ada%5C40social.example@ap.example.org?\
            ;node=urn%3Axmpp%3Amicroblog%3A0%3Acomments%2Fitem1' title='comments'/>\
            <in-reply-to xmlns='http://purl.org/syndication/thread/1.0' \
            ref='https://b.example/0' href='xmpp:romeo@example.org?\
            ;node=urn%3Axmpp%3Amicroblog%3A0;item=0'/>\
            <in-reply-to xmlns='http://purl.org/syndication/thread/1.0' \
            ref='https://b.example/0' href='https://b.example/0'/></entry>\
            """);
  }

  @Test
  void whatIsAnsweredElsewhereIsALink() {
    Content content = content("<p>x</p>", Optional.empty(), Optional.empty());
    Element entry = EntryWriter.entry(post(content, Optional.empty()));
    assertThat(entry.child("in-reply-to", Namespaces.THREADING)).isEmpty();
    assertThat(entry.children("link", Namespaces.ATOM))
        .filteredOn(link -> link.attributeOr("rel", "").equals("related"))
        .extracting(link -> link.attributeOr("href", "") + " " + link.attributeOr("title", ""))
        .containsExactly("https://b.example/0 In reply to");
  }

  @Test
  void aLongPostHasAnExcerptForATitle() {
    Element entry =
        entry(content("<p>" + "word ".repeat(200) + "</p>", Optional.empty(), Optional.empty()));
    assertThat(titles(entry)).singleElement().asString().endsWith("…").hasSizeLessThan(101);
    assertThat(entry.children("content", Namespaces.ATOM))
        .extracting(form -> form.attributeOr("type", ""))
        .containsExactly("xhtml", "text");
  }

  @Test
  void aWarningStandsBeforeTheTextAndTheTitle() {
    Element entry = entry(content("<p>x</p>", Optional.of("Title"), Optional.of("Spoiler")));
    assertThat(titles(entry)).containsExactly("Spoiler — Title");
    assertThat(entry.children("category", Namespaces.ATOM))
        .extracting(category -> category.attributeOr("term", ""))
        .containsExactly("xmpp", "nsfw");
    assertThat(entry.children("content", Namespaces.ATOM)).hasSize(2);
  }

  @Test
  void aPostOfFilesAloneHasATitle() {
    Content files =
        Content.of(Html.ofPlainText("")).toBuilder()
            .attachments(
                List.of(
                    new Attachment(
                        URI.create("https://a.example/1.png"), Optional.empty(), Optional.empty())))
            .build();
    assertThat(titles(entry(files))).containsExactly("…");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<i>a</i> <b>b</b>|<i>a </i><b>b</b>",
        "<i>a<u>b</u></i> <b>c</b>|<i>a<u>b </u></i><b>c</b>",
        "<i></i> <b>b</b>|<i/><b> b</b>",
        "<i>a</i> b|<i>a</i> b",
        "<pre><i>a</i> <b>b</b></pre>|<pre><i>a</i> <b>b</b></pre>"
      })
  void spacesBetweenElementsMoveInside(String html, String xhtml) {
    Element div = Html.clean(html, Optional.empty()).toXhtml();
    assertThat(XmlWriter.write(InlineSpaces.kept(div), Namespaces.XHTML))
        .isEqualTo("<div>" + xhtml + "</div>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "]]>",
        "</body></message><iq type='set'/>",
        "<iq type='set' xmlns='jabber:client'><query/></iq>",
        "&lt;b&gt;&amp;amp;",
        "<![CDATA[<iq/>]]>",
        "<?xml-stylesheet href='x'?><!-- x -->",
        "<x:iq xmlns:x='jabber:client'/>",
      })
  void case66_markupInAnyFieldIsText(String markup) {
    String json =
        """
        {"id":"https://social.example/1","type":"Question","attributedTo":"%2$s","to":"as:Public",
         "name":"%1$s","summary":"%1$s","content":"<p>%1$s</p>","oneOf":[{"name":"%1$s"}],
         "tag":[{"type":"Hashtag","name":"#%1$s"},{"type":"Mention","href":"%2$s","name":"%1$s"},
          {"type":"Emoji","name":":%1$s:","icon":{"url":"https://social.example/e.png"}}],
         "attachment":[{"type":"Image","url":"https://social.example/x.png","name":"%1$s",
          "mediaType":"%1$s"}],"location":{"type":"Place","name":"%1$s"}}
        """
            .formatted(markup, ADA);
    Element entry = entry(PostReader.read(json).value().orElseThrow().content());

    String written = XmlWriter.write(entry);

    assertThat(XmlReader.strict().read(written).value()).contains(entry);
    assertThat(written).doesNotContain("<iq", "<?", "<!", "]]>", "</body>", "x:iq xmlns:x='jabber");
  }

  @Test
  void whatWeWriteIsReadAsWeMeantIt() {
    Content content =
        content("<p>" + "word ".repeat(200) + "</p>", Optional.of("Title"), Optional.empty());
    Entry read = EntryReader.read(entry(content), NOW).value().orElseThrow();
    assertThat(read.content()).isEqualTo(content);
    assertThat(read.page()).contains("https://social.example/@ada/1");
  }
}
