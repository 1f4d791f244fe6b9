package im.tombolo.core.calendar;

import im.tombolo.core.model.CalendarEvent.Recurrence;
import im.tombolo.core.model.CalendarEvent.Time;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Times of events as both networks write them: xsd:dateTime and XEP-0082. An event from midnight to
 * midnight, where its clocks are, is one of whole days: neither network has a word for that.
 */
public final class EventTimes {
  private static final int MAX_CHARS = 64;
  private static final int LAST_YEAR = 9999;
  // Threads and some libraries write the offset without a colon.
  private static final Pattern BASIC_OFFSET = Pattern.compile("(?<=T.{5,30}[+-])(\\d{2})(\\d{2})$");

  private final Optional<ZoneId> zone;

  /**
   * @param zone where the clocks are, as far as that is told beside the times
   */
  public EventTimes(Optional<ZoneId> zone) {
    this.zone = zone;
  }

  /** A zone of the IANA database; empty for what is none. */
  public static Optional<ZoneId> zone(String name) {
    try {
      return Optional.of(name.strip())
          .filter(text -> !text.isEmpty() && text.length() <= MAX_CHARS)
          .map(ZoneId::of);
    } catch (DateTimeException unknown) {
      return Optional.empty();
    }
  }

  /**
   * @param end absent or not later than the start: the event is open; a date without a time is the
   *     last day
   * @return empty when there is no start, or not between 1970 and 9999
   */
  public Optional<Time> read(String start, Optional<String> end, Optional<Recurrence> recurrence) {
    Optional<TemporalAccessor> first = parse(start);
    return first
        .flatMap(from -> instant(from, false))
        .map(from -> {
          Optional<Instant> until =
              end.flatMap(EventTimes::parse)
                  .flatMap(last -> instant(last, true))
                  .or(() ->
                      first.filter(LocalDate.class::isInstance).flatMap(day -> instant(day, true)));
          Optional<ZoneId> where = zone.or(() -> first.flatMap(EventTimes::offset));
          boolean hasDays = isMidnight(from, where) && until.filter(isMidnight(where)).isPresent();
          return new Time(from, until, hasDays, where, recurrence);
        });
  }

  private static Optional<TemporalAccessor> parse(String text) {
    String plain = text.strip();
    if (plain.length() > MAX_CHARS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          plain.indexOf('T') < 0
              ? LocalDate.parse(plain)
              : DateTimeFormatter.ISO_DATE_TIME.parseBest(
                  BASIC_OFFSET.matcher(plain).replaceFirst("$1:$2"),
                  OffsetDateTime::from,
                  LocalDateTime::from));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> offset(TemporalAccessor at) {
    return at instanceof OffsetDateTime there ? Optional.of(there.getOffset()) : Optional.empty();
  }

  private Optional<Instant> instant(TemporalAccessor at, boolean isEnd) {
    ZoneId here = zone.orElse(ZoneOffset.UTC);
    Instant instant =
        switch (at) {
          case OffsetDateTime there -> there.toInstant();
          case LocalDateTime there -> there.atZone(here).toInstant();
          case LocalDate day -> day.plusDays(isEnd ? 1 : 0).atStartOfDay(here).toInstant();
          default -> Instant.MIN;
        };
    return Optional.of(instant)
        .filter(time -> !time.isBefore(Instant.EPOCH))
        .filter(time -> time.atOffset(ZoneOffset.UTC).getYear() <= LAST_YEAR);
  }

  private static Predicate<Instant> isMidnight(Optional<ZoneId> zone) {
    return time -> isMidnight(time, zone);
  }

  private static boolean isMidnight(Instant time, Optional<ZoneId> zone) {
    return time.atZone(zone.orElse(ZoneOffset.UTC)).toLocalTime().equals(LocalTime.MIDNIGHT);
  }

  /** With the offset that the clocks have there at that time. */
  public static String write(Instant at, Time time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(time.shownIn()));
  }
}
