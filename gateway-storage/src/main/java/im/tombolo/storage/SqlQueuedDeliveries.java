package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.QueuedDeliveries;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

record SqlQueuedDeliveries(Sql sql, InstantSource clock, Runnable queued)
    implements QueuedDeliveries {
  private static final String SELECTED =
      " (?::text is null or d.host = ?) and (d.dead or not ?::boolean)";

  /** Nothing that was done later about the same thing is at the inbox already. */
  private static final String IS_LATEST =
      " and not (d.dead and exists (select 1 from activity a join activity l on l.topic = a.topic"
          + " where a.key = d.activity_key and l.at > a.at and not exists (select 1 from delivery o"
          + " where o.activity_key = l.key and o.inbox = d.inbox)))";

  @Override
  public List<Host> hosts(Selection selection, String after, int max) {
    return sql.list(
        "select q.host, waiting, q.dead, oldest, coalesce(p.error, q.error),"
            + " case when p.resume_at > ? then p.resume_at end from (select d.host,"
            + " count(*) filter (where not d.dead) as waiting,"
            + " count(*) filter (where d.dead) as dead, min(d.queued_at) as oldest,"
            + " max(d.error) as error from delivery d where"
            + SELECTED
            + " and d.host > ? group by d.host order by d.host limit ?) q"
            + " left join peer p on p.host = q.host order by q.host",
        row ->
            new Host(
                row.text(1),
                row.number(2),
                row.number(3),
                row.time(4),
                row.optional(5),
                row.optionalTime(6)),
        clock.instant(),
        selection.host(),
        selection.host(),
        selection.deadOnly(),
        after,
        max);
  }

  @Override
  public List<Row> rows(Selection selection, long after, int max) {
    return sql.list(
        "select d.id, d.inbox, a.actor, a.key, d.queued_at, d.attempts,"
            + " coalesce(d.error, p.error),"
            + " case when not d.dead then greatest(d.due, p.resume_at) end"
            + " from delivery d join activity a on a.key = d.activity_key"
            + " left join peer p on p.host = d.host where"
            + SELECTED
            + " and d.id > ? order by d.id limit ?",
        row ->
            new Row(
                row.number(1),
                URI.create(row.text(2)),
                Jid.of(row.text(3)),
                row.text(4),
                row.time(5),
                row.integer(6),
                row.optional(7),
                row.optionalTime(8)),
        selection.host(),
        selection.host(),
        selection.deadOnly(),
        after,
        max);
  }

  @Override
  public int retry(Selection selection, int max) {
    Instant now = clock.instant();
    queued.run();
    List<String> hosts =
        sql.list(
            "update delivery set dead = false, due = ?, queued_at = ?, attempts = 0"
                + " where id in (select d.id from delivery d where"
                + SELECTED
                + " and (d.dead or d.queued_at < ?)"
                + IS_LATEST
                + " order by d.id limit ?) returning host",
            row -> row.text(1),
            now,
            now,
            selection.host(),
            selection.host(),
            selection.deadOnly(),
            now,
            max);
    sql.update(
        "update peer set resume_at = ? where resume_at > ? and host in (select host from peer"
            + " where host = any(?) order by host for update)",
        now,
        now,
        hosts.stream().distinct().toArray(String[]::new));
    return hosts.size();
  }

  @Override
  public List<Dropped> drop(Selection selection, int max) {
    return sql.list(
        "with gone as (delete from delivery where id in (select d.id from delivery d where"
            + SELECTED
            + " order by d.id limit ?) returning *) select "
            + SqlDeliveries.COLUMNS
            + ", d.dead from gone d join activity a on a.key = d.activity_key order by d.id",
        row -> new Dropped(SqlDeliveries.delivery(row), row.flag(9)),
        selection.host(),
        selection.host(),
        selection.deadOnly(),
        max);
  }
}
