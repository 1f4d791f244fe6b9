package im.tombolo.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.tombolo.core.model.Reading;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import im.tombolo.fuzz.Bounded;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/** HTML of strangers. What may be left of it stands here a second time, by what people may see. */
class HtmlFuzzTest {
  private static final Optional<URI> BASE = Optional.of(URI.create("https://social.example/@ada"));
  private static final Set<String> SHELL = Set.of("#root", "html", "head", "body");
  private static final Set<String> PLAIN =
      Set.of(
          "ul",
          "li",
          "br",
          "hr",
          "blockquote",
          "pre",
          "code",
          "em",
          "strong",
          "del",
          "b",
          "i",
          "u",
          "s",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6");
  private static final Map<String, Set<String>> WITH_ATTRIBUTES =
      Map.of(
          "a", Set.of("href", "title", "class", "rel"),
          "p", Set.of("class"),
          "span", Set.of("class"),
          "ol", Set.of("start"));

  private static final Pattern SAFE = Pattern.compile("https?://|xmpp:|mailto:");

  @DictionaryEntries({
    "<a href=\"",
    "<p>",
    "</p>",
    "<div>",
    "<table><tr><td>",
    "<svg>",
    "<math><mtext>",
    "<style>",
    "<script>",
    "<template>",
    "<noscript>",
    "<select><option>",
    "<figcaption>",
    "<ruby><rt>",
    "<img alt=\"",
    "<blockquote>",
    "<ol start=\"",
    "<!--",
    "-->",
    "<![CDATA[",
    "javascript:",
    "&#x6a;",
    "&Tab;",
    "onclick=",
    "xmpp:",
    "class=\"mention"
  })
  @FuzzTest(maxDuration = "3s")
  void texts(byte[] data) {
    String html = new String(data, StandardCharsets.UTF_8);
    RichText clean = Bounded.work(() -> Html.clean(html, BASE));
    isSafe(clean.html());
    isSafe(Html.clean(html, Optional.empty()).html());
    isSafe(Html.withoutQuote(clean).html());
    isSafe(Html.ofPlainText(html).html());
    assertThat(Html.clean(clean.html(), BASE).html()).isEqualTo(clean.html());
    isSameAsXhtml(clean);
  }

  private static void isSafe(String html) {
    for (Element element : Jsoup.parse(html).getAllElements()) {
      if (!isSafe(element)) {
        throw new AssertionError("<" + element.tagName() + element.attributes().html() + ">");
      }
    }
  }

  private static boolean isSafe(Element element) {
    String name = element.tagName();
    Set<String> allowed = WITH_ATTRIBUTES.getOrDefault(name, Set.of());
    for (Attribute attribute : element.attributes()) {
      if (!allowed.contains(attribute.getKey())) {
        return false;
      }
    }
    String href = element.attr("href");
    return (SHELL.contains(name) || PLAIN.contains(name) || WITH_ATTRIBUTES.containsKey(name))
        && (!element.hasAttr("href") || SAFE.matcher(href).lookingAt());
  }

  /** What XMPP is told is well-formed, and says what the HTML says. */
  private static void isSameAsXhtml(RichText text) {
    im.tombolo.core.xml.Element div = text.toXhtml();
    Reading<im.tombolo.core.xml.Element> read = XmlReader.strict().read(XmlWriter.write(div));
    assertThat(read.value()).isPresent();
    assertThat(new RichText(text.html()).toPlainText(read.value().orElseThrow()))
        .isEqualTo(text.toPlainText());
    assertThat(Html.ofXhtml(div)).isEqualTo(text);
  }
}
