package im.tombolo.storage;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Communities;
import java.net.URI;
import java.sql.SQLException;
import java.util.Optional;

record SqlCommunities(Sql sql) implements Communities {
  private static final String SUBMISSION =
      "select service, node, item_id, community, post, author, activity, json, accepted"
          + " from submission where ";

  @Override
  public void lock(URI post, URI community) {
    sql.update(
        "insert into locked_post (post, community) values (?, ?) on conflict do nothing",
        post,
        community);
  }

  @Override
  public void unlock(URI post, URI community) {
    sql.update("delete from locked_post where post = ? and community = ?", post, community);
  }

  @Override
  public boolean isLocked(URI post) {
    return sql.number("select count(*) from locked_post where post = ?", post) > 0;
  }

  @Override
  public void save(Submission submission) {
    sql.update(
        "insert into submission (service, node, item_id, community, post, author, activity, json,"
            + " accepted) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (node, service, item_id)"
            + " do update set activity = excluded.activity, json = excluded.json,"
            + " accepted = excluded.accepted where submission.post = excluded.post",
        submission.item().service(),
        submission.item().node(),
        submission.item().id(),
        submission.community(),
        submission.post(),
        submission.author(),
        submission.activity(),
        submission.json(),
        submission.accepted());
  }

  @Override
  public Optional<Submission> find(ItemAddress item) {
    return sql.one(
        SUBMISSION + "node = ? and service = ? and item_id = ?",
        SqlCommunities::submission,
        item.node(),
        item.service(),
        item.id());
  }

  @Override
  public Optional<Submission> ofPost(URI post) {
    return sql.one(SUBMISSION + "post = ?", SqlCommunities::submission, post);
  }

  @Override
  public void remove(ItemAddress item) {
    sql.update(
        "delete from submission where node = ? and service = ? and item_id = ?",
        item.node(),
        item.service(),
        item.id());
  }

  private static Submission submission(Sql.Row row) throws SQLException {
    return new Submission(
        new ItemAddress(Jid.of(row.text(1)), row.text(2), row.text(3)),
        Jid.of(row.text(4)),
        URI.create(row.text(5)),
        URI.create(row.text(6)),
        URI.create(row.text(7)),
        row.text(8),
        row.flag(9));
  }
}
