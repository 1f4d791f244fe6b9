package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ATOM;

import im.tombolo.core.model.Content.Words;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.Languages;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * The text of an entry, in each of its languages (RFC 4287 §2: {@code xml:lang} on each construct).
 * An entry without content is its title (XEP-0277, XEP-0472, and what Movim and Libervia write);
 * with content, the title is a title, unless it only repeats how the content begins.
 */
final class EntryWords {
  private static final int MAX_TITLE = 1_000;
  private static final int MAX_LANGUAGES = 20;
  private static final List<String> TEXTS = List.of("title", "content", "summary");
  private static final List<String> RICHEST = List.of("xhtml", "html", "text");

  private final Element entry;
  private final String own;
  private final SequencedMap<String, Words> byLanguage = new LinkedHashMap<>();
  private String title = "";
  private String plain = "";

  EntryWords(Element entry) {
    this.entry = entry;
    this.own = entry.lang().flatMap(Languages::normalise).orElse("");
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
    List<String> all = new ArrayList<>(2);
    for (String name : TEXTS) {
      for (Element form : entry.children(name, ATOM)) {
        String language = language(form);
        if (all.size() < MAX_LANGUAGES && !all.contains(language)) {
          all.add(language);
        }
      }
    }
    if (all.equals(List.of(own))) {
      return all;
    }
    if (all.size() > 1
        && all.contains("")
        && !hasContent("")
        && all.stream().anyMatch(this::hasContent)) {
      // A title without a language beside a content with one belongs to that.
      all = all.stream().filter(tag -> !tag.isEmpty()).toList();
    }
    String main = all.contains(own) || all.isEmpty() ? own : all.contains("") ? "" : all.getLast();
    SequencedSet<String> mainFirst = new LinkedHashSet<>();
    mainFirst.add(main);
    mainFirst.addAll(all);
    return List.copyOf(mainFirst);
  }

  private boolean hasContent(String language) {
    return !text("content", language).isEmpty() || !text("summary", language).isEmpty();
  }

  /** An element without a language has the one of its entry. */
  private String language(Element element) {
    return element.lang().isPresent()
        ? element.lang().flatMap(Languages::normalise).orElse("")
        : own;
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
    String line = heading.toPlainText();
    String said = body.isEmpty() ? line : body.toPlainText();
    if (byLanguage.isEmpty()) {
      title = line;
      plain = said;
    }
    return new Words(
        body.isEmpty() ? Optional.empty() : heading(line, said),
        body.isEmpty() ? heading : body,
        Optional.of(language).filter(tag -> !tag.isEmpty()));
  }

  private static boolean startsWith(RichText body, RichText summary) {
    String start = Excerpt.of(summary.toPlainText(), MAX_TITLE).replaceFirst("…$", "");
    return Excerpt.of(body.toPlainText(), MAX_TITLE).startsWith(start);
  }

  private static Optional<String> heading(String title, String body) {
    String line = Excerpt.of(title, MAX_TITLE);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    boolean isCut = line.endsWith("…") || line.endsWith("...");
    String start = isCut ? line.replaceFirst("\\s*(?:…|\\.{3})$", "") : line;
    if (!start.isEmpty() && !body.startsWith(start.substring(0, 1))) {
      return Optional.of(line);
    }
    String text = Excerpt.of(body, 2 * MAX_TITLE);
    boolean repeats = text.equals(line) || (isCut && text.startsWith(start));
    return repeats ? Optional.empty() : Optional.of(line);
  }

  /** The richest of several forms. */
  private RichText text(String name, String language) {
    List<Element> forms = entry.children(name, ATOM);
    for (String type : RICHEST) {
      for (Element form : forms) {
        boolean fits = language(form).equals(language) && type(form).equals(type);
        RichText text = fits ? text(form) : RichText.EMPTY;
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    return RichText.EMPTY;
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
    return byLanguage.size() < 2
        ? List.of()
        : byLanguage.values().stream()
            .skip(1)
            .filter(words -> words.language().isPresent())
            .toList();
  }

  /** The main title as it is, whether it is one or only repeats the text; without formatting. */
  String title() {
    return title;
  }

  /** The main text, without formatting. */
  String plain() {
    return plain;
  }
}
