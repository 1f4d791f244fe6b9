package im.tombolo.core;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
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
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Place;
import im.tombolo.core.text.Html;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is told of an event crosses and comes back as it was, but for what
 * docs/protocol-mapping.md says of it.
 */
class EventProperties {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final ItemAddress ITEM = new ItemAddress(ROMEO, Namespaces.CALENDAR_EVENTS, "i");
  private static final NodeAddress COMMENTS = new NodeAddress(ROMEO, Namespaces.COMMENTS + "i");
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));

  @Property(tries = 200)
  void whatTheFediverseReadsIsWhatWasSaid(@ForAll("onFediverse") Content content) {
    LocalPost post =
        new LocalPost(ROMEO, "k", ITEM, content, new Dates(NOW, NOW), Optional.empty());
    String json = new ActivityWriter(URLS).create(post).json();
    IncomingActivity read = ActivityReader.read(json).value().orElseThrow();
    assertThat(read)
        .isInstanceOfSatisfying(
            IncomingActivity.CreatePost.class,
            create -> assertThat(create.post().content()).isEqualTo(content));
  }

  @Property(tries = 200)
  void whatXmppReadsIsWhatWasSaid(@ForAll("onXmpp") Content content, @ForAll EventSpeech speech) {
    boolean comments = content.event().orElseThrow().details().comments();
    Posting posting =
        new Posting(
            ITEM,
            ROMEO,
            new Byline("Romeo", ROMEO),
            "https://a.example/1",
            content,
            new Dates(NOW, NOW),
            Optional.empty(),
            Optional.of(COMMENTS).filter(node -> comments),
            List.of(),
            Optional.empty());
    String xml = XmlWriter.write(new CalendarEventWriter(speech).payload(posting));
    assertThat(
            EntryReader.read(XmlReader.strict().read(xml).value().orElseThrow(), NOW)
                .value()
                .orElseThrow()
                .content())
        .isEqualTo(content);
  }

  private static Arbitrary<String> words() {
    return Arbitraries.of("Été", "日本語", "שלום", "a<b", "\"quoted\"", "it's", "x & y", "—")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(words -> String.join(" ", words));
  }

  private static Arbitrary<URI> address() {
    return Arbitraries.of("https://a.example/1?x=1&y=2", "https://b.example/zwei").map(URI::create);
  }

  private static Arbitrary<Time> time() {
    Arbitrary<Optional<ZoneId>> zone =
        Arbitraries.of("Europe/Paris", "America/St_Johns", "Etc/UTC", "+02:00")
            .map(ZoneId::of)
            .optional();
    // 2026 and after, and no midnight: that would be one of whole days.
    Arbitrary<Time> hours =
        Combinators.combine(
                Arbitraries.longs().between(0, 100_000),
                Arbitraries.longs().between(1, 20_000).optional(),
                zone)
            .as((start, minutes, where) -> {
              Instant from = NOW.plusSeconds(60 * start + 7);
              return new Time(
                  from,
                  minutes.map(length -> from.plusSeconds(60 * length)),
                  false,
                  where,
                  Optional.empty());
            });
    Arbitrary<Time> days =
        Combinators.combine(
                Arbitraries.longs().between(0, 400), Arbitraries.longs().between(1, 9), zone)
            .as((first, count, where) -> {
              LocalDate day = LocalDate.of(2026, 1, 1).plusDays(first);
              ZoneId there = where.orElse(ZoneId.of("Z"));
              return new Time(
                  day.atStartOfDay(there).toInstant(),
                  Optional.of(day.plusDays(count).atStartOfDay(there).toInstant()),
                  true,
                  where,
                  Optional.empty());
            });
    return Combinators.combine(
            Arbitraries.oneOf(hours, days),
            Arbitraries.of(
                    "FREQ=WEEKLY;COUNT=4;BYDAY=MO,WE", "FREQ=YEARLY", "FREQ=MONTHLY;BYDAY=-1FR")
                .map(rule -> Recurrences.read(rule).orElseThrow())
                .optional())
        .as((once, again) -> new Time(once.start(), once.end(), once.allDay(), once.zone(), again));
  }

  private static Arbitrary<Venue> venue() {
    Arbitrary<Address> where =
        Combinators.combine(
                words().optional(),
                words().optional(),
                words().optional(),
                words().optional(),
                words().optional())
            .as(Address::new);
    Arbitrary<Optional<Place.Coordinates>> coordinates =
        Combinators.combine(
                Arbitraries.integers().between(-89, 89), Arbitraries.integers().between(-179, 179))
            .as((north, east) -> new Place.Coordinates(north + 0.25, east - 0.5))
            .optional();
    return Combinators.combine(
            words(), where, coordinates, words().optional(), address().optional())
        .as((name, street, at, note, page) ->
            new Venue(Optional.of(name), street, at, note.filter(n -> !n.equals(name)), page));
  }

  private static Arbitrary<Online> online() {
    return Combinators.combine(words(), address().optional(), words().optional())
        .as((name, where, how) -> new Online(Optional.of(name), where, how));
  }

  private static Arbitrary<Joining> joining() {
    Arbitrary<Optional<Integer>> number = Arbitraries.integers().between(1, 9_999).optional();
    return Combinators.combine(Arbitraries.of(Mode.class), number, number, number, address())
        .as((mode, capacity, remaining, coming, external) ->
            new Joining(
                Optional.of(mode),
                capacity,
                remaining,
                coming,
                Optional.of(external).filter(to -> mode == Mode.EXTERNAL),
                List.of()));
  }

  private static Arbitrary<Details> details(List<String> categories, int languages) {
    return Combinators.combine(
            address().list().uniqueElements().ofMaxSize(2),
            Arbitraries.just(categories),
            address().optional(),
            Arbitraries.of(Wheelchair.class).optional(),
            Arbitraries.of("de", "fr", "pt-BR").list().uniqueElements().ofMaxSize(languages),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false))
        .as(Details::new);
  }

  private static Arbitrary<Content> content(Arbitrary<Details> details) {
    Arbitrary<CalendarEvent> event =
        Combinators.combine(
                time(),
                Arbitraries.of(Status.class),
                venue().list().uniqueElements().ofMaxSize(3),
                online().list().uniqueElements().ofMaxSize(2),
                joining(),
                details)
            .as(CalendarEvent::new);
    Arbitrary<Content.Words> german =
        Combinators.combine(words(), words())
            .as((title, body) ->
                new Content.Words(
                    Optional.of(title), Html.ofPlainText("Text " + body), Optional.of("de")));
    return Combinators.combine(
            words(),
            words(),
            german.optional(),
            Arbitraries.of("music", "été").list().uniqueElements().ofMaxSize(2),
            event)
        .as((title, body, translation, tags, what) ->
            Content.builder(
                    new Content.Words(
                        Optional.of(title), Html.ofPlainText("Text " + body), Optional.of("en")))
                .translations(translation.stream().toList())
                .tags(tags)
                .attachments(what.details().hasPicture() ? List.of(picture(), plan()) : List.of())
                .event(Optional.of(what))
                .build());
  }

  private static Attachment picture() {
    return new Attachment(
        URI.create("https://files.example/ball.png"),
        Optional.of("image/png"),
        Optional.of("Dancers"));
  }

  private static Attachment plan() {
    return new Attachment(
        URI.create("https://files.example/menu.pdf"),
        Optional.of("application/pdf"),
        Optional.of("What there is to eat"));
  }

  @Provide
  Arbitrary<Content> onFediverse() {
    return content(details(List.of("MUSIC", "PARTY"), 1));
  }

  @Provide
  Arbitrary<Content> onXmpp() {
    return content(details(List.of(), 3));
  }
}
