package im.tombolo.core.activity;

import im.tombolo.core.calendar.EventTimes;
import im.tombolo.core.calendar.Recurrences;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.CalendarEvent.Details;
import im.tombolo.core.model.CalendarEvent.Joining;
import im.tombolo.core.model.CalendarEvent.Mode;
import im.tombolo.core.model.CalendarEvent.Recurrence;
import im.tombolo.core.model.CalendarEvent.Status;
import im.tombolo.core.model.CalendarEvent.Time;
import im.tombolo.core.model.CalendarEvent.Wheelchair;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Content.Words;
import im.tombolo.core.model.Link;
import im.tombolo.core.text.Excerpt;
import im.tombolo.core.text.Languages;
import im.tombolo.core.text.RichText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what an Event has beside the words of any post: as Mobilizon, Gancio, Friendica and
 * Hubzilla write it, and FEP-8a8e.
 */
final class EventReader {
  static final String WEBSITE = "Website";
  static final String BANNER = "Banner";
  static final String WHEELCHAIR = "mz:accessibility:wheelchairAccessible";

  private static final int MAX_NAME = 200;
  private static final int MAX_PEOPLE = 1_000_000_000;
  private static final Set<String> SIGN_UP = Set.of("http", "https", "mailto");

  private final ObjectNode object;
  private final Optional<URI> author;

  /**
   * @param author of the post: the other actors that it names organise it with them
   */
  EventReader(ObjectNode object, Optional<URI> author) {
    this.object = object;
    this.author = author;
  }

  /** The content of the post with what is told of the event. One without a time is only a post. */
  Content in(Content content) {
    Optional<Time> time = time();
    if (time.isEmpty()) {
      return content;
    }
    EventPlaces places = new EventPlaces(object);
    CalendarEvent event =
        new CalendarEvent(
            time.get(), status(), places.venues(), places.online(), joining(), details());
    return Content.builder(plain(content.words(), event))
        .translations(content.translations().stream().map(words -> plain(words, event)).toList())
        .tags(content.tags())
        .mentions(content.mentions())
        .links(
            content.links().stream()
                .filter(link -> !event.details().website().equals(Optional.of(link.href())))
                .toList())
        .attachments(files(content.attachments()))
        .emojis(content.emojis())
        .warning(content.warning())
        .quote(content.quote())
        .event(Optional.of(event))
        .build();
  }

  private Optional<Time> time() {
    Optional<Recurrence> recurrence =
        Stream.of("ical:rrule", "rrule")
            .flatMap(property -> Json.text(object, property).stream())
            .flatMap(rule -> Recurrences.read(rule).stream())
            .findFirst();
    EventTimes times = new EventTimes(Json.text(object, "timezone").flatMap(EventTimes::zone));
    boolean hasEnd = object.path("displayEndTime").asBoolean(true);
    return Json.text(object, "startTime")
        .flatMap(start ->
            times.read(start, Json.text(object, "endTime").filter(end -> hasEnd), recurrence));
  }

  /** FEP-8a8e, and iCalendar's words with and without a prefix. */
  private Status status() {
    String said =
        Stream.of("eventStatus", "status", "ical:status")
            .flatMap(property -> Json.text(object, property).stream())
            .findFirst()
            .orElse("")
            .toLowerCase(Locale.ROOT);
    if (said.contains("cancel")) {
      return Status.CANCELLED;
    }
    return said.contains("tentative") || said.contains("postponed")
        ? Status.TENTATIVE
        : Status.CONFIRMED;
  }

  private Joining joining() {
    Optional<URI> external =
        Json.text(object, "externalParticipationUrl")
            .flatMap(Json::anyUri)
            .filter(address -> SIGN_UP.contains(Json.scheme(address)));
    // We say so of events that nobody signs up for: Mobilizon knows no other word for it.
    boolean isItself = external.filter(own()::contains).isPresent();
    return new Joining(
        Json.text(object, "joinMode").flatMap(word -> mode(word, isItself)),
        count("maximumAttendeeCapacity").filter(all -> all > 0),
        count("remainingAttendeeCapacity"),
        count("participantCount")
            .or(() ->
                Json.objects(object, "attendees").stream()
                    .flatMap(all -> number(all.path("totalItems")).stream())
                    .findFirst()),
        external.filter(address -> !isItself),
        List.of());
  }

  private List<URI> own() {
    return Stream.concat(Json.id(object).stream(), Json.refs(object, "url").stream()).toList();
  }

  private static Optional<Mode> mode(String word, boolean isItself) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "free", "open" -> Optional.of(Mode.FREE);
      case "restricted" -> Optional.of(Mode.RESTRICTED);
      case "invite" -> Optional.of(Mode.INVITE);
      case "external" -> Optional.of(isItself ? Mode.NONE : Mode.EXTERNAL);
      case "none" -> Optional.of(Mode.NONE);
      default -> Optional.empty();
    };
  }

  private Optional<Integer> count(String property) {
    return number(object.path(property));
  }

  private static Optional<Integer> number(JsonNode node) {
    return node.isIntegralNumber()
            && node.canConvertToInt()
            && node.intValue() >= 0
            && node.intValue() <= MAX_PEOPLE
        ? Optional.of(node.intValue())
        : Optional.empty();
  }

  private Details details() {
    return new Details(
        organisers(),
        Json.values(object, "category").stream()
            .flatMap(category -> Json.text(category).stream())
            .filter(category -> !category.isBlank())
            .map(category -> Excerpt.of(category, MAX_NAME))
            .distinct()
            .limit(CalendarEvent.MAX_OF_A_KIND)
            .toList(),
        website(),
        wheelchair(),
        Json.values(object, "inLanguage").stream()
            .flatMap(tag -> Json.text(tag).flatMap(Languages::normalise).stream())
            .distinct()
            .limit(CalendarEvent.MAX_OF_A_KIND)
            .toList(),
        object.path("commentsEnabled").asBoolean(true)
            && !Json.text(object, "repliesModerationOption").filter("closed"::equals).isPresent(),
        picture().isPresent());
  }

  /** A group and the person who acts for it, Mobilizon's contacts, FEP-8a8e's collection. */
  private List<URI> organisers() {
    return Stream.of(
            Json.refs(object, "attributedTo").stream(),
            Json.refs(object, "actor").stream(),
            Json.refs(object, "contacts").stream(),
            Json.values(object, "organizers").stream().flatMap(EventReader::members))
        .flatMap(all -> all)
        .filter(actor -> !author.equals(Optional.of(actor)))
        .distinct()
        .limit(CalendarEvent.MAX_OF_A_KIND)
        .toList();
  }

  private static Stream<URI> members(JsonNode organizers) {
    return organizers.isString()
        ? Stream.empty()
        : Stream.of(organizers, organizers.path("first"))
            .flatMap(page ->
                Stream.concat(
                    Json.refs(page, "items").stream(), Json.refs(page, "orderedItems").stream()));
  }

  /** Mobilizon's online address. */
  private Optional<URI> website() {
    return PostFiles.links(object).stream()
        .filter(link -> link.title().filter(WEBSITE::equals).isPresent())
        .map(Link::href)
        .findFirst();
  }

  private Optional<Wheelchair> wheelchair() {
    return Json.objects(object, "attachment").stream()
        .filter(
            property -> Json.text(property, "propertyID").filter(WHEELCHAIR::equals).isPresent())
        .flatMap(property -> Json.text(property, "value").stream())
        .flatMap(value ->
            switch (value) {
              case "fully" -> Stream.of(Wheelchair.FULL);
              case "partially" -> Stream.of(Wheelchair.PARTIAL);
              case "no" -> Stream.of(Wheelchair.NO);
              default -> Stream.empty();
            })
        .findFirst();
  }

  /**
   * The address of what stands for the event: what is said to, else the flyer, else the first
   * picture, as Mobilizon has it.
   */
  private Optional<URI> picture() {
    List<ObjectNode> files = Json.objects(object, "attachment");
    return files.stream()
        .filter(file ->
            file.path("isBannerImage").asBoolean(false)
                || Json.text(file, "name").filter(BANNER::equals).isPresent())
        .flatMap(file -> Json.link(file).stream())
        .findFirst()
        .or(() ->
            Json.values(object, "image").stream().flatMap(i -> Json.link(i).stream()).findFirst())
        .or(() ->
            files.stream()
                .filter(file ->
                    Json.isType(file, "Image")
                        || Json.text(file, "mediaType")
                            .filter(type -> type.startsWith("image/"))
                            .isPresent())
                .flatMap(file -> Json.link(file).stream())
                .findFirst());
  }

  /** The files, what stands for the event first; that it does is no description of it. */
  private List<Attachment> files(List<Attachment> files) {
    Optional<URI> picture = picture();
    List<Attachment> first = new ArrayList<>();
    List<Attachment> rest = new ArrayList<>();
    for (Attachment file : files) {
      boolean isPicture = picture.filter(file.href()::equals).isPresent();
      (isPicture && first.isEmpty() ? first : rest).add(file);
    }
    return Stream.concat(first.stream().map(this::described), rest.stream()).toList();
  }

  private Attachment described(Attachment file) {
    return file.description().filter(BANNER::equals).isEmpty()
        ? file
        : new Attachment(
            file.href(),
            file.mediaType(),
            Json.objects(object, "attachment").stream()
                .filter(one -> Json.link(one).filter(file.href()::equals).isPresent())
                .flatMap(one -> Json.text(one, "summary").stream())
                .filter(text -> !text.isBlank())
                .findFirst(),
            file.details(),
            file.mirrors());
  }

  /** Without what we say in the text to those who do not know the words for it. */
  private static Words plain(Words words, CalendarEvent event) {
    String said = EventWriter.beside(event).html();
    String html = words.body().html();
    return !said.isEmpty() && html.endsWith(said)
        ? new Words(
            words.title(),
            new RichText(html.substring(0, html.length() - said.length())),
            words.language())
        : words;
  }
}
