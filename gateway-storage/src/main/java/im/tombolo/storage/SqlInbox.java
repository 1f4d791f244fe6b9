package im.tombolo.storage;

import im.tombolo.core.port.Inbox;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

record SqlInbox(Sql sql, InstantSource clock) implements Inbox {
  @Override
  public boolean add(URI activityId, URI actor, String json, Instant at) {
    return sql.update(
            "insert into inbox (activity_id, actor, json, at, due) values (?, ?, ?, ?, ?)"
                + " on conflict do nothing",
            activityId,
            actor,
            json,
            at,
            at)
        > 0;
  }

  @Override
  public List<Row> claim(Instant now, Instant leaseUntil, int max) {
    return sql.list(
        "with due as (select i.id from inbox i where i.done_at is null and i.due <= ?"
            + " and (i.leased_until is null or i.leased_until <= ?) and not exists"
            + " (select 1 from inbox o where o.actor = i.actor and o.done_at is null and o.id < i.id)"
            + " order by i.id limit ? for update skip locked)"
            + " update inbox set leased_until = ? where id in (select id from due)"
            + " returning id, activity_id, actor, json, attempts",
        row ->
            new Row(
                row.number(1),
                URI.create(row.text(2)),
                URI.create(row.text(3)),
                row.text(4),
                row.integer(5)),
        now,
        now,
        max,
        leaseUntil);
  }

  @Override
  public void done(long id) {
    sql.update(
        "update inbox set done_at = ?, json = null, leased_until = null where id = ?",
        clock.instant(),
        id);
  }

  @Override
  public void retry(long id, Instant due, String error) {
    sql.update(
        "update inbox set due = ?, leased_until = null, attempts = attempts + 1, error = ?"
            + " where id = ?",
        due,
        error,
        id);
  }

  @Override
  public int forgetDone(Instant before, int max) {
    return sql.update(
        "delete from inbox where id in (select id from inbox where done_at < ? limit ?)",
        before,
        max);
  }

  @Override
  public long waiting() {
    return sql.number("select count(*) from inbox where done_at is null");
  }
}
