package im.tombolo.core.activity;

import im.tombolo.core.model.Content.Words;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.Languages;
import im.tombolo.core.text.RichText;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The text of a post, in each of its languages. */
final class PostWords {
  private static final int MAX_TITLE = 1_000;
  private static final int MAX_LANGUAGES = 20;

  private final ObjectNode post;
  private final URI id;
  private final boolean quotes;
  // Of the words that most readers shall see, as the maps spell it.
  private final Optional<String> tag;

  /**
   * @param quotes whether it quotes something, which its text may name once more
   */
  PostWords(ObjectNode post, URI id, boolean quotes) {
    this.post = post;
    this.id = id;
    this.quotes = quotes;
    this.tag = mainTag();
  }

  /** What {@code content} says; without it, the first of the translations. */
  Words main() {
    Optional<String> name =
        text("name", "nameMap").map(String::strip).filter(text -> !text.isEmpty());
    RichText body = body(text("content", "contentMap"));
    if (body.isEmpty()) {
      body = source();
    }
    boolean isNamed = isNote() && body.isEmpty();
    if (body.isEmpty()) {
      body = isNamed ? name.map(Html::ofPlainText).orElse(RichText.EMPTY) : other();
    }
    return new Words(isNamed ? Optional.empty() : title(name, body), body, language());
  }

  /** Of a kind whose name is its text when it has no other. */
  private boolean isNote() {
    return Json.isType(post, "Note", "Question");
  }

  /** Friendica and Hubzilla give names to notes; a name that the text only repeats is none. */
  private Optional<String> title(Optional<String> name, RichText body) {
    return name.map(text -> Excerpt.of(text, MAX_TITLE))
        .filter(text -> !isNote() || !text.equals(body.toPlainText()));
  }

  /** A property, or the entry of its map in the main language, or any. */
  private Optional<String> text(String property, String map) {
    return Json.text(post, property)
        .filter(text -> !text.isBlank())
        .or(() -> tag.flatMap(key -> Json.text(post.path(map).path(key))))
        .filter(text -> !text.isBlank())
        .or(() -> anyOf(map));
  }

  /** What people warn with, or tell of an article in short. */
  Optional<String> summary() {
    return text("summary", "summaryMap");
  }

  private RichText body(Optional<String> html) {
    // PeerTube writes Markdown, which reads well as it is.
    String type = Json.text(post, "mediaType").orElse("text/html").toLowerCase(Locale.ROOT);
    boolean isPlain = type.startsWith("text/plain") || type.startsWith("text/markdown");
    return html.map(text -> isPlain ? Html.ofPlainText(text) : Html.clean(text, Optional.of(id)))
        .map(text -> quotes ? Html.withoutQuote(text) : text)
        .orElse(RichText.EMPTY);
  }

  /** As its author typed it: Misskey leaves the text out of some posts, not this. */
  private RichText source() {
    return Json.text(post, "_misskey_content")
        .or(() -> Json.first(post, "source", written -> Json.text(written, "content")))
        .map(Html::ofPlainText)
        .orElse(RichText.EMPTY);
  }

  /** What there is to read where there is no content: of a podcast, its description. */
  private RichText other() {
    String html =
        summary()
            .or(() -> Json.text(post, "description"))
            .or(() -> Json.first(post, "description", text -> Json.text(text, "content")))
            .orElse("");
    return Html.clean(html, Optional.of(id));
  }

  private Optional<String> anyOf(String map) {
    for (JsonNode value : post.path(map)) {
      Optional<String> text = Json.text(value).filter(words -> !words.isBlank());
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  /** Of the entry that {@code content} repeats, else the first. */
  private Optional<String> mainTag() {
    boolean hasTexts = post.has("contentMap") || !post.has("nameMap");
    String map = hasTexts ? "contentMap" : "nameMap";
    Optional<String> said = Json.text(post, hasTexts ? "content" : "name");
    Optional<String> first = Optional.empty();
    for (String key : languages(map)) {
      Optional<String> text = Json.text(post.path(map).path(key));
      if (text.equals(said)) {
        return Optional.of(key);
      }
      if (first.isEmpty() && !text.orElse("").isBlank()) {
        first = Optional.of(key);
      }
    }
    return first;
  }

  /** PeerTube and Lemmy tell it in a property of their own. */
  private Optional<String> language() {
    return tag.or(() -> Json.first(post, "language", language -> Json.text(language, "identifier")))
        .flatMap(Languages::normalise);
  }

  private List<String> languages(String map) {
    List<String> found = new ArrayList<>();
    for (var entry : post.path(map).properties()) {
      if (entry.getValue().isString()) {
        found.add(entry.getKey());
      }
    }
    return found;
  }

  /** Every language but the one of the main words. */
  List<Words> translations(Words main) {
    Set<String> keys = new LinkedHashSet<>(languages("contentMap"));
    keys.addAll(languages("nameMap"));
    tag.ifPresent(keys::remove);
    return keys.isEmpty()
        ? List.of()
        : keys.stream()
            .filter(key -> !Languages.normalise(key).equals(main.language()))
            .flatMap(key -> translation(key).stream())
            .distinct()
            .limit(MAX_LANGUAGES)
            .toList();
  }

  private Optional<Words> translation(String tag) {
    RichText body = body(Json.text(post.path("contentMap").path(tag)));
    Optional<String> name =
        Json.text(post.path("nameMap").path(tag))
            .map(String::strip)
            .filter(text -> !text.isEmpty());
    return Languages.normalise(tag)
        .map(language -> new Words(title(name, body), body, Optional.of(language)))
        .filter(words -> !words.body().isEmpty() || words.title().isPresent());
  }
}
