package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Follower;
import im.tombolo.core.port.FollowRequests;
import java.net.URI;
import java.util.List;
import java.util.Optional;

record SqlFollowRequests(Sql sql) implements FollowRequests {
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

  @Override
  public void add(Jid account, Follower follower) {
    sql.update(
        "insert into follow_request (account, actor, inbox, shared_inbox, follow_id)"
            + " values (?, ?, ?, ?, ?) on conflict (account, actor) do update set"
            + " inbox = excluded.inbox, shared_inbox = excluded.shared_inbox,"
            + " follow_id = excluded.follow_id",
        account,
        follower.actor(),
        follower.inbox(),
        follower.sharedInbox(),
        follower.followId());
  }

  @Override
  public Optional<Follower> find(Jid account, URI actor) {
    return sql.one(
        "select actor, inbox, shared_inbox, follow_id from follow_request"
            + " where account = ? and actor = ?",
        SqlFollowers::follower,
        account,
        actor);
  }

  @Override
  public boolean remove(Jid account, URI actor) {
    return sql.update("delete from follow_request where account = ? and actor = ?", account, actor)
        > 0;
  }

  @Override
  public boolean removeByFollowId(URI actor, URI followId) {
    return sql.update(
            "delete from follow_request where actor = ? and follow_id = ?", actor, followId)
        > 0;
  }

  @Override
  public long count(Jid account) {
    return sql.number("select count(*) from follow_request where account = ?", account);
  }

  @Override
  public List<URI> page(Jid account, Optional<URI> after, int max) {
    return sql.list(
        "select actor from follow_request where account = ? and actor > ? order by actor limit ?",
        row -> URI.create(row.text(1)),
        account,
        after.map(URI::toString).orElse(""),
        max);
  }
}
