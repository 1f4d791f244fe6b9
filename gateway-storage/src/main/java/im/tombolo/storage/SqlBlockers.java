package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Blockers;
import java.net.URI;

record SqlBlockers(Sql sql) implements Blockers {
  @Override
  public void add(Jid account, URI actor, URI block) {
    sql.update(
        "insert into blocker (account, actor, activity) select ?, ?, ? where"
            + " (select count(*) from blocker where account = ?) < ? on conflict do nothing",
        account,
        actor,
        block,
        account,
        MAX);
  }

  @Override
  public void remove(Jid account, URI actor) {
    sql.update("delete from blocker where account = ? and actor = ?", account, actor);
  }

  @Override
  public void removeById(URI actor, URI block) {
    sql.update("delete from blocker where actor = ? and activity = ?", actor, block);
  }

  @Override
  public boolean isBlocked(Jid account, URI actor) {
    return sql.one(
            "select 1 from blocker where account = ? and actor = ?", row -> 1, account, actor)
        .isPresent();
  }
}
