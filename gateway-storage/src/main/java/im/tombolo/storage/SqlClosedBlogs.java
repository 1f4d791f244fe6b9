package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.ClosedBlogs;

record SqlClosedBlogs(Sql sql) implements ClosedBlogs {
  @Override
  public boolean isCarried(Jid account) {
    return sql.number("select count(*) from closed_blog where account = ?", account) > 0;
  }

  @Override
  public void carry(Jid account, boolean wanted) {
    sql.update(
        wanted
            ? "insert into closed_blog (account) values (?) on conflict do nothing"
            : "delete from closed_blog where account = ?",
        account);
  }
}
