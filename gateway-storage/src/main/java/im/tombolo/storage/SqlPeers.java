package im.tombolo.storage;

import im.tombolo.core.port.Peers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;

/** Rows are locked in the order of their names, or not waited for: nobody waits in a circle. */
record SqlPeers(Sql sql, InstantSource clock) implements Peers {
  private static final int MAX_ERROR_CHARS = 500;
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

  @Override
  public void well(Collection<String> hosts) {
    sql.update(
        "update peer set resume_at = null, failures = 0, failed_at = null, error = null,"
            + " asked_until = null, refused = 0 where host in"
            + " (select host from peer where host = any(?) order by host for update)",
        (Object) hosts.toArray(String[]::new));
  }

  @Override
  public void failed(String host, Failure failure) {
    sql.update(
        "insert into peer (host, failures, failed_at, resume_at, asked_until, error)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (host) do update set"
            + " failures = excluded.failures, failed_at = excluded.failed_at,"
            + " resume_at = excluded.resume_at, asked_until = excluded.asked_until,"
            + " error = excluded.error",
        host,
        failure.failures(),
        failure.at(),
        failure.resume(),
        failure.asked(),
        failure.error().substring(0, Math.min(MAX_ERROR_CHARS, failure.error().length())));
  }

  @Override
  public void refused(String host, int activities) {
    sql.update(
        "insert into peer (host, refused) values (?, ?) on conflict (host)"
            + " do update set refused = peer.refused + excluded.refused",
        host,
        activities);
  }

  @Override
  public long resting(Instant now) {
    return sql.number("select count(*) from peer where resume_at > ?", now);
  }
}
