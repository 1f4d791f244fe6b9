package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.CustomEmoji;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.Place;
import im.tombolo.core.model.Poll;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each server's posts say to us. */
class PeersTest {
  private static RemotePost post(String name) {
    return PostReader.read(PeerDocuments.json(name)).value().orElseThrow();
  }

  private static Content content(String name) {
    return post(name).content();
  }

  private static Dates dates(String published, String updated) {
    return new Dates(Instant.parse(published), Instant.parse(updated));
  }

  private static Stream<String> names() throws IOException, URISyntaxException {
    URI folder = Objects.requireNonNull(PeerDocuments.class.getResource("/peers")).toURI();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".json"))
          .map(file -> file.replace(".json", ""))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyDocumentIsAPostOrAnActivity(String name) {
    String json = PeerDocuments.json(name);
    assertThat(
            PostReader.read(json).value().isPresent()
                || ActivityReader.read(json).value().isPresent())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "mastodon|/users/ada|-|en|PUBLIC|/@ada/1001|-",
        "mastodon-poll|/users/ada|-|en|UNLISTED|/@ada/1002|-",
        "mastodon-quote|/users/ada|-|-|PUBLIC|/@ada/1003|-",
        "misskey|/users/7xyz|-|-|PUBLIC|-|-",
        "akkoma|/users/dora|-|en|UNLISTED|-|https://mastodon.example/users/ada/statuses/1001",
        "gotosocial|/users/cleo|-|en-GB|UNLISTED|/@cleo/statuses/01A|-",
        "pixelfed|/users/emil|-|-|PUBLIC|/p/emil/501|-",
        "peertube|/accounts/fleur|How to prune roses|fr|PUBLIC|/w/0f3e|-",
        "lemmy|/u/gus|Study: tulips sleep at night|en|PUBLIC|-|-",
        "mbin|/u/hana|What are you reading?|en|PUBLIC|/m/books/t/12/what-are-you-reading|-",
        "piefed|/u/ines|Salt in the water?|en|PUBLIC|-|-",
        "friendica|/profile/jonas|A day at the lake|de|PUBLIC|/display/8b2a|-",
        "hubzilla|/channel/kim|Nomadic identity|-|PUBLIC|/item/3c1d|-",
        "wordpress|/?author=1|Ten years of this blog|en|PUBLIC|/2026/03/ten-years/|-",
        "ghost|/.ghost/activitypub/users/index|Issue 12: Soil|-|PUBLIC|/issue-12-soil/|-",
        "writefreely|/api/collections/lena|On quiet|en|PUBLIC|/lena/on-quiet|-",
        "plume|/@/mira/|On bread|-|PUBLIC|/~/Thoughts/on-bread|-",
        "mobilizon|/@seed_swap|Seed swap|-|PUBLIC|/events/6d1f|-",
        "gancio|/federation/u/events|Open stage|-|PUBLIC|/event/open-stage|-",
        "bookwyrm|/user/oskar|Review of \"The Long Tide\"|-|PUBLIC|-|-",
        "snac|/bob|-|-|DIRECT|/bob/p/1772900000.123456|https://mastodon.example/users/ada/statuses/1001",
        "mitra|/users/pia|-|-|FOLLOWERS|-|-",
        "nodebb|/uid/3|Which compost?|-|PUBLIC|/post/410|-",
        "discourse|/ap/actor/9a9b|Welcome|-|PUBLIC|/t/welcome/2/1|-",
        "threads|/ap/users/1784/|-|en|PUBLIC|/@quinn/post/Cx1|-",
        "hollo|/@rosa|-|ko|PUBLIC|/@rosa/0191-aa|-",
        "funkwhale|/federation/actors/sam|The Ferns - Undergrowth|-|PUBLIC|/library/tracks/9|-",
        "castopod|/@soil|Worms|-|PUBLIC|/@soil/episodes/worms|-",
      })
  void whoseItIsWhatItIsCalledAndWhoMaySeeIt(
      String name,
      String author,
      @Nullable String title,
      @Nullable String language,
      Visibility visibility,
      @Nullable String page,
      @Nullable String parent) {
    RemotePost post = post(name);
    URI server = post.id().resolve("/");
    assertThat(post.author()).isEqualTo(server.resolve(author));
    assertThat(post.content().title()).isEqualTo(Optional.ofNullable(title));
    assertThat(post.content().language()).isEqualTo(Optional.ofNullable(language));
    assertThat(post.audience().visibility()).isEqualTo(visibility);
    assertThat(post.page()).isEqualTo(Optional.ofNullable(page).map(server::resolve));
    assertThat(post.parent()).isEqualTo(Optional.ofNullable(parent).map(URI::create));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mastodon|@bob the #tulips are out :blob_sun: // https://blog.example/a/long/address/that/is/cut",
        "mastodon-poll|Which colour?",
        "mastodon-quote|Worth a read",
        "misskey|look at this \u200b:neko_dance:\u200b",
        "akkoma|agreed :party_parrot:",
        "gotosocial|By the sea",
        "pixelfed|Morning light in the old town #photo",
        "peertube|Coupez **en hiver**. // Merci à tous",
        "lemmy|What do you think?",
        "mbin|I just finished a novel about the sea.",
        "piefed|For pasta, of course.",
        "friendica|We went swimming. // It was cold.",
        "hubzilla|An account on two servers.",
        "wordpress|It began on a rainy day. // Rain // Thanks // To all of you.",
        "ghost|Good soil is alive.",
        "writefreely|There is less of it each year. // > Hush",
        "plume|Take your time.",
        "mobilizon|Bring what you have too much of.",
        "gancio|Everybody may play.",
        "bookwyrm|I could not put it down.",
        "snac|@ada@mastodon.example lovely / Yours",
        "mitra|Only for those who follow me",
        "nodebb|I have three bins.",
        "discourse|Welcome to the forum (https://discourse.example/t/rules/1)!",
        "threads|Hello fediverse, / from the other side",
        "hollo|안녕하세요 fediverse",
        "castopod|Who lives below.",
      })
  void whatItSays(String name, String text) {
    assertThat(content(name).body().toPlainText())
        .isEqualTo(text.replace(" // ", "\n\n").replace(" / ", "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mastodon|https://files.mastodon.example/1/tulips.jpg image/jpeg",
        "misskey|https://media.misskey.example/files/neko.webp image/webp",
        "gotosocial|https://gts.example/fileserver/01/waves.mp4 video/mp4",
        "pixelfed|https://pixelfed.example/storage/m/1/one.jpg image/jpeg, https://pixelfed.example/storage/m/1/two.jpg image/jpeg",
        "peertube|https://tube.example/static/streaming-playlists/hls/0f3e/720.mp4 video/mp4",
        "lemmy|https://lemmy.example/pictrs/image/tulips.webp -",
        "friendica|https://friendica.example/photo/lake.png image/png",
        "wordpress|https://wordpress.example/wp-content/uploads/rain.jpg image/jpeg",
        "ghost|https://ghost.example/content/images/soil.jpg -",
        "mobilizon|https://mobilizon.example/media/banner.png image/png",
        "gancio|https://gancio.example/media/stage.jpg image/jpeg",
        "bookwyrm|https://bookwyrm.example/images/covers/8.jpg -",
        "funkwhale|https://funkwhale.example/api/v1/listen/fe01 audio/mpeg",
        "castopod|https://castopod.example/audio/worms.mp3 audio/mpeg, https://castopod.example/media/worms.jpg image/jpeg",
        "mitra|",
      })
  void whichFilesItHas(String name, @Nullable String files) {
    assertThat(
            content(name).attachments().stream()
                .map(file -> file.href() + " " + file.mediaType().orElse("-")))
        .containsExactly(files == null ? new String[0] : files.split(", "));
  }

  @ParameterizedTest
  @CsvSource({
    "mastodon, tulips",
    "gotosocial, sea",
    "pixelfed, photo",
    "peertube, roses",
    "lemmy, gardening",
    "mbin, books",
    "hubzilla, zot",
    "wordpress, blog",
    "plume, bread",
    "mobilizon, seeds",
    "gancio, music",
    "nodebb, compost"
  })
  void whatItIsAbout(String name, String tag) {
    assertThat(content(name).tags()).containsExactly(tag);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mastodon|Gardening",
        "misskey|Sensitive content",
        "akkoma|",
        "lemmy|",
        "mbin|",
        "wordpress|",
        "plume|",
        "gancio|"
      })
  void whatItWarnsOf(String name, @Nullable String warning) {
    assertThat(content(name).warning()).isEqualTo(Optional.ofNullable(warning));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mastodon|",
        "mastodon-quote|https://gts.example/users/cleo/statuses/01A",
        "misskey|https://misskey.example/notes/9aaa",
        "hollo|https://mastodon.example/users/ada/statuses/1001",
      })
  void whatItQuotes(String name, @Nullable String quoted) {
    assertThat(content(name).quote()).isEqualTo(Optional.ofNullable(quoted).map(URI::create));
  }

  @ParameterizedTest
  @CsvSource({
    "mastodon, 2026-03-01T08:15:00Z, 2026-03-01T08:20:00Z",
    "misskey, 2026-03-04T11:22:33.444Z, 2026-03-04T11:22:33.444Z",
    "gotosocial, 2026-03-06T17:00:00Z, 2026-03-06T17:00:00Z",
    "wordpress, 2026-03-14T10:00:00Z, 2026-03-15T10:00:00Z",
    "nodebb, 2026-03-23T10:00:00Z, 2026-03-23T10:00:00Z",
    "threads, 2026-03-25T10:00:00Z, 2026-03-25T10:00:00Z",
  })
  void whenItWasWritten(String name, String published, String updated) {
    assertThat(post(name).dates()).isEqualTo(dates(published, updated));
  }

  @ParameterizedTest
  @CsvSource({
    "mastodon, https://mastodon.example/contexts/77",
    "akkoma, https://akkoma.example/contexts/42",
    "hubzilla, https://hubzilla.example/conversation/3c1d",
    "nodebb, https://nodebb.example/topic/99",
    "discourse, https://discourse.example/ap/collection/77aa",
    "mitra, https://mitra.example/collections/conversations/0190",
  })
  void whichDiscussionItIsPartOf(String name, URI context) {
    assertThat(post(name).discussion().context()).contains(context);
  }

  @Test
  void peopleAndPicturesOfAText() {
    assertThat(content("mastodon").mentions())
        .containsExactly(new Mention(URI.create("https://snac.example/bob"), "@bob@snac.example"));
    assertThat(content("mastodon").emojis())
        .containsExactly(
            new CustomEmoji(
                ":blob_sun:", URI.create("https://files.mastodon.example/emoji/sun.png")));
    assertThat(content("misskey").emojis())
        .extracting(CustomEmoji::name)
        .containsExactly(":neko_dance:");
    assertThat(content("akkoma").emojis())
        .extracting(CustomEmoji::name)
        .containsExactly(":party_parrot:");
  }

  @Test
  void polls() {
    assertThat(content("mastodon-poll").poll())
        .contains(
            new Poll(
                List.of(new Poll.Option("Red", 7), new Poll.Option("Yellow", 5)),
                false,
                Optional.of(Instant.parse("2026-03-03T09:00:00Z")),
                false,
                Optional.of(12L)));
    assertThat(content("piefed").poll())
        .contains(
            new Poll(
                List.of(new Poll.Option("Always", 3), new Poll.Option("Never", 1)),
                true,
                Optional.of(Instant.parse("2026-03-18T10:00:00Z")),
                false,
                Optional.of(4L)));
  }

  @Test
  void places() {
    assertThat(content("pixelfed").place())
        .contains(
            new Place(
                Optional.of("Tallinn"), Optional.of(new Place.Coordinates(59.436962, 24.753574))));
  }

  @Test
  void linksBesideATextAreNoFiles() {
    assertThat(content("lemmy").links())
        .containsExactly(new Link(URI.create("https://news.example/tulips"), Optional.empty()));
  }

  @Test
  void whatIsKnownOfTheFiles() {
    assertThat(content("mastodon").attachments())
        .containsExactly(
            new Attachment(
                URI.create("https://files.mastodon.example/1/tulips.jpg"),
                Optional.of("image/jpeg"),
                Optional.of("Red tulips in a window box"),
                new Attachment.Details(
                    Optional.empty(),
                    Optional.of(new Attachment.Size(1_200, 800)),
                    Optional.empty(),
                    Optional.of("UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH"),
                    Optional.of(new Attachment.Focus(0.1, -0.3))),
                List.of()));
    assertThat(content("peertube").attachments().getFirst())
        .isEqualTo(
            new Attachment(
                URI.create("https://tube.example/static/streaming-playlists/hls/0f3e/720.mp4"),
                Optional.of("video/mp4"),
                Optional.empty(),
                new Attachment.Details(
                    Optional.of(90_000_000L),
                    Optional.of(new Attachment.Size(1_280, 720)),
                    Optional.of(Duration.ofSeconds(312)),
                    Optional.empty(),
                    Optional.empty()),
                List.of(
                    URI.create(
                        "https://tube.example/static/streaming-playlists/hls/0f3e/2160.mp4"))));
    for (String name : List.of("funkwhale", "castopod")) {
      assertThat(content(name).attachments().getFirst().details().duration()).isPresent();
      assertThat(content(name).attachments().getFirst().details().bytes()).isPresent();
    }
  }

  // Activities

  @Test
  void severalVotesOfOnePerson() {
    assertThat(ActivityReader.read(PeerDocuments.json("gotosocial-vote")).value())
        .contains(
            new IncomingActivity.Vote(
                URI.create("https://gts.example/users/cleo/activity#vote/01V"),
                URI.create("https://gts.example/users/cleo"),
                URI.create("https://example.org/users/example.org/romeo/posts/q"),
                List.of("Red", "Yellow")));
  }

  /** What it wraps is another's word, and to be asked of its server. */
  @Test
  void whatACommunityPassesOnIsNamedAndNotItsOwn() {
    assertThat(ActivityReader.read(PeerDocuments.json("lemmy-announce")).value())
        .get()
        .isInstanceOfSatisfying(
            IncomingActivity.PassedOn.class,
            passed ->
                assertThat(passed.contents())
                    .singleElement()
                    .satisfies(content ->
                        assertThat(content.activity().actor()).isNotEqualTo(passed.actor())));
  }
}
