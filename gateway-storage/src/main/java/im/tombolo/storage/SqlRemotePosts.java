package im.tombolo.storage;

import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.RemotePosts;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

record SqlRemotePosts(Sql sql) implements RemotePosts {
  // A repeat shows its post as that is now; one of ours is kept with it.
  private static final String KEPT =
      "select p.item_id, coalesce(o.document, p.document), p.id, p.author, p.repeats,"
          + " p.visibility, p.published";
  private static final String LIVE =
      " from remote_post p left join remote_post o on o.id = p.repeats"
          + " where p.buried_at is null and coalesce(o.document, p.document) is not null and ";

  private static final String SAVE =
      "insert into remote_post (id, author, item_id, visibility, published, event, document,"
          + " told) values (?, ?, ?, ?, ?, ?, ?::jsonb, ?) on conflict (id) do update set author"
          + " = excluded.author, item_id = excluded.item_id, buried_at = null, visibility ="
          + " excluded.visibility, published = excluded.published, event = excluded.event,"
          + " document = excluded.document, told = excluded.told or (remote_post.told and"
          + " remote_post.buried_at is null) where (remote_post.author = excluded.author) ="
          + " (remote_post.buried_at is null)";

  @Override
  public Optional<Kept> find(URI id) {
    return sql.foresight().isNoPost(id)
        ? Optional.empty()
        : sql.one(KEPT + LIVE + "p.id = ?", SqlRemotePosts::kept, id);
  }

  @Override
  public Optional<Kept> findByItem(URI author, String itemId) {
    return sql.one(
        KEPT + LIVE + "p.author = ? and p.item_id = ?", SqlRemotePosts::kept, author, itemId);
  }

  @Override
  public boolean isBuried(URI id, URI author) {
    return sql.number(
            "select count(*) from remote_post where id = ? and author = ? and buried_at is not"
                + " null",
            id,
            author)
        > 0;
  }

  @Override
  public void save(String itemId, RemotePost post) {
    sql.update(SAVE, values(itemId, post, false));
  }

  @Override
  public boolean saveTold(String itemId, RemotePost post) {
    if (sql.foresight().takeNoPost(post.id())) {
      sql.surelyLater("remote_post", SAVE, values(itemId, post, true));
      return true;
    }
    return sql.update(SAVE, values(itemId, post, true)) > 0;
  }

  private static Object[] values(String itemId, RemotePost post, boolean told) {
    return new Object[] {
      post.id(),
      post.author(),
      itemId,
      post.audience().visibility().ordinal(),
      post.dates().published(),
      post.content().event().isPresent(),
      Documents.write(post),
      told
    };
  }

  @Override
  public void saveRepeat(String itemId, Repeat repeat, Optional<RemotePost> snapshot) {
    sql.update(
        "insert into remote_post (id, author, item_id, visibility, published, repeats, document)"
            + " values (?, ?, ?, ?, ?, ?, ?::jsonb) on conflict (id) do update set author ="
            + " excluded.author, item_id = excluded.item_id, buried_at = null, visibility ="
            + " excluded.visibility, published = excluded.published, repeats = excluded.repeats,"
            + " document = excluded.document where case when remote_post.buried_at is null then"
            + " remote_post.author = excluded.author and remote_post.repeats = excluded.repeats"
            + " else remote_post.author <> excluded.author end",
        repeat.id(),
        repeat.by(),
        itemId,
        repeat.visibility().ordinal(),
        repeat.at(),
        repeat.post(),
        snapshot.map(Documents::write));
  }

  @Override
  public List<Kept> repeatsOf(URI post) {
    return sql.list(KEPT + LIVE + "p.repeats = ?", SqlRemotePosts::kept, post);
  }

  @Override
  public List<URI> shown(URI by, URI author, int max) {
    return sql.list(
        "select p.repeats from remote_post p join remote_post o on o.id = p.repeats"
            + " where p.author = ? and p.buried_at is null and o.author = ? limit ?",
        row -> URI.create(row.text(1)),
        by,
        author,
        max);
  }

  @Override
  public Optional<Kept> findRepeat(URI by, URI post) {
    return sql.one(KEPT + LIVE + "p.repeats = ? and p.author = ?", SqlRemotePosts::kept, post, by);
  }

  @Override
  public Optional<Kept> bury(URI id, URI author, Instant at) {
    Optional<Kept> was = find(id).filter(kept -> owner(kept).equals(author));
    sql.update(
        "insert into remote_post (id, author, buried_at) values (?, ?, ?) on conflict (id) do"
            + " update set document = null, buried_at = excluded.buried_at where remote_post.author"
            + " = excluded.author",
        id,
        author,
        at);
    return was;
  }

  @Override
  public void exhume(URI id, URI author) {
    sql.update(
        "delete from remote_post where id = ? and author = ? and buried_at is not null",
        id,
        author);
  }

  @Override
  public List<Kept> page(URI author, Page page) {
    return page(author, page, "");
  }

  @Override
  public List<Kept> events(URI author, Page page) {
    return page(author, page, " and p.event");
  }

  private List<Kept> page(URI author, Page page, String which) {
    Optional<Instant> start =
        page.from()
            .flatMap(item ->
                sql.one(
                    "select published from remote_post where author = ? and item_id = ?"
                        + " and published is not null",
                    row -> row.time(1),
                    author,
                    item));
    String direction = page.newestFirst() ? "desc" : "asc";
    String order =
        " order by p.published " + direction + ", p.item_id " + direction + " limit ? offset ?";
    String from = KEPT + LIVE + "p.author = ? and p.visibility <= ?" + which;
    int widest = widest(page.followersToo());
    if (page.from().isEmpty() || start.isEmpty()) {
      return page.from().isPresent()
          ? List.of()
          : sql.list(from + order, SqlRemotePosts::kept, author, widest, page.max(), page.passed());
    }
    return sql.list(
        from
            + " and (p.published, p.item_id) "
            + (page.newestFirst() ? "<" : ">")
            + " (?, ?)"
            + order,
        SqlRemotePosts::kept,
        author,
        widest,
        start.get(),
        page.from().get(),
        page.max(),
        page.passed());
  }

  @Override
  public long count(URI author, boolean followersToo) {
    return sql.number(
        "select count(*) from remote_post p where p.author = ? and p.visibility <= ?"
            + " and p.buried_at is null and (p.document is not null or exists"
            + " (select from remote_post o where o.id = p.repeats and o.document is not null))",
        author,
        widest(followersToo));
  }

  @Override
  public boolean isTold(URI id) {
    return sql.one("select told from remote_post where id = ?", row -> row.flag(1), id)
        .orElse(false);
  }

  @Override
  public boolean tell(URI id) {
    return sql.update("update remote_post set told = true where id = ? and not told", id) > 0;
  }

  @Override
  public Optional<Instant> newestUntil(URI author, Instant end) {
    return sql.one(
        "select published from remote_post where author = ? and published <= ? and repeats is null"
            + " and buried_at is null order by published desc limit 1",
        row -> row.time(1),
        author,
        end);
  }

  @Override
  public long countEvents(URI author, boolean followersToo) {
    return sql.number(
        "select count(*) from remote_post where author = ? and visibility <= ? and event"
            + " and buried_at is null",
        author,
        widest(followersToo));
  }

  @Override
  public Optional<History> history(URI author) {
    return sql.one(
        "select next, read, total from remote_history where author = ?",
        row -> new History(row.optional(1).map(URI::create), row.integer(2), row.number(3)),
        author);
  }

  @Override
  public void saveHistory(URI author, History history) {
    sql.update(
        "insert into remote_history (author, next, read, total) values (?, ?, ?, ?)"
            + " on conflict (author) do update set next = excluded.next, read = excluded.read,"
            + " total = excluded.total",
        author,
        history.next(),
        history.read(),
        history.total());
  }

  private static URI owner(Kept kept) {
    return kept.repeat().map(Repeat::by).orElseGet(() -> kept.post().author());
  }

  private static int widest(boolean followersToo) {
    return (followersToo ? Visibility.FOLLOWERS : Visibility.UNLISTED).ordinal();
  }

  private static Kept kept(Sql.Row row) throws SQLException {
    Optional<Repeat> repeat = Optional.empty();
    if (row.optional(5).isPresent()) {
      repeat =
          Optional.of(
              new Repeat(
                  URI.create(row.text(3)),
                  URI.create(row.text(4)),
                  URI.create(row.text(5)),
                  Visibility.values()[row.integer(6)],
                  row.time(7)));
    }
    return new Kept(row.text(1), Documents.read(row.text(2), RemotePost.class), repeat);
  }
}
