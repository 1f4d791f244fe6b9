package im.tombolo.storage;

import im.tombolo.core.port.Retention;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

record SqlRetention(Sql sql) implements Retention {
  // Of one account at a time; the rest of it goes when its turn comes again.
  private static final int MAX_POSTS = 500;

  private static final String IS_FOLLOWED = "exists (select from following f where f.actor = ";

  /** Whether a post {@code p} concerns nobody here; {@code ?} is four times the base of our ids. */
  private static final String CONCERNS_NOBODY =
      " not exists (select from reaction r where r.post = p.id and starts_with(r.actor, ?))"
          + " and not exists (select from watch w where w.target = p.id)"
          + " and not exists (select from rsvp v where v.event = p.id)"
          + " and not exists (select from remote_post o where o.repeats = p.id"
          + " and o.buried_at is null and "
          + IS_FOLLOWED
          + "o.author))"
          + " and not exists (select from discussion d join discussion e on e.root = d.root"
          + " where d.id = p.id and (starts_with(d.root, ?) or starts_with(e.author, ?)"
          + " or exists (select from watch w where w.target = e.id) or "
          + IS_FOLLOWED
          + "e.author)))"
          + " and not exists (select from local_post l where l.document->>'repeats' = p.id)"
          + " and position(? in coalesce(p.document::text, '')) = 0";

  private record Seen(URI actor, boolean isIdle) {}

  @Override
  public Optional<URI> forgetActors(Optional<URI> after, String ours, Instant before, int max) {
    List<Seen> seen =
        sql.list(
            "select a.id, (a.document->>'fetchedAt')::timestamptz < ? and not "
                + IS_FOLLOWED
                + "a.id) from remote_actor a where a.id > ? order by a.id limit ?",
            row -> new Seen(URI.create(row.text(1)), row.flag(2)),
            before,
            after.map(URI::toString).orElse(""),
            max);
    seen.stream().filter(Seen::isIdle).forEach(idle -> forgetIdle(idle.actor(), ours));
    return seen.size() < max ? Optional.empty() : Optional.of(seen.getLast().actor());
  }

  private void forgetIdle(URI actor, String ours) {
    String[] gone =
        sql.list(
                "delete from remote_post where id in (select p.id from remote_post p"
                    + " where p.author = ? and p.buried_at is null and"
                    + CONCERNS_NOBODY
                    + " limit ?) returning id",
                row -> row.text(1),
                actor,
                ours,
                ours,
                ours,
                ours,
                MAX_POSTS)
            .toArray(String[]::new);
    if (gone.length > 0) {
      sql.update("delete from discussion where id = any(?)", (Object) gone);
      sql.update("delete from reaction where post = any(?)", (Object) gone);
      // Whoever reads the account again begins at the top of its outbox.
      sql.update("delete from remote_history where author = ?", actor);
    }
    sql.update(
        "delete from remote_actor a where a.id = ?"
            + " and not exists (select from remote_post where author = a.id and buried_at is null)"
            + " and not exists (select from follower where actor = a.id)"
            + " and not exists (select from follow_request where actor = a.id)"
            + " and not exists (select from discussion where author = a.id)"
            + " and not exists (select from reaction where actor = a.id)"
            + " and not exists (select from rsvp where actor = a.id)"
            + " and not exists (select from message where peer = a.id)",
        actor);
  }

  @Override
  public Optional<String> forgetPictures(Optional<String> after, int max) {
    List<String> seen =
        sql.list(
            "select sha1 from picture where sha1 > ? order by sha1 limit ?",
            row -> row.text(1),
            after.orElse(""),
            max);
    sql.update(
        "delete from picture p where p.sha1 = any(?)"
            + " and not exists (select from remote_actor where avatar_sha1 = p.sha1)"
            + " and not exists (select from account where face->'avatar'->>'sha1' = p.sha1)",
        (Object) seen.toArray(String[]::new));
    return seen.size() < max ? Optional.empty() : Optional.of(seen.getLast());
  }

  @Override
  public int forgetGraves(Instant before, int max) {
    return sql.update(
        "delete from remote_post where id in (select id from remote_post where buried_at < ?"
            + " order by buried_at limit ?)",
        before,
        max);
  }

  @Override
  public int forgetActivities(String ours, Instant before, int max) {
    return sql.update(
        "delete from activity where key in (select a.key from activity a where a.at < ?"
            + " and not exists (select from delivery where activity_key = a.key)"
            + " and not exists (select from message_delivery where activity_key = a.key)"
            + " and not exists (select from following where follow_id = ? || a.key)"
            + " and not exists (select from reaction where activity = ? || a.key)"
            + " and not exists (select from rsvp where activity = ? || a.key)"
            + " order by a.at limit ?)",
        before,
        ours,
        ours,
        ours,
        max);
  }

  @Override
  public int forgetDead(Instant before, int max) {
    return sql.update(
        "delete from delivery where id in"
            + " (select id from delivery where dead and queued_at < ? order by queued_at limit ?)",
        before,
        max);
  }
}
