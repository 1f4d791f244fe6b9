package im.tombolo.storage;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.LocalPosts;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

record SqlLocalPosts(Sql sql) implements LocalPosts {
  private static final String EVENTS =
      "select document from local_post where %s and buried_at is null and open"
          + " and document #>> '{content,event,time,start}' is not null"
          + " order by published desc, key limit ?";

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
  public Optional<Kept.Live> findByItem(ItemAddress item) {
    return sql.one(
        "select document, digest from local_post where node = ? and service = ? and item_id = ?"
            + " and buried_at is null",
        row -> new Kept.Live(Documents.read(row.text(1), LocalPost.class), row.text(2)),
        item.node(),
        item.service(),
        item.id());
  }

  /** Each half has an index of its own. */
  @Override
  public Optional<Jid> authorOf(ItemAddress item) {
    String from =
        "select account from local_post where node = ? and service = ? and item_id = ? and ";
    return sql.one(
        from + "buried_at is null union all " + from + "buried_at is not null limit 1",
        row -> Jid.of(row.text(1)),
        item.node(),
        item.service(),
        item.id(),
        item.node(),
        item.service(),
        item.id());
  }

  @Override
  public void amend(LocalPost post) {
    sql.update(
        "update local_post set document = ?::jsonb where account = ? and key = ?"
            + " and buried_at is null",
        Documents.write(post),
        post.account(),
        post.key());
  }

  @Override
  public List<LocalPost> events(Jid account, int max) {
    return sql.list(EVENTS.formatted("account = ?"), SqlLocalPosts::post, account, max);
  }

  @Override
  public List<LocalPost> events(NodeAddress node, int max) {
    return sql.list(
        EVENTS.formatted("node = ? and service = ?"),
        SqlLocalPosts::post,
        node.node(),
        node.service(),
        max);
  }

  /** Of several that name the same node, the one whose author has it. */
  @Override
  public Optional<LocalPost> findByComments(NodeAddress node) {
    return sql.one(
        "select document from local_post where comments_node = ? and comments_service = ?"
            + " and buried_at is null order by (account = comments_service) desc, published limit 1",
        SqlLocalPosts::post,
        node.node(),
        node.service());
  }

  @Override
  public void save(LocalPost post, String digest) {
    sql.update(
        "insert into local_post (account, key, service, node, item_id, digest, document,"
            + " comments_service, comments_node, comment, open, published, sequence)"
            + " values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, nextval('publication'))"
            + " on conflict (account, key) do update set digest = excluded.digest,"
            + " document = excluded.document, comments_service = excluded.comments_service,"
            + " comments_node = excluded.comments_node, comment = excluded.comment,"
            + " open = excluded.open, published = excluded.published,"
            + " sequence = excluded.sequence, evicted = false"
            + " where local_post.buried_at is null",
        post.account(),
        post.key(),
        post.item().service(),
        post.item().node(),
        post.item().id(),
        digest,
        Documents.write(post),
        post.comments().map(NodeAddress::service),
        post.comments().map(NodeAddress::node),
        post.isComment(),
        post.audience().visibility().isOpen(),
        post.dates().published());
  }

  @Override
  public List<Known> known(NodeAddress node) {
    return sql.list(
        "select account, key, item_id, digest, sequence, evicted from local_post"
            + " where node = ? and service = ? and buried_at is null order by sequence desc",
        row ->
            new Known(
                Jid.of(row.text(1)),
                row.text(2),
                row.text(3),
                row.text(4),
                row.number(5),
                row.flag(6)),
        node.node(),
        node.service());
  }

  @Override
  public Optional<Instant> newest(NodeAddress node) {
    return sql.one(
            "select document from local_post where node = ? and service = ? and buried_at is null"
                + " order by published desc limit 1",
            SqlLocalPosts::post,
            node.node(),
            node.service())
        .map(post -> post.dates().updated());
  }

  @Override
  public void markEvicted(Jid account, String key) {
    sql.update("update local_post set evicted = true where account = ? and key = ?", account, key);
  }

  @Override
  public List<LocalPost> live(Jid account, int max) {
    return sql.list(
        "select document from local_post where account = ? and buried_at is null limit ?",
        SqlLocalPosts::post,
        account,
        max);
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
  public List<LocalPost> page(Jid account, boolean comments, Optional<Position> after, int max) {
    return page("account = ?" + (comments ? "" : " and not comment"), List.of(account), after, max);
  }

  @Override
  public List<LocalPost> page(NodeAddress node, Optional<Position> after, int max) {
    return page("node = ? and service = ?", List.of(node.node(), node.service()), after, max);
  }

  private List<LocalPost> page(
      String where, List<Object> values, Optional<Position> after, int max) {
    List<Object> all = new ArrayList<>(values);
    after.ifPresent(last -> all.addAll(List.of(last.published(), last.published(), last.key())));
    all.add(max);
    return sql.list(
        "select document from local_post where buried_at is null and open and "
            + where
            + (after.isPresent() ? " and (published < ? or (published = ? and key > ?))" : "")
            + " order by published desc, key limit ?",
        SqlLocalPosts::post,
        all.toArray());
  }

  @Override
  public long count(Jid account, boolean comments) {
    return sql.number(
        "select count(*) from local_post where account = ? and buried_at is null and open"
            + (comments ? "" : " and not comment"),
        account);
  }

  private static LocalPost post(Sql.Row row) throws SQLException {
    return Documents.read(row.text(1), LocalPost.class);
  }
}
