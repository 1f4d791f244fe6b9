package im.tombolo.storage;

import static im.tombolo.core.port.Deliveries.MAX_OF_HOST;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Deliveries.Mine;
import im.tombolo.core.port.Deliveries.Outgoing;
import im.tombolo.core.port.Deliveries.Round;
import im.tombolo.core.port.Deliveries.Stop;
import im.tombolo.core.port.DeliveryShards;
import im.tombolo.core.port.Peers.Dialect;
import im.tombolo.core.port.Peers.Standing;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What of the outbox may be handed out now, and at which hosts. */
record SqlDueDeliveries(Sql sql) {
  // Of one round: what a look costs however many hosts rest.
  private static final int MAX_STEPS = 1_000;

  /**
   * Waits for no older row of the host. The planner's figures are those of an hour ago, when the
   * table was empty: so it is left no choice of the order of looks, nor of the index, here that of
   * topics.
   */
  private static final String IS_FIRST =
      " and (select true from delivery o where o.dead is not true"
          + " and o.topic in (d.topic, d.after) and o.id + 0 < d.id"
          + " and o.activity_key <> d.activity_key limit 1) is null";

  /** Of one host and urgency. */
  private static String dueRows(String host, String urgency) {
    return "(select d.id, d.inbox, d.attempts, d.queued_at, d.activity_key, d.due from delivery d"
        + (" where d.host = " + host + " and not d.dead and d.urgency = " + urgency)
        + " and d.due <= ?"
        + IS_FIRST
        + (" order by d.due limit " + MAX_OF_HOST + ")");
  }

  /**
   * Steps from host to host through an index, and reads what is due there, if the host may be
   * visited. Each question is for one row or one host, so that nothing is read for others, nor
   * twice.
   *
   * @param rows what is stepped over
   * @param next of these, what comes after the step before
   */
  private static String step(String rows, String next) {
    String first = "(select d.host, d.urgency from delivery d where not d.dead" + rows;
    String order = " order by d.host, d.urgency limit 1)";
    return ("with recursive step (host, urgency, n) as (select f.*, 1 from "
            + (first + " and d.host > ?" + order + " f union all select e.*, s.n + 1"))
        + (" from step s cross join lateral " + first + next + order + " e where s.n < ?),")
        + " hosts as (select host, urgency, n, hashtext(host) & "
        + (DeliveryShards.COUNT - 1)
        + " as shard from step)"
        + " select s.host, s.shard, coalesce(p.failures, 0), coalesce(p.refused, 0),"
        + " case when p.dialect_until > ? then p.dialect end, s.n, coalesce(d.id, 0), d.inbox,"
        + " d.attempts, d.queued_at, d.activity_key from hosts s"
        + " left join lateral (select * from peer where host = s.host limit 1) p on true"
        + " cross join lateral (select (? or s.shard = any(?))"
        + " and (p.resume_at is null or p.resume_at <= ?) and s.host <> all(?) as free offset 0) f"
        + (" left join lateral (select * from " + dueRows("s.host", "s.urgency"))
        + " d where f.free offset 0) d on true"
        + " where d.id is not null or s.n = ? limit ?";
  }

  private static final String STEP = step("", " and (d.host, d.urgency) > (s.host, s.urgency)");
  private static final String STEP_URGENT = step(" and d.urgency = 0", " and d.host > s.host");

  /** A row without the activity that it is about. */
  private record Waiting(
      long id, String host, String inbox, int attempts, Instant queued, String key) {
    static Waiting of(Sql.Row row, String host, int from) throws SQLException {
      return new Waiting(
          row.number(from),
          host,
          row.text(from + 1),
          row.integer(from + 2),
          row.time(from + 3),
          row.text(from + 4));
    }

    Delivery of(Outgoing activity) {
      return new Delivery(id, host, URI.create(inbox), attempts, queued, activity);
    }
  }

  /**
   * @param row absent where the look came to its end
   */
  private record Looked(Standing peer, int n, Optional<Waiting> row) {
    static Looked of(Sql.Row row) throws SQLException {
      Standing peer =
          new Standing(
              row.text(1),
              row.integer(2),
              row.integer(3),
              row.integer(4),
              row.optional(5).map(Dialect::valueOf));
      return new Looked(
          peer,
          row.integer(6),
          row.number(7) == 0 ? Optional.empty() : Optional.of(Waiting.of(row, peer.host(), 7)));
    }
  }

  Round hostsDue(Instant now, Mine mine, String after, int max) {
    List<Looked> found = new ArrayList<>(look(STEP_URGENT, now, mine, "", max));
    String next = after;
    if (found.size() < max) {
      Set<String> busy = new HashSet<>(mine.busy());
      found.forEach(looked -> looked.row().ifPresent(row -> busy.add(row.host())));
      int room = max - found.size();
      List<Looked> others = look(STEP, now, new Mine(mine.share(), busy), after, room);
      boolean isCut =
          others.size() == room || (!others.isEmpty() && others.getLast().n() == MAX_STEPS);
      next = isCut ? others.getLast().peer().host() : "";
      found.addAll(others);
    }
    return new Round(stops(found), next);
  }

  private List<Looked> look(String step, Instant now, Mine mine, String after, int max) {
    return sql.list(
        step,
        Looked::of,
        after,
        MAX_STEPS,
        now,
        mine.share().isAll(),
        mine.share().shards().stream().map(Long::valueOf).toArray(Long[]::new),
        now,
        mine.busy().toArray(String[]::new),
        now,
        MAX_STEPS,
        max);
  }

  private List<Stop> stops(List<Looked> looked) {
    List<Waiting> rows = looked.stream().flatMap(found -> found.row().stream()).toList();
    Map<String, List<Delivery>> due = byHost(deliveries(rows));
    Map<String, Standing> peers = new LinkedHashMap<>();
    looked.forEach(found -> peers.put(found.peer().host(), found.peer()));
    return stops(peers.values(), due);
  }

  List<Stop> due(Instant now, Collection<Standing> peers) {
    List<Waiting> rows =
        sql.list(
            "select h.host, d.* from unnest(?) h (host)"
                + " cross join (values (0), (1), (2)) u (level) cross join lateral "
                + dueRows("h.host", "u.level")
                + " d order by u.level, d.due, d.id",
            row -> Waiting.of(row, row.text(1), 2),
            peers.stream().map(Standing::host).sorted().toArray(String[]::new),
            now);
    return stops(peers, byHost(deliveries(rows)));
  }

  private static Map<String, List<Delivery>> byHost(List<Delivery> deliveries) {
    return deliveries.stream().collect(groupingBy(Delivery::host));
  }

  private static List<Stop> stops(Collection<Standing> peers, Map<String, List<Delivery>> due) {
    return peers.stream()
        .filter(peer -> due.containsKey(peer.host()))
        .map(peer -> new Stop(peer, first(due.getOrDefault(peer.host(), List.of()))))
        .toList();
  }

  private static List<Delivery> first(List<Delivery> deliveries) {
    return deliveries.subList(0, Math.min(MAX_OF_HOST, deliveries.size()));
  }

  private List<Delivery> deliveries(List<Waiting> rows) {
    Map<String, Outgoing> activities =
        activities(rows.stream().map(Waiting::key).distinct().toList());
    return rows.stream()
        // One may have been deleted meanwhile.
        .flatMap(row -> Optional.ofNullable(activities.get(row.key())).map(row::of).stream())
        .toList();
  }

  private Map<String, Outgoing> activities(Collection<String> keys) {
    return sql
        .list(
            "select key, actor, json from activity where key = any(?)",
            row -> SqlDeliveries.outgoing(row, 1),
            (Object) keys.toArray(String[]::new))
        .stream()
        .collect(toMap(Outgoing::key, Function.identity()));
  }
}
