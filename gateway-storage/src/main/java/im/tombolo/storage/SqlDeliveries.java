package im.tombolo.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.tombolo.core.address.Authority;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Deliveries;
import im.tombolo.core.port.Peers.Standing;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

record SqlDeliveries(Sql sql, InstantSource clock, Runnable queued) implements Deliveries {
  private static final int MAX_ERROR_CHARS = 500;
  static final String COLUMNS =
      "d.id, d.host, d.inbox, d.attempts, d.queued_at, a.key, a.actor, a.json";
  private static final String INSERT =
      "insert into delivery"
          + " (activity_key, inbox, host, urgency, topic, after, queued_at, due) ";
  private static final String OF_ACTIVITY =
      "a.urgency, %1$s, %2$s, ?::timestamptz, ?::timestamptz"
          .formatted(topic("a.topic"), topic("a.after"));

  /** What a row is about, at its host. */
  private static String topic(String text) {
    return "hashtextextended(host, hashtextextended(" + text + ", 0))";
  }

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
    return new SqlDueDeliveries(sql).hostsDue(now, mine, after, max);
  }

  @Override
  public List<Stop> due(Instant now, Collection<Standing> peers) {
    return new SqlDueDeliveries(sql).due(now, peers);
  }

  @Override
  public Set<String> remaining(Instant now, Collection<String> hosts) {
    return Set.copyOf(
        sql.list(
            // Most have nothing at all.
            "select h from unnest(?) h where (select true from delivery d where not d.dead"
                + " and d.host = h limit 1) is not null and (select true"
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

  static Outgoing outgoing(Sql.Row row, int from) throws SQLException {
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
