package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ATOM;

import im.tombolo.core.model.Content.Words;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.Languages;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The text of an entry, in each of its languages (RFC 4287 §2: {@code xml:lang} on each construct).
 * An entry without content is its title (XEP-0277, XEP-0472, and what Movim and Libervia write);
 * with content, the title is a title, unless it only repeats how the content begins.
 */
final class EntryWords {
  private static final int MAX_TITLE = 1_000;
  private static final int MAX_LANGUAGES = 20;

  private final Element entry;
  private final SequencedMap<String, Words> byLanguage = new LinkedHashMap<>();
  private RichText title = RichText.EMPTY;

  EntryWords(Element entry) {
    this.entry = entry;
    for (String language : languages()) {
      Words words = words(language);
      if (!words.body().isEmpty() || words.title().isPresent()) {
        byLanguage.put(language, words);
      }
    }
  }

  /**
   * The entry's own language first, else whatever says none, else the last one, as Movim takes the
   * last title.
   */
  private List<String> languages() {
    List<String> all =
        Stream.of("title", "content", "summary")
            .flatMap(name -> entry.children(name, ATOM).stream())
            .map(this::language)
            .distinct()
            .limit(MAX_LANGUAGES)
            .toList();
    if (all.size() > 1
        && all.contains("")
        && !hasContent("")
        && all.stream().anyMatch(this::hasContent)) {
      // A title without a language beside a content with one belongs to that.
      all = all.stream().filter(tag -> !tag.isEmpty()).toList();
    }
    String own = entry.lang().flatMap(Languages::normalise).orElse("");
    String main = all.contains(own) || all.isEmpty() ? own : all.contains("") ? "" : all.getLast();
    return Stream.concat(Stream.of(main), all.stream()).distinct().toList();
  }

  private boolean hasContent(String language) {
    return !text("content", language).isEmpty() || !text("summary", language).isEmpty();
  }

  /** An element without a language has the one of its entry. */
  private String language(Element element) {
    return element.lang().or(entry::lang).flatMap(Languages::normalise).orElse("");
  }

  private Words words(String language) {
    RichText heading = text("title", language);
    if (heading.isEmpty()) {
      heading = text("title", "");
    }
    RichText body = text("content", language);
    RichText summary = text("summary", language);
    if (body.isEmpty()) {
      body = summary;
    } else if (!summary.isEmpty() && !startsWith(body, summary)) {
      body = new RichText(summary.html() + body.html());
    }
    if (byLanguage.isEmpty()) {
      title = heading;
    }
    return new Words(
        body.isEmpty() ? Optional.empty() : heading(heading, body),
        body.isEmpty() ? heading : body,
        Optional.of(language).filter(tag -> !tag.isEmpty()));
  }

  private static boolean startsWith(RichText body, RichText summary) {
    String start = Excerpt.of(summary.toPlainText(), MAX_TITLE).replaceFirst("…$", "");
    return Excerpt.of(body.toPlainText(), MAX_TITLE).startsWith(start);
  }

  private static Optional<String> heading(RichText title, RichText body) {
    String line = Excerpt.of(title.toPlainText(), MAX_TITLE);
    String text = Excerpt.of(body.toPlainText(), 2 * MAX_TITLE);
    String start = line.replaceFirst("\\s*(?:…|\\.{3})$", "");
    boolean repeats = text.equals(line) || (!start.equals(line) && text.startsWith(start));
    return line.isEmpty() || repeats ? Optional.empty() : Optional.of(line);
  }

  /** The richest of several forms: xhtml, html, text. */
  private RichText text(String name, String language) {
    List<Element> forms =
        entry.children(name, ATOM).stream()
            .filter(form -> language(form).equals(language))
            .toList();
    return Stream.of("xhtml", "html", "text")
        .flatMap(type -> forms.stream().filter(form -> type(form).equals(type)))
        .map(EntryWords::text)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse(RichText.EMPTY);
  }

  private static RichText text(Element form) {
    return switch (type(form)) {
      case "xhtml" -> form.child("div", Namespaces.XHTML).map(Html::ofXhtml).orElse(RichText.EMPTY);
      case "html" -> Html.clean(form.text(), Optional.empty());
      default -> Html.ofPlainText(form.text());
    };
  }

  /** RFC 4287 §4.1.3.1 allows media types; what is no text at all is left out. */
  private static String type(Element form) {
    String type = form.attributeOr("type", "text").strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "application/xhtml+xml" -> "xhtml";
      case "text/html" -> "html";
      default -> type.startsWith("text/") ? "text" : type;
    };
  }

  Words main() {
    Map.Entry<String, Words> first = byLanguage.firstEntry();
    return first == null
        ? new Words(Optional.empty(), RichText.EMPTY, Optional.empty())
        : first.getValue();
  }

  /** The other languages. */
  List<Words> translations() {
    return byLanguage.values().stream()
        .skip(1)
        .filter(words -> words.language().isPresent())
        .toList();
  }

  /** The main title as it is, whether it is one or only repeats the text. */
  RichText title() {
    return title;
  }
}
