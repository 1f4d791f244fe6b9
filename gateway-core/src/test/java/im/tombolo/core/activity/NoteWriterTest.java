package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.CustomEmoji;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.Place;
import im.tombolo.core.model.Poll;
import im.tombolo.core.model.QuoteStamp;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.core.text.Html;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class NoteWriterTest {
  private static final int MAX_BYTES = 48 * 1024;
  private static final int MAX_DEPTH = 7;
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final URI ADA = URI.create("https://social.example/users/ada");
  private static final URI QUOTED = URI.create("https://social.example/posts/1");
  private static final KeyPairPem PAIR = KeyPairSource.ed25519().generate();
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));
  private static final ActivityWriter WRITER = new ActivityWriter(URLS);

  // Of the terms that we write, those of the ActivityStreams context and of security/v1.
  private static final Set<String> DEFINED =
      Set.of(
          ("id type actor object to cc published updated name nameMap summary content contentMap"
                  + " attributedTo inReplyTo context replies likes url attachment tag icon href rel"
                  + " mediaType width height duration location latitude longitude preview oneOf"
                  + " anyOf endTime closed totalItems instrument result Note Article Question"
                  + " Create Update Delete Tombstone Collection Place Mention Link Image Video"
                  + " Document Accept Reject Follow inbox outbox followers following endpoints"
                  + " sharedInbox preferredUsername publicKey owner publicKeyPem generator"
                  + " Person Application Like Undo")
              .split(" "));

  private static LocalPost post(Content content, Visibility visibility) {
    Set<URI> people =
        IntStream.range(0, 100)
            .mapToObj(i -> URI.create("https://social.example/users/person-" + i))
            .collect(Collectors.toSet());
    return new LocalPost(
            ROMEO,
            "k",
            new ItemAddress(ROMEO, Namespaces.MICROBLOG, "i"),
            content,
            new Dates(NOW, NOW.plusSeconds(9)),
            Optional.of("https://example.org/blog/1"),
            Optional.empty(),
            new Audience(visibility, people, Set.of()),
            Discussion.under(QUOTED),
            Optional.empty(),
            Optional.empty())
        .mayQuote(URI.create("https://social.example/stamps/1"));
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

  private static ObjectNode note(Content content) {
    return (ObjectNode) Json.MAPPER.readTree(new NoteWriter(URLS).write(post(content)));
  }

  private static Content.Words words(Optional<String> title, String text, String language) {
    return new Content.Words(title, Html.ofPlainText(text), Optional.of(language));
  }

  private static Content.Builder text(String text) {
    return Content.builder(words(Optional.empty(), text, "en"));
  }

  private static Poll poll(int options, boolean closed, Optional<Instant> ends) {
    return new Poll(
        IntStream.range(0, options)
            .mapToObj(i -> new Poll.Option("Option " + i + " " + "o".repeat(190), i))
            .toList(),
        true,
        ends,
        closed,
        Optional.of(7L));
  }

  private static List<URI> addresses(int count, int length) {
    return IntStream.range(0, count)
        .mapToObj(i -> URI.create("https://a.example/" + "x".repeat(length) + i))
        .toList();
  }

  /** As much of everything as a post can have. */
  private static Content everything(
      Optional<String> title, Optional<Poll> poll, int length, int many) {
    Attachment.Details details =
        new Attachment.Details(
            Optional.of(1234L),
            Optional.of(new Attachment.Size(640, 480)),
            Optional.of(Duration.ofSeconds(90)),
            Optional.of("LEHV6nWB2yk8pyo0adR*.7kCMdnj"),
            Optional.of(new Attachment.Focus(0.5, -0.25)));
    return Content.builder(words(title, "語 ".repeat(length), "ja"))
        .translations(
            Stream.of("de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "sv", "uk", "zh")
                .map(tag -> words(title, "Wort ".repeat(length), tag))
                .toList())
        .tags(IntStream.range(0, many).mapToObj(i -> "tag" + "g".repeat(90) + i).toList())
        .mentions(
            IntStream.range(0, Math.min(many, 20))
                .mapToObj(i -> new Mention(URI.create(ADA + "-" + i), "@ada" + i + "@a.example"))
                .toList())
        .links(
            addresses(many, Math.min(1_900, 20 * length)).stream()
                .map(href -> new Link(href, Optional.empty()))
                .toList())
        .attachments(
            addresses(many, 300).stream()
                .map(href ->
                    new Attachment(
                        href,
                        Optional.of("video/mp4"),
                        Optional.of("語".repeat(length)),
                        details,
                        addresses(5, 300)))
                .toList())
        .emojis(
            addresses(many, 300).stream()
                .map(icon -> new CustomEmoji(":cat" + icon.hashCode() + ":", icon))
                .toList())
        .warning(Optional.of("Warning ".repeat(length)))
        .quote(Optional.of(QUOTED))
        .poll(poll)
        .place(
            Optional.of(
                new Place(
                    Optional.of("Verona ".repeat(length)),
                    Optional.of(new Place.Coordinates(45.4, 11.0)))))
        .rights(Optional.of("CC0 ".repeat(length)))
        .build();
  }

  private static Stream<String> fullDocuments() {
    Optional<Poll> poll = Optional.of(poll(Poll.MAX_OPTIONS, true, Optional.of(NOW)));
    return Stream.of(1, 100, 40_000)
        .flatMap(length ->
            Stream.of(
                everything(Optional.of("Title ".repeat(length)), Optional.empty(), length, 64),
                everything(Optional.of("Title ".repeat(length)), poll, length, 64),
                everything(Optional.empty(), Optional.empty(), length, 2),
                everything(Optional.empty(), poll, length, 2)))
        .flatMap(content -> {
          LocalPost post = post(content, Visibility.PUBLIC);
          return Stream.of(
              WRITER.create(post).json(),
              WRITER.update(post, "d").json(),
              WRITER.quoteRequest(post, QUOTED, ADA).json(),
              new NoteWriter(URLS).write(post));
        });
  }

  private static int depth(JsonNode node) {
    return node.isContainer()
        ? 1 + node.valueStream().mapToInt(NoteWriterTest::depth).max().orElse(0)
        : 0;
  }

  @ParameterizedTest
  @MethodSource("fullDocuments")
  void whateverAPostHasItsActivityIsSmallFlatAndHasWords(String json) {
    String proved = IntegrityProof.prove(json, PAIR.privatePem(), ADA + "#ed25519-key", NOW);
    assertThat(proved.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(MAX_BYTES);
    assertThat(depth(Json.MAPPER.readTree(proved))).isLessThanOrEqualTo(MAX_DEPTH);
    JsonNode document = Json.MAPPER.readTree(json);
    assertThat(depth(document)).isLessThanOrEqualTo(MAX_DEPTH);
    JsonNode post =
        Stream.of("object", "instrument")
            .map(document::path)
            .filter(JsonNode::isObject)
            .findFirst()
            .orElse(document);
    assertThat(post.path("content").asString("")).contains("語", "CC0", "quote-inline");
    assertThat(post.path("tag").valueStream().map(tag -> tag.path("type").asString("")))
        .contains("Mention", "Link");
  }

  @Test
  void aPostWithALittleOfEverythingLosesNothing() {
    Content content =
        everything(Optional.of("Title"), Optional.of(poll(2, false, Optional.of(NOW))), 3, 2);
    JsonNode note =
        Json.MAPPER.readTree(WRITER.create(post(content, Visibility.PUBLIC)).json()).path("object");
    assertThat(note.path("tag").valueStream().map(tag -> tag.path("type").asString("")))
        .containsExactly("Mention", "Mention", "Link", "Hashtag", "Hashtag", "Emoji", "Emoji");
    assertThat(note.path("attachment").size()).isEqualTo(2);
    assertThat(note.path("contentMap").size()).isEqualTo(11);
    assertThat(note.path("content").asString(""))
        .isEqualTo(note.path("contentMap").path("ja").asString(""));
  }

  /** The text is worth more than its repetition, and that more than a translation. */
  @Test
  void aLongTextTakesTheRoomOfItsTranslations() {
    String text = "word ".repeat(6_000).strip();
    Content content =
        text(text).translations(List.of(words(Optional.empty(), "Wort", "de"))).build();
    ObjectNode alone = note(content);
    assertThat(alone.path("content").asString("")).contains(text);
    assertThat(alone.has("contentMap")).isFalse();
    String shorter = "word ".repeat(3_500).strip();
    ObjectNode both =
        note(
            text(shorter)
                .translations(List.of(words(Optional.empty(), "Wort ".repeat(9_000), "de")))
                .build());
    assertThat(both.path("contentMap").path("en").asString("")).contains(shorter);
    assertThat(both.path("contentMap").path("de").asString("")).contains("Wort", "…");
  }

  @Test
  void whereOnlyTheLanguageOfATranslationIsKnownNoOtherIsClaimed() {
    Content content =
        Content.builder(
                new Content.Words(
                    Optional.of("Title"), Html.ofPlainText("Hello"), Optional.empty()))
            .translations(List.of(words(Optional.of("Titel"), "Hallo", "de")))
            .build();
    ObjectNode note = note(content);
    assertThat(note.path("contentMap").propertyNames()).containsExactly("und", "de");
    assertThat(note.path("nameMap").propertyNames()).containsExactly("und", "de");
    assertThat(PostReader.read(note.toString()).value().orElseThrow().content()).isEqualTo(content);
  }

  // Questions

  @Test
  void aPollIsAQuestionThatSaysItsTitleInItsText() {
    Content content =
        Content.builder(words(Optional.of("Tea time"), "Which tea?", "en"))
            .translations(List.of(words(Optional.of("Teezeit"), "Welcher Tee?", "de")))
            .poll(Optional.of(poll(2, false, Optional.of(NOW))))
            .build();
    ObjectNode note = note(content);
    assertThat(note.path("type").asString("")).isEqualTo("Question");
    assertThat(note.path("content").asString("")).isEqualTo("<p>Tea time</p><p>Which tea?</p>");
    assertThat(note.path("contentMap").path("de").asString(""))
        .isEqualTo("<p>Teezeit</p><p>Welcher Tee?</p>");
    assertThat(note.propertyNames()).doesNotContain("name", "nameMap", "preview");
  }

  @ParameterizedTest
  @CsvSource({
    "false, true, , 2026-01-02T10:00:00Z",
    "true, true, 2026-01-02T10:00:00Z, 2026-01-02T10:00:00Z",
    "true, false, true,",
    "false, false, ,",
  })
  void aPollSaysWhenItEndsAndThatItHas(
      boolean isClosed, boolean hasEnd, String closed, String endTime) {
    Optional<Instant> end = hasEnd ? Optional.of(NOW) : Optional.empty();
    ObjectNode note = note(text("x").poll(Optional.of(poll(2, isClosed, end))).build());
    assertThat(note.path("closed").asString(null)).isEqualTo(closed);
    assertThat(note.path("endTime").asString(null)).isEqualTo(endTime);
    assertThat(PostReader.read(note.toString()).value().orElseThrow().content().poll())
        .contains(poll(2, isClosed, end));
  }

  // What goes with the words

  @Test
  void theOtherAddressesOfAFileAreLinks() {
    Attachment file =
        new Attachment(
            URI.create("https://a.example/1.png"),
            Optional.of("image/png"),
            Optional.empty(),
            Attachment.Details.UNKNOWN,
            List.of(URI.create("https://b.example/1.png")));
    JsonNode urls = note(text("x").attachments(List.of(file)).build()).at("/attachment/0/url");
    assertThat(urls.valueStream().map(JsonNode::toString))
        .containsExactly(
            "{\"type\":\"Link\",\"href\":\"https://a.example/1.png\",\"mediaType\":\"image/png\"}",
            "{\"type\":\"Link\",\"href\":\"https://b.example/1.png\",\"mediaType\":\"image/png\"}");
  }

  @ParameterizedTest
  @EnumSource(Visibility.class)
  void onlyWhatEverybodyMayReadMayBeQuoted(Visibility visibility) {
    String json = new NoteWriter(URLS).write(post(text("x").build(), visibility));
    assertThat(Json.MAPPER.readTree(json).has("interactionPolicy")).isEqualTo(visibility.isOpen());
  }

  @Test
  void theLeaveToQuoteGoesWithTheQuote() {
    Content quoting = text("x").quote(Optional.of(QUOTED)).build();
    String json = new NoteWriter(URLS).write(post(quoting, Visibility.PUBLIC));
    assertThat(Json.MAPPER.readTree(json).path("quoteAuthorization").asString(""))
        .isEqualTo("https://social.example/stamps/1");
    assertThat(new NoteWriter(URLS).write(post(text("x").build(), Visibility.PUBLIC)))
        .doesNotContain("quoteAuthorization");
  }

  @Test
  void aQuoteThatIsOnXmppAloneIsNotSpokenOf() {
    Content content =
        text("x").quote(Optional.of(URI.create("xmpp:romeo@example.org?;node=x"))).build();
    assertThat(new NoteWriter(URLS).write(post(content))).doesNotContain("xmpp:");
  }

  // Contexts

  private static void collect(JsonNode node, boolean inMap, Set<String> terms) {
    if (node instanceof ObjectNode object) {
      object
          .propertyStream()
          .filter(property -> !property.getKey().equals("@context"))
          .forEach(property -> {
            if (!inMap) {
              terms.add(property.getKey());
            }
            if (property.getKey().equals("type")) {
              terms.add(property.getValue().asString(""));
            }
            collect(property.getValue(), property.getKey().endsWith("Map"), terms);
          });
    } else {
      node.valueStream().forEach(value -> collect(value, false, terms));
    }
  }

  @ParameterizedTest
  @MethodSource("everyKindOfDocument")
  void theContextHasTheTermsOfTheDocumentAndNoOthers(String json) {
    JsonNode document = Json.MAPPER.readTree(json);
    Set<String> terms = new TreeSet<>();
    collect(document, false, terms);
    Set<String> extra = new HashSet<>(terms);
    extra.removeAll(DEFINED);
    Set<String> defined =
        document
            .path("@context")
            .valueStream()
            .filter(JsonNode::isObject)
            .flatMap(context -> context.propertyNames().stream())
            .collect(Collectors.toSet());
    assertThat(defined).containsExactlyInAnyOrderElementsOf(extra);
  }

  private static Stream<String> everyKindOfDocument() {
    IncomingActivity.QuoteRequest request =
        new IncomingActivity.QuoteRequest(ADA, ADA, URLS.post(ROMEO, "k"), QUOTED);
    PublicKeys keys =
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
    return Stream.concat(
        fullDocuments(),
        Stream.of(
            WRITER.follow(ROMEO, ADA, NOW).json(),
            WRITER.delete(post(text("x").build())).json(),
            WRITER.create(post(text("x").build())).json(),
            WRITER.acceptQuote(ROMEO, request, URLS.stamp(ROMEO, "s")).json(),
            WRITER.rejectQuote(ROMEO, request).json(),
            WRITER.stamp(new QuoteStamp(ROMEO, "s", "k", QUOTED)),
            new ActorWriter(URLS).instance(keys)));
  }

  @Test
  void aFollowNeedsNoContextButItsOwn() {
    assertThat(WRITER.follow(ROMEO, ADA, NOW).json())
        .startsWith("{\"@context\":\"https://www.w3.org/ns/activitystreams\",");
  }

  // Leave to quote (FEP-044f)

  @Test
  void theStampSaysWhoMayQuoteWhat() {
    JsonNode stamp = Json.MAPPER.readTree(WRITER.stamp(new QuoteStamp(ROMEO, "s", "k", QUOTED)));
    assertThat(stamp.path("type").asString("")).isEqualTo("QuoteAuthorization");
    assertThat(stamp.path("id").asString(""))
        .isEqualTo("https://example.org/users/example.org/romeo/quotes/s");
    assertThat(stamp.path("attributedTo").asString("")).isEqualTo(URLS.actor(ROMEO).toString());
    assertThat(stamp.path("interactingObject").asString("")).isEqualTo(QUOTED.toString());
    assertThat(stamp.path("interactionTarget").asString(""))
        .isEqualTo(URLS.post(ROMEO, "k").toString());
  }

  @Test
  void anAnswerToAQuoteRequestIsReadAsOne() {
    IncomingActivity.QuoteRequest request =
        new IncomingActivity.QuoteRequest(
            URI.create("https://social.example/r"), ADA, URLS.post(ROMEO, "k"), QUOTED);
    URI stamp = URLS.stamp(ROMEO, "s");
    assertThat(ActivityReader.read(WRITER.acceptQuote(ROMEO, request, stamp).json()).value())
        .get()
        .isInstanceOfSatisfying(
            IncomingActivity.Accept.class,
            accept -> {
              assertThat(accept.request()).contains(request.id());
              assertThat(accept.result()).contains(stamp);
            });
    assertThat(ActivityReader.read(WRITER.rejectQuote(ROMEO, request).json()).value())
        .get()
        .isInstanceOfSatisfying(
            IncomingActivity.Reject.class,
            reject -> assertThat(reject.request()).contains(request.id()));
  }

  @Test
  void weAskWithThePostInside() {
    Content content = text("x").quote(Optional.of(QUOTED)).build();
    String json = WRITER.quoteRequest(post(content), QUOTED, ADA).json();
    assertThat(Json.MAPPER.readTree(json).at("/instrument/content").asString("")).contains("RE:");
    assertThat(ActivityReader.read(json).value())
        .get()
        .isInstanceOfSatisfying(
            IncomingActivity.QuoteRequest.class,
            request -> {
              assertThat(request.quoted()).isEqualTo(QUOTED);
              assertThat(request.quoting()).isEqualTo(URLS.post(ROMEO, "k"));
            });
  }
}
