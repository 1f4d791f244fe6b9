package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.FollowRequests;

final class SqlFollowRequests extends SqlFollowers implements FollowRequests {
  private final Sql sql;

  SqlFollowRequests(Sql sql) {
    super(sql, "follow_request");
    this.sql = sql;
  }

  @Override
  public boolean areNeeded(Jid account) {
    return sql.number(
            "select count(*) from (select account from approval union all"
                + " select account from closed_blog) as those where account = ?",
            account)
        > 0;
  }

  @Override
  public void need(Jid account, boolean needed) {
    sql.update(
        needed
            ? "insert into approval (account) values (?) on conflict do nothing"
            : "delete from approval where account = ?",
        account);
  }
}
