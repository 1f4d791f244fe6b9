package im.tombolo.core.atom;

import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.calendar.EventTimes;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Content.Words;
import im.tombolo.core.model.Link;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes events of fediverse accounts as items of a node for events (XEP-0471). */
public final class CalendarEventWriter {
  private static final int EXCERPT = 100;
  private static final int MAX_FILES = 20;
  // As much as fits in beside all else.
  private static final int MAX_TEXT = 40_000;

  private final EventSpeech speech;
  private final String namespace;

  public CalendarEventWriter(EventSpeech speech) {
    this.speech = speech;
    this.namespace = speech.namespace();
  }

  /**
   * The whole {@code item}.
   *
   * @param posting one with an event
   * @param pubsub namespace of pubsub or of its events, where the item will stand
   */
  public Element item(Posting posting, String pubsub) {
    return Element.of("item", pubsub)
        .attribute("id", posting.at().id())
        .attribute("publisher", posting.publisher().toString())
        .child(payload(posting))
        .build();
  }

  /** The payload alone, at most {@link EntryWriter#MAX_CHARS} long. */
  public Element payload(Posting posting) {
    Element whole = write(posting);
    return XmlWriter.write(whole).length() <= EntryWriter.MAX_CHARS
        ? whole
        : write(posting.with(within(posting)));
  }

  private static Content within(Posting posting) {
    Content content = posting.content();
    String where = posting.page().map(Object::toString).orElse(posting.id());
    RichText cut =
        Html.ofPlainText(Excerpt.cut(content.body().toPlainText(), MAX_TEXT) + "…\n\n" + where);
    return Content.builder(new Words(content.title(), cut, content.language()))
        .tags(content.tags())
        .attachments(content.attachments().stream().limit(MAX_FILES).toList())
        .links(content.links().stream().limit(MAX_FILES).toList())
        .event(content.event())
        .build();
  }

  private Element write(Posting posting) {
    Content content = posting.content();
    CalendarEvent event = content.event().orElseThrow();
    Element.Builder out = Element.of("event", namespace).lang(content.language());
    names(content).forEach(out::child);
    out.child("start", EventTimes.write(event.time().start(), event.time()));
    // One has to be there: the start again means an open end.
    out.child(
        "end", EventTimes.write(event.time().end().orElse(event.time().start()), event.time()));
    boolean hasPicture = event.details().hasPicture() && !content.attachments().isEmpty();
    if (hasPicture) {
      out.child(files("head-picture", content.attachments().subList(0, 1)));
    }
    descriptions(content).forEach(out::child);
    content.tags().forEach(tag -> out.child(category(tag)));
    event.details().categories().forEach(tag -> out.child(category(tag)));
    EventLocations.write(event, namespace).forEach(out::child);
    out.child(EventExtras.rsvp(event, speech));
    nodes(content).forEach(out::child);
    if (event.details().comments()) {
      out.child(posting.comments().map(node -> node("comments", node)));
    }
    List<Attachment> rest =
        content.attachments().subList(hasPicture ? 1 : 0, content.attachments().size());
    if (!rest.isEmpty()) {
      out.child(files("attachments", rest));
    }
    return out.child(EventExtras.extra(event, posting.page(), speech)).build();
  }

  private List<Element> names(Content content) {
    String warning = content.warning().map(text -> text + " — ").orElse("");
    String main =
        content.title().orElseGet(() -> Excerpt.of(content.body().toPlainText(), EXCERPT).strip());
    Stream<Element> translated =
        content.translations().stream()
            .flatMap(words -> words.title().stream().map(title -> name(title, words.language())));
    return Stream.concat(
            Stream.of(name(warning + (main.isEmpty() ? "…" : main), content.language())),
            translated)
        .toList();
  }

  private Element name(String text, Optional<String> language) {
    return Element.of("name", namespace).lang(language).text(text).build();
  }

  private List<Element> descriptions(Content content) {
    RichText spoken = new RichText(content.body().html() + beside(content).html());
    return Stream.concat(
            forms(spoken, content.language()),
            content.translations().stream().flatMap(words -> forms(words.body(), words.language())))
        .toList();
  }

  private Stream<Element> forms(RichText body, Optional<String> language) {
    return body.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Element.of("description", namespace)
                .attribute("type", "text")
                .lang(language)
                .text(body.toPlainText())
                .build(),
            Element.of("description", namespace)
                .attribute("type", "xhtml")
                .lang(language)
                .child(InlineSpaces.kept(body.toXhtml()))
                .build());
  }

  /** What has no other place. */
  private static RichText beside(Content content) {
    Stream<String> links =
        content.links().stream()
            .filter(link -> kind(link).isEmpty())
            .map(link -> link.title().map(title -> title + ": ").orElse("") + link.href());
    return Html.ofPlainText(
        Stream.of(
                links,
                content.quote().stream().map(quoted -> "RE: " + quoted),
                content.rights().stream())
            .flatMap(lines -> lines)
            .collect(Collectors.joining("\n")));
  }

  private Element category(String term) {
    return Element.of("category", namespace).attribute("term", term).build();
  }

  /** The nodes that belong to it. */
  private List<Element> nodes(Content content) {
    return content.links().stream()
        .flatMap(link ->
            kind(link).stream()
                .flatMap(name ->
                    NodeAddress.parse(link.href().toString()).stream()
                        .map(node -> node(name, node))))
        .toList();
  }

  private static Optional<String> kind(Link link) {
    return NodeAddress.parse(link.href().toString())
        .flatMap(node ->
            CalendarEventReader.NODES.entrySet().stream()
                .filter(kind -> link.title().equals(Optional.of(kind.getValue())))
                .map(Map.Entry::getKey)
                .findFirst());
  }

  private Element node(String name, NodeAddress node) {
    return Element.of(name, namespace)
        .attribute("jid", node.service().toString())
        .attribute("node", node.node())
        .build();
  }

  private Element files(String name, List<Attachment> files) {
    return Element.of(name, namespace)
        .children(files.stream().map(EntryFiles::sharing).toList())
        .build();
  }
}
