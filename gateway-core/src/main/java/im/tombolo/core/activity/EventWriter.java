package im.tombolo.core.activity;

import im.tombolo.core.calendar.EventTimes;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.CalendarEvent.Details;
import im.tombolo.core.model.CalendarEvent.Joining;
import im.tombolo.core.model.CalendarEvent.Mode;
import im.tombolo.core.model.CalendarEvent.Time;
import im.tombolo.core.model.EventWords;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what an Event has beside the words of any post, as Mobilizon reads it and FEP-8a8e has it.
 */
final class EventWriter {
  /** Of what is said in the text; a longer list of places ends there. */
  private static final int MAX_SAID = 4_000;

  private final CalendarEvent event;

  EventWriter(CalendarEvent event) {
    this.event = event;
  }

  /**
   * @param attendees the collection that says how many come
   * @param out has {@code url} already
   */
  void write(URI attendees, ObjectNode out) {
    Time time = event.time();
    out.put("startTime", EventTimes.write(time.start(), time));
    time.end().ifPresent(end -> out.put("endTime", EventTimes.write(end, time)));
    time.zone()
        .filter(zone -> !(zone instanceof ZoneOffset))
        .ifPresent(zone -> out.put("timezone", zone.getId()));
    time.recurrence().ifPresent(again -> out.put("ical:rrule", again.rule()));
    status(out);
    joining(attendees, out);
    details(out);
  }

  /** In the words of FEP-8a8e, and of Mobilizon now and before. */
  private void status(ObjectNode out) {
    out.put(
        "eventStatus",
        switch (event.status()) {
          case CONFIRMED -> "EventScheduled";
          case TENTATIVE -> "EventTentative";
          case CANCELLED -> "EventCancelled";
        });
    out.put("status", event.status().name()).put("ical:status", event.status().name());
  }

  private void joining(URI attendees, ObjectNode out) {
    Joining joining = event.joining();
    // Mobilizon refuses an event whose nobody signs up for, and takes one that says nothing for
    // free.
    boolean isNobody = joining.mode().equals(Optional.of(Mode.NONE));
    Mode mode = isNobody ? Mode.EXTERNAL : joining.mode().orElse(Mode.FREE);
    if (joining.mode().isPresent()) {
      out.put("joinMode", mode.name().toLowerCase(Locale.ROOT));
    }
    Optional<String> external =
        isNobody ? Optional.of(out.path("url").asString()) : joining.external().map(URI::toString);
    external.ifPresent(address -> out.put("externalParticipationUrl", address));
    out.put("anonymousParticipationEnabled", false);
    joining.capacity().ifPresent(all -> out.put("maximumAttendeeCapacity", all));
    joining.remaining().ifPresent(left -> out.put("remainingAttendeeCapacity", left));
    joining
        .participants()
        .ifPresent(count -> {
          out.put("participantCount", count);
          out.putObject("attendees")
              .put("type", "Collection")
              .put("id", attendees.toString())
              .put("totalItems", count);
        });
  }

  private void details(ObjectNode out) {
    Details details = event.details();
    if (!details.organisers().isEmpty()) {
      ObjectNode all = out.putObject("organizers").put("type", "Collection");
      all.put("totalItems", details.organisers().size());
      texts(all.putArray("items"), details.organisers());
      texts(out.putArray("contacts"), details.organisers());
    }
    one("category", details.categories(), out);
    // Mobilizon takes one.
    details.languages().stream().limit(1).forEach(tag -> out.put("inLanguage", tag));
    out.put("commentsEnabled", details.comments());
    out.put("repliesModerationOption", details.comments() ? "allow_all" : "closed");
  }

  private static void one(String property, List<String> values, ObjectNode out) {
    if (values.size() == 1) {
      out.put(property, values.getFirst());
    } else if (!values.isEmpty()) {
      texts(out.putArray(property), values);
    }
  }

  private static void texts(ArrayNode out, List<?> values) {
    values.forEach(value -> out.add(value.toString()));
  }

  /**
   * What stands among the files of other posts, in front of them.
   *
   * @param attachments empty as yet
   */
  void beforeFiles(ObjectNode out, ArrayNode attachments) {
    Details details = event.details();
    details
        .website()
        .ifPresent(page ->
            attachments
                .addObject()
                .put("type", "Link")
                .put("href", page.toString())
                .put("mediaType", "text/html")
                .put("name", EventReader.WEBSITE));
    details
        .wheelchair()
        .ifPresent(access ->
            attachments
                .addObject()
                .put("type", "PropertyValue")
                .put("propertyID", EventReader.WHEELCHAIR)
                .put("name", "Wheelchair accessibility")
                .put(
                    "value",
                    switch (access) {
                      case FULL -> "fully";
                      case PARTIAL -> "partially";
                      case NO -> "no";
                    }));
    EventPlaces.write(event, out, attachments);
  }

  /**
   * Marks the picture that stands for the event: Mobilizon knows it by a name, and takes documents
   * only.
   */
  void banner(List<Attachment> files, ArrayNode attachments) {
    if (!event.details().hasPicture() || files.isEmpty()) {
      return;
    }
    String href = files.getFirst().href().toString();
    attachments
        .valueStream()
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .filter(file -> Json.link(file).map(URI::toString).filter(href::equals).isPresent())
        .filter(file -> !Json.isType(file, "Link"))
        .findFirst()
        .ifPresent(file -> {
          Json.text(file, "name").ifPresent(text -> file.put("summary", text));
          file.put("type", "Document").put("name", EventReader.BANNER).put("isBannerImage", true);
        });
  }

  /**
   * What few know the words for, to be read in the text. What we do not read back from the words
   * comes first, so that the rest can be known again, see {@link EventReader#plain}.
   */
  static RichText beside(CalendarEvent event) {
    return said(
        Stream.of(
            event.time().recurrence().map(again -> "Repeats: " + again.words()).stream(),
            event.venues().stream().skip(1).map(venue -> "Also: " + EventWords.place(venue)),
            event.online().stream().map(place -> "Online: " + EventWords.place(place))));
  }

  /** The same of what comes back as words only. */
  RichText beforeBeside() {
    List<String> languages = event.details().languages();
    return said(
        Stream.of(
            event.joining().questions().stream().map(question -> "Asked: " + question),
            Stream.of(String.join(", ", languages))
                .filter(all -> languages.size() > 1)
                .map(all -> "Spoken: " + all)));
  }

  private static RichText said(Stream<Stream<String>> lines) {
    StringBuilder out = new StringBuilder();
    lines
        .flatMap(some -> some)
        .takeWhile(line -> out.length() + line.length() <= MAX_SAID)
        .forEachOrdered(line -> out.append(line).append('\n'));
    return Html.ofPlainText(out.toString());
  }
}
