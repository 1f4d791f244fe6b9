package im.tombolo.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
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

  /** Steps from host to host through the index, and looks at each; 'where' narrows the rows. */
  private static String step(String where) {
    String first = "(select d.host from delivery d where not d.dead" + where + " and d.host > ";
    return "with recursive step (host, n) as (select "
        + first
        + "? order by d.host limit 1), 1 union all select "
        + first
        + "s.host order by d.host limit 1), n + 1 from step s where s.host is not null and n < ?),"
        + " hosts as (select host, n, hashtext(host) & "
        + (DeliveryShards.COUNT - 1)
        + " as shard from step where host is not null)"
        + " select s.host, s.shard, coalesce(p.failures, 0), coalesce(p.refused, 0),"
        + " case when p.dialect_until > ? then p.dialect end, r.ready, s.n from hosts s"
        // Questions for one row, so that nothing is read for other hosts, nor twice.
        + " left join lateral (select * from peer where host = s.host limit 1) p on true"
        + " cross join lateral (select (? or s.shard = any(?))"
        + " and (p.resume_at is null or p.resume_at <= ?)"
        + " and (select true from delivery d where d.host = s.host and not d.dead"
        + where
        + " and d.due <= ?"
        + IS_FIRST
        + " limit 1) is not null as ready offset 0) r"
        + " where r.ready or s.n = ? limit ?";
  }

  private static final String STEP = step("");
  private static final String STEP_URGENT = step(" and urgency = 0");

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

  @Override
  public Round hostsDue(Instant now, Mine mine, String after, int max) {
    Map<String, Standing> found = new LinkedHashMap<>();
    look(STEP_URGENT, now, mine, "", max).hosts().forEach(host -> found.put(host.host(), host));
    if (found.size() == max) {
      return new Round(List.copyOf(found.values()), after);
    }
    Round round = look(STEP, now, mine, after, max - found.size());
    round.hosts().forEach(host -> found.put(host.host(), host));
    return new Round(List.copyOf(found.values()), round.next());
  }

  private Round look(String step, Instant now, Mine mine, String after, int max) {
    record Looked(Standing host, boolean isReady, int n) {}
    int most = max + mine.busy().size();
    List<Looked> looked =
        sql.list(
            step,
            row ->
                new Looked(
                    new Standing(
                        row.text(1),
                        row.integer(2),
                        row.integer(3),
                        row.integer(4),
                        row.optional(5).map(Dialect::valueOf)),
                    row.flag(6),
                    row.integer(7)),
            after,
            MAX_STEPS,
            now,
            mine.share().isAll(),
            mine.share().shards().stream().map(Long::valueOf).toArray(Long[]::new),
            now,
            now,
            MAX_STEPS,
            most);
    List<Standing> free =
        looked.stream()
            .filter(Looked::isReady)
            .map(Looked::host)
            .filter(host -> !mine.busy().contains(host.host()))
            .toList();
    if (free.size() >= max) {
      return new Round(free.subList(0, max), free.get(max - 1).host());
    }
    boolean isCut =
        looked.size() == most || (!looked.isEmpty() && looked.getLast().n() == MAX_STEPS);
    return new Round(free, isCut ? looked.getLast().host().host() : "");
  }

  @Override
  public List<Delivery> due(Instant now, List<String> hosts, int max) {
    record Row(long id, String host, String inbox, int attempts, Instant queued, String key) {
      Delivery of(Outgoing activity) {
        return new Delivery(id, host, URI.create(inbox), attempts, queued, activity);
      }
    }
    String[] sorted = hosts.stream().sorted().toArray(String[]::new);
    List<Row> rows =
        sql.list(
            "select d.id, d.host, d.inbox, d.attempts, d.queued_at, d.activity_key"
                + " from unnest(?) with ordinality h (host, n) cross join lateral ("
                + "select e.*, u.level from (values (0), (1), (2)) u (level) cross join lateral"
                + " (select * from delivery d where d.host = h.host and not d.dead"
                + " and d.urgency = u.level and d.due <= ?"
                + IS_FIRST
                + " order by d.due limit ?) e order by u.level, e.due, e.id limit ?) d"
                + " order by h.n, d.level, d.due, d.id",
            row ->
                new Row(
                    row.number(1),
                    row.text(2),
                    row.text(3),
                    row.integer(4),
                    row.time(5),
                    row.text(6)),
            sorted,
            now,
            max,
            max);
    Map<String, Outgoing> activities = activities(rows.stream().map(Row::key).distinct().toList());
    return rows.stream()
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
            "select h from unnest(?) h where (select true"
                + " from (values (0), (1), (2)) u (level) cross join lateral"
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
