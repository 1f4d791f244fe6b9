package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Follower;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Picture;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Answer;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(WithStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountRoutesTest {
  private static final Jid ROMEO = Website.ROMEO;
  private static final String ACTOR = "/users/example.org/romeo";
  private static final String SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

  private final Website site;

  AccountRoutesTest(Database database) {
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

  private static String id(JsonNode node) {
    return node.path("id").asString("");
  }

  // The actor

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "application/activity+json | application/activity+json",
        "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\""
            + " | application/activity+json",
        "application/json | application/activity+json",
        "application/atom+xml | application/atom+xml",
        "text/html | text/html",
        "*/* | text/html",
        "image/png | text/html"
      })
  void oneAddressServesThreeForms(String accept, String type) {
    Received answer = site.get(ACTOR, "Accept: " + accept);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo(type);
    assertThat(answer.header("Vary")).contains("Accept");
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void aPersonHasAllThatServersAskFor() {
    JsonNode actor = site.document(ACTOR).json();
    String id = "https://example.org/users/example.org/romeo";
    assertThat(actor.at("/@context/0").asString(""))
        .isEqualTo("https://www.w3.org/ns/activitystreams");
    assertThat(actor.at("/@context/1").asString("")).isEqualTo("https://w3id.org/security/v1");
    assertThat(id(actor)).isEqualTo(id);
    assertThat(actor.path("type").asString("")).isEqualTo("Person");
    assertThat(actor.path("preferredUsername").asString("")).isEqualTo("romeo");
    assertThat(actor.path("url").asString("")).isEqualTo(id);
    assertThat(actor.path("webfinger").asString("")).isEqualTo("romeo@example.org");
    assertThat(actor.path("inbox").asString("")).isEqualTo(id + "/inbox");
    assertThat(actor.path("sharedInbox").asString("")).isEqualTo("https://example.org/inbox");
    assertThat(actor.at("/endpoints/sharedInbox").asString(""))
        .isEqualTo("https://example.org/inbox");
    assertThat(actor.path("manuallyApprovesFollowers").asBoolean()).isFalse();
    assertThat(actor.has("name")).isTrue();
    assertThat(actor.has("summary")).isTrue();
  }

  @Test
  void theKeyOfAnActorIsItsOwnAndInTheFormThatPeerTubeTakes() {
    JsonNode key = site.document(ACTOR).json().path("publicKey");
    assertThat(id(key)).isEqualTo("https://example.org/users/example.org/romeo#main-key");
    assertThat(key.path("owner").asString(""))
        .isEqualTo("https://example.org/users/example.org/romeo");
    assertThat(key.path("publicKeyPem").asString(""))
        .isEqualTo(SignedRequest.PAIR.publicPem())
        .startsWith("-----BEGIN PUBLIC KEY-----\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"outbox", "followers", "following", "featured"})
  void everyCollectionOfAnActorIsWhereItSays(String name) {
    URI collection = URI.create(site.document(ACTOR).text(name));
    Received answer = site.document(collection);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("application/activity+json");
    assertThat(answer.text("id")).isEqualTo(collection.toString());
    assertThat(answer.text("type")).isEqualTo("OrderedCollection");
    assertThat(answer.json().path("totalItems").asInt(-1)).isZero();
  }

  private void thereIsACommunity() {
    site.act(session ->
        session
            .accounts()
            .save(Website.account(Website.NEWS, ActorKind.GROUP, Account.Face.EMPTY)));
  }

  @Test
  void aNodeOfAPubsubServiceIsAGroup() {
    thereIsACommunity();
    Received answer = site.document(site.urls.actor(Website.NEWS));
    assertThat(answer.text("type")).isEqualTo("Group");
    assertThat(answer.text("id")).isEqualTo("https://example.org/users/pubsub.example.org/news");
    assertThat(answer.text("attributedTo")).isEqualTo(answer.text("id") + "/moderators");
  }

  @Test
  void itsModeratorsAreThoseWhoOwnItAndAreActors() {
    thereIsACommunity();
    site.act(session ->
        session
            .decisions()
            .saveAffiliations(
                Website.NEWS,
                Map.of(ROMEO, Affiliation.OWNER, Jid.of("nobody@example.org"), Affiliation.OWNER)));
    Received answer = site.document(site.urls.moderators(Website.NEWS));
    assertThat(answer.text("type")).isEqualTo("OrderedCollection");
    assertThat(answer.json().path("orderedItems").toString())
        .isEqualTo("[\"" + site.urls.actor(ROMEO) + "\"]");
    assertThat(site.document(ACTOR + "/moderators").status()).isEqualTo(404);
  }

  @Test
  void whatItPinnedIsFeaturedWhole() {
    thereIsACommunity();
    site.publish(Website.post("k1", 0));
    site.act(session ->
        session.decisions().pin(Website.NEWS, site.urls.post(ROMEO, "k1"), DrivenClock.START));
    Received answer = site.document(site.urls.featured(Website.NEWS));
    assertThat(answer.json().path("totalItems").asInt()).isEqualTo(1);
    assertThat(answer.json().at("/orderedItems/0/type").asString("")).isEqualTo("Note");
    assertThat(answer.json().at("/orderedItems/0/id").asString(""))
        .isEqualTo(site.urls.post(ROMEO, "k1").toString());
    assertThat(answer.json().at("/orderedItems/0/@context").isMissingNode()).isTrue();
  }

  @Test
  void whoFollowsSomebodyIsAnActorAlsoWithAClosedBlog() {
    Jid juliet = Jid.of("juliet@example.org");
    Account closed =
        Website.account(juliet, ActorKind.PERSON, Account.Face.EMPTY)
            .withBlog(Account.Blog.CLOSED, DrivenClock.START);
    site.act(session -> session.accounts().save(closed.acting()));
    assertThat(site.document(site.urls.actor(juliet)).status()).isEqualTo(200);
  }

  @Test
  void aClosedBlogIsNotFound() {
    Jid paris = Jid.of("paris@example.org");
    site.nodes.put("paris@example.org#urn:xmpp:microblog:0", new Answer.Closed<>());
    site.act(session ->
        session
            .accounts()
            .save(
                Website.account(paris, ActorKind.PERSON, Account.Face.EMPTY)
                    .withBlog(Account.Blog.CLOSED, DrivenClock.START)));
    assertThat(site.document(site.urls.actor(paris)).status()).isEqualTo(404);
    assertThat(site.get("/users/example.org/paris", "Accept: text/html").status()).isEqualTo(404);
  }

  @Test
  void whileTheXmppServerDoesNotAnswerThePeerIsAskedToComeBack() {
    site.nodes.put("escalus@example.org#urn:xmpp:microblog:0", new Answer.Unavailable<>("down"));
    assertThat(site.document("/users/example.org/escalus").status()).isEqualTo(503);
  }

  @Test
  void theInstanceActorSignsAndFollowsNobody() {
    Received answer = site.document("/actor");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("id")).isEqualTo("https://example.org/actor");
    assertThat(answer.text("type")).isEqualTo("Application");
    assertThat(answer.text("inbox")).isEqualTo("https://example.org/inbox");
    assertThat(answer.json().at("/publicKey/id").asString(""))
        .isEqualTo("https://example.org/actor#main-key");
    assertThat(site.document(URI.create(answer.text("outbox"))).status()).isEqualTo(200);
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    String tag = site.document(ACTOR).header("ETag").orElseThrow();
    Received again = site.get(ACTOR, "Accept: application/activity+json", "If-None-Match: " + tag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void formsHaveTagsOfTheirOwn() {
    assertThat(site.document(ACTOR).header("ETag"))
        .isNotEqualTo(site.get(ACTOR, "Accept: text/html").header("ETag"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/activity+json", "text/html", "application/atom+xml"})
  void headTellsWhatGetWouldTellWithoutABody(String accept) {
    Received get = site.get(ACTOR, "Accept: " + accept);
    Received head = site.ask("HEAD", ACTOR, "Accept: " + accept);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
    assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
  }

  // The picture

  private void giveRomeoAPicture() {
    site.act(session -> {
      session.pictures().save(new Picture(SHA1, "image/png", 1, 1, new byte[] {'P', 'N', 'G'}));
      session
          .accounts()
          .save(
              Website.account(
                  ROMEO,
                  ActorKind.PERSON,
                  new Account.Face(
                      "Romeo",
                      RichText.EMPTY,
                      Optional.of(new Account.Avatar(SHA1, "image/png")))));
    });
  }

  @Test
  void thePictureOfAnActorIsWhereItSays() {
    giveRomeoAPicture();
    String url = site.document(ACTOR).json().at("/icon/url").asString("");
    Received answer = site.get(Website.path(url));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("image/png");
    assertThat(answer.body()).isEqualTo("PNG");
    assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
  }

  @Test
  void aPictureThatIsNotTheActorsIsNotShown() {
    giveRomeoAPicture();
    site.act(session ->
        session
            .accounts()
            .save(Website.account(Website.NEWS, ActorKind.GROUP, Account.Face.EMPTY)));
    assertThat(site.get("/users/pubsub.example.org/news/avatar/" + SHA1).status()).isEqualTo(404);
    assertThat(site.get(ACTOR + "/avatar/0").status()).isEqualTo(404);
  }

  // Posts

  @Test
  void aPostIsAtItsId() {
    site.publish(Website.post("k1", 0));
    Received answer = site.document(ACTOR + "/posts/k1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("id")).isEqualTo("https://example.org" + ACTOR + "/posts/k1");
    assertThat(answer.text("type")).isEqualTo("Note");
    assertThat(answer.text("attributedTo")).isEqualTo("https://example.org" + ACTOR);
    assertThat(answer.text("content")).contains("Post k1");
  }

  @Test
  void aPostIsAPageToo() {
    site.publish(Website.post("k1", 0));
    Received answer = site.get(ACTOR + "/posts/k1", "Accept: text/html");
    assertThat(answer.type()).isEqualTo("text/html");
    assertThat(answer.body()).contains("Post k1");
  }

  @Test
  void aDeletedPostLeavesATombstone() {
    site.publish(Website.post("k1", 0));
    site.act(session -> session.localPosts().bury(ROMEO, "k1", DrivenClock.START));
    Received answer = site.document(ACTOR + "/posts/k1");
    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.type()).isEqualTo("application/activity+json");
    assertThat(answer.text("type")).isEqualTo("Tombstone");
    assertThat(answer.text("id")).isEqualTo("https://example.org" + ACTOR + "/posts/k1");
    assertThat(answer.text("deleted")).isEqualTo(DrivenClock.START.toString());
    assertThat(answer.body()).doesNotContain("Post k1");
  }

  @Test
  void theTombstoneOfAPostIsAPageToo() {
    site.publish(Website.post("k1", 0));
    site.act(session -> session.localPosts().bury(ROMEO, "k1", DrivenClock.START));
    Received answer = site.get(ACTOR + "/posts/k1", "Accept: text/html");
    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.type()).isEqualTo("text/html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/posts/k2",
        "/posts/K1",
        "/posts/",
        "/posts",
        "/posts/k1/x",
        "/x/k1",
        "/messages/k1"
      })
  void whatIsNoPostIsNotFound(String path) {
    site.publish(Website.post("k1", 0));
    assertThat(site.document(ACTOR + path).status()).isEqualTo(404);
  }

  @Test
  void aPostIsNotFoundUnderSomebodyElse() {
    site.act(session ->
        session
            .accounts()
            .save(Website.account(Website.NEWS, ActorKind.GROUP, Account.Face.EMPTY)));
    site.publish(Website.post("k1", 0));
    assertThat(site.document("/users/pubsub.example.org/news/posts/k1").status()).isEqualTo(404);
  }

  // Collections

  /** Every item of a collection, found by its links; each page has to be at its own id. */
  private List<JsonNode> all(String collection) {
    List<JsonNode> items = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String next = site.document(collection).text("first");
    while (!next.isEmpty()) {
      assertThat(seen.add(next)).as("no page twice").isTrue();
      Received page = site.document(URI.create(next));
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text("id")).isEqualTo(next);
      assertThat(page.text("type")).isEqualTo("OrderedCollectionPage");
      assertThat(page.text("partOf")).isEqualTo("https://example.org" + collection);
      page.json().path("orderedItems").forEach(items::add);
      assertThat(page.json().path("orderedItems").size()).isLessThanOrEqualTo(Website.PAGE);
      next = page.text("next");
    }
    return items;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6, 7})
  void theOutboxHasEveryPostOnceNewestFirst(int posts) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < posts; i++) {
      site.publish(Website.post("k" + i, i));
      expected.addFirst("https://example.org" + ACTOR + "/posts/k" + i);
    }
    assertThat(site.document(ACTOR + "/outbox").json().path("totalItems").asInt(-1))
        .isEqualTo(posts);
    assertThat(all(ACTOR + "/outbox"))
        .extracting(item -> id(item.path("object")))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void postsOfTheSameMomentAreNotLostBetweenPages() {
    for (int i = 0; i < 7; i++) {
      site.publish(Website.post("k" + i, 0));
    }
    assertThat(all(ACTOR + "/outbox")).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void everyActivityAndEveryPostOfTheOutboxIsAtItsId() {
    for (int i = 0; i < 4; i++) {
      site.publish(Website.post("k" + i, i));
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode create : all(ACTOR + "/outbox")) {
      assertThat(create.path("type").asString("")).isEqualTo("Create");
      assertThat(create.path("actor").asString("")).isEqualTo("https://example.org" + ACTOR);
      ids.add(id(create));
      ids.add(id(create.path("object")));
    }
    assertThat(ids)
        .hasSize(8)
        .allSatisfy(id -> {
          Received answer = site.document(URI.create(id));
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.text("id")).isEqualTo(id);
        });
  }

  @Test
  void aDeletedPostIsNotInTheOutbox() {
    site.publish(Website.post("k1", 0));
    site.publish(Website.post("k2", 1));
    site.act(session -> session.localPosts().bury(ROMEO, "k1", DrivenClock.START));
    assertThat(all(ACTOR + "/outbox")).hasSize(1);
  }

  private static Follower follower(int number) {
    URI actor = URI.create("https://social.example/users/f" + number);
    return new Follower(
        actor, URI.create(actor + "/inbox"), Optional.empty(), URI.create(actor + "/follow"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7})
  void followersAreGivenInPages(int number) {
    Set<String> expected = new HashSet<>();
    site.act(session -> {
      for (int i = 0; i < number; i++) {
        session.followers().add(ROMEO, follower(i));
        expected.add(follower(i).actor().toString());
      }
    });
    assertThat(site.document(ACTOR + "/followers").json().path("totalItems").asInt(-1))
        .isEqualTo(number);
    assertThat(all(ACTOR + "/followers"))
        .extracting(item -> item.asString(""))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Following following(String name, FollowState state) {
    return new Following(
        ROMEO,
        URI.create("https://social.example/users/" + name),
        Jid.of(name + "\\40social.example@ap.example.org"),
        URI.create("https://example.org/activities/" + name),
        state,
        new Following.Manner(true, false, false));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7})
  void whomAnActorFollowsIsGivenInPages(int number) {
    site.act(session -> {
      for (int i = 0; i < number; i++) {
        session.followings().save(following("a" + i, FollowState.ACCEPTED));
      }
    });
    assertThat(site.document(ACTOR + "/following").json().path("totalItems").asInt(-1))
        .isEqualTo(number);
    assertThat(all(ACTOR + "/following")).hasSize(number).doesNotHaveDuplicates();
  }

  @Test
  void aFollowThatIsNotAcceptedIsNotShown() {
    site.act(session -> {
      session.followings().save(following("ada", FollowState.ACCEPTED));
      session.followings().save(following("eve", FollowState.PENDING));
    });
    assertThat(all(ACTOR + "/following"))
        .extracting(item -> item.asString(""))
        .containsExactly("https://social.example/users/ada");
  }

  @Test
  void onlyPublicFollowsAreShownAndCounted() {
    site.act(session -> {
      session.followings().save(following("ada", FollowState.ACCEPTED));
      session.followings().save(as("bob", Following.Manner.PLAIN));
      session.followings().save(as("cid", new Following.Manner(false, true, false)));
    });
    assertThat(site.document(ACTOR + "/following").json().path("totalItems").asInt(-1))
        .isEqualTo(2);
    assertThat(all(ACTOR + "/following"))
        .extracting(item -> item.asString(""))
        .containsExactly("https://social.example/users/ada", "https://social.example/users/cid");
  }

  private static Following as(String name, Following.Manner manner) {
    Following following = following(name, FollowState.ACCEPTED);
    return following.again(following.addressed(), manner);
  }

  @Test
  void aPageThatEndedWithSomebodyWhoIsUnfollowedSinceGoesOnBehindThem() {
    site.act(session -> {
      for (int i = 0; i < 5; i++) {
        session.followings().save(following("a" + i, FollowState.ACCEPTED));
      }
    });
    String next = site.document(ACTOR + "/following?page=first").text("next");
    site.act(session ->
        session.followings().remove(ROMEO, following("a2", FollowState.ACCEPTED).actor()));
    assertThat(site.document(URI.create(next)).json().path("orderedItems"))
        .extracting(item -> item.asString(""))
        .containsExactly("https://social.example/users/a3", "https://social.example/users/a4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"outbox", "followers", "following"})
  void aPlaceThatIsNoneInACollectionIsAnsweredAllTheSame(String name) {
    assertThat(site.document(ACTOR + "/" + name + "?after=%27%3B%00..%2F").status()).isEqualTo(200);
  }

  // Activities

  private Written keep(Function<ActivityWriter, Written> write, boolean open) {
    Written written = write.apply(new ActivityWriter(site.urls));
    site.act(
        session -> session.activities().add(new Sent(written.key(), ROMEO, open, written.json())));
    return written;
  }

  @Test
  void anActivityIsAtItsId() {
    Written delete = keep(writer -> writer.delete(Website.post("k1", 0)), true);
    Received answer = site.document("/activities/" + delete.key());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("id")).isEqualTo("https://example.org/activities/" + delete.key());
    assertThat(answer.text("type")).isEqualTo("Delete");
  }

  @Test
  void case59_anActivityThatIsNotForEverybodyIsNotFound() {
    Written delete = keep(writer -> writer.delete(Website.post("k1", 0)), false);
    assertThat(site.document("/activities/" + delete.key()).status()).isEqualTo(404);
  }

  @Test
  void whatADeletedPostSaidIsNotInItsActivitiesEither() {
    LocalPost post = Website.post("k1", 0);
    site.publish(post);
    Written create = keep(writer -> writer.create(post), true);
    Written update = keep(writer -> writer.update(post, "digest"), true);
    assertThat(site.document("/activities/" + create.key()).status()).isEqualTo(200);
    site.act(session -> session.localPosts().bury(ROMEO, "k1", DrivenClock.START));
    for (Written written : List.of(create, update)) {
      Received answer = site.document("/activities/" + written.key());
      assertThat(answer.status()).isEqualTo(410);
      assertThat(answer.body()).doesNotContain("Post k1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/activities", "/activities/", "/activities/none", "/activities/a/b"})
  void whatIsNoActivityIsNotFound(String path) {
    assertThat(site.document(path).status()).isEqualTo(404);
  }

  // The feed

  @Test
  void theFeedOfABlogIsXmlWithItsPosts() {
    site.publish(Website.post("k1", 0));
    Received answer = site.get(ACTOR, "Accept: application/atom+xml");
    assertThat(answer.header("Content-Type")).contains("application/atom+xml; charset=utf-8");
    assertThat(XmlReader.strict().read(answer.body()).value())
        .hasValueSatisfying(feed -> assertThat(feed.toString()).contains("Post k1"));
  }

  @Test
  void aFeedWithoutPostsIsXmlToo() {
    site.act(session ->
        session
            .accounts()
            .save(
                Website.account(
                    ROMEO,
                    ActorKind.PERSON,
                    new Account.Face(
                        "<Romeo> & \"Co\"", Html.ofPlainText("1 < 2"), Optional.empty()))));
    Received answer = site.get(ACTOR, "Accept: application/atom+xml");
    assertThat(XmlReader.strict().read(answer.body()).value()).isPresent();
  }

  @Test
  void followersOfAClosedBlogAreCountedAndNotNamed() {
    site.act(session -> {
      Account account = session.accounts().find(ROMEO).orElseThrow();
      session.accounts().save(account.withBlog(Account.Blog.FOR_FOLLOWERS, Instant.EPOCH));
      session.followers().add(ROMEO, follower(1));
    });

    JsonNode followers = site.document(ACTOR + "/followers").json();
    assertThat(followers.path("totalItems").asInt(-1)).isEqualTo(1);
    assertThat(site.document(ACTOR + "/followers?page=first").json().toString())
        .doesNotContain(follower(1).actor().toString());
  }
}
