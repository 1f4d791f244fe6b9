package im.tombolo.core.model;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that takes place (XEP-0471, ActivityStreams {@code Event}), beside its name and
 * description, which are the title and the text of the post. The file that stands for it, where it
 * has one, is the post's first attachment.
 *
 * @param time when
 * @param status whether it takes place
 * @param venues places to go to, the main one first, at most {@link #MAX_PLACES}
 * @param online places to meet without going there, at most {@link #MAX_PLACES}
 * @param joining who may come, and how
 * @param details what else is told of it
 */
public record CalendarEvent(
    Time time,
    Status status,
    List<Venue> venues,
    List<Online> online,
    Joining joining,
    Details details) {

  /** Places of one event that are read. */
  public static final int MAX_PLACES = 20;

  /** Organisers, categories, languages and questions that are read, of each. */
  public static final int MAX_OF_A_KIND = 10;

  public CalendarEvent {
    venues = List.copyOf(venues);
    online = List.copyOf(online);
  }

  /** One that takes place at a time, of which nothing else is told. */
  public CalendarEvent(Time time) {
    this(time, Status.CONFIRMED, List.of(), List.of(), Joining.UNKNOWN, Details.NONE);
  }

  /**
   * When it takes place.
   *
   * @param start its begin; on all-day events midnight in its zone
   * @param end later than the start; absent: open; on all-day events the midnight after the last
   *     day
   * @param allDay whether it has days, but no hours; such an event has an end
   * @param zone where the clocks show that time: UTC when absent
   */
  public record Time(
      Instant start,
      Optional<Instant> end,
      boolean allDay,
      Optional<ZoneId> zone,
      Optional<Recurrence> recurrence) {

    public Time {
      zone = zone.filter(where -> !where.equals(ZoneOffset.UTC));
      end = end.filter(start::isBefore);
      allDay = allDay && end.isPresent();
    }

    /** Once, with nothing known of its zone. */
    public Time(Instant start, Optional<Instant> end) {
      this(start, end, false, Optional.empty(), Optional.empty());
    }

    /** The zone in which to tell the time. */
    public ZoneId shownIn() {
      return zone.orElse(ZoneOffset.UTC);
    }
  }

  /**
   * When it takes place again.
   *
   * @param rule RFC 5545 RRULE, such as {@code FREQ=WEEKLY;COUNT=4}
   * @param words the same for people
   */
  public record Recurrence(String rule, String words) {}

  /** Whether it takes place. */
  public enum Status {
    CONFIRMED,
    TENTATIVE,
    CANCELLED
  }

  /**
   * A place to go to.
   *
   * @param name what people call it
   * @param coordinates where it is
   * @param note what one has to know to get in
   * @param page about the place
   */
  public record Venue(
      Optional<String> name,
      Address address,
      Optional<Place.Coordinates> coordinates,
      Optional<String> note,
      Optional<URI> page) {

    public boolean isEmpty() {
      return name.isEmpty() && address.equals(Address.UNKNOWN) && coordinates.isEmpty();
    }

    /** Name and address. */
    public String inOneLine() {
      return Stream.concat(name.stream(), address.parts())
          .distinct()
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * @param street with the house number; the whole address, where its parts are not told apart
   */
  public record Address(
      Optional<String> street,
      Optional<String> postalCode,
      Optional<String> locality,
      Optional<String> region,
      Optional<String> country) {
    public static final Address UNKNOWN =
        new Address(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    Stream<String> parts() {
      return Stream.of(street, postalCode, locality, region, country).flatMap(Optional::stream);
    }
  }

  /**
   * A place to meet without going there.
   *
   * @param address http, https, or xmpp of a room
   * @param instructions how to get in
   */
  public record Online(
      Optional<String> name, Optional<URI> address, Optional<String> instructions) {}

  /** How people come to take part. */
  public enum Mode {
    FREE,
    /** The organiser decides about each. */
    RESTRICTED,
    /** Who was invited. */
    INVITE,
    /** They sign up somewhere else. */
    EXTERNAL,
    /** Nobody signs up. */
    NONE
  }

  /**
   * Who may come.
   *
   * @param mode absent: not told
   * @param capacity how many may, 1 and more; absent: any number
   * @param remaining how many more may
   * @param participants how many do, as told
   * @param external where to sign up: http, https or mailto
   * @param questions what the organiser wants to know of each, as text
   */
  public record Joining(
      Optional<Mode> mode,
      Optional<Integer> capacity,
      Optional<Integer> remaining,
      Optional<Integer> participants,
      Optional<URI> external,
      List<String> questions) {
    public static final Joining UNKNOWN =
        new Joining(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    public Joining {
      questions = List.copyOf(questions);
    }

    /** Whether people take part by saying so. */
    public boolean takesAnswers() {
      return mode.filter(how -> how != Mode.EXTERNAL && how != Mode.NONE).isPresent();
    }

    /** With so many who come. */
    public Joining attendedBy(int count) {
      return new Joining(
          mode,
          capacity,
          capacity.map(all -> Math.max(0, all - count)),
          Optional.of(count),
          external,
          questions);
    }
  }

  /** Whether one gets around with a wheelchair. */
  public enum Wheelchair {
    FULL,
    PARTIAL,
    NO
  }

  /**
   * What else is told of it.
   *
   * @param organisers who does it beside the author: actor ids, or pages
   * @param categories of a list that servers have in common, such as {@code MUSIC}
   * @param website a page about it, other than its own
   * @param languages BCP 47 tags of what is spoken there
   * @param comments whether people may comment
   * @param hasPicture whether the first attachment stands for it
   */
  public record Details(
      List<URI> organisers,
      List<String> categories,
      Optional<URI> website,
      Optional<Wheelchair> wheelchair,
      List<String> languages,
      boolean comments,
      boolean hasPicture) {
    public static final Details NONE =
        new Details(
            List.of(), List.of(), Optional.empty(), Optional.empty(), List.of(), true, false);

    public Details {
      organisers = List.copyOf(organisers);
      categories = List.copyOf(categories);
      languages = List.copyOf(languages);
    }
  }

  /** With other numbers of those who come. */
  public CalendarEvent with(Joining other) {
    return new CalendarEvent(time, status, venues, online, other, details);
  }
}
