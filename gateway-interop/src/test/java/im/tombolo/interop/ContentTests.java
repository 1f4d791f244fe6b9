package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.blog;
import static im.tombolo.interop.Town.eventuallyGets;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.Xml;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a post carries across: text, formatting, title, language, tags, dates and links. */
interface ContentTests {
  Town town();

  @Test
  default void anEntryBecomesAnArticleWithAllItHas() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String id = unique("post-");
    String title = unique("Title ");
    String xhtml =
        "<p>Some <strong>bold</strong> and <em>fine</em> words, <a"
            + " href='https://example.org/x'>linked</a></p><script>alert(1)</script>";
    blog(town().romeo).publish(BLOG, id, Entries.article(id, title, xhtml, "Some bold words"));

    JsonNode article = eventuallyGets(town().fedify, "Create", title).object();
    assertThat(article.path("type").asString()).isEqualTo("Article");
    assertThat(article.path("name").asString()).isEqualTo(title);
    assertThat(article.path("content").asString())
        .contains("<strong>bold</strong>", "<em>fine</em>", "https://example.org/x")
        .doesNotContain("script", "alert");
    assertThat(article.path("contentMap").path("en").asString(""))
        .isEqualTo(article.path("content").asString());
    assertThat(article.path("tag").findValuesAsString("name")).contains("#verona", "#balcony");
    assertThat(article.path("published").asString()).startsWith("2026-01-02T10:00:00");
    assertThat(article.toString()).contains("https://example.org/capulet");
  }

  @Test
  default void aShortEntryBecomesANoteWhoseMarkupIsText() {
    town().follow(town().fedify, unique("ann"), town().romeo);
    String text = unique("1 < 2 & <b>");
    town().romeoPosts(text);

    JsonNode note =
        eventuallyGets(town().fedify, "Create", text.substring(text.length() - 10)).object();
    assertThat(note.path("type").asString()).isEqualTo("Note");
    assertThat(note.path("content").asString()).contains("1 &lt; 2 &amp; &lt;b&gt;");
    assertThat(note.has("name")).isFalse();
  }

  @Test
  default void anArticleBecomesAnEntryWithAllItHas() {
    String ada = unique("ada");
    town().julietSubscribes(ada);
    String title = unique("Title ");
    String html = "<p>Some <strong>bold</strong> words</p><script>alert(1)</script>";
    town()
        .fedify
        .post(
            ada,
            html,
            Map.of(
                "title",
                title,
                "language",
                "fr",
                "tags",
                List.of("verona", "balcony"),
                "url",
                town().fedify.site().origin() + "/@" + ada + "/1",
                "published",
                "2026-01-02T10:00:00Z"));

    Xml event = town().julietEventuallyGets(ada, title);
    assertThat(event.texts("//a:entry/a:title")).contains(title);
    assertThat(event.text("//a:entry/a:content[@type='xhtml']/h:div//h:strong")).isEqualTo("bold");
    assertThat(event.texts("//a:entry/a:content[@type='text' or not(@type)]"))
        .singleElement()
        .asString()
        .contains("Some bold words");
    assertThat(event.toString()).doesNotContain("alert");
    assertThat(event.texts("//a:entry/a:category/@term"))
        .containsExactlyInAnyOrder("verona", "balcony");
    assertThat(event.text("//a:entry/a:published")).startsWith("2026-01-02T10:00:00");
    assertThat(event.texts("//a:entry/descendant-or-self::*/@xml:lang")).contains("fr");
    assertThat(event.texts("//a:link[@rel='alternate'][@type='text/html']/@href"))
        .containsExactly(town().fedify.site().origin() + "/@" + ada + "/1");
  }

  @Test
  default void aPictureComesThroughTheGatewayWithItsDescription() {
    String ada = unique("ada");
    town().julietSubscribes(ada);
    String text = unique("look");
    String picture = town().fedify.site().origin() + "/media/" + ada + "-aa5500.png";
    town().fedify.post(ada, "<p>" + text + "</p>", Map.of("picture", picture, "alt", "a balcony"));

    Xml event = town().julietEventuallyGets(ada, text);
    String link = event.text("//a:link[@rel='enclosure'][@type='image/png']/@href");
    assertThat(event.text("//a:link[@rel='enclosure']/@title")).isEqualTo("a balcony");
    assertThat(link).startsWith(town().gateway.origin() + "/media/");
    assertThat(town().web.get(link, "image/*").type()).isEqualTo("image/png");
    assertThat(town().web.get(link, "image/*").bytes())
        .isEqualTo(town().web.get(picture, "image/*").bytes());
  }

  @Test
  default void anEntrySaysWhoWroteItSoThatClientsBelieveIt() {
    String ada = unique("ada");
    town().julietSubscribes(ada);
    String text = unique("mine");
    var post = town().fedify.post(ada, "<p>" + text + "</p>");

    Xml event = town().julietEventuallyGets(ada, text);
    assertThat(event.text("//a:entry/a:author/a:name")).isEqualTo("Peer " + ada);
    assertThat(event.text("//a:entry/a:author/a:uri")).isEqualTo("xmpp:" + town().jid(ada));
    assertThat(event.text("//ev:item/@publisher")).isEqualTo(town().jid(ada));
    assertThat(event.text("//a:entry/a:id")).isEqualTo(post.id());
  }

  @Test
  default void textThatXmlCannotCarryDoesNoHarm() {
    String ada = unique("ada");
    town().julietSubscribes(ada);
    String text = unique("odd");
    town().fedify.post(ada, "<p>" + text + " \u0001\uFFFE\uD83D end &#1; &#xFFFF;</p>");

    assertThat(town().julietEventuallyGets(ada, text).text("//a:title")).contains("end");
  }
}
