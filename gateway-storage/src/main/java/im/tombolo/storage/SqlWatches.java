package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Watch;
import im.tombolo.core.port.Watches;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

record SqlWatches(Sql sql) implements Watches {
  private static final String COLUMNS =
      "select target, subscriber, service, node from watch where ";

  @Override
  public void save(Watch watch) {
    sql.update(
        "insert into watch (target, subscriber, service, node) values (?, ?, ?, ?)"
            + " on conflict (target, subscriber) do update set service = excluded.service,"
            + " node = excluded.node",
        watch.target(),
        watch.subscriber(),
        watch.node().service(),
        watch.node().node());
  }

  @Override
  public boolean remove(URI target, Jid subscriber) {
    return sql.update("delete from watch where target = ? and subscriber = ?", target, subscriber)
        > 0;
  }

  @Override
  public long countOf(Jid subscriber) {
    return sql.number("select count(*) from watch where subscriber = ?", subscriber);
  }

  @Override
  public Optional<Watch> find(Jid subscriber, NodeAddress node) {
    return sql.one(
        COLUMNS + "subscriber = ? and service = ? and node = ?",
        SqlWatches::watch,
        subscriber,
        node.service(),
        node.node());
  }

  @Override
  public List<Watch> of(URI target, Optional<Jid> after, int max) {
    return sql.list(
        COLUMNS + "target = ? and subscriber > ? order by subscriber limit ?",
        SqlWatches::watch,
        target,
        after.map(Jid::toString).orElse(""),
        max);
  }

  @Override
  public void removeOf(URI target) {
    sql.update("delete from watch where target = ?", target);
  }

  private static Watch watch(Sql.Row row) throws SQLException {
    return new Watch(
        URI.create(row.text(1)),
        Jid.of(row.text(2)),
        new NodeAddress(Jid.of(row.text(3)), row.text(4)));
  }
}
