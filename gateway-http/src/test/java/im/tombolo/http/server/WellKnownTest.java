package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.port.Answer;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(WithStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WellKnownTest {
  private static final String BLOG = "#urn:xmpp:microblog:0";

  private final Database database;
  private final Website site;

  WellKnownTest(Database database) {
    this.database = database;
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

  private Received finger(String resource) {
    return site.get(
        "/.well-known/webfinger?resource=" + URLEncoder.encode(resource, StandardCharsets.UTF_8));
  }

  private static Optional<String> self(Received answer) {
    return answer
        .json()
        .path("links")
        .valueStream()
        .filter(link -> link.path("rel").asString("").equals("self"))
        .filter(link -> link.path("type").asString("").equals("application/activity+json"))
        .map(link -> link.path("href").asString(""))
        .findFirst();
  }

  // WebFinger

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acct:romeo@example.org",
        "ACCT:Romeo@EXAMPLE.org",
        "@romeo@example.org",
        "romeo@example.org",
        "xmpp:romeo@example.org",
        "https://example.org/users/example.org/romeo"
      })
  void anAccountIsFoundByEachOfItsNames(String resource) {
    Received answer = finger(resource);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("subject")).isEqualTo("acct:romeo@example.org");
    assertThat(self(answer)).contains("https://example.org/users/example.org/romeo");
  }

  @Test
  void aResourceThatIsNotEscapedIsUnderstoodToo() {
    assertThat(site.get("/.well-known/webfinger?resource=acct:romeo@example.org").status())
        .isEqualTo(200);
  }

  @Test
  void theAnswerIsAJrdThatAnyPageMayRead() {
    Received answer = finger("acct:romeo@example.org");
    assertThat(answer.type()).isEqualTo("application/jrd+json");
    assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
  }

  /** Mastodon's rule: the name and the host of the id have to lead back to the same id. */
  @Test
  void theNameInAnActorLeadsBackToTheActor() {
    Received actor = site.document("/users/example.org/romeo");
    Received answer = finger("acct:" + actor.text("preferredUsername") + "@example.org");
    assertThat(self(answer)).contains(actor.text("id"));
  }

  @Test
  void theNameOfAGroupLeadsBackToTheGroup() {
    site.act(session ->
        session
            .accounts()
            .save(Website.account(Website.NEWS, ActorKind.GROUP, Account.Face.EMPTY)));
    Received actor = site.document(site.urls.actor(Website.NEWS));
    Received answer = finger("acct:" + actor.text("preferredUsername") + "@example.org");
    assertThat(self(answer)).contains(actor.text("id"));
    assertThat(self(finger("acct:news@pubsub.example.org"))).contains(actor.text("id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acct:example.org@example.org",
        "https://example.org/actor",
        "https://example.org",
        "https://example.org/"
      })
  void theServerItselfIsFoundAsTheInstanceActor(String resource) {
    assertThat(self(finger(resource))).contains("https://example.org/actor");
  }

  @Test
  void anAccountThatNobodyAskedForBeforeIsLookedForOnItsServer() {
    site.nodes.put("juliet@example.org" + BLOG, Answer.got(List.of()));
    assertThat(finger("acct:juliet@example.org").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acct:nobody@example.org",
        "acct:romeo@other.example",
        "acct:romeo",
        "acct:@example.org",
        "acct:",
        "romeo",
        "xmpp:romeo@other.example",
        "xmpp:romeo@example.org/phone",
        "xmpp:example.org",
        "https://other.example/users/example.org/romeo",
        "https://example.org/users/example.org/nobody",
        "https://example.org/users/example.org/Romeo",
        "https://example.org/users/",
        "https://example.org/a b",
        "https://example.org/%%%",
        "http://example.org/users/example.org/romeo",
        "acct:ro meo@example.org",
        "acct:\u0000@example.org",
        "acct:../../etc/passwd@example.org",
        "'; drop table account; --"
      })
  void whoIsNotHereIsNotFound(String resource) {
    assertThat(finger(resource).status()).isEqualTo(404);
  }

  @Test
  void anEndlessResourceIsNotFound() {
    assertThat(finger("acct:" + "a".repeat(8_000) + "@example.org").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "?resource",
        "?resource=",
        "?resource=%20",
        "?rel=self",
        "?Resource=acct:romeo@example.org"
      })
  void aQuestionWithoutAResourceIsBad(String query) {
    assertThat(site.get("/.well-known/webfinger" + query).status()).isEqualTo(400);
  }

  @Test
  void aClosedBlogIsNotFound() {
    site.nodes.put("mercutio@example.org" + BLOG, new Answer.Closed<>());
    assertThat(finger("acct:mercutio@example.org").status()).isEqualTo(404);
  }

  @Test
  void whileTheXmppServerDoesNotAnswerThePeerIsAskedToComeBack() {
    site.nodes.put("tybalt@example.org" + BLOG, new Answer.Unavailable<>("down"));
    Received answer = finger("acct:tybalt@example.org");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"})
  void otherMethodsAreNotAllowed(String method) {
    Received answer = site.ask(method, "/.well-known/webfinger?resource=acct:romeo@example.org");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET, HEAD");
  }

  @Test
  void webFingerLiesAtTheRootAlsoWhereTheSiteHasAPath() {
    try (Website below =
        new Website(database, "https://example.org/ap", false, List.of()).withRomeo()) {
      Received answer = below.get("/.well-known/webfinger?resource=acct:romeo@example.org");
      assertThat(self(answer)).contains("https://example.org/ap/users/example.org/romeo");
      assertThat(below.document("/ap/users/example.org/romeo").text("id"))
          .isEqualTo("https://example.org/ap/users/example.org/romeo");
      assertThat(below.document("/users/example.org/romeo").status()).isEqualTo(404);
    }
  }

  // NodeInfo

  private Received nodeInfo() {
    JsonNode links = site.get("/.well-known/nodeinfo").json().path("links");
    String href =
        links
            .valueStream()
            .filter(link ->
                link.path("rel")
                    .asString("")
                    .equals("http://nodeinfo.diaspora.software/ns/schema/2.1"))
            .map(link -> link.path("href").asString(""))
            .findFirst()
            .orElseThrow();
    return site.get(Website.path(href));
  }

  @Test
  void nodeInfoIsFoundByItsLink() {
    Received answer = nodeInfo();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type"))
        .contains("application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/2.1#\"");
  }

  @Test
  void nodeInfoHasAllThatItsSchemaAsksFor() {
    JsonNode json = nodeInfo().json();
    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder(
            "version",
            "software",
            "protocols",
            "services",
            "openRegistrations",
            "usage",
            "metadata");
    assertThat(json.path("version").asString("")).isEqualTo("2.1");
    assertThat(json.at("/software/name").asString("")).matches("[a-z0-9-]+");
    assertThat(json.at("/software/version").asString("")).isEqualTo("1.2.3");
    assertThat(json.at("/protocols/0").asString("")).isEqualTo("activitypub");
    assertThat(json.at("/services/inbound").isArray()).isTrue();
    assertThat(json.at("/services/outbound").isArray()).isTrue();
    assertThat(json.path("openRegistrations").asBoolean()).isFalse();
    assertThat(json.at("/usage/users/total").asInt()).isEqualTo(1);
  }

  @Test
  void nodeInfoLinksToTheInstanceActor() {
    JsonNode links = site.get("/.well-known/nodeinfo").json().path("links");
    assertThat(links.valueStream().map(link -> link.path("href").asString("")))
        .contains("https://example.org/actor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/",
        "/.well-known/nothing",
        "/.well-known/webfinger/",
        "/.well-known/nodeinfo/2.1",
        "/nodeinfo",
        "/nodeinfo/1.0",
        "/nodeinfo/2.1/x"
      })
  void otherPlacesAreEmpty(String path) {
    assertThat(site.get(path).status()).isEqualTo(404);
  }

  @Test
  void whoPressesAFollowButtonIsToldTheAddressOnXmpp() {
    Received page =
        site.get("/authorize_interaction?uri=acct%3Aada%40social.example", "Accept: */*");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy")).isPresent();
    assertThat(page.body())
        .contains("ada\\40social.example@ap.example.org")
        .contains(
            "xmpp:ada%5C40social.example@ap.example.org?pubsub;action=subscribe;node=urn%3Axmpp%3Amicroblog%3A0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/authorize_interaction",
        "/authorize_interaction?uri=",
        "/authorize_interaction?uri=https%3A%2F%2Fsocial.example%2Fada",
        "/authorize_interaction?uri=%3Cscript%3Ealert(1)%3C%2Fscript%3E"
      })
  void whoIsNobodyCannotBeFollowed(String target) {
    Received page = site.get(target, "Accept: */*");
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.body()).doesNotContain("<script>alert");
  }
}
