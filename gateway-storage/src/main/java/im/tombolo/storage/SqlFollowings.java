package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Following;
import im.tombolo.core.port.Followings;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

record SqlFollowings(Sql sql) implements Followings {
  private static final String SELECT =
      "select subscriber, actor, addressed, follow_id, state from following where ";

  @Override
  public Optional<Following> find(Jid subscriber, URI actor) {
    return sql.one(
        SELECT + "subscriber = ? and actor = ?", SqlFollowings::following, subscriber, actor);
  }

  @Override
  public Optional<Following> findByFollowId(URI followId) {
    return sql.one(SELECT + "follow_id = ?", SqlFollowings::following, followId);
  }

  @Override
  public void save(Following following) {
    sql.update(
        "insert into following (subscriber, actor, addressed, follow_id, state)"
            + " values (?, ?, ?, ?, ?) on conflict (subscriber, actor) do update set"
            + " addressed = excluded.addressed, follow_id = excluded.follow_id,"
            + " state = excluded.state",
        following.subscriber(),
        following.actor(),
        following.addressed(),
        following.followId(),
        following.state());
  }

  @Override
  public boolean remove(Jid subscriber, URI actor) {
    return sql.update("delete from following where subscriber = ? and actor = ?", subscriber, actor)
        > 0;
  }

  @Override
  public List<Following> ofSubscriber(Jid subscriber) {
    return sql.list(SELECT + "subscriber = ? order by actor", SqlFollowings::following, subscriber);
  }

  @Override
  public List<Following> acceptedOf(URI actor, Optional<Jid> after, int max) {
    return sql.list(
        SELECT + "actor = ? and state = 'ACCEPTED' and subscriber > ? order by subscriber limit ?",
        SqlFollowings::following,
        actor,
        after.map(Jid::toString).orElse(""),
        max);
  }

  @Override
  public boolean isFollowed(URI actor) {
    return sql.one("select 1 from following where actor = ? limit 1", row -> 1, actor).isPresent();
  }

  private static Following following(Sql.Row row) throws SQLException {
    return new Following(
        Jid.of(row.text(1)),
        URI.create(row.text(2)),
        Jid.of(row.text(3)),
        URI.create(row.text(4)),
        FollowState.valueOf(row.text(5)));
  }
}
