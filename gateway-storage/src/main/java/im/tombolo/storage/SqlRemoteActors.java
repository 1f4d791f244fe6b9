package im.tombolo.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.address.Handle;
import im.tombolo.core.model.Picture;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.RemoteActors;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

record SqlRemoteActors(Sql sql) implements RemoteActors {
  // Who is active is read for each of their activities. What a document says never changes.
  private static final Cache<String, RemoteActor> READ =
      Caffeine.newBuilder().maximumSize(500).build();

  private static final List<String> TRACES =
      List.of(
          "remote_actor where id",
          "follower where actor",
          "follow_request where actor",
          "following where actor",
          "remote_post where author",
          "reaction where actor",
          "message where peer");

  @Override
  public Optional<RemoteActor> find(URI id) {
    return sql.foresight()
        .actor(id)
        .or(() ->
            sql.one(
                "select document from remote_actor where id = ?", row -> read(row.text(1)), id));
  }

  static RemoteActor read(String document) {
    return READ.get(document, text -> Documents.read(text, RemoteActor.class));
  }

  @Override
  public Set<URI> known(Collection<URI> ids) {
    String any =
        TRACES.stream()
            .map(trace -> "exists (select from " + trace + " = asked.id)")
            .collect(Collectors.joining(" or "));
    return Set.copyOf(
        sql.list(
            "select id from unnest(?) asked (id) where " + any,
            row -> URI.create(row.text(1)),
            (Object) ids.stream().map(URI::toString).toArray(String[]::new)));
  }

  @Override
  public Optional<RemoteActor> findByHandle(Handle handle) {
    return sql.one(
        "select document from remote_actor where handle = ?"
            + " order by (document->>'fetchedAt')::timestamptz desc, id limit 1",
        row -> Documents.read(row.text(1), RemoteActor.class),
        handle);
  }

  @Override
  public void save(RemoteActor actor) {
    sql.update(
        "insert into remote_actor (id, handle, document) values (?, ?, ?::jsonb) on conflict (id)"
            + " do update set handle = excluded.handle, document = excluded.document",
        actor.id(),
        actor.handle(),
        Documents.write(actor));
  }

  @Override
  public void remove(URI id) {
    sql.update(
        "delete from reaction where actor = ? or post in"
            + " (select id from remote_post where author = ?)",
        id,
        id);
    sql.update(
        "delete from watch where target = ? or target in"
            + " (select id from remote_post where author = ?)",
        id,
        id);
    sql.update("delete from remote_post where author = ? and buried_at is null", id);
    sql.update("delete from following where actor = ?", id);
    sql.update("delete from follower where actor = ?", id);
    sql.update(
        "delete from reaction r using message m where m.peer = ? and r.post = m.object and not"
            + " exists (select 1 from message o where o.object = m.object and o.peer <> m.peer)",
        id);
    sql.update("delete from message where peer = ?", id);
    sql.update("delete from follow_request where actor = ?", id);
    sql.update("delete from blocker where actor = ?", id);
    sql.update("delete from remote_actor where id = ?", id);
  }

  @Override
  public void saveAvatar(URI actor, URI source, Picture picture) {
    new SqlPictures(sql).save(picture);
    sql.update(
        "update remote_actor set avatar_source = ?, avatar_sha1 = ? where id = ?",
        source,
        picture.sha1(),
        actor);
  }

  @Override
  public Optional<Picture> avatar(URI actor, URI source) {
    return sql.one(
            "select avatar_sha1 from remote_actor where id = ? and avatar_source = ?",
            row -> row.text(1),
            actor,
            source)
        .flatMap(new SqlPictures(sql)::find);
  }
}
