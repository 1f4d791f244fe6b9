package im.tombolo.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTML as it is found in the wild, and what is left of it for people and for XML. */
class PlainTextTest {
  private static RichText clean(String html) {
    return Html.clean(html, Optional.empty());
  }

  static Stream<Arguments> wild() {
    return Stream.of(
        Arguments.of("<p>one</p><p>two</p>", "one\n\ntwo"),
        Arguments.of("one<br>two<br/>three", "one\ntwo\nthree"),
        Arguments.of("Tom & Jerry < x", "Tom & Jerry < x"),
        Arguments.of("<p>un<b>closed", "unclosed"),
        Arguments.of("<p></p>", ""),
        Arguments.of("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        Arguments.of("<ol start='3'><li>a</li><li><p>b</p></li></ol>", "3. a\n4. b"),
        Arguments.of(
            "<blockquote><p>said</p><p>more</p></blockquote>me", "> said\n>\n> more\n\nme"),
        Arguments.of("<pre>a\n  b</pre>", "a\n  b"),
        Arguments.of("<h1>Head</h1>text", "Head\n\ntext"),
        Arguments.of("<div>one</div><div>two</div>", "one\n\ntwo"),
        Arguments.of("<div><p>one</p>two</div>", "one\n\ntwo"),
        Arguments.of("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        Arguments.of("<p>hi <img src='x' alt=':cat:'> there</p>", "hi :cat: there"),
        Arguments.of("<ruby>漢<rt>kan</rt></ruby>", "漢(kan)"),
        Arguments.of("$[spin word]", "$[spin word]"),
        Arguments.of("<a href='https://a.example/x'>here</a>", "here (https://a.example/x)"),
        Arguments.of(
            "<a href='https://a.example/x'>https://a.example/x</a>", "https://a.example/x"),
        Arguments.of("<a href='https://a.example/'>a.example</a>", "a.example"),
        Arguments.of("<a class='mention' href='https://a.example/@b'>@b</a>", "@b"),
        Arguments.of(
            "<a href='https://a.example/long/path'><span class='invisible'>https://</span><span"
                + " class='ellipsis'>a.example/long</span><span class='invisible'>/path</span></a>",
            "https://a.example/long/path"));
  }

  @ParameterizedTest
  @MethodSource("wild")
  void htmlKeepsItsWordsAndItsShape(String html, String plain) {
    assertThat(clean(html).toPlainText()).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>ok",
        "<p onclick='x()'>ok</p>",
        "<a href='java\tscript:alert(1)'>ok</a>",
        "<a href='vbscript:x'>ok</a>",
        "<a href='data:text/html,x'>ok</a>",
        "<svg><a xlink:href='javascript:alert(1)'>ok</a></svg>",
        "<math><mi xlink:href='javascript:alert(1)'>ok</mi></math>",
        "<p style='x:expression(alert(1))'>ok</p>",
        "<style>x</style>ok",
        "<iframe src='https://a.example'></iframe>ok",
        "<form action='https://a.example'>ok</form>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>ok</noscript>"
      })
  void case64_nothingThatDoesSomethingIsLeft(String html) {
    RichText text = clean(html);
    assertThat(text.html())
        .doesNotContainIgnoringCase("script:")
        .doesNotContainIgnoringCase("<script")
        .doesNotContain("<svg", "<math", "<style", "style=", "<iframe", "<form", "<img", " on");
    assertThat(text.toPlainText()).contains("ok");
  }

  @ParameterizedTest
  @CsvSource({
    "see https://a.example/x?a=1&b=2., <p>see <a href=\"https://a.example/x?a=1&amp;b=2\" rel=\"nofollow noopener noreferrer\">https://a.example/x?a=1&amp;b=2</a>.</p>",
    "a #tag here, <p>a <span class=\"hashtag\">#tag</span> here</p>",
    "x#y and C# and #1, <p>x#y and C# and #1</p>",
    "mail a@b.example, <p>mail a@b.example</p>"
  })
  void plainTextIsMarkedUp(String plain, String html) {
    assertThat(Html.ofPlainText(plain).html()).isEqualTo(html);
  }

  @ParameterizedTest
  @CsvSource({
    "hi @ada@social.example!, @ada@social.example",
    "@a.b-c@deep.social.example.org, @a.b-c@deep.social.example.org",
    "(@ada@social.example), @ada@social.example"
  })
  void peopleAreFoundWhateverTheirHost(String plain, String name) {
    assertThat(Mentions.fromText(plain)).containsExactly(name);
    assertThat(Html.ofPlainText(plain).html()).contains("class=\"u-url mention\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ada@social.example", "@ada", "@ada@localhost", "https://a.example/@b@c.d"})
  void whatIsNoAddressOfAPersonIsNone(String plain) {
    assertThat(Mentions.fromText(plain)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "שלום עולם",
        "مرحبا",
        "👩‍👩‍👧‍👦",
        "e\u0301",
        "🏳️‍🌈 flag",
        "a\u200db",
        "\u202eabc\u202c"
      })
  void scriptsOfAllKindsCrossBothWays(String text) {
    assertThat(Html.ofPlainText(text).toPlainText()).isEqualTo(text);
    assertThat(clean("<p>" + text + "</p>").toPlainText()).isEqualTo(text);
    assertThat(clean("<p>" + text + "</p>").toXhtml().text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u0000b",
        "a\u0008b",
        "a\u000bb",
        "a\u001fb",
        "a\ufffeb",
        "a\ud800b",
        "a\udc00b"
      })
  void case65_whatXmlCannotCarryIsNotCarried(String text) {
    String plain = Html.ofPlainText(text).toPlainText();
    assertThat(plain).startsWith("a").endsWith("b").doesNotContain(text.substring(1, 2));
    assertThat(clean(text).toXhtml().text()).doesNotContain(text.substring(1, 2));
    assertThat(clean("a&#0;&#x1F;b").toXhtml().text()).matches("a[^\u0000\u001f]*b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"👩‍👩‍👧‍👦", "🏳️‍🌈", "e\u0301", "😀"})
  void noCharacterIsTakenApart(String character) {
    String text = character.repeat(40);
    for (int max = 2; max < text.length(); max++) {
      String cut = Excerpt.cut(text, max);
      assertThat(cut.length()).isLessThanOrEqualTo(max);
      assertThat(cut.length() % character.length()).isZero();
    }
  }

  @Test
  void theEndThatOnlyNamesAQuotationGoes() {
    assertThat(Html.withoutQuote(clean("<p>So true</p><p>RE: https://a.example/1</p>")).html())
        .isEqualTo("<p>So true</p>");
    assertThat(
            Html.withoutQuote(
                    clean(
                        "<p>So true<span class='quote-inline'><br>RE: https://a.example/1</span></p>"))
                .toPlainText())
        .isEqualTo("So true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<<<<a href=", "<div>", "<b>", "<p>x", "<p></p>", "&lt;", "<li>", "<td>x"})
  void case49_hostileTextsEnd(String part) {
    RichText text = clean(part.repeat(60_000));
    assertThat(text.html().length()).isLessThan(4 * Html.MAX_CHARS);
    assertThat(text.toXhtml().name()).isEqualTo("div");
    assertThat(text.toPlainText()).isNotNull();
  }
}
