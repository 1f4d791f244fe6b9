package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
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
  void datesAreReadWithinReason(String published, Instant at) {
    RemotePost post = post("Note", "\"content\":\"x\",\"published\":\"" + published + "\"");
    assertThat(post.dates()).isEqualTo(new Dates(at, at));
  }

  @Test
  void whatNeitherXmlNorTheDatabaseCarriesIsDropped() {
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
}
