package im.tombolo.core.calendar;

import im.tombolo.core.model.CalendarEvent.Recurrence;
import java.time.DateTimeException;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.fortuna.ical4j.model.Recur;
import net.fortuna.ical4j.model.WeekDay;
import net.fortuna.ical4j.transform.recurrence.Frequency;

/** Rules of recurrence (RFC 5545 §3.3.10), read and put into words. */
public final class Recurrences {
  private static final int MAX_RULE = 500;
  private static final int DATE = 10;

  private Recurrences() {}

  /**
   * @param rule with or without {@code RRULE:}
   * @return empty for what is no rule
   */
  public static Optional<Recurrence> read(String rule) {
    String plain = rule.strip().replaceFirst("(?i)^RRULE:", "");
    if (plain.isEmpty() || plain.length() > MAX_RULE) {
      return Optional.empty();
    }
    try {
      Recur<Temporal> recur = new Recur<>(plain);
      return Optional.of(new Recurrence(recur.toString(), words(recur)));
    } catch (IllegalArgumentException | DateTimeException notARule) {
      return Optional.empty();
    }
  }

  private static String words(Recur<Temporal> recur) {
    List<String> parts = new ArrayList<>();
    parts.add("every " + step(recur.getFrequency(), Math.max(1, recur.getInterval())));
    if (!recur.getDayList().isEmpty()) {
      parts.add("on " + days(recur.getDayList()));
    }
    if (!recur.getMonthDayList().isEmpty()) {
      parts.add("on day " + joined(recur.getMonthDayList()));
    }
    if (!recur.getMonthList().isEmpty()) {
      parts.add("in month " + joined(recur.getMonthList()));
    }
    if (recur.getCount() > 0) {
      parts.add(recur.getCount() + " times");
    }
    if (recur.getUntil() != null) {
      String until = recur.getUntil().toString();
      parts.add("until " + until.substring(0, Math.min(DATE, until.length())));
    }
    String words = String.join(" ", parts);
    return isSaid(recur) ? words : words + " (" + recur + ")";
  }

  /** Whether the words say all of it. */
  private static boolean isSaid(Recur<Temporal> recur) {
    return recur.getSetPosList().isEmpty()
        && recur.getHourList().isEmpty()
        && recur.getMinuteList().isEmpty()
        && recur.getSecondList().isEmpty()
        && recur.getWeekNoList().isEmpty()
        && recur.getYearDayList().isEmpty();
  }

  private static String step(Frequency frequency, int interval) {
    String unit =
        switch (frequency) {
          case SECONDLY -> "second";
          case MINUTELY -> "minute";
          case HOURLY -> "hour";
          case DAILY -> "day";
          case WEEKLY -> "week";
          case MONTHLY -> "month";
          case YEARLY -> "year";
        };
    return interval == 1 ? unit : interval + " " + unit + "s";
  }

  private static String days(List<WeekDay> days) {
    return days.stream().map(Recurrences::day).collect(Collectors.joining(", "));
  }

  private static String day(WeekDay day) {
    String name =
        switch (day.getDay()) {
          case MO -> "Monday";
          case TU -> "Tuesday";
          case WE -> "Wednesday";
          case TH -> "Thursday";
          case FR -> "Friday";
          case SA -> "Saturday";
          case SU -> "Sunday";
        };
    return switch (day.getOffset()) {
      case 0 -> name;
      case -1 -> "the last " + name;
      default -> name + " number " + day.getOffset();
    };
  }

  private static String joined(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
