package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Profile;
import im.tombolo.core.model.QuoteStamp;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is below a post: answers, the whole discussion, the leave to quote. */
@ExtendWith(WithStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiscussionRoutesTest {
  private static final Jid ROMEO = Website.ROMEO;
  private static final URI ADA = URI.create("https://social.example/users/ada");
  private static final String POST = "/users/example.org/romeo/posts/k1";
  private static final Instant NOW = DrivenClock.START;

  private final Website site;

  DiscussionRoutesTest(Database database) {
    this.site = new Website(database);
  }

  @AfterAll
  void stop() {
    site.close();
  }

  @BeforeEach
  void romeoHasAPost() {
    site.withRomeo();
    site.publish(Website.post("k1", 0));
    URI id = site.urls.post(ROMEO, "k1");
    relate(id, id, Optional.empty(), 0);
  }

  private void relate(URI id, URI root, Optional<URI> parent, int second) {
    site.act(session ->
        session
            .discussions()
            .add(new Discussions.Entry(id, root, parent, ADA, NOW.plusSeconds(second))));
  }

  private void reply(int number, String name, String text) {
    URI id = URI.create("https://social.example/posts/" + number);
    RemoteActor.Endpoints endpoints =
        new RemoteActor.Endpoints(
            URI.create(ADA + "/inbox"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    RemoteActor ada =
        new RemoteActor(
            ADA,
            new Handle("ada", "social.example"),
            ActorKind.PERSON,
            new Profile(name, RichText.EMPTY, Optional.empty(), Optional.empty()),
            endpoints,
            List.of(),
            NOW);
    RemotePost post =
        new RemotePost(
            id,
            ADA,
            Content.of(Html.ofPlainText(text)),
            new Dates(NOW, NOW),
            Optional.empty(),
            Audience.PUBLIC,
            Discussion.under(site.urls.post(ROMEO, "k1")));
    site.act(session -> {
      session.remoteActors().save(ada);
      session.remotePosts().save(Ids.itemId(id), post);
    });
    URI root = site.urls.post(ROMEO, "k1");
    relate(id, root, Optional.of(root), number);
  }

  private LocalPost comment(Audience audience) {
    return new LocalPost(
        ROMEO,
        "c1",
        new ItemAddress(ROMEO, Namespaces.COMMENTS + "x", "c"),
        Content.of(Html.ofPlainText("A comment")),
        new Dates(NOW, NOW),
        Optional.empty(),
        Optional.empty(),
        audience,
        Discussion.under(URI.create("https://social.example/posts/1")),
        Optional.empty(),
        Optional.empty());
  }

  private static List<String> items(JsonNode page) {
    return page.path("orderedItems").valueStream().map(item -> item.asString("")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replies", "context"})
  void aCollectionIsReadPageByPage(String name) {
    for (int i = 1; i <= Website.PAGE + 1; i++) {
      reply(i, "Ada", "Answer " + i);
    }
    int all = Website.PAGE + (name.equals("context") ? 2 : 1);
    JsonNode collection = site.document(POST + "/" + name).json();
    assertThat(collection.path("totalItems").asInt(0)).isEqualTo(all);
    JsonNode first = site.document(URI.create(collection.path("first").asString(""))).json();
    assertThat(items(first)).hasSize(Website.PAGE);
    JsonNode second = site.document(URI.create(first.path("next").asString(""))).json();
    assertThat(items(second)).hasSize(all - Website.PAGE).doesNotContainAnyElementsOf(items(first));
    assertThat(second.has("next")).isFalse();
  }

  @Test
  void aPostNamesItsCollections() {
    JsonNode post = site.document(POST).json();
    assertThat(site.document(URI.create(post.path("replies").asString(""))).status())
        .isEqualTo(200);
    assertThat(site.document(URI.create(post.path("context").asString(""))).status())
        .isEqualTo(200);
  }

  @Test
  void thoseWhoLikeAPostAreCountedAndNotNamed() {
    URI post = site.urls.post(ROMEO, "k1");
    site.act(session ->
        session
            .reactions()
            .add(
                new Reaction(
                    post,
                    ADA,
                    Optional.empty(),
                    URI.create(ADA + "/likes/1"),
                    Optional.empty(),
                    NOW)));
    URI likes = URI.create(site.document(POST).json().path("likes").asString(""));

    JsonNode collection = site.document(likes).json();
    assertThat(collection.path("totalItems").asInt()).isEqualTo(1);
    assertThat(collection.toString()).doesNotContain(ADA.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/example.org/romeo/posts/none/replies",
        "/users/example.org/romeo/posts/none/likes",
        POST + "/likers",
        POST + "/replies/1"
      })
  void whatIsNotThereIsNotFound(String path) {
    assertThat(site.document(path).status()).isEqualTo(404);
  }

  @Test
  void ofADeletedPostNothingIsLeft() {
    site.act(session -> session.localPosts().bury(ROMEO, "k1", NOW));
    assertThat(site.document(POST + "/replies").status()).isEqualTo(404);
    assertThat(site.document(POST + "/context").status()).isEqualTo(404);
  }

  @Test
  void answersStandOnThePageAsTextOnly() {
    reply(1, "<script>alert(1)</script>", "<img src=x onerror=alert(1)>");
    Received page = site.get(POST, "Accept: text/html");
    assertThat(page.body())
        .contains("&lt;script&gt;alert(1)", "&lt;img src=x onerror")
        .doesNotContain("<script>alert", "<img src=x");
  }

  @Test
  void aCommentIsNoPartOfTheBlogButOfTheOutbox() {
    site.publish(comment(Audience.PUBLIC));
    assertThat(site.get("/users/example.org/romeo", "Accept: text/html").body())
        .doesNotContain("A comment");
    assertThat(site.get("/users/example.org/romeo", "Accept: application/atom+xml").body())
        .doesNotContain("A comment");
    assertThat(site.document("/users/example.org/romeo/outbox?page=first").body())
        .contains("A comment");
  }

  @Test
  void aCommentForSomebodyIsNowhere() {
    LocalPost comment = comment(Audience.direct(Set.of(ADA)));
    site.publish(comment);
    var create = new ActivityWriter(site.urls).create(comment);
    site.act(
        session -> session.activities().add(new Sent(create.key(), ROMEO, false, create.json())));
    assertThat(site.document("/users/example.org/romeo/outbox?page=first").body())
        .doesNotContain("A comment");
    assertThat(site.document("/users/example.org/romeo/posts/c1").status()).isEqualTo(404);
    assertThat(site.get("/users/example.org/romeo/posts/c1", "Accept: text/html").status())
        .isEqualTo(404);
    assertThat(site.document("/activities/" + create.key()).status()).isEqualTo(404);
    assertThat(site.document("/users/example.org/romeo/outbox").json().path("totalItems").asInt(0))
        .isEqualTo(1);
  }

  @Test
  void aRepeatIsAnAnnounceInTheOutbox() {
    LocalPost repeat =
        new LocalPost(
            ROMEO,
            "r1",
            new ItemAddress(ROMEO, Namespaces.MICROBLOG, "r"),
            Content.of(Html.ofPlainText("Hello")),
            new Dates(NOW, NOW),
            Optional.empty(),
            Optional.empty(),
            Audience.PUBLIC,
            Discussion.NONE,
            Optional.of(URI.create("https://social.example/posts/1")),
            Optional.empty());
    site.publish(repeat);
    JsonNode outbox = site.document("/users/example.org/romeo/outbox?page=first").json();
    assertThat(
            outbox.path("orderedItems").valueStream().map(item -> item.path("type").asString("")))
        .contains("Announce");
    assertThat(site.document("/users/example.org/romeo/posts/r1").status()).isEqualTo(404);
  }

  @Test
  void theLeaveToQuoteHoldsWhileThePostIsThere() {
    QuoteStamp stamp =
        new QuoteStamp(ROMEO, "s1", "k1", URI.create("https://social.example/posts/9"));
    site.act(session -> session.quotes().stamp(stamp));
    String path = "/users/example.org/romeo/quotes/s1";
    JsonNode document = site.document(path).json();
    assertThat(document.path("type").asString("")).isEqualTo("QuoteAuthorization");
    assertThat(document.path("id").asString("")).endsWith(path);
    assertThat(document.path("interactingObject").asString(""))
        .isEqualTo("https://social.example/posts/9");
    assertThat(document.path("interactionTarget").asString(""))
        .isEqualTo(site.urls.post(ROMEO, "k1").toString());

    site.act(session -> session.localPosts().bury(ROMEO, "k1", NOW));
    assertThat(site.document(path).status()).isEqualTo(404);
  }
}
