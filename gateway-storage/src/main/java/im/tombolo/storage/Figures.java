package im.tombolo.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What administrators and the other processes want to know of the whole. */
public final class Figures {
  private static final int MAX_HOSTS = 20;

  private final Sql sql;

  Figures(Sql sql) {
    this.sql = sql;
  }

  /**
   * The process that has the component link, or had it last.
   *
   * @param silence since it said that it is there
   */
  public record Leader(String holder, Duration silence, boolean linkIsUp) {
    /** Whether the link can be taken to be up now. */
    public boolean hasLink() {
      return linkIsUp && isThere();
    }

    /** Whether it can be taken to lead now. */
    public boolean isThere() {
      return silence.compareTo(LeaderSeat.SILENCE) < 0;
    }
  }

  /**
   * A durable queue.
   *
   * @param oldest when the one that waits longest came, where that is known
   */
  public record Queue(String name, long waiting, Optional<Instant> oldest) {}

  /**
   * A server that could not be reached, or refused.
   *
   * @param until when it is tried again
   * @param reason why the last attempt failed
   */
  public record Failing(String host, int failures, Optional<Instant> until, String reason) {}

  /** Deliveries to one host that were given up. */
  public record Dead(String host, long deliveries, String reason) {}

  /**
   * @param rows about, as PostgreSQL last counted them
   * @param bytes with indexes
   */
  public record Table(String name, long rows, long bytes) {}

  public Optional<Leader> leader() {
    return sql.one(
        "select holder, extract(epoch from clock_timestamp() - beat_at) * 1000, link_up"
            + " from leader where not has_left",
        row -> new Leader(row.text(1), Duration.ofMillis(row.number(2)), row.flag(3)));
  }

  public List<Queue> queues() {
    return sql.list(
        "select 'deliveries', count(*), min(queued_at) from delivery where not dead"
            + " union all select 'inbox', count(*), min(at) from inbox where done_at is null"
            + " union all select 'pubsub', count(*), min(queued_at) from pubsub_task"
            + " union all select 'stanzas', count(*), null from stanza"
            + " union all select 'catch-up', count(*), null from catch_up",
        row ->
            new Queue(
                row.text(1),
                row.number(2),
                row.optional(3).isPresent() ? Optional.of(row.time(3)) : Optional.empty()));
  }

  /** Accounts that are actors now. */
  public long bridged() {
    return sql.number("select count(*) from account where blog = 'OPEN' or acts");
  }

  /** Those that fail longest first. */
  public List<Failing> failing() {
    return sql.list(
        "select host, failures, resume_at, coalesce(error, '') from peer where failures > 0"
            + " order by failed_at nulls last, host limit ?",
        row ->
            new Failing(
                row.text(1),
                row.integer(2),
                row.optional(3).isPresent() ? Optional.of(row.time(3)) : Optional.empty(),
                row.text(4)),
        MAX_HOSTS);
  }

  /** Those with most first. */
  public List<Dead> dead() {
    return sql.list(
        "select host, count(*), coalesce(max(error), '') from delivery"
            + " where dead group by 1 order by 2 desc, 1 limit ?",
        row -> new Dead(row.text(1), row.number(2), row.text(3)),
        MAX_HOSTS);
  }

  /** Largest first. */
  public List<Table> tables() {
    return sql.list(
        "select relname, greatest(reltuples, 0)::bigint, pg_total_relation_size(oid) from pg_class"
            + " where relkind = 'r' and relnamespace = current_schema()::regnamespace"
            + " order by 3 desc, 1",
        row -> new Table(row.text(1), row.number(2), row.number(3)));
  }
}
