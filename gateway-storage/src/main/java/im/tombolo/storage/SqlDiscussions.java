package im.tombolo.storage;

import im.tombolo.core.port.Discussions;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

record SqlDiscussions(Sql sql) implements Discussions {
  private static final String COLUMNS =
      "select id, root, parent, author, published from discussion where ";
  private static final String AFTER = " and (published, id) > (?, ?)";
  private static final String ORDER = " order by published, id limit ?";

  @Override
  public void add(Entry entry) {
    sql.later(
        "discussion",
        "insert into discussion (id, root, parent, author, published) values (?, ?, ?, ?, ?)"
            + " on conflict (id) do update set root = excluded.root, parent = excluded.parent,"
            + " author = excluded.author, published = excluded.published",
        entry.id(),
        entry.root(),
        entry.parent(),
        entry.author(),
        entry.published());
  }

  @Override
  public void remove(URI id) {
    sql.update("delete from discussion where id = ?", id);
  }

  @Override
  public Optional<Entry> find(URI id) {
    return sql.one(COLUMNS + "id = ?", SqlDiscussions::entry, id);
  }

  @Override
  public List<Entry> answers(URI parent, Optional<Entry> after, int max) {
    return page("parent = ?", parent, after, max);
  }

  @Override
  public long countAnswers(URI parent) {
    return sql.number("select count(*) from discussion where parent = ?", parent);
  }

  @Override
  public List<Entry> all(URI root, Optional<Entry> after, int max) {
    return page("root = ?", root, after, max);
  }

  @Override
  public long countAll(URI root) {
    return sql.number("select count(*) from discussion where root = ?", root);
  }

  private List<Entry> page(String of, URI whom, Optional<Entry> after, int max) {
    return after.isEmpty()
        ? sql.list(COLUMNS + of + ORDER, SqlDiscussions::entry, whom, max)
        : sql.list(
            COLUMNS + of + AFTER + ORDER,
            SqlDiscussions::entry,
            whom,
            after.get().published(),
            after.get().id(),
            max);
  }

  @Override
  public List<URI> authors(URI root, int max) {
    return sql.list(
        "select author from discussion where root = ? group by author order by min(published) limit ?",
        row -> URI.create(row.text(1)),
        root,
        max);
  }

  @Override
  public List<Entry> by(URI author, int max) {
    return sql.list(COLUMNS + "author = ? limit ?", SqlDiscussions::entry, author, max);
  }

  private static Entry entry(Sql.Row row) throws SQLException {
    return new Entry(
        URI.create(row.text(1)),
        URI.create(row.text(2)),
        row.optional(3).map(URI::create),
        URI.create(row.text(4)),
        row.time(5));
  }
}
