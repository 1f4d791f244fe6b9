package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is odd in documents of well-meaning servers, and has to pass. */
class PeerQuirksTest {
  private static final URI ADA = URI.create("https://a.example/ada");

  private static IncomingActivity activity(String type, String rest) {
    return ActivityReader.read(
            """
            {"id":"https://a.example/activities/1","type":"%s","actor":"%s",%s}
            """
                .formatted(type, ADA, rest))
        .value()
        .orElseThrow();
  }

  private static RemotePost post(String type, String rest) {
    return PostReader.read(
            """
            {"id":"https://a.example/1","type":"%s","content":"x",%s}
            """
                .formatted(type, rest))
        .value()
        .orElseThrow();
  }

  @Test
  void case79_aTagMayBeASingleObjectAndAnAddresseeASingleText() {
    RemotePost post =
        post(
            "Note",
            "\"attributedTo\":\"https://a.example/ada\",\"to\":\"as:Public\","
                + "\"tag\":{\"type\":\"Hashtag\",\"name\":\"#tea\"}");
    assertThat(post.content().tags()).containsExactly("tea");
    assertThat(post.audience().visibility()).isEqualTo(Visibility.PUBLIC);
  }

  @Test
  void case79_aKeyMayBeAStubOfItsActor() {
    String json =
        """
        {"id":"https://a.example/ada/main-key","owner":"https://a.example/ada",
         "publicKeyPem":"PEM"}
        """;
    assertThat(KeyReader.read(json, URI.create("https://a.example/ada/main-key")).value())
        .map(OwnedKey::owner)
        .contains(ADA);
  }

  @Test
  void case80_anActorMayBeInTheQueryAndSlashesEscaped() {
    String json =
        """
        {"id":"https:\\/\\/blog.example\\/?author=1","type":"Person","preferredUsername":"w",
         "inbox":"https:\\/\\/blog.example\\/wp-json\\/inbox",
         "publicKey":{"id":"https:\\/\\/blog.example\\/?author=1#main-key",
          "owner":"https:\\/\\/blog.example\\/?author=1","publicKeyPem":"PEM"}}
        """;
    URI key = URI.create("https://blog.example/?author=1#main-key");
    assertThat(ActorReader.read(json, Instant.EPOCH).value().orElseThrow().keys())
        .extracting(each -> each.id())
        .containsExactly(key);
    assertThat(KeyReader.read(json, key).value()).isPresent();
  }

  @Test
  void case81_aReactionOfMisskeyIsALike() {
    assertThat(
            activity(
                "Like",
                "\"object\":\"https://b.example/1\",\"_misskey_reaction\":\":pudding@a.example:\","
                    + "\"tag\":[{\"type\":\"Emoji\",\"name\":\":pudding:\"}]"))
        .isEqualTo(
            new IncomingActivity.React(
                URI.create("https://a.example/activities/1"),
                ADA,
                URI.create("https://b.example/1"),
                Optional.empty()));
  }

  @Test
  void case81_aWarningOfNothingIsNoneAndAQuoteIsOne() {
    RemotePost post =
        post(
            "Note",
            "\"attributedTo\":\"https://a.example/ada\",\"summary\":\"\u200b\","
                + "\"_misskey_quote\":\"https://b.example/2\",\"to\":\"as:Public\"");
    assertThat(post.content().warning()).isEmpty();
    assertThat(post.content().quote()).contains(URI.create("https://b.example/2"));
  }

  @Test
  void case81_aKeyMayHaveAType() {
    String json =
        """
        {"id":"https://a.example/ada/publickey","type":"Key","owner":"https://a.example/ada",
         "publicKeyPem":"PEM"}
        """;
    assertThat(KeyReader.read(json, URI.create("https://a.example/ada/publickey")).value())
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lemmy", "mbin", "piefed", "peertube"})
  void case82_postsOfCommunitiesAreRead(String server) {
    assertThat(PostReader.read(PeerDocuments.json(server)).value()).isPresent();
  }

  @Test
  void case82_whatACommunityPassesOnIsRead() {
    assertThat(ActivityReader.read(PeerDocuments.json("lemmy-announce")).value())
        .containsInstanceOf(IncomingActivity.PassedOn.class);
  }

  @ParameterizedTest
  @CsvSource({"Dislike, React", "Lock, Lock", "Feed, Other"})
  void case82_whatOnlyTheyHaveIsNoError(String type, String readAs) {
    assertThat(activity(type, "\"object\":\"https://a.example/1\"").getClass().getSimpleName())
        .isEqualTo(readAs);
  }

  @Test
  void case82_anAuthorMayComeWithTypes() {
    assertThat(
            post(
                    "Video",
                    "\"attributedTo\":[{\"type\":\"Group\",\"id\":\"https://b.example/channel\"},"
                        + "{\"type\":\"Person\",\"id\":\"https://a.example/ada\"}]")
                .author())
        .isEqualTo(ADA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"akkoma", "hubzilla", "friendica"})
  void case83_postsOfOldServersAreRead(String server) {
    assertThat(PostReader.read(PeerDocuments.json(server)).value()).isPresent();
  }

  /** Pleroma says less in an activity than in its object, or the other way round. */
  @Test
  void case83_ofTwoAudiencesTheNarrowerCounts() {
    IncomingActivity read =
        activity(
            "Create",
            "\"to\":[\"as:Public\"],\"cc\":[],\"object\":{\"id\":\"https://a.example/1\","
                + "\"type\":\"Note\",\"content\":\"x\",\"attributedTo\":\"https://a.example/ada\","
                + "\"to\":[\"https://a.example/ada/followers\"],\"cc\":[]}");
    assertThat(((IncomingActivity.CreatePost) read).post().audience().visibility())
        .isEqualTo(Visibility.FOLLOWERS);
  }

  @Test
  void case83_anEmojiWithoutAnIdIsOne() {
    RemotePost post =
        post(
            "Note",
            "\"attributedTo\":\"https://a.example/ada\",\"tag\":[{\"id\":null,\"type\":\"Emoji\","
                + "\"name\":\":fox:\",\"icon\":{\"url\":\"https://a.example/fox.png\"}}]");
    assertThat(post.content().emojis()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilizon", "gancio", "fep-8a8e"})
  void case84_eventsAreEvents(String server) {
    assertThat(PostReader.read(PeerDocuments.json(server)).value())
        .hasValueSatisfying(post -> assertThat(post.content().event()).isPresent());
  }

  @ParameterizedTest
  @CsvSource({"Join, Join", "Leave, Leave", "Ignore, Other"})
  void case84_whoComesAndGoesIsUnderstood(String type, String kind) {
    assertThat(
            activity(type, "\"object\":\"https://b.example/events/1\"").getClass().getSimpleName())
        .isEqualTo(kind);
  }
}
