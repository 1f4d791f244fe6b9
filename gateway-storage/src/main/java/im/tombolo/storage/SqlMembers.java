package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Membership;
import im.tombolo.core.port.Members;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

record SqlMembers(Sql sql) implements Members {
  private static final String SELECT =
      "select address, state, since, due is not null, coalesce(due, since) from member where ";

  @Override
  public Optional<Membership> find(Jid account) {
    return sql.one(SELECT + "address = ?", SqlMembers::membership, account);
  }

  @Override
  public void save(Membership membership) {
    sql.update(
        "insert into member (address, state, since, due) values (?, ?, ?, ?)"
            + " on conflict (address) do update set state = excluded.state,"
            + " since = excluded.since, due = excluded.due",
        membership.account(),
        membership.state(),
        membership.since(),
        membership.due());
  }

  @Override
  public List<Membership> due(Instant now, int max) {
    return sql.list(
        SELECT + "due <= ? order by due, address limit ?", SqlMembers::membership, now, max);
  }

  private static Membership membership(Sql.Row row) throws SQLException {
    return new Membership(
        Jid.of(row.text(1)),
        Membership.State.valueOf(row.text(2)),
        row.time(3),
        row.flag(4) ? Optional.of(row.time(5)) : Optional.empty());
  }
}
