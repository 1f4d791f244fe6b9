package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.text.Html;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityTest {
  private static final URI ADA = URI.create("https://social.example/ada");
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private final GatewayUrls urls =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));

  private static String note(String addressing) {
    return """
    {"id":"https://social.example/1","type":"Note","attributedTo":"https://social.example/ada",
     "content":"<p>Hi <script>x</script><b>you</b></p>","contentMap":{"de":"<p>Hi <script>x</script><b>you</b></p>"},
     "published":"2026-01-02T11:00:00+01:00","tag":{"type":"Hashtag","name":"#xmpp"},
     "attachment":[{"type":"Document","mediaType":"image/png","url":"https://social.example/a.png","name":"alt"}]
     %s}
    """
        .formatted(addressing.isEmpty() ? "" : "," + addressing);
  }

  private static RemotePost post(String json) {
    return PostReader.read(json).value().orElseThrow();
  }

  private static final PublicKeys KEYS =
      new PublicKeys(
          "-----BEGIN PUBLIC KEY-----\nx",
          """
          -----BEGIN PUBLIC KEY-----
          MCowBQYDK2VwAyEALm/M42cB3HkUiODQsXRcweM6TByfzEHGO9ND274JcOY=
          -----END PUBLIC KEY-----
          """,
          NOW,
          1,
          Optional.empty());

  @Test
  void aNoteIsReadWithAllThatItSays() {
    RemotePost post = post(note("\"to\":\"as:Public\""));
    assertThat(post.author()).isEqualTo(ADA);
    assertThat(post.content().body().html()).isEqualTo("<p>Hi <b>you</b></p>");
    assertThat(post.content().language()).contains("de");
    assertThat(post.content().tags()).containsExactly("xmpp");
    assertThat(post.content().attachments())
        .singleElement()
        .satisfies(a -> assertThat(a.description()).contains("alt"));
    assertThat(post.dates()).isEqualTo(new Dates(NOW, NOW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"to\":\"https://www.w3.org/ns/activitystreams#Public\"|PUBLIC",
        "\"to\":[\"Public\"],\"cc\":[\"https://social.example/ada/followers\"]|PUBLIC",
        "\"to\":[\"https://social.example/ada/followers\"],\"cc\":[\"as:Public\"]|UNLISTED",
        "\"to\":[\"https://social.example/ada/followers\"]|FOLLOWERS",
        "\"to\":[\"https://example.org/users/example.org/romeo\"]|LIMITED",
        "\"name\":\"x\"|LIMITED"
      })
  void theAudienceIsWhatTheAddressingSays(String addressing, Visibility visibility) {
    assertThat(post(note(addressing)).audience().visibility()).isEqualTo(visibility);
  }

  @Test
  void ofTwoStatementsTheNarrowerCounts() {
    String create =
        """
        {"id":"https://social.example/c","type":"Create","actor":"https://social.example/ada",
         "to":["as:Public"],"object":%s}
        """
            .formatted(note("\"to\":[\"https://social.example/ada/followers\"]"));
    assertThat(ActivityReader.read(create).value())
        .get()
        .isInstanceOfSatisfying(
            IncomingActivity.CreatePost.class,
            c -> assertThat(c.post().audience().visibility()).isEqualTo(Visibility.FOLLOWERS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"type\":\"Note\",\"type\":\"Follow\"}",
        "{\"id\":\"https://a.example/1\",\"type\":\"Follow\",\"actor\":\"https://b.example/x\",\"object\":\"https://c.example/\"}",
        "{\"id\":\"https://a.example/1\",\"type\":\"Follow\",\"actor\":\"https://a.example/x\",\"object\":\"https://c.example/\",\"@graph\":[]}",
        "{\"id\":\"https://a.example/1\",\"type\":\"Undo\",\"actor\":\"https://a.example/x\",\"object\":{\"type\":\"Follow\",\"id\":\"https://a.example/2\",\"actor\":\"https://a.example/y\",\"object\":\"https://c.example/\"}}",
        "{\"id\":\"https://a.example/1\",\"type\":\"Create\",\"actor\":\"https://a.example/x\",\"object\":{\"type\":\"Note\",\"id\":\"https://a.example/2\",\"attributedTo\":\"https://a.example/y\",\"content\":\"x\"}}",
        "{\"id\":\"https://a.example/1\",\"type\":\"Create\",\"actor\":\"https://a.example/x\",\"object\":{\"type\":\"Note\",\"id\":\"https://b.example/2\",\"attributedTo\":\"https://a.example/x\",\"content\":\"x\"}}"
      })
  void whatIsNotTheActorsOwnIsRefused(String json) {
    assertThat(ActivityReader.read(json)).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void ourActorIsReadAsWeMeantIt() {
    Account account =
        new Account(
            ROMEO,
            ActorKind.PERSON,
            Account.Blog.OPEN,
            false,
            new Account.Face(
                "Romeo",
                Html.ofPlainText("Hi"),
                Optional.of(new Account.Avatar("ab12", "image/png"))),
            NOW);
    String json = new ActorWriter(urls).write(account, KEYS);
    RemoteActor actor = ActorReader.read(json, NOW).value().orElseThrow();
    assertThat(actor.id()).isEqualTo(urls.actor(ROMEO));
    assertThat(actor.handle()).isEqualTo(new Handle("romeo", "example.org"));
    assertThat(actor.profile().avatar().orElseThrow().href()).isEqualTo(urls.avatar(ROMEO, "ab12"));
    assertThat(KeyReader.read(json, URI.create(urls.keyId(ROMEO))).value().orElseThrow().owner())
        .isEqualTo(urls.actor(ROMEO));
    assertThat(json)
        .contains(
            // The example of an Ed25519 key in the did:key method.
            "\"publicKeyMultibase\":\"z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK\"",
            "\"icon\":{\"type\":\"Image\",\"mediaType\":\"image/png\"",
            "\"published\":\"" + NOW + "\"",
            "\"generator\":",
            "\"alsoKnownAs\":[]");
    String instance = new ActorWriter(urls).instance(KEYS);
    assertThat(KeyReader.read(instance, URI.create(urls.instanceActor() + "#main-key")).value())
        .isPresent();
  }

  @Test
  void ourPostsAreReadAsWeMeantThem() {
    Content content =
        Content.builder(
                new Content.Words(
                    Optional.of("Title"), Html.ofPlainText("Text"), Optional.of("de")))
            .tags(List.of("xmpp"))
            .build();
    LocalPost post =
        new LocalPost(
            ROMEO,
            "k",
            new ItemAddress(ROMEO, Namespaces.MICROBLOG, "i"),
            content,
            new Dates(NOW, NOW.plusSeconds(5)),
            Optional.empty());
    Written create = new ActivityWriter(urls).create(post);
    assertThat(ActivityReader.read(create.json()).value())
        .get()
        .isInstanceOfSatisfying(
            IncomingActivity.CreatePost.class,
            c -> {
              assertThat(c.id()).isEqualTo(urls.activity(create.key()));
              assertThat(c.post().content()).isEqualTo(content);
              assertThat(c.post().dates()).isEqualTo(post.dates());
              assertThat(c.post().audience().visibility()).isEqualTo(Visibility.PUBLIC);
            });
    assertThat(new ActivityWriter(urls).create(post)).isEqualTo(create);
    assertThat(ActivityReader.read(new ActivityWriter(urls).delete(post).json()).value())
        .get()
        .isInstanceOfSatisfying(
            IncomingActivity.Delete.class,
            d -> assertThat(d.object()).isEqualTo(urls.post(ROMEO, "k")));
  }

  @Test
  void aWebFingerAnswerNamesTheActor() {
    Jrd jrd = Jrd.read(Jrd.write(urls, ROMEO)).value().orElseThrow();
    assertThat(jrd).isEqualTo(new Jrd("acct:romeo@example.org", Optional.of(urls.actor(ROMEO))));
  }
}
