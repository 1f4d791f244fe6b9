package im.tombolo.core;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.NoteWriter;
import im.tombolo.core.activity.PostReader;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Byline;
import im.tombolo.core.atom.CalendarEventWriter;
import im.tombolo.core.atom.EntryReader;
import im.tombolo.core.atom.EventSpeech;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.calendar.Recurrences;
import im.tombolo.core.model.Attachment;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.CalendarEvent.Address;
import im.tombolo.core.model.CalendarEvent.Details;
import im.tombolo.core.model.CalendarEvent.Joining;
import im.tombolo.core.model.CalendarEvent.Mode;
import im.tombolo.core.model.CalendarEvent.Online;
import im.tombolo.core.model.CalendarEvent.Status;
import im.tombolo.core.model.CalendarEvent.Time;
import im.tombolo.core.model.CalendarEvent.Venue;
import im.tombolo.core.model.CalendarEvent.Wheelchair;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Place;
import im.tombolo.core.text.Html;
import im.tombolo.core.xml.Namespaces;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in the documentation says what the code does with each part of an event. */
class EventTableTest {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Instant LATER = Instant.parse("2026-01-02T12:00:00Z");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final ItemAddress ITEM = new ItemAddress(ROMEO, Namespaces.CALENDAR_EVENTS, "i");
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));
  private static final URI PAGE = URI.create("https://a.example/");

  // Nobody signs up, and nobody comments: what a payload says that says nothing else.
  private static final Joining NOBODY = joining(Mode.NONE, "");
  private static final Details PLAIN =
      new Details(
          List.of(), List.of(), Optional.empty(), Optional.empty(), List.of(), false, false);
  private static final CalendarEvent BARE =
      new CalendarEvent(
          new Time(NOW, Optional.empty()), Status.CONFIRMED, List.of(), List.of(), NOBODY, PLAIN);

  private static final Map<String, CalendarEvent> EXAMPLES = examples();

  private static Joining joining(Mode mode, String part) {
    return new Joining(
        Optional.of(mode),
        Optional.of(9).filter(n -> part.equals("capacity")),
        Optional.of(3).filter(n -> part.equals("remaining")),
        Optional.of(6).filter(n -> part.equals("participants")),
        Optional.of(PAGE).filter(n -> part.equals("external")),
        part.equals("questions") ? List.of("Allergies?") : List.of());
  }

  private static CalendarEvent with(Joining joining) {
    return BARE.with(joining);
  }

  private static CalendarEvent with(Time time) {
    return new CalendarEvent(time, Status.CONFIRMED, List.of(), List.of(), NOBODY, PLAIN);
  }

  private static CalendarEvent with(List<Venue> venues, List<Online> online) {
    return new CalendarEvent(BARE.time(), Status.CONFIRMED, venues, online, NOBODY, PLAIN);
  }

  private static CalendarEvent with(Details details) {
    return new CalendarEvent(BARE.time(), Status.CONFIRMED, List.of(), List.of(), NOBODY, details);
  }

  private static Venue venue(
      Address address, Optional<Place.Coordinates> at, Optional<String> note, Optional<URI> page) {
    return new Venue(Optional.of("Hall"), address, at, note, page);
  }

  private static Venue hall() {
    return venue(Address.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Address address(String part) {
    return new Address(
        Optional.of("1 Road").filter(x -> part.equals("street")),
        Optional.of("BA1").filter(x -> part.equals("postalCode")),
        Optional.of("Bath").filter(x -> part.equals("locality")),
        Optional.of("Somerset").filter(x -> part.equals("region")),
        Optional.of("UK").filter(x -> part.equals("country")));
  }

  private static Details details(String part) {
    return new Details(
        part.equals("organisers") ? List.of(PAGE) : List.of(),
        part.equals("categories") ? List.of("MUSIC") : List.of(),
        Optional.of(PAGE).filter(x -> part.equals("website")),
        Optional.of(Wheelchair.FULL).filter(x -> part.equals("wheelchair")),
        part.equals("languages") ? List.of("de", "fr") : List.of(),
        part.equals("comments"),
        part.equals("hasPicture"));
  }

  private static Map<String, CalendarEvent> examples() {
    Map<String, CalendarEvent> all = new LinkedHashMap<>();
    all.put("time.start", BARE);
    all.put("time.end", with(new Time(NOW, Optional.of(LATER))));
    Instant midnight = Instant.parse("2026-01-02T00:00:00Z");
    all.put(
        "time.allDay",
        with(
            new Time(
                midnight,
                Optional.of(midnight.plusSeconds(86_400)),
                true,
                Optional.empty(),
                Optional.empty())));
    all.put(
        "time.zone",
        with(
            new Time(
                NOW,
                Optional.empty(),
                false,
                Optional.of(ZoneId.of("Europe/Rome")),
                Optional.empty())));
    all.put(
        "time.recurrence",
        with(
            new Time(
                NOW, Optional.empty(), false, Optional.empty(), Recurrences.read("FREQ=DAILY"))));
    all.put(
        "status",
        new CalendarEvent(BARE.time(), Status.CANCELLED, List.of(), List.of(), NOBODY, PLAIN));
    Online stream = new Online(Optional.of("Stream"), Optional.of(PAGE), Optional.of("Press play"));
    all.put("venues.name", with(List.of(hall()), List.of()));
    Stream.of("street", "postalCode", "locality", "region", "country")
        .forEach(part ->
            all.put(
                "venues.address." + part,
                with(
                    List.of(
                        venue(address(part), Optional.empty(), Optional.empty(), Optional.empty())),
                    List.of())));
    all.put(
        "venues.coordinates",
        with(
            List.of(
                venue(
                    Address.UNKNOWN,
                    Optional.of(new Place.Coordinates(1, 2)),
                    Optional.empty(),
                    Optional.empty())),
            List.of()));
    all.put(
        "venues.note",
        with(
            List.of(
                venue(Address.UNKNOWN, Optional.empty(), Optional.of("Ring"), Optional.empty())),
            List.of()));
    all.put(
        "venues.page",
        with(
            List.of(venue(Address.UNKNOWN, Optional.empty(), Optional.empty(), Optional.of(PAGE))),
            List.of()));
    all.put("online.name", with(List.of(hall()), List.of(stream)));
    all.put("online.address", with(List.of(), List.of(stream)));
    all.put("online.instructions", with(List.of(), List.of(stream)));
    all.put("joining.mode", with(joining(Mode.RESTRICTED, "")));
    Stream.of("capacity", "remaining", "participants", "questions")
        .forEach(part -> all.put("joining." + part, with(joining(Mode.FREE, part))));
    all.put("joining.external", with(joining(Mode.EXTERNAL, "external")));
    Stream.of(Details.class.getRecordComponents())
        .map(RecordComponent::getName)
        .forEach(part -> all.put("details." + part, with(details(part))));
    return all;
  }

  private static Content content(CalendarEvent event) {
    return Content.builder(
            new Content.Words(Optional.of("Ball"), Html.ofPlainText("Come"), Optional.of("en")))
        .attachments(
            event.details().hasPicture()
                ? List.of(
                    new Attachment(
                        URI.create("https://a.example/1.png"),
                        Optional.of("image/png"),
                        Optional.of("Dancers")))
                : List.of())
        .event(Optional.of(event))
        .build();
  }

  private static Map<String, List<String>> rows() throws IOException {
    return Files.readAllLines(Path.of("../docs/protocol-mapping.md")).stream()
        .dropWhile(line -> !line.equals("### What crosses of an event"))
        .dropWhile(line -> !line.startsWith("| `"))
        .takeWhile(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|"))
        .collect(
            Collectors.toMap(
                cells -> cells[1].strip().replace("`", ""),
                cells -> List.of(cells[2].strip(), cells[3].strip())));
  }

  private static Content overFediverse(Content content) {
    LocalPost post =
        new LocalPost(ROMEO, "k", ITEM, content, new Dates(NOW, NOW), Optional.empty());
    return PostReader.read(new NoteWriter(URLS).write(post)).value().orElseThrow().content();
  }

  private static Content overXmpp(Content content) {
    Posting posting =
        new Posting(
            ITEM,
            ROMEO,
            new Byline("Romeo", ROMEO),
            "https://a.example/1",
            content,
            new Dates(NOW, NOW),
            Optional.empty(),
            Optional.of(new ItemAddress(ROMEO, Namespaces.COMMENTS + "i", "").place()),
            List.of(),
            Optional.empty());
    return EntryReader.read(new CalendarEventWriter(EventSpeech.CALENDAR).payload(posting), NOW)
        .value()
        .orElseThrow()
        .content();
  }

  static Stream<String> parts() {
    return EXAMPLES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("parts")
  void whatTheTableSaysOfAPartIsSo(String part) throws IOException {
    Content content = content(EXAMPLES.get(part));
    List<String> row = rows().getOrDefault(part, List.of("missing", "missing"));
    assertThat(overFediverse(content).equals(content)).isEqualTo(row.get(0).equals("yes"));
    assertThat(overXmpp(content).equals(content)).isEqualTo(row.get(1).equals("yes"));
  }

  @Test
  void theTableHasEveryPartOfAnEvent() throws IOException {
    Set<String> parts = new TreeSet<>();
    add(parts, "", CalendarEvent.class, Set.of("time", "venues", "online", "joining", "details"));
    add(parts, "time.", Time.class, Set.of());
    add(parts, "venues.", Venue.class, Set.of("address"));
    add(parts, "venues.address.", Address.class, Set.of());
    add(parts, "online.", Online.class, Set.of());
    add(parts, "joining.", Joining.class, Set.of());
    add(parts, "details.", Details.class, Set.of());
    assertThat(new TreeSet<>(rows().keySet())).isEqualTo(parts);
    assertThat(new TreeSet<>(EXAMPLES.keySet())).isEqualTo(parts);
  }

  private static void add(Set<String> parts, String prefix, Class<?> type, Set<String> without) {
    Stream.of(type.getRecordComponents())
        .map(RecordComponent::getName)
        .filter(name -> !without.contains(name))
        .forEach(name -> parts.add(prefix + name));
  }
}
