package im.tombolo.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  private static String clean(String html) {
    return Html.clean(html, Optional.empty()).html();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<iframe src='https://a.example'></iframe>",
        "<p style='position:fixed' onclick='alert(1)'>x</p>",
        "<math><mtext></p><style><img src=x onerror=alert(1)></style>"
      })
  void case64_nothingThatActsSurvives(String html) {
    assertThat(clean(html))
        .doesNotContain("script", "alert", "data:", "style", "iframe", "<img", "onclick");
  }

  /** The library's own judgement of what is safe, which ours must not be wider than. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a href='https://a.example/x' title='t' class='mention' id='i' onclick='x()'>x</a>",
        "<a href='java\nscript:x'>x</a><a href=' HTTPS://a.example '>x</a><a href='https:x'>x</a>",
        "<a href='xmpp:a@b'>x</a><a href='mailto:a@b'>x</a><a href='//b.example'>x</a>",
        "<div class='h-card'><section><p>x<table><td>y<tr>z</table></section></div>",
        "<ol start='3' type='a'><li value='2'>x</ol><ruby>x<rt>y</ruby><img alt='<b>' src='x'>",
        "<svg><a href='javascript:x'>x<style><p title='</style><img src=x onerror=x>'></svg>",
        "<p title='x' class='x mention'><form><math><mi><br></math><template><b>x</template>",
        "<noscript><p title='</noscript><img src=x onerror=x>'></noscript><xmp><b></xmp>"
      })
  void theLibraryFindsNothingLeftToClean(String html) {
    Safelist safe =
        new Safelist()
            .addTags("p", "br", "a", "span", "del", "pre", "code", "em", "strong", "b", "i", "u")
            .addTags("s", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
            .addAttributes("a", "href", "title", "class")
            .addAttributes("span", "class")
            .addAttributes("p", "class")
            .addAttributes("ol", "start")
            .addProtocols("a", "href", "http", "https", "xmpp", "mailto")
            .addEnforcedAttribute("a", "rel", "nofollow noopener noreferrer");
    assertThat(new Cleaner(safe).isValid(Jsoup.parseBodyFragment(clean(html)))).isTrue();
  }

  /** Else a reader of HTML would end what is around it, and see another text than we do. */
  @ParameterizedTest
  @CsvSource({
    "<figcaption>a<p>b</figcaption>, a<p>b</p>",
    "<div><span><p>a</p><p>b</p></span></div>, <span><p>a</p><p>b</p></span>",
    "<p>a<button><p>b</p></button></p>, <p>a<br>b</p>",
    "<a href='https://a.example'><table><td><a href='https://b.example'>x</a></table></a>,"
        + " '<a href=\"https://a.example\" rel=\"nofollow noopener noreferrer\">x <br></a>'",
    "<ul><li>a<section><li>b</section></ul>, <ul><li>a<br>b</li></ul>",
    "<ul><li>a<ul><li>b</ul></ul>, <ul><li>a<ul><li>b</li></ul></li></ul>",
    "<h1>a<div><h2>b<div><h3>c</h3></div></h2></div></h1>, <h1>a<br>b<br>c</h1>",
  })
  void whatHtmlDoesNotNestIsNotNested(String html, String cleaned) {
    assertThat(clean(html)).isEqualTo(cleaned);
    assertThat(clean(cleaned)).isEqualTo(cleaned);
  }

  @Test
  void aBreakThatReadersLeaveOutIsLeftOut() {
    assertThat(clean("<pre>\n\n\na\n</pre>")).isEqualTo("<pre>a\n</pre>");
  }

  @ParameterizedTest
  @CsvSource({
    "<p/>a, <p></p>a",
    "a<b/>c<br/>d, a<b></b>c<br>d",
    "<script/>a, a",
    "'<a href=\"https://a.example/\"/>b',"
        + " '<a href=\"https://a.example/\" rel=\"nofollow noopener noreferrer\"></a>b'",
  })
  void anElementOfXhtmlThatIsEmptyHoldsNothing(String xhtml, String cleaned) {
    Element div =
        XmlReader.strict()
            .read("<div xmlns='http://www.w3.org/1999/xhtml'>" + xhtml + "</div>")
            .value()
            .orElseThrow();
    assertThat(Html.ofXhtml(div).html()).isEqualTo(cleaned);
  }

  @Test
  void whatTheLibraryLosesItsWayInKeepsItsWords() {
    String html = "<p><template><noscript><b>" + "<v>".repeat(60) + "<template><i>a &lt; b";
    assertThat(clean(html)).isEqualTo("a &lt; b");
  }

  @Test
  void formattingMentionsAndLinksSurvive() {
    assertThat(
            clean(
                "<p>Hi <b>you</b> <a class='u-url mention x' href='https://a.example/@b'>@b</a></p>"))
        .isEqualTo(
            "<p>Hi <b>you</b> <a class=\"u-url mention\" href=\"https://a.example/@b\""
                + " rel=\"nofollow noopener noreferrer\">@b</a></p>");
  }

  @Test
  void relativeLinksBecomeAbsolute() {
    assertThat(
            Html.clean("<a href='/x'>x</a>", Optional.of(URI.create("https://a.example/"))).html())
        .contains("href=\"https://a.example/x\"");
  }

  @Test
  void plainTextKeepsParagraphsLinesAndLinks() {
    RichText text = Html.ofPlainText("One <b>\ntwo\n\nsee https://a.example/?a=1&b=2.");
    assertThat(text.html())
        .isEqualTo(
            "<p>One &lt;b&gt;<br>two</p><p>see <a href=\"https://a.example/?a=1&amp;b=2\""
                + " rel=\"nofollow noopener noreferrer\">https://a.example/?a=1&amp;b=2</a>.</p>");
    assertThat(text.toPlainText()).isEqualTo("One <b>\ntwo\n\nsee https://a.example/?a=1&b=2.");
  }

  @Test
  void xhtmlIsWellFormedAndComesBack() {
    RichText text = Html.clean("<p>a<br>b &nbsp;&copy; <em>c</em></p>", Optional.empty());
    String xml = XmlWriter.write(text.toXhtml());
    assertThat(xml).startsWith("<div xmlns='http://www.w3.org/1999/xhtml'><p>a<br/>b");
    assertThat(Html.ofXhtml(XmlReader.strict().read(xml).value().orElseThrow()).toPlainText())
        .isEqualTo(text.toPlainText());
  }

  @Test
  void case49_deepNestingIsFlattenedAndKeepsItsWords() {
    String deep = "<blockquote>".repeat(500) + "word" + "</blockquote>".repeat(500);
    assertThat(Html.clean(deep, Optional.empty()).toPlainText()).contains("word");
    assertThat(
            XmlReader.strict()
                .read(XmlWriter.write(Html.clean(deep, Optional.empty()).toXhtml()))
                .value())
        .isPresent();
  }

  @Test
  void whitespaceOfPreformattedTextStays() {
    assertThat(Html.clean("<pre>a\n  b</pre>", Optional.empty()).toPlainText()).isEqualTo("a\n  b");
  }

  @Test
  void anExcerptEndsBetweenWords() {
    assertThat(Excerpt.of("one two  three four", 12)).isEqualTo("one two…");
    assertThat(Excerpt.of("short", 12)).isEqualTo("short");
    assertThat(Excerpt.of("unbreakableword", 8)).isEqualTo("unbreak…");
  }

  @Test
  void tagsAreFoundWhereTheyAreMeant() {
    assertThat(Tags.fromText("#XMPP and #Straße, not a#b, #12, https://a.example/#x, #XMPP"))
        .containsExactly("XMPP", "Straße");
    assertThat(Tags.normalise("#a")).contains("a");
    assertThat(Tags.normalise("# ")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"DE,de", "pt_br,pt-BR", "en-us,en-US"})
  void languagesGetTheirUsualSpelling(String tag, String usual) {
    assertThat(Languages.normalise(tag)).contains(usual);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "und", "not a language", "123456789012"})
  void whatIsNoLanguageIsLeftOut(String tag) {
    assertThat(Languages.normalise(tag)).isEmpty();
  }
}
