package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.CustomEmoji;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.Place;
import im.tombolo.core.model.Poll;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WritersTest {
  private static final int MAX_ACTIVITY = 48 * 1024;
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final URI ADA = URI.create("https://social.example/ada");
  private final GatewayUrls urls =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));
  private final ActivityWriter writer = new ActivityWriter(urls);

  private static LocalPost post(RichText body, List<Attachment> files) {
    Content content =
        Content.builder(new Content.Words(Optional.empty(), body, Optional.of("ja")))
            .attachments(files)
            .build();
    return post(content);
  }

  private static LocalPost post(Content content) {
    return new LocalPost(
        ROMEO,
        "k",
        new ItemAddress(ROMEO, Namespaces.MICROBLOG, "i"),
        content,
        new Dates(NOW, NOW),
        Optional.empty());
  }

  private RemotePost told(LocalPost post) {
    Written written = writer.create(post);
    assertThat(written.json().getBytes(StandardCharsets.UTF_8).length).isLessThan(MAX_ACTIVITY);
    return switch (ActivityReader.read(written.json()).value().orElseThrow()) {
      case IncomingActivity.CreatePost create -> create.post();
      default -> throw new AssertionError("no Create");
    };
  }

  @Test
  void anArticleHasAPreviewAndNoSummary() {
    Content content =
        Content.builder(
                new Content.Words(
                    Optional.of("Title"),
                    Html.clean("<p>One <b>two</b></p><p>three</p>", Optional.empty()),
                    Optional.empty()))
            .build();
    String json = new NoteWriter(urls).write(post(content));
    JsonNode article = Json.MAPPER.readTree(json);
    assertThat(article.has("summary")).isFalse();
    assertThat(article.path("preview").path("type").asString()).isEqualTo("Note");
    assertThat(article.path("preview").path("content").asString())
        .isEqualTo("<p>One two three</p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x ", "日本語。", "\"", "https://long.example/?a=b&c ", "👍"})
  void case70_aTextThatIsTooLongIsCutAndNamesTheWhole(String words) {
    RemotePost told = told(post(Html.ofPlainText(words.repeat(30_000)), List.of()));
    assertThat(told.content().body().toPlainText())
        .hasSizeGreaterThan(2_000)
        .endsWith(urls.post(ROMEO, "k").toString());
  }

  @Test
  void aTextOfLittleButMarkupIsCutToo() {
    RichText body = Html.clean("<p><b><i>x</i></b></p>".repeat(5_000), Optional.empty());
    assertThat(told(post(body, List.of())).content().body().toPlainText())
        .contains(urls.post(ROMEO, "k").toString());
  }

  @Test
  void filesLeaveRoomForTheText() {
    Attachment file =
        new Attachment(
            URI.create("https://example.org/" + "x".repeat(1_900)),
            Optional.of("image/png"),
            Optional.of("語".repeat(5_000)));
    RemotePost told = told(post(Html.ofPlainText("Hello"), Collections.nCopies(50, file)));
    assertThat(told.content().body().toPlainText()).isEqualTo("Hello");
    assertThat(told.content().attachments()).isNotEmpty();
  }

  @Test
  void aShortTextIsWholeAndInItsLanguage() {
    RemotePost told = told(post(Html.ofPlainText("Hello"), List.of()));
    assertThat(told.content().body().html()).isEqualTo("<p>Hello</p>");
    assertThat(told.content().language()).contains("ja");
  }

  @Test
  void anAcceptEchoesTheFollow() {
    IncomingActivity.Follow follow =
        new IncomingActivity.Follow(URI.create("https://social.example/f"), ADA, urls.actor(ROMEO));
    Written accept = writer.accept(ROMEO, follow);
    assertThat(accept.json()).contains("\"actor\":\"" + ADA, "\"type\":\"Follow\"");
    assertThat(writer.accept(ROMEO, follow)).isEqualTo(accept);
    assertThat(writer.reject(ROMEO, follow).key()).isNotEqualTo(accept.key());
  }

  @Test
  void anUndoIsReadAsTheEndOfTheFollow() {
    Written follow = writer.follow(ROMEO, ADA, NOW);
    Following following =
        new Following(
            ROMEO,
            ADA,
            Jid.of("ada\\40social.example@ap.example.org"),
            urls.activity(follow.key()),
            FollowState.ACCEPTED);
    assertThat(ActivityReader.read(writer.undoFollow(following).json()).value())
        .get()
        .isInstanceOfSatisfying(
            IncomingActivity.UndoFollow.class,
            undo -> {
              assertThat(undo.follow()).isEqualTo(urls.activity(follow.key()));
              assertThat(undo.object()).isEqualTo(ADA);
            });
    assertThat(writer.follow(ROMEO, ADA, NOW.plusSeconds(1)).key()).isNotEqualTo(follow.key());
  }

  @Test
  void ourCollectionsAreReadBack() {
    URI outbox = urls.outbox(ROMEO);
    URI page = URI.create(outbox + "?page=1");
    URI next = URI.create(outbox + "?page=2");
    assertThat(
            CollectionReader.read(CollectionWriter.collection(outbox, 3, Optional.of(page)))
                .value()
                .orElseThrow()
                .first())
        .contains(page);
    String create = writer.create(post(Html.ofPlainText("Hello"), List.of())).json();
    CollectionReader.Page read =
        CollectionReader.read(
                CollectionWriter.pageOfDocuments(page, outbox, List.of(create), Optional.of(next)))
            .value()
            .orElseThrow();
    assertThat(read.posts()).extracting(RemotePost::id).containsExactly(urls.post(ROMEO, "k"));
    assertThat(read.next()).contains(next);
  }

  /** Everything that a post can have. */
  private static Content full(Optional<String> title, Optional<Poll> poll) {
    RichText text = Html.ofPlainText("Hello");
    return Content.builder(new Content.Words(title, text, Optional.of("en")))
        .translations(
            List.of(
                new Content.Words(
                    title.map(t -> "Hallo"), Html.ofPlainText("Guten Tag"), Optional.of("de"))))
        .tags(List.of("xmpp"))
        .mentions(List.of(new Mention(ADA, "@ada@social.example")))
        .attachments(
            List.of(
                new Attachment(
                    URI.create("https://a.example/1.mp4"),
                    Optional.of("video/mp4"),
                    Optional.of("A film"),
                    new Attachment.Details(
                        Optional.of(1234L),
                        Optional.of(new Attachment.Size(640, 480)),
                        Optional.of(Duration.ofSeconds(90)),
                        Optional.of("LEHV6nWB2yk8pyo0adR*.7kCMdnj"),
                        Optional.of(new Attachment.Focus(0.5, 0))),
                    List.of(URI.create("https://b.example/1.mp4")))))
        .emojis(List.of(new CustomEmoji(":cat:", URI.create("https://a.example/cat.png"))))
        .warning(Optional.of("Spoiler"))
        .quote(Optional.of(URI.create("https://social.example/posts/1")))
        .poll(poll)
        .place(
            Optional.of(
                new Place(Optional.of("Verona"), Optional.of(new Place.Coordinates(45.4, 11.0)))))
        .build();
  }

  private static Poll poll() {
    return new Poll(
        List.of(new Poll.Option("Yes", 1), new Poll.Option("No", 0)),
        true,
        Optional.of(NOW.plusSeconds(60)),
        false,
        Optional.of(1L));
  }

  @Test
  void allThatIsSaidIsReadAsItWasMeant() {
    for (Content content :
        List.of(
            full(Optional.of("Title"), Optional.empty()),
            full(Optional.empty(), Optional.of(poll())))) {
      assertThat(told(post(content)).content()).isEqualTo(content);
    }
  }

  private static int depth(JsonNode node) {
    return node.isContainer()
        ? 1 + node.valueStream().mapToInt(WritersTest::depth).max().orElse(0)
        : 0;
  }

  @Test
  void noActivityIsDeeperThanPixelfedReads() {
    for (Content content :
        List.of(
            full(Optional.of("Title"), Optional.empty()),
            full(Optional.empty(), Optional.of(poll())))) {
      assertThat(depth(Json.MAPPER.readTree(writer.create(post(content)).json())))
          .isLessThanOrEqualTo(7);
    }
  }

  @Test
  void aPostMayBeQuotedAndSaysSo() {
    JsonNode note =
        Json.MAPPER.readTree(new NoteWriter(urls).write(post(Content.of(Html.ofPlainText("x")))));
    assertThat(
            note.path("interactionPolicy")
                .path("canQuote")
                .path("automaticApproval")
                .path(0)
                .asString(""))
        .endsWith("#Public");
  }

  @Test
  void aQuoteIsInEverySpellingAndInTheText() {
    JsonNode note =
        Json.MAPPER.readTree(
            new NoteWriter(urls).write(post(full(Optional.empty(), Optional.empty()))));
    for (String name : List.of("quote", "quoteUri", "quoteUrl", "_misskey_quote")) {
      assertThat(note.path(name).asString("")).isEqualTo("https://social.example/posts/1");
    }
    assertThat(note.path("content").asString("")).contains("class=\"quote-inline\"");
  }

  @Test
  void rightsAreSaidInTheText() {
    Content content =
        Content.of(Html.ofPlainText("x")).toBuilder().rights(Optional.of("CC0")).build();
    assertThat(told(post(content)).content().body().toPlainText()).isEqualTo("x\n\nCC0");
  }

  @Test
  void aVoteIsForTheAskerAlone() {
    List<Written> votes =
        writer.vote(ROMEO, URI.create("https://social.example/q"), ADA, List.of("A", "B"), NOW);
    assertThat(votes).hasSize(2);
    JsonNode vote = Json.MAPPER.readTree(votes.getFirst().json());
    assertThat(vote.path("object").path("name").asString("")).isEqualTo("A");
    assertThat(vote.path("object").has("content")).isFalse();
    assertThat(vote.path("to"))
        .singleElement()
        .extracting(to -> to.asString(""))
        .isEqualTo(ADA.toString());
    assertThat(votes.getFirst().json()).doesNotContain("#Public");
    assertThat(ActivityReader.read(votes.getFirst().json()).value())
        .get()
        .isInstanceOf(IncomingActivity.Vote.class);
  }
}
