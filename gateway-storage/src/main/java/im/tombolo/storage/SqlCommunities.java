package im.tombolo.storage;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.port.Communities;
import im.tombolo.core.port.LocalPosts.Position;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

record SqlCommunities(Sql sql) implements Communities {
  private static final String SUBMISSION =
      "select service, node, item_id, community, post, author, activity, json, published, accepted"
          + " from submission where ";

  private static final String OURS =
      "select published, key, account, null as post from local_post"
          + " where node = ? and service = ? and buried_at is null and open";

  private static final String THEIRS =
      "select published, item_id as key, null as account, post from submission"
          + " where node = ? and service = ? and accepted";

  @Override
  public void save(Submission submission) {
    sql.update(
        "insert into submission (service, node, item_id, community, post, author, activity, json,"
            + " published, accepted) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (node, service, item_id)"
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
        submission.published(),
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

  @Override
  public List<Shown> shown(NodeAddress node, Optional<Position> after, int max) {
    List<Object> place = List.of(node.node(), node.service());
    // In each of the two halves.
    List<Object> values = new ArrayList<>(place);
    values.addAll(place);
    after.ifPresent(last -> values.addAll(List.of(last.published(), last.published(), last.key())));
    values.add(max);
    return sql.list(
        "select published, key, account, post from ("
            + OURS
            + " union all "
            + THEIRS
            + ") shown"
            + (after.isPresent() ? " where published < ? or (published = ? and key > ?)" : "")
            + " order by published desc, key limit ?",
        row ->
            new Shown(
                new Position(row.time(1), row.text(2)),
                row.optional(3).map(Jid::of),
                row.optional(4).map(URI::create)),
        values.toArray());
  }

  @Override
  public long countShown(NodeAddress node) {
    return sql.number(
        "select count(*) from (" + OURS + " union all " + THEIRS + ") shown",
        node.node(),
        node.service(),
        node.node(),
        node.service());
  }

  private static Submission submission(Sql.Row row) throws SQLException {
    return new Submission(
        new ItemAddress(Jid.of(row.text(1)), row.text(2), row.text(3)),
        Jid.of(row.text(4)),
        URI.create(row.text(5)),
        URI.create(row.text(6)),
        URI.create(row.text(7)),
        row.text(8),
        row.time(9),
        row.flag(10));
  }
}
