package im.tombolo.core.activity;

import im.tombolo.core.model.Content.Words;
import im.tombolo.core.model.Place;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.Languages;
import im.tombolo.core.text.RichText;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The text of a post, in each of its languages. */
final class PostWords {
  private static final int MAX_TITLE = 1_000;
  private static final int MAX_LANGUAGES = 20;

  private final ObjectNode post;
  private final URI id;
  private final boolean note;
  private final boolean quotes;

  /**
   * @param note whether it is of a kind that has no titles
   * @param quotes whether it quotes something, which its text may name once more
   */
  PostWords(ObjectNode post, URI id, boolean note, boolean quotes) {
    this.post = post;
    this.id = id;
    this.note = note;
    this.quotes = quotes;
  }

  /** What {@code content} says; without it, the first of the translations. */
  Words main() {
    Optional<String> name =
        Json.text(post, "name")
            .or(() -> anyOf("nameMap"))
            .map(String::strip)
            .filter(text -> !text.isEmpty());
    RichText body = body(content());
    // Hubzilla and Discourse give notes titles; a note of nothing but a name says just that.
    boolean titled = !note || !body.isEmpty();
    if (body.isEmpty()) {
      body = other(note ? name : Optional.empty());
    }
    return new Words(
        titled ? name.map(text -> Excerpt.of(text, MAX_TITLE)) : Optional.empty(),
        withTimes(body),
        language());
  }

  /** When and where an event is, until events are more than posts. */
  private RichText withTimes(RichText body) {
    return content().isPresent()
        ? whenAndWhere()
            .map(lines -> new RichText(body.html() + Html.ofPlainText(lines).html()))
            .orElse(body)
        : body;
  }

  private Optional<String> content() {
    return Json.text(post, "content").filter(text -> !text.isBlank()).or(() -> anyOf("contentMap"));
  }

  private RichText body(Optional<String> html) {
    // PeerTube writes Markdown, which reads well as it is.
    String type = Json.text(post, "mediaType").orElse("text/html").toLowerCase(Locale.ROOT);
    return html.map(text ->
            type.startsWith("text/plain") || type.startsWith("text/markdown")
                ? Html.ofPlainText(text)
                : Html.clean(text, Optional.of(id)))
        .map(text -> quotes ? Html.withoutQuote(text) : text)
        .orElse(RichText.EMPTY);
  }

  /** What there is to read where there is no content. */
  private RichText other(Optional<String> nameOfNote) {
    Optional<String> source =
        Json.text(post, "_misskey_content")
            .or(() ->
                Json.objects(post, "source")
                    .flatMap(written -> Json.text(written, "content").stream())
                    .findFirst())
            .filter(text -> !text.isBlank());
    Optional<String> plain = nameOfNote.or(() -> source).or(this::whenAndWhere);
    return plain
        .map(Html::ofPlainText)
        .orElseGet(() ->
            note
                ? RichText.EMPTY
                : Json.text(post, "summary")
                    .map(text -> Html.clean(text, Optional.of(id)))
                    .orElse(RichText.EMPTY));
  }

  private Optional<String> whenAndWhere() {
    Stream<String> times =
        Stream.of("startTime", "endTime").flatMap(p -> Json.text(post, p).stream());
    Stream<String> place = place(post).flatMap(Place::name).stream();
    String lines =
        Json.isType(post, "Event")
            ? Stream.concat(times, place).collect(Collectors.joining("\n"))
            : "";
    return Optional.of(lines).filter(text -> !text.isEmpty());
  }

  private Optional<String> anyOf(String map) {
    return post.path(map)
        .valueStream()
        .flatMap(value -> Json.text(value).stream())
        .filter(text -> !text.isBlank())
        .findFirst();
  }

  /** Of the entry that {@code content} repeats, else what PeerTube and Lemmy say. */
  private Optional<String> language() {
    Optional<String> content = Json.text(post, "content").filter(text -> !text.isBlank());
    return languages(content.isPresent() || !post.has("nameMap") ? "contentMap" : "nameMap")
        .filter(tag ->
            content.isEmpty() || Json.text(post.path("contentMap").path(tag)).equals(content))
        .findFirst()
        .or(() ->
            Json.objects(post, "language")
                .flatMap(language -> Json.text(language, "identifier").stream())
                .findFirst())
        .flatMap(Languages::normalise);
  }

  private Stream<String> languages(String map) {
    return post.path(map)
        .propertyStream()
        .filter(entry -> Json.text(entry.getValue()).isPresent())
        .map(entry -> entry.getKey());
  }

  /** Every language but the one of the main words. */
  List<Words> translations(Words main) {
    return Stream.concat(languages("contentMap"), languages("nameMap"))
        .distinct()
        .flatMap(tag -> translation(tag).stream())
        .filter(words -> !words.language().equals(main.language()))
        .distinct()
        .limit(MAX_LANGUAGES)
        .toList();
  }

  private Optional<Words> translation(String tag) {
    return Languages.normalise(tag)
        .map(language ->
            new Words(
                note
                    ? Optional.empty()
                    : Json.text(post.path("nameMap").path(tag))
                        .map(title -> Excerpt.of(title.strip(), MAX_TITLE))
                        .filter(title -> !title.isEmpty()),
                body(Json.text(post.path("contentMap").path(tag))),
                Optional.of(language)))
        .filter(words -> !words.body().isEmpty() || words.title().isPresent());
  }

  /** Where it was written, or happens. */
  static Optional<Place> place(ObjectNode post) {
    return Json.objects(post, "location").findFirst().flatMap(PostWords::readPlace);
  }

  private static Optional<Place> readPlace(ObjectNode place) {
    Optional<String> name =
        Json.text(place, "name").map(String::strip).filter(text -> !text.isEmpty());
    Optional<String> address =
        Json.objects(place, "address")
            .map(PostWords::address)
            .findFirst()
            .or(() -> Json.text(place, "address"))
            .filter(text -> !text.isBlank());
    String both =
        Stream.concat(name.stream(), address.stream()).distinct().collect(Collectors.joining(", "));
    Optional<Place.Coordinates> coordinates = coordinates(place);
    return both.isEmpty() && coordinates.isEmpty()
        ? Optional.empty()
        : Optional.of(new Place(Optional.of(both).filter(t -> !t.isEmpty()), coordinates));
  }

  private static String address(ObjectNode address) {
    return Stream.of(
            "streetAddress", "postalCode", "addressLocality", "addressRegion", "addressCountry")
        .flatMap(part -> Json.text(address, part).stream())
        .filter(part -> !part.isBlank())
        .collect(Collectors.joining(", "));
  }

  private static Optional<Place.Coordinates> coordinates(ObjectNode place) {
    JsonNode latitude = place.path("latitude");
    JsonNode longitude = place.path("longitude");
    return latitude.isNumber()
            && longitude.isNumber()
            && Math.abs(latitude.doubleValue()) <= 90
            && Math.abs(longitude.doubleValue()) <= 180
        ? Optional.of(new Place.Coordinates(latitude.doubleValue(), longitude.doubleValue()))
        : Optional.empty();
  }
}
