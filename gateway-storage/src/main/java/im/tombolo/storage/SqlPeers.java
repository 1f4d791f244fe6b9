package im.tombolo.storage;

import im.tombolo.core.port.Peers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
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
  public List<Leased> lease(Collection<String> hosts, Instant now, Instant until) {
    String[] sorted = sorted(hosts);
    // Of a row that another changes at the moment, the conflict would be waited for.
    sql.update(
        "insert into peer (host) select h from unnest(?) h where not exists"
            + " (select 1 from peer where host = h) on conflict do nothing",
        (Object) sorted);
    return sql.list(
        "update peer set leased_until = ? where host in (select host from peer"
            + " where host = any(?) and (leased_until is null or leased_until <= ?)"
            + " and (resume_at is null or resume_at <= ?) for update skip locked)"
            + " returning host, failures,"
            + " case when dialect_until > ? then dialect end",
        row -> new Leased(row.text(1), row.integer(2), row.optional(3).map(Dialect::valueOf)),
        until,
        sorted,
        now,
        now,
        now);
  }

  @Override
  public void renew(Collection<String> hosts, Instant until) {
    // What was given back in the meantime is nobody's, and would stay locked.
    sql.update(
        "update peer set leased_until = ? where host in (select host from peer"
            + " where host = any(?) and leased_until is not null order by host for update)",
        until,
        sorted(hosts));
  }

  @Override
  public void release(Collection<String> hosts) {
    change("leased_until = null", hosts);
  }

  @Override
  public void well(Collection<String> hosts, Instant now) {
    change(
        "leased_until = null, resume_at = null, failures = 0, failed_at = null, error = null,"
            + " asked_until = null, answered_at = ?",
        hosts,
        now);
  }

  private void change(String set, Collection<String> hosts, Object... values) {
    Object[] all = new Object[values.length + 1];
    System.arraycopy(values, 0, all, 0, values.length);
    all[values.length] = sorted(hosts);
    sql.update(
        "update peer set "
            + set
            + " where host in"
            + " (select host from peer where host = any(?) order by host for update)",
        all);
  }

  private static String[] sorted(Collection<String> hosts) {
    return hosts.stream().sorted().toArray(String[]::new);
  }

  @Override
  public void failed(String host, Failure failure) {
    sql.update(
        "update peer set leased_until = null, failures = ?, failed_at = ?, resume_at = ?,"
            + " asked_until = ?, error = ? where host = ?",
        failure.failures(),
        failure.at(),
        failure.resume(),
        failure.asked(),
        failure.error().substring(0, Math.min(MAX_ERROR_CHARS, failure.error().length())),
        host);
  }

  @Override
  public Optional<Health> health(String host) {
    return sql.one(
        "select answered_at, failures, failed_at, resume_at, asked_until, error from peer"
            + " where host = ?",
        SqlPeers::health,
        host);
  }

  private static Health health(Sql.Row row) throws SQLException {
    Optional<Failure> failure =
        row.integer(2) == 0
            ? Optional.empty()
            : Optional.of(
                new Failure(
                    row.integer(2), row.time(3), row.time(4), row.optionalTime(5), row.text(6)));
    return new Health(row.optionalTime(1), failure);
  }

  @Override
  public long resting(Instant now) {
    return sql.number("select count(*) from peer where resume_at > ?", now);
  }
}
