package im.tombolo.storage;

import im.tombolo.core.port.DeliveryShards;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

record SqlDeliveryShards(Sql sql) implements DeliveryShards {
  private static final String MINE = "select shard from delivery_shard where worker = ?";

  @Override
  public Share hold(String worker, Instant now, Instant until, Collection<Integer> busy) {
    sql.update(
        "insert into delivery_worker (id, until) values (?, ?)"
            + " on conflict (id) do update set until = excluded.until",
        worker,
        until);
    sql.update(
        "insert into delivery_shard (shard) select n from generate_series(0, ?) n where not exists"
            + " (select 1 from delivery_shard where shard = n) on conflict do nothing",
        COUNT - 1);
    // What they had is free with that.
    sql.update(
        "delete from delivery_worker where id in (select id from delivery_worker"
            + " where until <= ? order by id for update skip locked)",
        now);
    int part = part(sql.number("select count(*) from delivery_worker"));
    int held = (int) sql.number("select count(*) from (" + MINE + ") mine", worker);
    if (held > part) {
      sql.update(
          "update delivery_shard set worker = null where shard in ("
              + MINE
              + " order by shard offset ?) and shard <> all(?)",
          worker,
          part,
          busy.stream().map(Long::valueOf).toArray(Long[]::new));
    } else {
      sql.update(
          "update delivery_shard set worker = ? where shard in (select shard from delivery_shard"
              + " where worker is null order by shard limit ? for update skip locked)",
          worker,
          part - held);
    }
    return new Share(List.copyOf(held(worker, part)));
  }

  private static int part(long workers) {
    return Math.ceilDiv(COUNT, (int) workers);
  }

  private List<Integer> held(String worker, int max) {
    return sql.list(MINE + " order by shard limit ?", row -> row.integer(1), worker, max);
  }

  @Override
  public void leave(String worker) {
    sql.update("delete from delivery_worker where id = ?", worker);
  }
}
