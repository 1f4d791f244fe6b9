package im.tombolo.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.Follower;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.policy.Moderation;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse.Document;
import im.tombolo.core.text.Html;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Posts for followers and for named people, whether or not all questions have to be signed. */
@ExtendWith(WithStorage.class)
class RestrictedPostsTest {
  private static final String POSTS = "/users/example.org/romeo/posts/";
  private static final URI ADA = URI.create("https://social.example/users/ada");
  private static final URI BOB = URI.create("https://other.example/users/bob");
  private static final URI EVE = URI.create("https://evil.example/users/eve");

  private final Database database;
  private Website site;

  RestrictedPostsTest(Database database) {
    this.database = database;
    this.site = new Website(database);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  /** romeo has a post for his followers, among them ada and eve, and one for bob. */
  private void romeo(boolean authorizedFetch) {
    site.close();
    site =
        new Website(
                database,
                authorizedFetch,
                new Moderation(
                    new Moderation.Choices(false, Set.of(), Set.of("evil.example"), List.of())))
            .withRomeo();
    List.of(ADA, BOB, EVE).forEach(this::isThere);
    follows(ADA);
    follows(EVE);
    site.publish(post("followers", Visibility.FOLLOWERS, Set.of()));
    site.publish(post("bob", Visibility.DIRECT, Set.of(BOB)));
  }

  private void isThere(URI actor) {
    site.documents.put(
        actor,
        Answer.got(
            new Document(
                actor,
                """
                {"id":"%1$s","type":"Person","preferredUsername":"who","inbox":"%1$s/inbox",
                "publicKey":{"id":"%1$s#main-key","owner":"%1$s","publicKeyPem":"%2$s"}}\
                """
                    .formatted(actor, SignedRequest.PAIR.publicPem().replace("\n", "\\n")))));
  }

  private void follows(URI actor) {
    site.act(session ->
        session
            .followers()
            .add(
                Website.ROMEO,
                new Follower(
                    actor,
                    URI.create(actor + "/inbox"),
                    Optional.empty(),
                    URI.create(actor + "/follows/1"))));
  }

  private LocalPost post(String key, Visibility visibility, Set<URI> people) {
    LocalPost open = Website.post(key, 0);
    return new LocalPost(
        open.account(),
        key,
        open.item(),
        Content.of(Html.clean("<p>Only for you</p>", Optional.empty())),
        new Dates(DrivenClock.START, DrivenClock.START),
        Optional.empty(),
        Optional.empty(),
        new Audience(visibility, people, Set.of()),
        Discussion.NONE,
        Optional.empty(),
        Optional.empty());
  }

  private Received ask(String key, URI as) {
    return site.send(
        SignedRequest.get(POSTS + key)
            .with("accept", "application/activity+json")
            .keyId(as + "#main-key"));
  }

  private static void assertNothing(Received answer) {
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain("Only for you");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void case59_aFollowerGetsAPostForFollowers(boolean authorizedFetch) {
    romeo(authorizedFetch);

    Received answer = ask("followers", ADA);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("Only for you", "/followers\"")
        .doesNotContain("https://www.w3.org/ns/activitystreams#Public");
    assertThat(answer.header("Cache-Control")).contains("private, no-store");
    assertNothing(ask("bob", ADA));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void case59_whomAPostNamesGetsIt(boolean authorizedFetch) {
    romeo(authorizedFetch);

    assertThat(ask("bob", BOB).status()).isEqualTo(200);
    assertNothing(ask("followers", BOB));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void case59_withoutASignatureThereIsNothing(boolean authorizedFetch) {
    romeo(authorizedFetch);
    // What was told to a follower is not told to the next one who asks.
    assertThat(ask("followers", ADA).status()).isEqualTo(200);

    assertNothing(site.document(POSTS + "followers"));
    assertNothing(site.get(POSTS + "followers", "Accept: text/html"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void case59_aSignatureThatDoesNotFitGetsNothing(boolean authorizedFetch) {
    romeo(authorizedFetch);

    assertNothing(
        site.send(
            SignedRequest.get(POSTS + "followers")
                .with("accept", "application/activity+json")
                .keyId(ADA + "#main-key")
                .signingTarget("get " + POSTS + "other")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void case59_whoFollowsNoMoreGetsNothing(boolean authorizedFetch) {
    romeo(authorizedFetch);
    site.act(session -> session.followers().remove(Website.ROMEO, ADA));

    assertNothing(ask("followers", ADA));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void case61_ofABlockedServerNobodyGetsIt(boolean authorizedFetch) {
    romeo(authorizedFetch);

    assertNothing(ask("followers", EVE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void case73_whomTheAuthorBlocksGetsNothing(boolean authorizedFetch) {
    romeo(authorizedFetch);
    site.act(session -> session.blocks().add(Website.ROMEO, "other.example"));

    assertNothing(ask("bob", BOB));
  }
}
