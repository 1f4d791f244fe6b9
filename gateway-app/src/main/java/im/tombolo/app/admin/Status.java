package im.tombolo.app.admin;

import im.tombolo.storage.Figures.Dead;
import im.tombolo.storage.Figures.Failing;
import im.tombolo.storage.Figures.Queue;
import im.tombolo.storage.Figures.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the gateway is.
 *
 * @param at when that was found out
 * @param bridged accounts here that are actors
 * @param failing servers that cannot be reached, some of them
 * @param dead deliveries that were given up, by host
 * @param tables largest first
 */
public record Status(
    Self process,
    Instant at,
    List<Queue> queues,
    long bridged,
    List<Failing> failing,
    List<Dead> dead,
    List<Table> tables) {

  /**
   * @param leader the process that has the component link; empty when none has
   * @param leads whether that is this one
   */
  public record Self(
      String name,
      String version,
      Duration uptime,
      boolean leads,
      Optional<String> leader,
      boolean linkIsUp) {}

  long bytes() {
    return tables.stream().mapToLong(Table::bytes).sum();
  }

  /** The link in words. */
  String link() {
    String place =
        process.leads() ? "here" : process.leader().map(name -> "at " + name).orElse("nowhere");
    return (process.linkIsUp() ? "up, " : "down, ") + place;
  }

  /** How long the oldest of a queue waits. */
  Optional<Duration> age(Queue queue) {
    return queue.oldest().map(oldest -> Duration.between(oldest, at));
  }

  /** When a server is tried again, in words. */
  String next(Failing peer) {
    return peer.until()
        .map(until -> Duration.between(at, until))
        .filter(wait -> wait.isPositive())
        .map(wait -> "next attempt in " + words(wait))
        .orElse("next attempt now");
  }

  /** A time in its two largest units. */
  static String words(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + "d " + time.toHoursPart() + "h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + "h " + time.toMinutesPart() + "m";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + "m " + time.toSecondsPart() + "s"
        : Math.max(0, time.toSeconds()) + "s";
  }

  static String size(long bytes) {
    return bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
  }
}
