package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.LocalPosts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

record SqlLocalPosts(Sql sql) implements LocalPosts {
  @Override
  public Optional<Kept> find(Jid account, String key) {
    return sql.one(
        "select document, digest, key, buried_at from local_post where account = ? and key = ?",
        row ->
            row.optional(1).isPresent()
                ? new Kept.Live(Documents.read(row.text(1), LocalPost.class), row.text(2))
                : new Kept.Grave(row.text(3), row.time(4)),
        account,
        key);
  }

  @Override
  public void save(LocalPost post, String digest) {
    sql.update(
        "insert into local_post (account, key, item_id, digest, document, published, sequence)"
            + " values (?, ?, ?, ?, ?::jsonb, ?, nextval('publication'))"
            + " on conflict (account, key) do update set digest = excluded.digest,"
            + " document = excluded.document, published = excluded.published,"
            + " sequence = excluded.sequence, evicted = false"
            + " where local_post.buried_at is null",
        post.account(),
        post.key(),
        post.itemId(),
        digest,
        Documents.write(post),
        post.dates().published());
  }

  @Override
  public List<Known> known(Jid account) {
    return sql.list(
        "select key, item_id, digest, sequence, evicted from local_post"
            + " where account = ? and buried_at is null order by sequence desc",
        row -> new Known(row.text(1), row.text(2), row.text(3), row.number(4), row.flag(5)),
        account);
  }

  @Override
  public void markEvicted(Jid account, String key) {
    sql.update("update local_post set evicted = true where account = ? and key = ?", account, key);
  }

  @Override
  public void bury(Jid account, String key, Instant at) {
    sql.update(
        "update local_post set document = null, digest = '', buried_at = ?"
            + " where account = ? and key = ? and buried_at is null",
        at,
        account,
        key);
  }

  @Override
  public List<LocalPost> page(Jid account, Optional<Position> after, int max) {
    Sql.Reader<LocalPost> reader = row -> Documents.read(row.text(1), LocalPost.class);
    String from = "select document from local_post where account = ? and buried_at is null";
    String order = " order by published desc, key limit ?";
    return after.isEmpty()
        ? sql.list(from + order, reader, account, max)
        : sql.list(
            from + " and (published < ? or (published = ? and key > ?))" + order,
            reader,
            account,
            after.get().published(),
            after.get().published(),
            after.get().key(),
            max);
  }

  @Override
  public long count(Jid account) {
    return sql.number(
        "select count(*) from local_post where account = ? and buried_at is null", account);
  }
}
