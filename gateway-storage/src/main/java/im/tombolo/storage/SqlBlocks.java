package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Blocks;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
  public void told(Jid account, String target, String activityKey) {
    sql.update(
        "update block set told_by = ? where account = ? and target = ?",
        activityKey,
        account,
        target);
  }

  @Override
  public Optional<String> toldBy(Jid account, String target) {
    return sql.one(
        "select told_by from block where account = ? and target = ? and told_by is not null",
        row -> row.text(1),
        account,
        target);
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
