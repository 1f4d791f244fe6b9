package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Deliveries;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

record SqlDeliveries(Sql sql, InstantSource clock) implements Deliveries {
  private static final int MAX_ERROR_CHARS = 500;

  @Override
  public void add(String activityKey, URI inbox) {
    sql.update(
        "insert into delivery (activity_key, inbox, queued_at, due) values (?, ?, ?, ?)"
            + " on conflict do nothing",
        activityKey,
        inbox,
        clock.instant(),
        clock.instant());
  }

  @Override
  public int addForFollowers(String activityKey, Jid account) {
    return sql.update(
        "insert into delivery (activity_key, inbox, queued_at, due)"
            + " select distinct ?, coalesce(shared_inbox, inbox), ?::timestamptz, ?::timestamptz"
            + " from follower where account = ? on conflict do nothing",
        activityKey,
        clock.instant(),
        clock.instant(),
        account);
  }

  @Override
  public List<Delivery> claim(Instant now, Instant leaseUntil, int max) {
    return sql.list(
        "with due as (select d.id from delivery d where not d.dead and d.due <= ?"
            + " and (d.leased_until is null or d.leased_until <= ?) and not exists"
            + " (select 1 from delivery o where o.inbox = d.inbox and not o.dead and o.id < d.id)"
            + " order by d.due, d.id limit ? for update skip locked),"
            + " taken as (update delivery set leased_until = ? where id in (select id from due)"
            + " returning id, inbox, activity_key, attempts, queued_at)"
            + " select t.id, t.inbox, a.actor, a.json, t.attempts, t.queued_at,"
            + " t.activity_key"
            + " from taken t join activity a on a.key = t.activity_key order by t.id",
        row ->
            new Delivery(
                row.number(1),
                URI.create(row.text(2)),
                Jid.of(row.text(3)),
                row.text(4),
                row.integer(5),
                row.time(6),
                row.text(7)),
        now,
        now,
        max,
        leaseUntil);
  }

  @Override
  public void delivered(long id) {
    sql.update(
        "with done as (delete from delivery where id = ? returning activity_key, inbox)"
            + " insert into delivered (activity_key, inbox, at)"
            + " select d.activity_key, d.inbox, ? from done d"
            + " join activity a on a.key = d.activity_key where a.open and ? >"
            + " (select count(*) from delivered o where o.activity_key = d.activity_key)"
            + " on conflict do nothing",
        id,
        clock.instant(),
        MAX_REMEMBERED);
  }

  @Override
  public List<Progress> progress(String activityKey, int max) {
    return sql.list(
        "(select inbox, case when dead then 'DEAD' else 'WAITING' end, error"
            + " from delivery where activity_key = ? order by dead, id limit ?)"
            + " union all (select inbox, 'TAKEN', null from delivered"
            + " where activity_key = ? order by at, inbox limit ?)",
        row ->
            new Progress(
                URI.create(row.text(1)), Progress.State.valueOf(row.text(2)), row.optional(3)),
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

  @Override
  public void retry(long id, Instant due, String error) {
    sql.update(
        "update delivery set due = ?, leased_until = null, attempts = attempts + 1, error = ?"
            + " where id = ?",
        due,
        cut(error),
        id);
  }

  @Override
  public void dead(long id, String error) {
    sql.update("update delivery set dead = true, error = ? where id = ?", cut(error), id);
  }

  @Override
  public long waiting() {
    return sql.number("select count(*) from delivery where not dead");
  }

  private static String cut(String error) {
    return error.substring(0, Math.min(MAX_ERROR_CHARS, error.length()));
  }
}
