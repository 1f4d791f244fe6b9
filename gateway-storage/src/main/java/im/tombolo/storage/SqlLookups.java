package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Lookups;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

record SqlLookups(Sql sql) implements Lookups {
  @Override
  public boolean ask(Jid account, Instant now) {
    if (sql.number("select count(*) from lookup where found is null") >= MAX_WAITING) {
      return false;
    }
    // One that waits already is the same question.
    sql.update(
        "insert into lookup (account, asked_at) values (?, ?) on conflict (account) do update set"
            + " asked_at = excluded.asked_at, leased_until = null, found = null"
            + " where lookup.found is not null",
        account,
        now);
    return true;
  }

  @Override
  public Optional<Found> found(Jid account) {
    return sql.one(
        "select found from lookup where account = ? and found is not null",
        row -> Found.valueOf(row.text(1)),
        account);
  }

  @Override
  public List<Jid> claim(Instant now, Instant leaseUntil, int max) {
    return sql.list(
        "update lookup set leased_until = ? where account in (select account from lookup"
            + " where found is null and (leased_until is null or leased_until <= ?)"
            + " order by asked_at limit ? for update skip locked) returning account",
        row -> Jid.of(row.text(1)),
        leaseUntil,
        now,
        max);
  }

  @Override
  public void answer(Jid account, Found found) {
    sql.update("update lookup set found = ? where account = ?", found, account);
  }

  @Override
  public void forget(Instant before) {
    sql.update("delete from lookup where asked_at < ?", before);
  }
}
