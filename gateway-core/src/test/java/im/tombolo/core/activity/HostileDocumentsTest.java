package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Dates;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that somebody made to be read as something that they are not, or to cost much. */
class HostileDocumentsTest {
  private static final String ADA = "https://a.example/ada";

  private static String activity(String type, String object) {
    return """
    {"id":"https://a.example/activities/1","type":"%s","actor":"%s","object":%s}
    """
        .formatted(type, ADA, object);
  }

  private static String note(String more) {
    return """
    {"id":"https://a.example/1","type":"Note","attributedTo":"%s","content":"x",
     "to":"as:Public"%s}
    """
        .formatted(ADA, more);
  }

  private static RemotePost post(String more) {
    return PostReader.read(note(more)).value().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"@graph\":[{\"actor\":\"https://victim.example/v\"}]",
        "\"@included\":[]",
        "\"x\":{\"@reverse\":{\"actor\":\"https://victim.example/v\"}}",
        "\"to\":[[{\"@graph\":[]}]]",
      })
  void case15_aDocumentThatReshapesItselfIsRefused(String trick) {
    String json =
        activity("Like", "\"https://b.example/1\"").replaceFirst("\\{", "{" + trick + ",");
    assertThat(ActivityReader.read(json)).isInstanceOf(Reading.Refused.class);
  }

  /** No context is read, so a term means what it always means. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"@context\":{\"actor\":\"https://evil.example/actor\",\"x\":\"as:actor\"},\"x\":\"https://victim.example/v\"",
        "\"@context\":{\"@base\":\"https://victim.example/\"}",
        "\"@context\":[\"https://evil.example/context\"]",
        "\"as:actor\":\"https://victim.example/v\"",
        "\"@id\":\"https://victim.example/1\"",
      })
  void case15_noContextChangesWhatATermMeans(String trick) {
    String json =
        activity("Like", "\"https://b.example/1\"").replaceFirst("\\{", "{" + trick + ",");
    assertThat(ActivityReader.read(json).value().map(IncomingActivity::actor))
        .contains(URI.create(ADA));
    assertThat(ActivityReader.read(json).value().map(IncomingActivity::id))
        .contains(URI.create("https://a.example/activities/1"));
  }

  @Test
  void case21_ofTwoLinksToAnActorTheFirstCounts() {
    String link = "{\"rel\":\"self\",\"type\":\"application/activity+json\",\"href\":\"%s\"}";
    String json =
        "{\"subject\":\"acct:ada@a.example\",\"links\":[%s,%s]}"
            .formatted(
                link.formatted("https://a.example/1"), link.formatted("https://a.example/2"));
    assertThat(Jrd.read(json).value().flatMap(Jrd::actor))
        .contains(URI.create("https://a.example/1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Announce", "Like"})
  void case24_ofWhatIsEmbeddedOnlyItsIdCounts(String type) {
    String embedded =
        "{\"id\":\"https://b.example/1\",\"type\":\"Note\",\"attributedTo\":\"https://b.example/b\","
            + "\"content\":\"Never said\",\"to\":\"as:Public\"}";
    IncomingActivity read = ActivityReader.read(activity(type, embedded)).value().orElseThrow();
    assertThat(read.toString()).contains("https://b.example/1").doesNotContain("Never said");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/ada, false",
    "https://b.example/1, false",
    "https://a.example:8443/1, false",
    "http://a.example/1, false",
    "https://a.example@b.example/1, false",
    "https://a.example/ada#likes/1, true",
  })
  void case25_anActivityHasAnIdOfItsOwnOnItsActorsServer(String id, boolean isGood) {
    String json =
        activity("Like", "\"https://b.example/1\"").replace("https://a.example/activities/1", id);
    assertThat(ActivityReader.read(json) instanceof Reading.Of).isEqualTo(isGood);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"https://a.example/ada\"", "\"https://b.example/b\"", "{}"})
  void case27_aMoveMovesNobody(String object) {
    assertThat(ActivityReader.read(activity("Move", object)).value().orElseThrow())
        .isInstanceOf(IncomingActivity.Other.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example/1\\r\\nX-A: b",
        "https://a.example/\\u0000",
        "https://a .example/",
        "https://user@a.example/1",
        "ftp://a.example/1",
        "https:///1",
        "javascript:alert(1)",
      })
  void case36_anAddressThatIsNoneIsNotKept(String address) {
    assertThat(post(",\"inReplyTo\":\"" + address + "\"").parent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"x\":{\"a\":1,\"a\":2}}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":'b'}",
        "{\"a\":01}",
        "{a:1}",
        "{\"a\":1}x",
        "{\"a\":1,}",
        "\uFEFF{\"a\":1}",
        "{\"a\":\"\u0001\"}",
      })
  void case42_whatParsersReadInDifferentWaysIsRefused(String json) {
    assertThat(Json.read(json)).isInstanceOf(Reading.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"__proto__\":{\"actor\":\"x\"}", "\"a\":1e400999", "\"a\":\"\\ud800\""})
  void case42_whatIsOnlyOddChangesNothing(String oddity) {
    String json =
        activity("Like", "\"https://b.example/1\"").replaceFirst("\\{", "{" + oddity + ",");
    assertThat(ActivityReader.read(json).value().map(IncomingActivity::actor))
        .contains(URI.create(ADA));
  }

  private static String many(int number, String each) {
    return IntStream.range(0, number)
        .mapToObj(i -> each.replace("#", Integer.toString(i)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void case46_ofFiveThousandOnlySomeAreKept() {
    RemotePost post =
        post(
            ",\"tag\":"
                + many(5_000, "{\"type\":\"Mention\",\"href\":\"https://b.example/#\"}")
                + ",\"attachment\":"
                + many(5_000, "{\"type\":\"Image\",\"url\":\"https://b.example/#.png\"}"));
    assertThat(post.content().mentions()).hasSize(50);
    assertThat(post.content().attachments()).hasSize(50);
    RemotePost tagged = post(",\"tag\":" + many(5_000, "{\"type\":\"Hashtag\",\"name\":\"#t#\"}"));
    assertThat(tagged.content().tags().size()).isLessThanOrEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({
    "9999-01-01T00:00:00Z, 2026-01-02T10:00:00Z",
    "2026-01-02T10:00:01Z, 2026-01-02T10:00:00Z",
    "2026-01-02T09:00:00Z, 2026-01-02T09:00:00Z",
  })
  void case48_aPostFromTheFutureIsOfNow(Instant published, Instant shown) {
    RemotePost post = post(",\"published\":\"" + published + "\"");
    assertThat(post.notAfter(Instant.parse("2026-01-02T10:00:00Z")).dates())
        .isEqualTo(new Dates(shown, shown));
  }

  @Test
  void case48_nothingWasChangedBeforeItWasThere() {
    Dates dates =
        post(",\"published\":\"2026-01-02T10:00:00Z\",\"updated\":\"2020-01-01T00:00:00Z\"")
            .dates();
    assertThat(dates.edited()).isFalse();
  }

  @Test
  void case49_hostileHtmlIsReadInNoTime() {
    for (String html :
        List.of(
            "<<<<a href=".repeat(50_000), "<div>".repeat(100_000), "<a href='x' ".repeat(40_000))) {
      String json = note("").replace("\"x\"", "\"" + html + "\"");
      long start = System.nanoTime();
      var _ = PostReader.read(json);
      // On a machine that does much else; alone it is a tenth of that.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada\\u202egnp", "\\u200bada", "a\\nda"})
  void case67_theNameOfAnActorIsCleanedAndItsHandleIsItsOwn(String name) {
    RemoteActor actor =
        ActorReader.read(
                """
                {"id":"%1$s","type":"Person","preferredUsername":"ada","name":"%2$s",
                 "inbox":"%1$s/inbox"}
                """
                    .formatted(ADA, name),
                Instant.EPOCH)
            .value()
            .orElseThrow();
    assertThat(actor.profile().name()).doesNotContain("\u202e", "\u200b", "\n");
    assertThat(actor.handle()).hasToString("ada@a.example");
  }
}
