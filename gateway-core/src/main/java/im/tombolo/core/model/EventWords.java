package im.tombolo.core.model;

import im.tombolo.core.model.CalendarEvent.Joining;
import im.tombolo.core.model.CalendarEvent.Online;
import im.tombolo.core.model.CalendarEvent.Time;
import im.tombolo.core.model.CalendarEvent.Venue;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is told of an event, in words: for people, and for programs that know no events. */
public final class EventWords {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

  private EventWords() {}

  /**
   * One thing that is told.
   *
   * @param label such as {@code When}
   */
  public record Line(String label, String words) {
    @Override
    public String toString() {
      return label + ": " + words;
    }
  }

  /** All of it. */
  public static List<Line> all(CalendarEvent event) {
    List<Line> out = new ArrayList<>();
    switch (event.status()) {
      case CANCELLED -> out.add(new Line("Status", "cancelled"));
      case TENTATIVE -> out.add(new Line("Status", "not certain yet"));
      case CONFIRMED -> {}
    }
    out.add(new Line("When", when(event.time())));
    event.time().recurrence().ifPresent(again -> out.add(new Line("Repeats", again.words())));
    event.venues().forEach(venue -> out.add(new Line("Where", place(venue))));
    event.online().forEach(place -> out.add(new Line("Online", place(place))));
    out.addAll(joining(event.joining()));
    details(event.details()).forEach(out::add);
    return out;
  }

  /** Where that is, with what one has to know. */
  public static String place(Venue venue) {
    String line = venue.inOneLine();
    String where =
        line.isEmpty()
            ? venue.coordinates().map(at -> at.latitude() + ", " + at.longitude()).orElse("")
            : line;
    return with(where, venue.note());
  }

  private static String with(String words, Optional<String> note) {
    return note.map(more -> words.isEmpty() ? more : words + " (" + more + ")").orElse(words);
  }

  /** The same of a place to meet without going there. */
  public static String place(Online online) {
    String where =
        Stream.concat(online.name().stream(), online.address().stream().map(URI::toString))
            .collect(Collectors.joining(", "));
    return with(where, online.instructions());
  }

  private static List<Line> joining(Joining joining) {
    List<Line> out = new ArrayList<>();
    joining.mode().flatMap(EventWords::mode).ifPresent(words -> out.add(new Line("Join", words)));
    joining.external().ifPresent(address -> out.add(new Line("Sign up", address.toString())));
    joining
        .capacity()
        .ifPresent(all ->
            out.add(
                new Line(
                    "Places",
                    all + joining.remaining().map(left -> ", " + left + " left").orElse(""))));
    joining
        .participants()
        .filter(count -> count > 0)
        .ifPresent(count -> out.add(new Line("Coming", count.toString())));
    joining.questions().forEach(question -> out.add(new Line("Asked", question)));
    return out;
  }

  private static Optional<String> mode(CalendarEvent.Mode mode) {
    return switch (mode) {
      case FREE -> Optional.of("everybody may come");
      case RESTRICTED -> Optional.of("the organiser decides who comes");
      case INVITE -> Optional.of("by invitation");
      case EXTERNAL, NONE -> Optional.empty();
    };
  }

  private static Stream<Line> details(CalendarEvent.Details details) {
    return Stream.of(
            Optional.of(joined(details.organisers())).map(all -> new Line("Organised by", all)),
            details.website().map(page -> new Line("Website", page.toString())),
            details.wheelchair().map(EventWords::wheelchair),
            Optional.of(joined(details.languages())).map(all -> new Line("Spoken", all)),
            Optional.of(details.comments() ? "" : "off").map(off -> new Line("Comments", off)))
        .flatMap(Optional::stream)
        .filter(line -> !line.words().isEmpty());
  }

  private static String joined(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static Line wheelchair(CalendarEvent.Wheelchair access) {
    return new Line(
        "With a wheelchair",
        switch (access) {
          case FULL -> "everywhere";
          case PARTIAL -> "not everywhere";
          case NO -> "no";
        });
  }

  /** Such as {@code Saturday 11 April 2026, 14:00 to 17:00 (Europe/Paris)}. */
  public static String when(Time time) {
    ZoneId zone = time.shownIn();
    ZonedDateTime start = time.start().atZone(zone);
    Optional<ZonedDateTime> end = time.end().map(until -> until.atZone(zone));
    if (time.allDay()) {
      String last = end.map(until -> DAY.format(until.minus(Duration.ofSeconds(1)))).orElse("");
      String first = DAY.format(start);
      return first.equals(last) ? first : first + " to " + last;
    }
    String words = DAY.format(start) + ", " + HOUR.format(start);
    if (end.isPresent()) {
      boolean isSameDay = end.get().toLocalDate().equals(start.toLocalDate());
      words += " to " + (isSameDay ? "" : DAY.format(end.get()) + ", ") + HOUR.format(end.get());
    }
    return words + " (" + name(zone) + ")";
  }

  private static String name(ZoneId zone) {
    return zone instanceof ZoneOffset offset
        ? offset.equals(ZoneOffset.UTC) ? "UTC" : "UTC" + offset
        : zone.getId();
  }
}
