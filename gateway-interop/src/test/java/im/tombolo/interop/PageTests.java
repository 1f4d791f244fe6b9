package im.tombolo.interop;

import static im.tombolo.interop.Town.BLOG;
import static im.tombolo.interop.Town.blog;
import static im.tombolo.interop.Town.eventually;
import static im.tombolo.interop.Town.unique;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.interop.stage.Web;
import im.tombolo.interop.stage.Xml;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One URL for machines, people and feed readers, and how they find it. */
interface PageTests {
  Town town();

  @Test
  default void anActorsUrlIsAlsoAPageAndAFeed() {
    String text = unique("shown");
    String title = unique("Title ");
    String id = unique("post-");
    blog(town().romeo).publish(BLOG, id, Entries.article(id, title, "<p>" + text + "</p>", text));
    String url = town().actorOf(town().romeo);
    eventually().until(() -> town().web.get(url, Web.HTML).text().contains(text));

    Web.Page page = town().web.get(url, Web.HTML + ",*/*;q=0.8");
    assertThat(page.type()).startsWith(Web.HTML);
    assertThat(page.vary()).containsIgnoringCase("accept");
    Web.Page feed = town().web.get(url, Web.ATOM);
    assertThat(feed.type()).startsWith(Web.ATOM);
    assertThat(Xml.parse(feed.text()).texts("/a:feed/a:entry/a:title")).contains(title);
    Web.Page actor = town().web.get(url, Web.ACTIVITY);
    assertThat(actor.type()).startsWith(Web.ACTIVITY);
    assertThat(actor.json().path("id").asString()).isEqualTo(url);
  }

  @Test
  default void aPostsUrlIsAlsoAPage() {
    String text = unique("shown");
    town().romeoPosts(text);
    String actor = town().actorOf(town().romeo);
    JsonNode create =
        eventually()
            .until(
                () ->
                    town().fedify.collection(actor, "outbox").stream()
                        .filter(item -> item.toString().contains(text))
                        .findFirst(),
                java.util.Optional::isPresent)
            .orElseThrow();
    // Fedify shows an embedded activity in expanded form.
    String url =
        create.findValuesAsString("@id").stream()
            .filter(id -> id.matches(".*/posts/[a-z2-7]+"))
            .findFirst()
            .orElseThrow();

    assertThat(town().web.get(url, Web.HTML).text()).contains(text);
    assertThat(town().web.get(url, Web.ACTIVITY).json().path("id").asString()).isEqualTo(url);
  }

  @Test
  default void webfingerWantsAResource() {
    String url = town().gateway.origin() + "/.well-known/webfinger";

    assertThat(town().web.get(url, "*/*").status()).isEqualTo(400);
  }

  @Test
  default void webfingerKnowsOurUrlsToo() {
    String url = town().actorOf(town().romeo);
    JsonNode found = town().fedify.webfinger(url);

    assertThat(found.path("subject").asString()).isEqualTo("acct:" + town().romeo.bareJid());
  }

  @Test
  default void nodeinfoSaysWhatWeAre() {
    JsonNode found = town().fedify.nodeinfo(town().gateway.origin());

    assertThat(found.path("software").path("name").asString()).isEqualTo("tombolo");
  }
}
