package im.tombolo.storage;

import im.tombolo.core.address.Authority;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Follower;
import im.tombolo.core.port.Followers;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Those who follow, or who wait to: two tables of the same columns. */
class SqlFollowers implements Followers {
  private final Sql sql;
  private final String table;

  SqlFollowers(Sql sql) {
    this(sql, "follower");
  }

  SqlFollowers(Sql sql, String table) {
    this.sql = sql;
    this.table = table;
  }

  @Override
  public void add(Jid account, Follower follower) {
    sql.update(
        "insert into "
            + table
            + " (account, actor, inbox, shared_inbox, host, follow_id)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (account, actor) do update set"
            + " inbox = excluded.inbox, shared_inbox = excluded.shared_inbox,"
            + " host = excluded.host, follow_id = excluded.follow_id",
        account,
        follower.actor(),
        follower.inbox(),
        follower.sharedInbox(),
        Authority.of(follower.sharedInbox().orElse(follower.inbox())),
        follower.followId());
  }

  @Override
  public Optional<Follower> find(Jid account, URI actor) {
    return sql.one(
        "select actor, inbox, shared_inbox, follow_id from "
            + table
            + " where account = ? and actor = ?",
        row ->
            new Follower(
                URI.create(row.text(1)),
                URI.create(row.text(2)),
                row.optional(3).map(URI::create),
                URI.create(row.text(4))),
        account,
        actor);
  }

  @Override
  public boolean remove(Jid account, URI actor) {
    return sql.update("delete from " + table + " where account = ? and actor = ?", account, actor)
        > 0;
  }

  @Override
  public boolean removeByFollowId(URI actor, URI followId) {
    return sql.update(
            "delete from " + table + " where actor = ? and follow_id = ?", actor, followId)
        > 0;
  }

  @Override
  public int removeByInbox(URI inbox) {
    return sql.update(
        "delete from " + table + " where host = ? and (inbox = ? or shared_inbox = ?)",
        Authority.of(inbox),
        inbox,
        inbox);
  }

  @Override
  public long count(Jid account) {
    return sql.number("select count(*) from " + table + " where account = ?", account);
  }

  @Override
  public List<URI> page(Jid account, Optional<URI> after, int max) {
    return sql.list(
        "select actor from " + table + " where account = ? and actor > ? order by actor limit ?",
        row -> URI.create(row.text(1)),
        account,
        after.map(URI::toString).orElse(""),
        max);
  }
}
