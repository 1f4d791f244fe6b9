package im.tombolo.core.atom;

import static im.tombolo.core.xml.Namespaces.ATOM;

import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Content.Words;
import im.tombolo.core.model.EventWords;
import im.tombolo.core.model.Poll;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Titles and contents of one entry. Movim takes the last title, so other languages come before the
 * main one. A short post is its title, a long one has an excerpt for a title.
 */
final class TextWriter {
  // Movim takes up to so many characters as short.
  private static final int SHORT = 700;
  private static final int EXCERPT = 100;

  private final Posting posting;
  private final Content content;

  TextWriter(Posting posting) {
    this.posting = posting;
    this.content = posting.content();
  }

  List<Element> all() {
    List<Element> out = new ArrayList<>();
    content.translations().stream()
        .filter(words -> words.language().isPresent())
        .forEach(words -> out.addAll(forms(words, words.body(), words.language())));
    out.addAll(forms(content.words(), spoken(), Optional.empty()));
    return out;
  }

  /** The main language alone, in so many characters of XML. */
  List<Element> within(int room) {
    String plain = spoken().toPlainText();
    String where = posting.page().map(Object::toString).orElse(posting.id());
    int kept = Math.min(plain.length(), room / 2);
    List<Element> forms;
    do {
      RichText cut = Html.ofPlainText(Excerpt.cut(plain, kept) + "…\n\n" + where);
      forms = forms(content.words(), cut, Optional.empty());
      kept = kept * 3 / 4;
    } while (kept > 0 && chars(forms) > room);
    return forms;
  }

  private static int chars(List<Element> forms) {
    return forms.stream().mapToInt(XmlWriter::length).sum();
  }

  /**
   * The words, and what has to be said in words: an event, a poll, a quotation that is elsewhere.
   */
  private RichText spoken() {
    RichText body = content.body();
    String after =
        content.event().map(event -> "\n\n" + words(event)).orElse("")
            + content.poll().map(poll -> "\n\n" + words(poll)).orElse("")
            + content
                .quote()
                .map(Object::toString)
                .filter(quoted -> quoted.startsWith("http"))
                .map(quoted -> "\n\nRE: " + quoted)
                .orElse("");
    return after.isEmpty() ? body : new RichText(body.html() + Html.ofPlainText(after).html());
  }

  private static String words(CalendarEvent event) {
    return EventWords.all(event).stream()
        .map(EventWords.Line::toString)
        .collect(Collectors.joining("\n"));
  }

  private static String words(Poll poll) {
    StringBuilder out = new StringBuilder();
    int number = 1;
    for (Poll.Option option : poll.options()) {
      out.append(number++).append(") ").append(option.name()).append(": ");
      out.append(option.votes()).append('\n');
    }
    String about =
        List.of(
                poll.voters().map(voters -> voters + (voters == 1 ? " voter" : " voters")),
                Optional.of("several answers").filter(words -> poll.multiple()),
                poll.closed() ? Optional.of("closed") : poll.ends().map(end -> "open until " + end))
            .stream()
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return out.append(about).toString().strip();
  }

  private List<Element> forms(Words words, RichText body, Optional<String> language) {
    Element div = body.toXhtml();
    String plain = body.toPlainText(div);
    Optional<String> title =
        content
            .warning()
            .map(warning -> words.title().map(t -> warning + " — " + t).orElse(warning))
            .or(words::title);
    boolean brief = title.isEmpty() && plain.length() < SHORT;
    String heading =
        title.orElseGet(() -> plain.isEmpty() ? "…" : brief ? plain : Excerpt.of(plain, EXCERPT));
    List<Element> out = new ArrayList<>();
    if (brief && !body.isEmpty()) {
      out.add(xhtml("title", div, language));
    }
    out.add(text("title", heading, language));
    if (!brief && !body.isEmpty()) {
      out.add(xhtml("content", div, language));
      out.add(text("content", plain, language));
    }
    return out;
  }

  private static Element text(String name, String plain, Optional<String> language) {
    return Element.of(name, ATOM).attribute("type", "text").lang(language).text(plain).build();
  }

  private static Element xhtml(String name, Element div, Optional<String> language) {
    return Element.of(name, ATOM)
        .attribute("type", "xhtml")
        .lang(language)
        .child(InlineSpaces.kept(div))
        .build();
  }
}
