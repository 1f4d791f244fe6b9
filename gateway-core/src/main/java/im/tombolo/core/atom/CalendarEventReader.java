package im.tombolo.core.atom;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.calendar.EventTimes;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Content.Words;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.Link;
import im.tombolo.core.model.Reading;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.Languages;
import im.tombolo.core.text.RichText;
import im.tombolo.core.text.Tags;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Reads events (XEP-0471, both versions) as entries of a node. */
public final class CalendarEventReader {
  private static final int MAX_NAME = 1_000;
  private static final int MAX_LANGUAGES = 20;
  private static final int MAX_FILES = 50;

  /** What the list of invitees is called where there are only links. */
  public static final String INVITEES = "Invitees";

  /** Nodes that belong to an event, and what they are called where there are only links. */
  static final Map<String, String> NODES =
      Map.of("invitees", INVITEES, "blog", "Blog", "schedule", "Schedule");

  private final Element event;
  private final EventSpeech speech;
  private final EventExtras extras;

  private CalendarEventReader(Element event, EventSpeech speech) {
    this.event = event;
    this.speech = speech;
    this.extras = new EventExtras(event, speech);
  }

  /** Whether a payload is one of an event, as it should be or not. */
  public static boolean isEvent(Element payload) {
    return payload.name().equals("event") && EventSpeech.of(payload.namespace()).isPresent();
  }

  /**
   * An event says nothing of when it was written.
   *
   * @param payload an event
   */
  static Reading<Entry> read(Element payload, Instant now) {
    return EventSpeech.of(payload.namespace())
        .map(speech -> new CalendarEventReader(payload, speech).entry(now))
        .orElseGet(() -> Reading.refused("not an event"));
  }

  /**
   * Whom an item on a list of invitees names.
   *
   * @param payload in either version, or in no namespace, as the examples have it
   */
  public static Stream<Jid> invitee(Element payload) {
    boolean isOne =
        payload.name().equals("invitee")
            && (payload.namespace().equals(Namespaces.PUBSUB)
                || payload.namespace().isEmpty()
                || EventSpeech.of(payload.namespace()).isPresent());
    return isOne
        ? payload.attribute("jid").flatMap(Jid::parse).map(Jid::bare).stream()
        : Stream.empty();
  }

  private Reading<Entry> entry(Instant now) {
    List<Words> words = words();
    if (words.isEmpty() || words.getFirst().title().isEmpty()) {
      return Reading.refused("an event without a name");
    }
    Optional<CalendarEvent.Time> time =
        text("start")
            .flatMap(start ->
                new EventTimes(extras.zone().flatMap(EventTimes::zone))
                    .read(start, text("end"), extras.recurrence()));
    if (time.isEmpty()) {
      return Reading.refused("an event without a time");
    }
    Optional<NodeAddress> comments = node("comments");
    return Reading.of(
        new Entry(
            content(words, time.get(), comments.isPresent()),
            new Dates(now, now),
            extras.page().map(URI::toString),
            Optional.empty(),
            comments,
            List.of(),
            external()));
  }

  private Content content(List<Words> words, CalendarEvent.Time time, boolean comments) {
    Words main = words.getFirst();
    String plain = main.body().toPlainText();
    List<Attachment> picture = files("head-picture").limit(1).toList();
    CalendarEvent what =
        new CalendarEvent(
            time,
            extras.status(),
            EventLocations.venues(event),
            EventLocations.online(event),
            extras.joining(),
            extras.details(comments, !picture.isEmpty()));
    return Content.builder(main)
        .translations(words.stream().skip(1).filter(one -> one.language().isPresent()).toList())
        .tags(tags(main, plain))
        .mentions(EntryMentions.read(event, main.body(), plain))
        .links(links())
        .attachments(
            Stream.concat(picture.stream(), files("attachments"))
                .distinct()
                .limit(MAX_FILES)
                .toList())
        .event(Optional.of(what))
        .build();
  }

  private Optional<String> text(String name) {
    return event
        .child(name, speech.namespace())
        .map(child -> child.text().strip())
        .filter(text -> !text.isEmpty());
  }

  /** The language of the first name is the main one; what says none is in it. */
  private List<Words> words() {
    List<Element> names = event.children("name", speech.namespace());
    String main = names.stream().findFirst().map(name -> language(name, "")).orElse("");
    SequencedMap<String, Optional<String>> titles = new LinkedHashMap<>();
    names.forEach(name ->
        titles.putIfAbsent(
            language(name, main),
            Optional.of(Excerpt.of(name.text(), MAX_NAME)).filter(text -> !text.isEmpty())));
    List<Element> descriptions = event.children("description", speech.namespace());
    descriptions.forEach(text -> titles.putIfAbsent(language(text, main), Optional.empty()));
    return titles.entrySet().stream()
        .limit(MAX_LANGUAGES)
        .map(entry ->
            new Words(
                entry.getValue(),
                richest(
                    descriptions.stream()
                        .filter(text -> language(text, main).equals(entry.getKey()))
                        .toList()),
                Optional.of(entry.getKey()).filter(tag -> !tag.isEmpty())))
        .toList();
  }

  private String language(Element element, String otherwise) {
    return element.lang().or(event::lang).flatMap(Languages::normalise).orElse(otherwise);
  }

  private static RichText richest(List<Element> forms) {
    return Stream.concat(
            forms.stream()
                .flatMap(form -> form.child("div", Namespaces.XHTML).stream())
                .map(Html::ofXhtml),
            forms.stream()
                .filter(form -> form.child("div", Namespaces.XHTML).isEmpty())
                .map(form -> Html.ofPlainText(form.text())))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse(RichText.EMPTY);
  }

  private List<String> tags(Words main, String plain) {
    return Stream.of(
            event.children("category", speech.namespace()).stream()
                .flatMap(category -> category.attribute("term").stream())
                .flatMap(term -> Tags.normalise(term).stream()),
            Tags.fromText(main.title().orElse("")).stream(),
            Tags.fromText(plain).stream())
        .flatMap(some -> some)
        .distinct()
        .limit(Tags.MAX_PER_POST)
        .toList();
  }

  private Stream<Attachment> files(String name) {
    return event.children(name, speech.namespace()).stream()
        .flatMap(files -> EntryFiles.read(files).stream());
  }

  private List<Link> links() {
    return NODES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(kind ->
            node(kind.getKey()).stream()
                .map(node -> new Link(URI.create(node.uri()), Optional.of(kind.getValue()))))
        .toList();
  }

  private Optional<NodeAddress> node(String name) {
    return event.child(name, speech.namespace()).flatMap(CalendarEventReader::address);
  }

  private static Optional<NodeAddress> address(Element link) {
    return link.attribute("jid")
        .flatMap(Jid::parse)
        .map(Jid::bare)
        .flatMap(jid ->
            link.attribute("node")
                .filter(node -> !node.isBlank())
                .map(node -> new NodeAddress(jid, node)));
  }

  /** Somebody's event in one's own agenda is a repeat of it. */
  private Optional<Entry.Target> external() {
    return event
        .child("external", speech.namespace())
        .flatMap(link ->
            address(link)
                .flatMap(
                    node -> link.attribute("item").filter(id -> !id.isBlank()).map(node::item)))
        .map(item -> new Entry.Target("", Optional.<ItemAddress>of(item)));
  }
}
