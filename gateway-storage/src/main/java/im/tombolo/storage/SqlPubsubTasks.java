package im.tombolo.storage;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.PubsubTasks;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

record SqlPubsubTasks(Sql sql, InstantSource clock) implements PubsubTasks {
  @Override
  public void add(ItemAddress item, Jid as, Optional<Element> payload) {
    sql.update(
        "insert into pubsub_task"
            + " (version, service, node, item_id, as_jid, payload, queued_at, due)"
            + " values (nextval('wish'), ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (node, service, item_id) do update set version = excluded.version,"
            + " as_jid = excluded.as_jid, payload = excluded.payload, due = excluded.due,"
            + " attempts = 0, error = null",
        item.service(),
        item.node(),
        item.id(),
        as,
        payload.map(XmlWriter::write),
        clock.instant(),
        clock.instant());
  }

  /** Steps from node to node, so that what waits behind the first of a node costs nothing. */
  @Override
  public List<Task> claim(Instant now, Instant leaseUntil, int max) {
    return sql.list(
        "with recursive first as ((select id, node, service, due, leased_until from pubsub_task"
            + " order by node, service, id limit 1) union all"
            + " select n.* from first f cross join lateral"
            + " (select id, node, service, due, leased_until from pubsub_task"
            + " where (node, service) > (f.node, f.service)"
            + " order by node, service, id limit 1) n),"
            + " free as (select id from first where due <= ?"
            + " and (leased_until is null or leased_until <= ?) order by id limit ?),"
            + " mine as (select t.id from free f join pubsub_task t on t.id = f.id where t.due <= ?"
            + " and (t.leased_until is null or t.leased_until <= ?) for update of t skip locked)"
            + " update pubsub_task set leased_until = ? where id in (select id from mine)"
            + " returning id, version, service, node, item_id, as_jid, payload, attempts, queued_at",
        SqlPubsubTasks::task,
        now,
        now,
        max,
        now,
        now,
        leaseUntil);
  }

  private static Task task(Sql.Row row) throws SQLException {
    Optional<Element> payload =
        row.optional(7).flatMap(xml -> XmlReader.strict().read(xml, Namespaces.ATOM).value());
    return new Task(
        row.number(1),
        row.number(2),
        new ItemAddress(Jid.of(row.text(3)), row.text(4), row.text(5)),
        Jid.of(row.text(6)),
        payload,
        row.integer(8),
        row.time(9));
  }

  @Override
  public void done(Task task) {
    sql.update("delete from pubsub_task where id = ? and version = ?", task.id(), task.version());
    sql.update("update pubsub_task set leased_until = null where id = ?", task.id());
  }

  @Override
  public void retry(Task task, Instant due, String error) {
    sql.update(
        "update pubsub_task set leased_until = null,"
            + " due = case when version = ? then ? else due end, attempts = attempts + 1, error = ?"
            + " where id = ?",
        task.version(),
        due,
        error,
        task.id());
  }

  @Override
  public long waiting() {
    return sql.number("select count(*) from pubsub_task");
  }
}
