package im.tombolo.storage;

import im.tombolo.core.port.Peers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

record SqlPeers(Sql sql, InstantSource clock) implements Peers {
  // A peer that talks but does not listen is not tried at each of its messages.
  private static final Duration JUST_NOW = Duration.ofMinutes(1);

  @Override
  public void heardFrom(String host) {
    Instant now = clock.instant();
    sql.update(
        "update peer set resume_at = ? where host = ? and resume_at > ? and failed_at <= ?"
            + " and (asked_until is null or asked_until <= ?)",
        now,
        host,
        now,
        now.minus(JUST_NOW),
        now);
  }

  @Override
  public Optional<Dialect> dialect(String host) {
    return sql.one(
        "select dialect from peer where host = ? and dialect_until > ?",
        row -> Dialect.valueOf(row.text(1)),
        host,
        clock.instant());
  }

  @Override
  public void understands(String host, Dialect dialect, Instant until) {
    sql.update(
        "insert into peer (host, dialect, dialect_until) values (?, ?, ?) on conflict (host)"
            + " do update set dialect = excluded.dialect, dialect_until = excluded.dialect_until",
        host,
        dialect.name(),
        until);
  }
}
