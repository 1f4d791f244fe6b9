package im.tombolo.storage;

import im.tombolo.core.model.Following;
import im.tombolo.core.model.RemoteActor;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one transaction has read ahead of many posts at once, in four questions instead of five for
 * each. Whatever it changes itself is forgotten here. One thread.
 */
final class Foresight {
  /** Of actors with more, followers are read page by page. */
  private static final int MAX_FOLLOWINGS = 50;

  private final Sql sql;
  private final Set<String> noMessages = new HashSet<>();
  private final Set<String> noPosts = new HashSet<>();
  private final Map<String, RemoteActor> actors = new HashMap<>();
  private final Map<String, List<Following>> followings = new HashMap<>();

  Foresight(Sql sql) {
    this.sql = sql;
  }

  void read(Collection<URI> posts, Collection<URI> authors) {
    String[] ids = texts(posts);
    noMessages.addAll(List.of(ids));
    noPosts.addAll(List.of(ids));
    sql.list("select object from message where object = any(?)", row -> row.text(1), (Object) ids)
        .forEach(noMessages::remove);
    sql.list("select id from remote_post where id = any(?)", row -> row.text(1), (Object) ids)
        .forEach(noPosts::remove);
    String[] people = texts(authors);
    sql.list(
        "select id, document from remote_actor where id = any(?)",
        row -> actors.put(row.text(1), SqlRemoteActors.read(row.text(2))) == null,
        (Object) people);
    followings(people);
  }

  private void followings(String[] people) {
    for (String actor : people) {
      followings.put(actor, new ArrayList<>());
    }
    sql.list(
            "select f.* from unnest(?) author (id) cross join lateral (select "
                + SqlFollowings.COLUMNS
                + " from following where actor = author.id order by subscriber limit ?) f",
            SqlFollowings::following,
            people,
            MAX_FOLLOWINGS + 1)
        .forEach(following ->
            followings
                .computeIfAbsent(following.actor().toString(), first -> new ArrayList<>())
                .add(following));
    followings.values().removeIf(many -> many.size() > MAX_FOLLOWINGS);
  }

  private static String[] texts(Collection<URI> ids) {
    return ids.stream().map(URI::toString).toArray(String[]::new);
  }

  /** A statement is about to change what it names. */
  void changed(String statement) {
    if (statement.contains("message")) {
      noMessages.clear();
    }
    if (statement.contains("remote_post")) {
      noPosts.clear();
    }
    if (statement.contains("remote_actor")) {
      actors.clear();
    }
    if (statement.contains("following")) {
      followings.clear();
    }
  }

  /** True when nobody here has it as a message; false when that is not known. */
  boolean isNoMessage(URI object) {
    return noMessages.contains(object.toString());
  }

  /** True when nothing is kept under an id, not even a grave; false when that is not known. */
  boolean isNoPost(URI id) {
    return noPosts.contains(id.toString());
  }

  /** The same, of what is going to be kept now. */
  boolean takeNoPost(URI id) {
    return noPosts.remove(id.toString());
  }

  Optional<RemoteActor> actor(URI id) {
    return Optional.ofNullable(actors.get(id.toString()));
  }

  /** Every follow of an actor, by subscriber; empty when they are not known. */
  Optional<List<Following>> followings(URI actor) {
    return Optional.ofNullable(followings.get(actor.toString()));
  }
}
