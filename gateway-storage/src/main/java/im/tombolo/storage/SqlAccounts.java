package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.port.Accounts;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

record SqlAccounts(Sql sql, InstantSource clock) implements Accounts {
  private static final String COLUMNS = "address, kind, blog, acts, face, checked_at";
  private static final String READ =
      COLUMNS
          + ", exists (select from approval where approval.account = address)"
          + " or exists (select from closed_blog where closed_blog.account = address)";

  @Override
  public Optional<Account> find(Jid address) {
    return sql.one(
        "select " + READ + " from account where address = ?", SqlAccounts::account, address);
  }

  @Override
  public void save(Account account) {
    sql.update(
        "insert into account ("
            + COLUMNS
            + ", reconcile_at) values (?, ?, ?, ?, ?::jsonb, ?, ?)"
            + " on conflict (address) do update set kind = excluded.kind, blog = excluded.blog,"
            + " acts = excluded.acts, face = excluded.face, checked_at = excluded.checked_at",
        account.address(),
        account.kind(),
        account.blog(),
        account.acts(),
        Documents.write(account.face()),
        account.checkedAt(),
        clock.instant());
  }

  @Override
  public void remove(Jid address) {
    sql.update(
        "delete from picture p using account a where a.address = ?"
            + " and p.sha1 = a.face->'avatar'->>'sha1'"
            + " and not exists (select 1 from account o where o.address <> a.address"
            + " and o.face->'avatar'->>'sha1' = p.sha1)"
            + " and not exists (select 1 from remote_actor r where r.avatar_sha1 = p.sha1)",
        address);
    sql.update("delete from follower where account = ?", address);
    sql.update("delete from follow_request where account = ?", address);
    sql.update("delete from approval where account = ?", address);
    sql.update("delete from closed_blog where account = ?", address);
    sql.update("delete from following where subscriber = ?", address);
    sql.update("delete from block where account = ?", address);
    sql.update("delete from blocker where account = ?", address);
    sql.update("delete from export_ticket where account = ?", address);
    sql.update("delete from notice_choice where account = ?", address);
    sql.update(
        "delete from reaction r using message m where m.owner = ? and r.post = m.object and not"
            + " exists (select 1 from message o where o.object = m.object and o.owner <> m.owner)",
        address);
    sql.update("delete from message where owner = ?", address);
    sql.update("delete from poll where account = ?", address);
    sql.update("delete from watch where subscriber = ?", address);
    sql.update("delete from quote_request where account = ?", address);
    sql.update("delete from quote_stamp where account = ?", address);
    sql.update("delete from submission where community = ?", address);
    sql.update("delete from affiliation where community = ?", address);
    sql.update("delete from pinned_post where community = ?", address);
    sql.update("delete from ban where person = ?", address);
    sql.update("delete from account where address = ?", address);
  }

  @Override
  public long countActors() {
    return sql.number("select count(*) from account where blog = 'OPEN' or acts");
  }

  @Override
  public List<Account> due(Instant now, int max) {
    return sql.list(
        "select "
            + READ
            + " from account where reconcile_at <= ? order by reconcile_at, address limit ?",
        SqlAccounts::account,
        now,
        max);
  }

  @Override
  public void reconcileBy(Jid address, Instant at) {
    sql.update(
        "update account set reconcile_at = least(reconcile_at, ?) where address = ?", at, address);
  }

  @Override
  public void reconcileAt(Jid address, Instant at) {
    sql.update("update account set reconcile_at = ? where address = ?", at, address);
  }

  private static Account account(Sql.Row row) throws SQLException {
    return new Account(
        Jid.of(row.text(1)),
        ActorKind.valueOf(row.text(2)),
        Account.Blog.valueOf(row.text(3)),
        row.flag(4),
        Documents.read(row.text(5), Account.Face.class),
        row.time(6),
        row.flag(7));
  }
}
