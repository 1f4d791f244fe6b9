package im.tombolo.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import im.tombolo.core.address.Authority;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Deliveries;
import im.tombolo.core.port.DeliveryShards;
import im.tombolo.core.port.Peers.Dialect;
import im.tombolo.core.port.Peers.Standing;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

record SqlDeliveries(Sql sql, InstantSource clock, Runnable queued) implements Deliveries {
  private static final int MAX_ERROR_CHARS = 500;
  // Steps of one round: what a look costs however many hosts rest.
  private static final int MAX_STEPS = 1_000;
  static final String COLUMNS =
      "d.id, d.host, d.inbox, d.attempts, d.queued_at, a.key, a.actor, a.json";
  private static final String INSERT =
      "insert into delivery"
          + " (activity_key, inbox, host, urgency, topic, after, queued_at, due) ";
  private static final String OF_ACTIVITY =
      "a.urgency, %1$s, %2$s, ?::timestamptz, ?::timestamptz"
          .formatted(topic("a.topic"), topic("a.after"));

  /**
   * Waits for no older row of the host. The planner's figures are those of an hour ago, when the
   * table was empty: so it is left no choice of the order of looks, nor of the index, here that of
   * topics.
   */
  private static final String IS_FIRST =
      " and (select true from delivery o where o.dead is not true"
          + " and o.topic in (d.topic, d.after) and o.id + 0 < d.id"
          + " and o.activity_key <> d.activity_key limit 1) is null";

  /** What a row is about, at its host. */
  private static String topic(String text) {
    return "hashtextextended(host, hashtextextended(" + text + ", 0))";
  }

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

  @Override
  public void add(String activityKey, URI inbox) {
    Instant now = clock.instant();
    queued.run();
    sql.update(
        INSERT
            + "select a.key, inbox, host, "
            + OF_ACTIVITY
            + " from activity a, (values (?, ?)) p (inbox, host) where a.key = ?"
            + " on conflict do nothing",
        now,
        now,
        inbox,
        Authority.of(inbox),
        activityKey);
  }

  @Override
  public int addForFollowers(String activityKey, Jid account) {
    Instant now = clock.instant();
    queued.run();
    return sql.update(
        INSERT
            + "select a.key, f.inbox, f.host, "
            + OF_ACTIVITY
            + " from activity a, (select distinct coalesce(shared_inbox, inbox) as inbox, host"
            + " from follower where account = ?) f where a.key = ? on conflict do nothing",
        now,
        now,
        account,
        activityKey);
  }

  @Override
  public long newest() {
    return sql.number("select coalesce((select id from delivery order by id desc limit 1), 0)");
  }

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

  @Override
  public Round hostsDue(Instant now, Mine mine, String after, int max) {
    List<Looked> found = new ArrayList<>(look(STEP_URGENT, now, mine, "", max));
    String next = after;
    if (found.size() < max) {
      Set<String> busy = new HashSet<>(mine.busy());
      found.forEach(looked -> busy.add(looked.peer().host()));
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

  @Override
  public List<Stop> due(Instant now, Collection<Standing> peers) {
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
            row -> outgoing(row, 1),
            (Object) keys.toArray(String[]::new))
        .stream()
        .collect(toMap(Outgoing::key, Function.identity()));
  }

  @Override
  public Set<String> remaining(Instant now, Collection<String> hosts) {
    return Set.copyOf(
        sql.list(
            // Most have nothing at all.
            "select h from unnest(?) h where (select true from delivery d where not d.dead"
                + " and d.host = h limit 1) is not null and (select true from (values (0), (1), (2)) u (level) cross join lateral"
                + " (select 1 from delivery d where not d.dead and d.host = h"
                + " and d.urgency = u.level and d.due <= ? limit 1) r limit 1) is not null",
            row -> row.text(1),
            hosts.toArray(String[]::new),
            now));
  }

  @Override
  public void taken(List<Delivery> deliveries) {
    Long[] ids = deliveries.stream().map(Delivery::id).toArray(Long[]::new);
    Map<String, List<String>> done = new TreeMap<>();
    sql.list(
            "delete from delivery where id = any(?) returning activity_key, inbox",
            row -> Map.entry(row.text(1), row.text(2)),
            (Object) ids)
        .forEach(row ->
            done.computeIfAbsent(row.getKey(), key -> new ArrayList<>()).add(row.getValue()));
    done.forEach(this::remember);
  }

  private void remember(String activityKey, List<String> inboxes) {
    Optional<Long> before =
        sql.one(
            "update activity set taken = taken + ? where key = ? and open returning taken",
            row -> row.number(1) - inboxes.size(),
            inboxes.size(),
            activityKey);
    if (before.filter(known -> known < MAX_REMEMBERED).isPresent()) {
      sql.update(
          "insert into delivered (activity_key, inbox, at)"
              + " select ?, inbox, ? from unnest(?) inbox on conflict do nothing",
          activityKey,
          clock.instant(),
          inboxes.stream().limit(MAX_REMEMBERED - before.get()).toArray(String[]::new));
    }
  }

  @Override
  public void retry(long id, Instant due, String error) {
    sql.update(
        "update delivery set due = ?, attempts = attempts + 1, error = ? where id = ?",
        due,
        cut(error),
        id);
  }

  @Override
  public boolean failedWith(long id, String error) {
    return sql.one(
            "select 1 from delivery where id = ? and error = ?", row -> row.number(1), id, error)
        .isPresent();
  }

  @Override
  public void dead(long id, String error) {
    sql.update("update delivery set dead = true, error = ? where id = ?", cut(error), id);
  }

  @Override
  public List<Delivery> expire(String host, Instant queued, int max) {
    return sql.list(
        "with old as (update delivery set dead = true, error = coalesce(error, 'no answer')"
            + " where id in (select id from delivery where host = ? and not dead"
            + " and queued_at < ? limit ?) returning *)"
            + " select "
            + COLUMNS
            + " from old d join activity a on a.key = d.activity_key order by d.id",
        SqlDeliveries::delivery,
        host,
        queued,
        max);
  }

  static Delivery delivery(Sql.Row row) throws SQLException {
    return new Delivery(
        row.number(1),
        row.text(2),
        URI.create(row.text(3)),
        row.integer(4),
        row.time(5),
        outgoing(row, 6));
  }

  private static Outgoing outgoing(Sql.Row row, int from) throws SQLException {
    return new Outgoing(
        row.text(from), Jid.of(row.text(from + 1)), row.text(from + 2).getBytes(UTF_8));
  }

  @Override
  public long waiting() {
    return sql.number("select count(*) from delivery where not dead");
  }

  @Override
  public long dead() {
    return sql.number("select count(*) from delivery where dead");
  }

  @Override
  public Progress progress(String activityKey, int max) {
    return sql.one(
            "select (select taken from activity where key = ?),"
                + " count(*) filter (where not dead), count(*) filter (where dead)"
                + " from delivery where activity_key = ?",
            row ->
                new Progress(row.number(1), row.number(2), row.number(3), some(activityKey, max)),
            activityKey,
            activityKey)
        .orElseThrow();
  }

  private List<Step> some(String activityKey, int max) {
    String row =
        "select d.inbox, %s, coalesce(d.error, p.error), %s from delivery d"
            + " left join peer p on p.host = d.host and p.failures > 0"
            + " where d.activity_key = ? and %s order by d.id limit ?";
    return sql.list(
        "("
            + row.formatted("'WAITING'", "greatest(d.due, p.resume_at)", "not d.dead")
            + ") union all ("
            + row.formatted("'DEAD'", "null::timestamptz", "d.dead")
            + ") union all (select inbox, 'TAKEN', null, null from delivered"
            + " where activity_key = ? order by at, inbox limit ?)",
        found ->
            new Step(
                URI.create(found.text(1)),
                Step.State.valueOf(found.text(2)),
                found.optional(3),
                found.optionalTime(4)),
        activityKey,
        max,
        activityKey,
        max,
        activityKey,
        max);
  }

  @Override
  public int forgetDelivered(Instant before, int max) {
    return sql.update(
        "delete from delivered where ctid in"
            + " (select ctid from delivered where at < ? order by at limit ?)",
        before,
        max);
  }

  private static String cut(String error) {
    return error.substring(0, Math.min(MAX_ERROR_CHARS, error.length()));
  }
}
