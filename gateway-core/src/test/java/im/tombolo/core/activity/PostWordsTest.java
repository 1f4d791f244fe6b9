package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Place;
import im.tombolo.core.model.Poll;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemotePost;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of a post beyond the plain cases of {@link PostReaderTest}. */
class PostWordsTest {
  private static Reading<RemotePost> reading(String type, String rest) {
    return PostReader.read(
        """
        {"id":"https://a.example/1","type":"%s","attributedTo":"https://a.example/ada",
         "to":"as:Public",%s}
        """
            .formatted(type, rest));
  }

  private static Content content(String type, String rest) {
    return reading(type, rest).value().orElseThrow().content();
  }

  private static String words(Content content) {
    return content.language().orElse("-")
        + ": "
        + content.title().map(title -> title + " / ").orElse("")
        + content.body().toPlainText()
        + content.translations().stream()
            .map(words -> {
              String title = words.title().map(text -> text + " / ").orElse("");
              return "; "
                  + words.language().orElse("-")
                  + ": "
                  + title
                  + words.body().toPlainText();
            })
            .collect(Collectors.joining());
  }

  // Languages

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The one that content repeats, wherever it stands.
        "\"content\":\"B\",\"contentMap\":{\"de\":\"A\",\"en\":\"B\"}|en: B; de: A",
        // Without it the first, and its title, whatever order the titles have.
        "\"contentMap\":{\"de\":\"A\",\"en\":\"B\"},\"nameMap\":{\"en\":\"TB\",\"de\":\"TA\"}|de: TA / A; en: TB / B",
        "\"contentMap\":{\"de\":\" \",\"en\":\"B\"}|en: B",
        // A server that tidied the text and not the map.
        "\"content\":\"<p>A</p>\",\"contentMap\":{\"de\":\"A\"}|de: A",
        "\"content\":\"A\",\"name\":\"T\",\"nameMap\":{\"fr\":\"X\",\"pt_BR\":\"T\"}|pt-BR: T / A; fr: X / ",
        "\"content\":\"A\",\"contentMap\":{\"und\":\"A\",\"de\":\"B\"}|-: A; de: B",
        "\"content\":\"A\",\"contentMap\":[\"A\"]|-: A",
        "\"content\":\"A\",\"contentMap\":{\"de\":{\"x\":1}}|-: A",
      })
  void theMainLanguageIsThatOfTheContent(String properties, String words) {
    assertThat(words(content("Article", properties)).strip()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"summaryMap\":{\"de\":\"Achtung\",\"en\":\"Beware\"}|Beware",
        "\"summary\":\"Beware!\",\"summaryMap\":{\"de\":\"Achtung\"}|Beware!",
        "\"summaryMap\":{\"fr\":\"Attention\"}|Attention",
      })
  void aWarningIsInTheLanguageOfTheText(String properties, String warning) {
    assertThat(
            content(
                    "Note",
                    "\"content\":\"B\",\"contentMap\":{\"de\":\"A\",\"en\":\"B\"}," + properties)
                .warning())
        .contains(warning);
  }

  // Titles

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Note|\"name\":\"Title\",\"content\":\"<p>Words</p>\"|-: Title / Words",
        "Note|\"name\":\"Words\",\"content\":\"<p>Words</p>\"|-: Words",
        "Note|\"name\":\"Words\"|-: Words",
        "Question|\"name\":\"Tea?\",\"oneOf\":[{\"name\":\"Yes\"}]|-: Tea?",
        "Article|\"name\":\"Words\",\"content\":\"<p>Words</p>\"|-: Words / Words",
        "Image|\"name\":\"Sunset\",\"url\":\"https://a.example/s.png\",\"mediaType\":\"image/png\"|-: Sunset / ",
      })
  void aNameIsATitleWhereThereIsATextBeside(String type, String properties, String words) {
    assertThat(words(content(type, properties)).strip()).isEqualTo(words);
  }

  // Kinds

  @Test
  void aPlaceMayBeNoMoreThanAName() {
    assertThat(content("Note", "\"content\":\"x\",\"location\":\" Verona \"").place())
        .contains(new Place(Optional.of("Verona"), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"X\",\"latitude\":91,\"longitude\":0}|X",
        "{\"name\":\"X\",\"latitude\":\"north\",\"longitude\":0}|X",
        "{\"type\":\"VirtualLocation\",\"url\":\"https://a.example/\"}|",
        "[{\"type\":\"VirtualLocation\"},{\"name\":\"X\",\"address\":\"Street 1\"}]|X, Street 1",
      })
  void aPlaceIsOnEarth(String location, @Nullable String name) {
    assertThat(content("Note", "\"content\":\"x\",\"location\":" + location).place())
        .isEqualTo(
            Optional.ofNullable(name).map(text -> new Place(Optional.of(text), Optional.empty())));
  }

  @Test
  void anAbstractBesideATextIsLeftOut() {
    Content article =
        content("Article", "\"name\":\"T\",\"content\":\"x\",\"summary\":\"In short\"");
    assertThat(article.warning()).isEmpty();
    assertThat(article.body().toPlainText()).isEqualTo("x");
    assertThat(
            content("Article", "\"content\":\"x\",\"summary\":\"Blood\",\"sensitive\":true")
                .warning())
        .contains("Blood");
  }

  // Quotes

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<p>See<span class='quote-inline'><br><br>RE: <a href='https://b.example/q'>x</a></span></p>|See",
        "<p>See</p><p class='quote-inline'>RE: <a href='https://b.example/q'>x</a></p>|See",
        "<p>See</p><p>RE: https://b.example/q</p>|See",
        "<p>RE: https://b.example/q</p><p>See</p>|RE: https://b.example/q // See",
        "|RE: https://b.example/q",
        "<p>RE: https://b.example/q</p>|RE: https://b.example/q",
      })
  void whatOnlyNamesTheQuoteGoesUnlessThereIsNothingElse(@Nullable String html, String text) {
    String said = html == null ? "" : html;
    Content quoting =
        content("Note", "\"content\":\"" + said + "\",\"quoteUrl\":\"https://b.example/q\"");
    assertThat(quoting.body().toPlainText()).isEqualTo(text.replace(" // ", "\n\n"));
    assertThat(quoting.quote()).contains(URI.create("https://b.example/q"));
  }

  // Polls

  @Test
  void namesOfOptionsAreKeptByTheLetterSinceVotesRepeatThem() {
    String question =
        "\"content\":\"x\",\"oneOf\":[{\"name\":\"two  spaces\"},{\"name\":\"%s\"},{\"name\":\" \"}]"
            .formatted("o".repeat(100_000));
    assertThat(content("Question", question).poll().orElseThrow().options())
        .satisfiesExactly(
            option -> assertThat(option.name()).isEqualTo("two  spaces"),
            option -> assertThat(option.name()).hasSize(500));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "-1, 0",
    "1.5, 0",
    "\"7\", 0",
    "1e400, 0",
    "9223372036854775807, 0",
    "99999999999999999999999, 0",
    "null, 0"
  })
  void case47_aCountIsANumberOfPeople(String told, long read) {
    String question =
        "\"content\":\"x\",\"oneOf\":[{\"name\":\"A\",\"replies\":{\"totalItems\":%s}}],\"votersCount\":%s"
            .formatted(told, told);
    Content content = content("Question", question);
    assertThat(content.poll().orElseThrow().options().getFirst().votes()).isEqualTo(read);
    assertThat(content.poll().orElseThrow().voters().orElse(0L)).isEqualTo(read);
  }

  @Test
  void case47_optionsThatAreThereTwiceTakeNoRoomFromOthers() {
    String same =
        IntStream.range(0, 30).mapToObj(i -> "{\"name\":\"A\"}").collect(Collectors.joining(","));
    String question = "\"content\":\"x\",\"anyOf\":[" + same + ",{\"name\":\"B\"}]";
    assertThat(content("Question", question).poll().orElseThrow().options())
        .extracting(option -> option.name())
        .containsExactly("A", "B");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"closed\":\"2026-01-02T10:00:00Z\"|true|2026-01-02T10:00:00Z",
        "\"closed\":true|true|",
        "\"closed\":false|false|",
        "\"endTime\":\"2026-01-02T10:00:00Z\",\"closed\":true|true|2026-01-02T10:00:00Z",
        "\"endTime\":\"soon\"|false|",
      })
  void aPollIsClosedByATimeOrByAWord(String properties, boolean closed, @Nullable String ends) {
    Poll poll =
        content("Question", "\"content\":\"x\",\"oneOf\":[{\"name\":\"A\"}]," + properties)
            .poll()
            .orElseThrow();
    assertThat(poll.closed()).isEqualTo(closed);
    assertThat(poll.ends().map(Object::toString)).isEqualTo(Optional.ofNullable(ends));
  }

  // Files

  @Test
  void anMp4OfReasonableSizeIsPreferred() {
    Content video =
        content(
            "Video",
            """
            "name":"Talk","url":[
             {"type":"Link","mediaType":"video/webm","height":1080,"href":"https://a.example/1080.webm"},
             {"type":"Link","mediaType":"video/mp4","height":4320,"href":"https://a.example/4320.mp4"},
             {"type":"Link","mediaType":"video/mp4","height":480,"href":"https://a.example/480.mp4"},
             {"type":"Link","mediaType":"video/mp4","height":720,"href":"https://a.example/720.mp4"},
             {"type":"Link","mediaType":"application/x-bittorrent;x-scheme-handler/magnet","href":"magnet:?x"}]
            """);
    assertThat(video.attachments())
        .singleElement()
        .satisfies(file -> {
          assertThat(file.href()).hasToString("https://a.example/720.mp4");
          assertThat(file.mirrors())
              .extracting(URI::toString)
              .containsExactly(
                  "https://a.example/480.mp4",
                  "https://a.example/1080.webm",
                  "https://a.example/4320.mp4");
        });
  }

  @Test
  void aPlaylistIsTakenWhereThereIsNoFile() {
    Content live =
        content(
            "Video",
            """
            "name":"Live","url":[{"type":"Link","mediaType":"text/html","href":"https://a.example/w"},
             {"type":"Link","mediaType":"application/x-mpegURL","href":"https://a.example/1.m3u8"}]
            """);
    assertThat(live.attachments())
        .extracting(file -> file.href().toString())
        .containsExactly("https://a.example/1.m3u8");
  }

  @Test
  void thereAreNoMoreThanFiveOtherAddresses() {
    String urls =
        IntStream.range(0, 40)
            .mapToObj(i -> "\"https://a.example/" + i + ".png\"")
            .collect(Collectors.joining(","));
    Content post =
        content(
            "Note", "\"content\":\"x\",\"attachment\":{\"type\":\"Image\",\"url\":[" + urls + "]}");
    assertThat(post.attachments().getFirst().mirrors()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({"\"PT1M30.5S\", 90500", "90, 90000", "\"soon\",", "-4,", "0,", "1e300,", "\"PT0S\","})
  void aSoundLastsAsLongAsItsServerSays(String told, @Nullable Long milliseconds) {
    Content audio =
        content(
            "Audio",
            "\"name\":\"Song\",\"size\":99,\"duration\":%s,\"url\":{\"type\":\"Link\",\"mediaType\":\"audio/ogg\",\"href\":\"https://a.example/1.ogg\"}"
                .formatted(told));
    assertThat(audio.attachments().getFirst().details().duration())
        .isEqualTo(Optional.ofNullable(milliseconds).map(Duration::ofMillis));
    assertThat(audio.attachments().getFirst().details().bytes()).contains(99L);
  }

  @Test
  void thePictureOfAnArticleMayBeABareAddress() {
    Content article =
        content(
            "Article", "\"name\":\"T\",\"content\":\"x\",\"image\":\"https://a.example/1.jpg\"");
    assertThat(article.attachments())
        .extracting(file -> file.href().toString())
        .containsExactly("https://a.example/1.jpg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"width\":0,\"height\":5",
        "\"width\":5",
        "\"width\":-5,\"height\":5",
        "\"width\":1e9,\"height\":5",
        "\"width\":100001,\"height\":5",
        "\"blurhash\":\"not a hash\"",
        "\"focalPoint\":[2,0]",
        "\"focalPoint\":[0]",
        "\"focalPoint\":[\"a\",0]",
        "\"size\":\"big\"",
      })
  void factsThatCannotBeAreNotBelieved(String fact) {
    Content post =
        content(
            "Note",
            "\"content\":\"x\",\"attachment\":{\"type\":\"Image\",\"url\":\"https://a.example/1.png\","
                + fact
                + "}");
    assertThat(post.attachments().getFirst().details()).isEqualTo(Attachment.Details.UNKNOWN);
  }

  // Bounds

  @Test
  void case46_tagsPeopleAndPicturesAreBounded() {
    String tags =
        IntStream.range(0, 3_000)
            .mapToObj(i ->
                """
                {"type":"Mention","href":"https://b.example/%1$d"},{"type":"Hashtag","name":"#t%1$d"},
                {"type":"Emoji","name":":e%1$d:","icon":{"url":"https://b.example/%1$d.png"}}
                """
                    .formatted(i))
            .collect(Collectors.joining(","));
    Content post = content("Note", "\"content\":\"x\",\"tag\":[" + tags + "]");
    assertThat(post.mentions()).hasSize(50);
    assertThat(post.tags()).hasSize(50);
    assertThat(post.emojis()).hasSize(64);
  }

  @Test
  void aPostIsNotInMoreThanTwentyLanguages() {
    String map =
        IntStream.range(0, 500)
            .mapToObj(i -> "\"de-x-p" + i + "\":\"" + i + "\"")
            .collect(Collectors.joining(","));
    assertThat(content("Note", "\"contentMap\":{" + map + "}").translations()).hasSize(20);
  }
}
