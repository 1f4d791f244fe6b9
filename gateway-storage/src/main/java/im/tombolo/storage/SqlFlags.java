package im.tombolo.storage;

import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.port.Flags;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

record SqlFlags(Sql sql) implements Flags {
  @Override
  public boolean add(IncomingActivity.Flag flag, Instant at) {
    return sql.number("select count(*) from flag") < MAX
        && sql.update(
                "insert into flag (activity, actor, objects, text, at) values (?, ?, ?, ?, ?)"
                    + " on conflict (activity) do nothing",
                flag.id(),
                flag.actor(),
                flag.objects().stream().map(URI::toString).collect(Collectors.joining("\n")),
                flag.text(),
                at)
            > 0;
  }

  @Override
  public List<Flag> all() {
    return sql.list(
        "select id, actor, objects, text, at from flag order by id limit ?",
        row ->
            new Flag(
                row.number(1),
                URI.create(row.text(2)),
                row.text(3).lines().map(URI::create).toList(),
                row.text(4),
                row.time(5)),
        MAX);
  }

  @Override
  public boolean remove(long id) {
    return sql.update("delete from flag where id = ?", id) > 0;
  }
}
