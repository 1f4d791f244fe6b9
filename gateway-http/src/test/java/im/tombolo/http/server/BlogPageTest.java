package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Link;
import im.tombolo.core.text.Html;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlogPageTest {
  private static final String ACTOR = "/users/example.org/romeo";

  private final Website site;

  BlogPageTest(Database database) {
    this.site = new Website(database);
  }

  @BeforeEach
  void addRomeo() {
    site.withRomeo();
  }

  @AfterAll
  void stop() {
    site.close();
  }

  private Received page(String path) {
    return site.get(path, "Accept: text/html");
  }

  private Document parsed(String path) {
    Received answer = page(path);
    assertThat(answer.status()).isEqualTo(200);
    return Jsoup.parse(answer.body(), "https://example.org" + path);
  }

  private void face(String name, String bio) {
    site.act(session ->
        session
            .accounts()
            .save(
                Website.account(
                    Website.ROMEO,
                    ActorKind.PERSON,
                    new Account.Face(name, Html.clean(bio, Optional.empty()), Optional.empty()))));
  }

  /** Hostile in every place that a stranger can fill. */
  private static Content hostile(String text) {
    return Content.builder(
            new Content.Words(
                Optional.of(text), Html.clean(text, Optional.empty()), Optional.of(text)))
        .tags(List.of(text))
        .links(
            List.of(new Link(URI.create("https://a.example/?q=%22%3E&b='x'"), Optional.of(text))))
        .attachments(
            List.of(
                new Attachment(
                    URI.create("https://a.example/a.png?'x'"),
                    Optional.of("image/png"),
                    Optional.of(text)),
                new Attachment(
                    URI.create("https://a.example/b"), Optional.empty(), Optional.of(text))))
        .warning(Optional.of(text))
        .build();
  }

  private static void assertHarmless(Document page) {
    assertThat(
            page.select("script, iframe, object, embed, form, base, svg, math, meta[http-equiv]"))
        .isEmpty();
    assertThat(page.select("style")).hasSize(1);
    for (Element element : page.getAllElements()) {
      element
          .attributes()
          .forEach(attribute -> {
            assertThat(attribute.getKey()).doesNotStartWith("on").isNotEqualTo("style");
            if (List.of("href", "src").contains(attribute.getKey())) {
              assertThat(attribute.getValue()).matches("(?:https?|xmpp|mailto):.*");
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "\"><script>alert(1)</script>",
        "' onmouseover='alert(1)",
        "\" onmouseover=\"alert(1)\" x=\"",
        "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"java\tscript:alert(1)\">x</a>",
        "<a href=\"data:text/html,x\">x</a>",
        "<a href=\"vbscript:x\">x</a>",
        "<svg><a xlink:href=\"javascript:alert(1)\">x</a></svg>",
        "<math><mtext><style><img src=x onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<p style=\"background:url(javascript:alert(1))\">x</p>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<base href=\"https://evil.example/\">",
        "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\">",
        "<form action=\"https://evil.example\"><input name=a></form>",
        "]]><script>alert(1)</script>",
        "<!--><script>alert(1)</script>-->",
        "%1$s %s %d %n",
        "&lt;script&gt;alert(1)&lt;/script&gt;"
      })
  void case64_nothingThatSomebodyWroteRunsInAPage(String text) {
    face(text, text);
    site.publish(Website.post("k1", DrivenClock.START, hostile(text)));
    assertHarmless(parsed(ACTOR));
    assertHarmless(parsed(ACTOR + "/posts/k1"));
  }

  @Test
  void aNameIsShownAsItIsWritten() {
    face("<Romeo> & \"Co\"", "");
    Document page = parsed(ACTOR);
    assertThat(page.title()).isEqualTo("<Romeo> & \"Co\"");
    assertThat(page.select("h1").text()).isEqualTo("<Romeo> & \"Co\"");
  }

  @Test
  void case64_theBrowserIsToldToRunAndLoadNothing() {
    for (String path : List.of(ACTOR, ACTOR + "/posts/k1")) {
      site.publish(Website.post("k1", 0));
      Received answer = page(path);
      assertThat(answer.header("Content-Security-Policy"))
          .hasValueSatisfying(policy ->
              assertThat(policy)
                  .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                  .doesNotContain("unsafe"));
      assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
    }
  }

  /** A policy that does not fit its style would leave a page without one. */
  @Test
  void thePolicyAllowsTheStyleOfThePage() throws Exception {
    Received answer = page(ACTOR);
    String style = Jsoup.parse(answer.body()).select("style").getFirst().data();
    String hash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(style.getBytes(StandardCharsets.UTF_8)));
    assertThat(answer.header("Content-Security-Policy").orElse("")).contains("'sha256-" + hash);
  }

  @Test
  void aPageLinksToItsOtherForms() {
    Document page = parsed(ACTOR);
    assertThat(page.select("link[rel=alternate][type=application/activity+json]").attr("href"))
        .isEqualTo("https://example.org" + ACTOR);
    assertThat(page.select("link[rel=alternate][type=application/atom+xml]").attr("href"))
        .isEqualTo("https://example.org" + ACTOR);
  }

  @Test
  void thePageOfAPostLinksToThePostAsADocument() {
    site.publish(Website.post("k1", 0));
    String href =
        parsed(ACTOR + "/posts/k1")
            .select("link[rel=alternate][type=application/activity+json]")
            .attr("href");
    assertThat(site.document(Website.path(href)).text("id")).isEqualTo(href);
  }

  @Test
  void everyPostOfABlogIsFoundByTurningPages() {
    for (int i = 0; i < 7; i++) {
      site.publish(Website.post("k" + i, i));
    }
    int posts = 0;
    int pages = 0;
    String next = ACTOR;
    while (!next.isEmpty()) {
      Document page = parsed(next);
      posts += page.select("article").size();
      pages++;
      String href = page.select("a[rel=next]").attr("href");
      next = href.isEmpty() ? "" : Website.path(href);
    }
    assertThat(posts).isEqualTo(7);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void aBlogWithoutPostsSaysSo() {
    assertThat(parsed(ACTOR).select("main").text()).contains("Nothing has been published yet");
  }

  @Test
  void aBlogTellsHowToFollowIt() {
    assertThat(parsed(ACTOR).select("footer").text()).contains("@romeo@example.org");
    assertThat(parsed(ACTOR).select("footer a[href^=xmpp:]").attr("href"))
        .isEqualTo("xmpp:romeo@example.org");
  }
}
