package im.tombolo.storage;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.ExportTickets;
import java.time.Instant;
import java.util.Optional;

record SqlExportTickets(Sql sql) implements ExportTickets {
  @Override
  public void save(Jid account, String digest, Instant now, Instant expires) {
    sql.update("delete from export_ticket where expires <= ? and account <> ?", now, account);
    sql.update(
        "insert into export_ticket (account, digest, expires) values (?, ?, ?)"
            + " on conflict (account) do update set digest = excluded.digest,"
            + " expires = excluded.expires",
        account,
        digest,
        expires);
  }

  @Override
  public Optional<Jid> find(String digest, Instant now) {
    return sql.one(
        "select account from export_ticket where digest = ? and expires > ?",
        row -> Jid.of(row.text(1)),
        digest,
        now);
  }

  @Override
  public Optional<Jid> redeem(String digest, Instant now) {
    return sql.one(
        "delete from export_ticket where digest = ? and expires > ? returning account",
        row -> Jid.of(row.text(1)),
        digest,
        now);
  }
}
