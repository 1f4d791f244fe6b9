package im.tombolo.storage;

import static java.util.stream.Collectors.joining;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Following;
import im.tombolo.core.port.Followings;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

record SqlFollowings(Sql sql) implements Followings {
  /** What {@link #following} reads. */
  static final String COLUMNS =
      "subscriber, actor, addressed, follow_id, state, asked, listed, presence, feeds";

  private static final String SELECT = "select " + COLUMNS + " from following where ";
  private static final String PUBLIC =
      " from following where subscriber = ? and state = 'ACCEPTED' and (asked or listed)";

  @Override
  public Optional<Following> find(Jid subscriber, URI actor) {
    return sql.one(
        SELECT + "subscriber = ? and actor = ?", SqlFollowings::following, subscriber, actor);
  }

  @Override
  public Optional<Following> lock(Jid subscriber, URI actor) {
    return sql.one(
        SELECT + "subscriber = ? and actor = ? for update",
        SqlFollowings::following,
        subscriber,
        actor);
  }

  @Override
  public Optional<Following> findByFollowId(URI followId) {
    return sql.one(SELECT + "follow_id = ?", SqlFollowings::following, followId);
  }

  @Override
  public void save(Following following) {
    sql.update(
        "insert into following (subscriber, actor, addressed, follow_id, state, asked, listed,"
            + " presence, feeds) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (subscriber, actor) do update set"
            + " addressed = excluded.addressed, follow_id = excluded.follow_id,"
            + " state = excluded.state, asked = excluded.asked, listed = excluded.listed,"
            + " presence = excluded.presence, feeds = excluded.feeds",
        following.subscriber(),
        following.actor(),
        following.addressed(),
        following.followId(),
        following.state(),
        following.manner().asked(),
        following.manner().listed(),
        following.manner().presence(),
        following.manner().feeds().stream().map(Feed::name).sorted().collect(joining(",")));
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
  public List<URI> publicOf(Jid subscriber, Optional<URI> after, int max) {
    return sql.list(
        "select actor" + PUBLIC + " and actor > ? order by actor limit ?",
        row -> URI.create(row.text(1)),
        subscriber,
        after.map(URI::toString).orElse(""),
        max);
  }

  @Override
  public long countPublic(Jid subscriber) {
    return sql.number("select count(*)" + PUBLIC, subscriber);
  }

  @Override
  public void list(Jid subscriber, URI actor, boolean listed) {
    sql.update(
        "update following set listed = ? where subscriber = ? and actor = ?",
        listed,
        subscriber,
        actor);
  }

  @Override
  public List<Following> acceptedOf(URI actor, Optional<Jid> after, int max) {
    Optional<List<Following>> foreseen = sql.foresight().followings(actor);
    if (foreseen.isPresent() && after.isEmpty()) {
      return foreseen.get().stream()
          .filter(following -> following.state() == FollowState.ACCEPTED)
          .limit(max)
          .toList();
    }
    return sql.list(
        SELECT + "actor = ? and state = 'ACCEPTED' and subscriber > ? order by subscriber limit ?",
        SqlFollowings::following,
        actor,
        after.map(Jid::toString).orElse(""),
        max);
  }

  @Override
  public boolean isFollowed(URI actor) {
    return sql.foresight()
        .followings(actor)
        .map(followings -> !followings.isEmpty())
        .orElseGet(() ->
            sql.one("select 1 from following where actor = ? limit 1", row -> 1, actor)
                .isPresent());
  }

  static Following following(Sql.Row row) throws SQLException {
    return new Following(
        Jid.of(row.text(1)),
        URI.create(row.text(2)),
        Jid.of(row.text(3)),
        URI.create(row.text(4)),
        FollowState.valueOf(row.text(5)),
        new Following.Manner(row.flag(6), row.flag(7), row.flag(8), feeds(row.text(9))));
  }

  private static Set<Feed> feeds(String names) {
    return Stream.of(names.split(","))
        .filter(name -> !name.isEmpty())
        .map(Feed::valueOf)
        .collect(Collectors.toSet());
  }
}
