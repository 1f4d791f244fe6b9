package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Blocks;
import java.util.Collection;
import java.util.List;

record SqlBlocks(Sql sql) implements Blocks {
  @Override
  public void add(Jid account, String target) {
    sql.update(
        "insert into block (account, target) values (?, ?) on conflict do nothing",
        account,
        target);
  }

  @Override
  public boolean remove(Jid account, String target) {
    return sql.update("delete from block where account = ? and target = ?", account, target) > 0;
  }

  @Override
  public boolean any(Jid account, Collection<String> targets) {
    return targets.stream()
        .anyMatch(target ->
            sql.one(
                    "select 1 from block where account = ? and target = ?",
                    row -> 1,
                    account,
                    target)
                .isPresent());
  }

  @Override
  public List<String> of(Jid account, int max) {
    return sql.list(
        "select target from block where account = ? order by target limit ?",
        row -> row.text(1),
        account,
        max);
  }
}
