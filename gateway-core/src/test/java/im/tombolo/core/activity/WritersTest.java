package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
  void aTextThatIsTooLongIsCutAndNamesTheWhole(String words) {
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
}
