package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.CustomEmoji;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.Place;
import im.tombolo.core.model.Poll;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.text.Html;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostReaderTest {
  private static RemotePost post(String type, String rest) {
    return PostReader.read(
            """
            {"id":"https://a.example/1","type":"%s","attributedTo":"https://a.example/ada",
             "to":"as:Public",%s}
            """
                .formatted(type, rest))
        .value()
        .orElseThrow();
  }

  @Test
  void theFileOfAVideoIsItsFileAndNotItsPage() {
    RemotePost video =
        post(
            "Video",
            """
            "name":"Talk","mediaType":"text/markdown","content":"one\\n\\ntwo",
            "language":{"identifier":"fr","name":"Français"},
            "url":[{"type":"Link","mediaType":"text/html","href":"https://a.example/w/1"},
             {"type":"Link","mediaType":"application/x-mpegURL","href":"https://a.example/1.m3u8",
              "tag":[{"type":"Infohash","name":"x"},
               {"type":"Link","mediaType":"video/mp4","href":"https://a.example/1.mp4"}]}]
            """);
    assertThat(video.content().attachments())
        .containsExactly(
            new Attachment(
                URI.create("https://a.example/1.mp4"), Optional.of("video/mp4"), Optional.empty()));
    assertThat(video.page()).contains(URI.create("https://a.example/w/1"));
    assertThat(video.content().title()).contains("Talk");
    assertThat(video.content().language()).contains("fr");
    assertThat(video.content().body().html()).isEqualTo("<p>one</p><p>two</p>");
  }

  @ParameterizedTest
  @CsvSource({"Recipe", "bookwyrm:Review", "Album"})
  void anUnknownKindShowsWhatItSays(String type) {
    RemotePost post = post(type, "\"name\":\"Title\",\"content\":\"<p>Words</p>\"");
    assertThat(post.content().title()).contains("Title");
    assertThat(post.content().body().toPlainText()).isEqualTo("Words");
  }

  @ParameterizedTest
  @CsvSource({"Person", "Tombstone", "OrderedCollection", "Place", "ChatMessage"})
  void whatIsNotSomethingToReadIsNoPost(String type) {
    String json =
        """
        {"id":"https://a.example/1","type":"%s","attributedTo":"https://a.example/ada",
         "to":"as:Public","name":"Name"}
        """
            .formatted(type);
    assertThat(PostReader.read(json)).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void anUnknownActivityIsNoPost() {
    String json =
        """
        {"id":"https://a.example/1","type":"Ponder","actor":"https://a.example/ada",
         "attributedTo":"https://a.example/ada","to":"as:Public","name":"x",
         "object":"https://a.example/2"}
        """;
    assertThat(PostReader.read(json)).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void aVideoWithoutAFileHasNoAttachment() {
    RemotePost video = post("Video", "\"name\":\"x\",\"url\":\"https://a.example/w/1\"");
    assertThat(video.content().attachments()).isEmpty();
    assertThat(video.page()).contains(URI.create("https://a.example/w/1"));
  }

  @Test
  void theLinkOfAThreadIsALink() {
    RemotePost page =
        post(
            "Page",
            """
            "name":"Look","attachment":[{"type":"Link","href":"https://b.example/x"}],
            "image":{"type":"Image","url":"https://a.example/x.webp"}
            """);
    assertThat(page.content().links())
        .containsExactly(new Link(URI.create("https://b.example/x"), Optional.empty()));
    assertThat(page.content().attachments())
        .extracting(Attachment::href)
        .containsExactly(URI.create("https://a.example/x.webp"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"summary\":\"Spoiler\"|Spoiler",
        "\"summary\":\"<b>Spoiler</b>\",\"sensitive\":true|Spoiler",
        "\"summary\":\"\u200b\",\"sensitive\":true|Sensitive content",
        "\"summary\":null,\"sensitive\":false|",
      })
  void theSummaryOfANoteIsAWarning(String rest, String warning) {
    assertThat(post("Note", "\"content\":\"x\"," + rest).content().warning())
        .isEqualTo(Optional.ofNullable(warning));
  }

  @Test
  void theSummaryOfAnArticleIsNoWarning() {
    assertThat(post("Article", "\"content\":\"x\",\"summary\":\"About x\"").content().warning())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T10:00:00Z, 2026-01-02T10:00:00Z",
    "2026-01-02T12:00:00+02:00, 2026-01-02T10:00:00Z",
    "2026-01-02T10:00:00, 2026-01-02T10:00:00Z",
    "+999999999-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "-0044-03-15T00:00:00Z, 1970-01-01T00:00:00Z",
    "yesterday, 1970-01-01T00:00:00Z",
  })
  void case48_datesAreReadWithinReason(String published, Instant at) {
    RemotePost post = post("Note", "\"content\":\"x\",\"published\":\"" + published + "\"");
    assertThat(post.dates()).isEqualTo(new Dates(at, at));
  }

  @Test
  void case65_whatNeitherXmlNorTheDatabaseCarriesIsDropped() {
    RemotePost post =
        post(
            "Article",
            """
            "name":"a\\u0000b","content":"<p>c\\u0000d\\ud800</p>",
            "attachment":{"type":"Image","url":"https://a.example/x.png","name":"e\\u0000f"}
            """);
    assertThat(post.content().title()).contains("ab");
    assertThat(post.content().body().html()).isEqualTo("<p>cd</p>");
    assertThat(post.content().attachments().getFirst().description()).contains("ef");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"https://a.example/followers/ada\"]|FOLLOWERS",
        "[\"https://a.example/collections/77\"]|LIMITED",
        "[\"https://b.example/bob\"]|DIRECT",
        "[\"https://b.example/bob\",\"https://b.example/eve\"]|LIMITED",
        "{\"id\":\"https://www.w3.org/ns/activitystreams#Public\"}|PUBLIC",
        "[]|LIMITED",
      })
  void anUnknownCollectionNarrowsTheAudience(String to, Visibility visibility) {
    String json =
        """
        {"id":"https://a.example/1","type":"Note","attributedTo":{"id":"https://a.example/ada"},
         "content":"x","to":%s,"tag":[{"type":"Mention","href":"https://b.example/bob"}]}
        """
            .formatted(to);
    assertThat(PostReader.read(json).value().orElseThrow().audience().visibility())
        .isEqualTo(visibility);
  }

  @Test
  void aPostThatSaysNothingIsRefused() {
    assertThat(
            PostReader.read(
                """
                {"id":"https://a.example/1","type":"Note","attributedTo":"https://a.example/ada",
                 "content":"<script>x</script>"}
                """))
        .isInstanceOf(Reading.Refused.class);
  }

  // What goes with the words

  @Test
  void everyLanguageIsKept() {
    RemotePost post =
        post(
            "Article",
            """
            "name":"Hello","content":"<p>Good day</p>",
            "nameMap":{"en":"Hello","de":"Hallo"},
            "contentMap":{"de":"<p>Guten Tag</p>","en":"<p>Good day</p>","fr":"<p>Bonjour</p>"}
            """);
    assertThat(post.content().language()).contains("en");
    assertThat(post.content().translations())
        .containsExactly(
            new Content.Words(
                Optional.of("Hallo"),
                Html.clean("<p>Guten Tag</p>", Optional.empty()),
                Optional.of("de")),
            new Content.Words(
                Optional.empty(),
                Html.clean("<p>Bonjour</p>", Optional.empty()),
                Optional.of("fr")));
  }

  @Test
  void peopleTagsAndPicturesAreRead() {
    RemotePost post =
        post(
            "Note",
            """
            "content":"x","tag":[
             {"type":"Mention","href":"https://b.example/bob","name":"@bob@b.example"},
             {"type":"Hashtag","name":"#XMPP"},
             {"type":"Emoji","id":null,"name":"blob","icon":{"type":"Image","url":"https://a.example/b.png"}},
             {"type":"Emoji","name":":cat@c.example:","icon":{"url":"https://a.example/c.png"}},
             {"type":"Emoji","name":":bad name:","icon":{"url":"https://a.example/d.png"}}]
            """);
    assertThat(post.content().mentions())
        .containsExactly(new Mention(URI.create("https://b.example/bob"), "@bob@b.example"));
    assertThat(post.content().tags()).containsExactly("XMPP");
    assertThat(post.content().emojis())
        .containsExactly(
            new CustomEmoji(":blob:", URI.create("https://a.example/b.png")),
            new CustomEmoji(":cat:", URI.create("https://a.example/c.png")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"quote\":\"https://b.example/q\",\"quoteUrl\":\"https://b.example/other\"|https://b.example/q",
        "\"quote\":{\"id\":\"https://b.example/q\",\"type\":\"Note\"}|https://b.example/q",
        "\"quote\":{\"type\":\"Tombstone\",\"id\":\"https://b.example/q\"},\"quoteUrl\":\"https://b.example/o\"|",
        "\"quoteUri\":\"https://b.example/q\"|https://b.example/q",
        "\"quoteUrl\":\"https://b.example/q\"|https://b.example/q",
        "\"_misskey_quote\":\"https://b.example/q\"|https://b.example/q",
        "\"tag\":{\"type\":\"Link\",\"rel\":\"https://misskey-hub.net/ns/#_misskey_quote\",\"mediaType\":\"application/activity+json\",\"href\":\"https://b.example/q\"}|https://b.example/q",
        "\"tag\":{\"type\":\"Link\",\"rel\":\"nofollow\",\"mediaType\":\"application/activity+json\",\"href\":\"https://b.example/q\"}|"
      })
  void whatIsQuotedIsFoundInEverySpelling(String properties, @Nullable String quoted) {
    RemotePost post =
        post("Note", "\"content\":\"<p>See</p><p>RE: https://b.example/q</p>\"," + properties);
    assertThat(post.content().quote().map(URI::toString)).isEqualTo(Optional.ofNullable(quoted));
    assertThat(post.content().body().toPlainText().contains("RE:")).isEqualTo(quoted == null);
  }

  @Test
  void aQuestionIsAPoll() {
    RemotePost post =
        post(
            "Question",
            """
            "content":"<p>Tea?</p>","endTime":"2026-01-03T10:00:00Z","votersCount":3,
            "oneOf":[{"type":"Note","name":"Yes","replies":{"type":"Collection","totalItems":2}},
             {"type":"Note","name":"No","replies":{"type":"Collection","totalItems":-5}},
             {"type":"Note","name":"Yes","replies":{"totalItems":9}}]
            """);
    assertThat(post.content().poll())
        .contains(
            new Poll(
                List.of(new Poll.Option("Yes", 2), new Poll.Option("No", 0)),
                false,
                Optional.of(Instant.parse("2026-01-03T10:00:00Z")),
                false,
                Optional.of(3L)));
  }

  @Test
  void case47_aPollHasNoEndOfOptions() {
    String options =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "{\"type\":\"Note\",\"name\":\"" + i + "\"}")
            .collect(Collectors.joining(","));
    RemotePost post = post("Question", "\"content\":\"x\",\"anyOf\":[" + options + "]");
    assertThat(post.content().poll().orElseThrow().options()).hasSize(Poll.MAX_OPTIONS);
    assertThat(post.content().poll().orElseThrow().multiple()).isTrue();
  }

  @Test
  void filesAreReadWithAllThatIsKnownOfThem() {
    RemotePost post =
        post(
            "Note",
            """
            "content":"x","attachment":{"type":"Document","mediaType":"image/png","name":"A cat",
             "url":["https://a.example/1.png","https://cdn.example/1.png"],"width":640,"height":480,
             "size":1234,"blurhash":"LEHV6nWB2yk8pyo0adR*.7kCMdnj","focalPoint":[0.5,-0.25]}
            """);
    assertThat(post.content().attachments())
        .containsExactly(
            new Attachment(
                URI.create("https://a.example/1.png"),
                Optional.of("image/png"),
                Optional.of("A cat"),
                new Attachment.Details(
                    Optional.of(1234L),
                    Optional.of(new Attachment.Size(640, 480)),
                    Optional.empty(),
                    Optional.of("LEHV6nWB2yk8pyo0adR*.7kCMdnj"),
                    Optional.of(new Attachment.Focus(0.5, -0.25))),
                List.of(URI.create("https://cdn.example/1.png"))));
  }

  @Test
  void ofSeveralFilmsTheLargestThatFitsComesFirst() {
    RemotePost video =
        post(
            "Video",
            """
            "name":"Talk","duration":"PT90S","url":[
             {"type":"Link","mediaType":"video/mp4","height":2160,"href":"https://a.example/2160.mp4"},
             {"type":"Link","mediaType":"video/mp4","height":480,"href":"https://a.example/480.mp4"},
             {"type":"Link","mediaType":"video/mp4","height":1080,"href":"https://a.example/1080.mp4"},
             {"type":"Link","mediaType":"application/x-bittorrent","href":"https://a.example/1.torrent"}]
            """);
    assertThat(video.content().attachments())
        .singleElement()
        .satisfies(file -> {
          assertThat(file.href()).isEqualTo(URI.create("https://a.example/1080.mp4"));
          assertThat(file.mirrors()).hasSize(2).doesNotContain(file.href());
          assertThat(file.details().duration()).contains(Duration.ofSeconds(90));
        });
  }

  @Test
  void whereItWasIsRead() {
    RemotePost post =
        post(
            "Note",
            """
            "content":"x","location":{"type":"Place","name":"Verona","latitude":45.4,"longitude":11,
             "address":{"addressCountry":"Italy"}}
            """);
    assertThat(post.content().place())
        .contains(
            new Place(Optional.of("Verona, Italy"), Optional.of(new Place.Coordinates(45.4, 11))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Note|\"source\":{\"content\":\"*hi*\",\"mediaType\":\"text/x.misskeymarkdown\"}|*hi*",
        "Note|\"content\":\"\",\"_misskey_content\":\"hi\"|hi",
        "Article|\"name\":\"T\",\"summary\":\"<p>In short</p>\"|In short",
        "Note|\"contentMap\":{\"de\":\"<p>Hallo</p>\"}|Hallo"
      })
  void whereThereIsNoContentSomethingElseIsRead(String type, String properties, String text) {
    assertThat(post(type, properties).content().body().toPlainText())
        .isEqualTo(text.replace(" / ", "\n"));
  }
}
