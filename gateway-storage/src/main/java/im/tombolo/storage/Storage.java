package im.tombolo.storage;

import im.tombolo.core.port.Store;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.flywaydb.core.Flyway;

/**
 * The database: a pool, the schema brought up to date, and transactions. Safe for any thread; a
 * restart of the server is survived, work that it interrupted throws {@link StorageException}.
 */
public final class Storage implements Store, AutoCloseable {
  static final int NEWEST_MIGRATION = 8;

  private static final int CONNECT_RETRIES = 10;
  private static final int CONNECT_RETRY_SECONDS = 5;
  // SQL states of what no waiting mends: a refused password, a database that is not there.
  private static final List<String> HOPELESS = List.of("28", "3D");
  private static final int WAIT_FOR_CONNECTION_MILLIS = 30_000;
  // Each question has its index. Queues are empty for hours and then have a million rows: with
  // statistics of the empty ones the planner would read them from end to end for each host.
  private static final String THROUGH_INDEXES =
      "set enable_seqscan = off; set enable_bitmapscan = off; set jit = off";

  private final DataSource pool;
  private final KeyVault vault;
  private final InstantSource clock;
  private final Map<Queue, Runnable> told = new ConcurrentHashMap<>();

  private Storage(DataSource pool, KeyVault vault, InstantSource clock) {
    this.pool = pool;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * Connects and migrates. A server that does not answer is waited for, about a minute.
   *
   * @throws StorageException when the database cannot be reached, its schema is newer, or its
   *     private keys are encrypted with another secret
   */
  public static Storage open(DatabaseSettings settings, InstantSource clock) {
    if (!isCurrent(settings)) {
      migrate(settings);
    }
    return new Storage(new DataSource(properties(settings)), vault(settings), clock);
  }

  /** So it is at most starts, and to be told so by Flyway takes a good part of one. */
  private static boolean isCurrent(DatabaseSettings settings) {
    try (Connection connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
      int version = version(new Sql(connection));
      if (version > NEWEST_MIGRATION) {
        throw new StorageException(
            "the database is of a newer version of Tombolo (its schema is %d, this one's %d); run that one, or restore the backup from before it"
                .formatted(version, NEWEST_MIGRATION));
      }
      return version == NEWEST_MIGRATION;
    } catch (SQLException failed) {
      String state = String.valueOf(failed.getSQLState());
      if (HOPELESS.stream().anyMatch(state::startsWith)) {
        throw new StorageException(
            "the database refuses us: "
                + firstLine(failed)
                + "; correct database.url, database.user and database.password",
            failed);
      }
      // It is not there yet.
      return false;
    }
  }

  private static int version(Sql sql) {
    long known = sql.number("select count(to_regclass('flyway_schema_history'))");
    return known == 0
        ? 0
        : (int) sql.number("select max(version::int) from flyway_schema_history where success");
  }

  private static void migrate(DatabaseSettings settings) {
    try {
      flyway(settings).migrate();
    } catch (RuntimeException failed) {
      throw new StorageException("the database cannot be opened: " + firstLine(failed), failed);
    }
  }

  static Flyway flyway(DatabaseSettings settings) {
    return Flyway.configure()
        .dataSource(settings.url(), settings.user(), settings.password())
        .connectRetries(CONNECT_RETRIES)
        .connectRetriesInterval(CONNECT_RETRY_SECONDS)
        .locations("classpath:im/tombolo/storage/migration")
        .load();
  }

  private static KeyVault vault(DatabaseSettings settings) {
    try (Connection connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
      connection.setAutoCommit(false);
      KeyVault vault = KeyVault.unlock(new Sql(connection), settings.keyEncryptionSecret());
      connection.commit();
      return vault;
    } catch (SQLException failed) {
      throw new StorageException("the database is not reachable", failed);
    }
  }

  private static PoolProperties properties(DatabaseSettings settings) {
    PoolProperties properties = new PoolProperties();
    properties.setUrl(settings.url());
    properties.setDriverClassName("org.postgresql.Driver");
    properties.setUsername(settings.user());
    properties.setPassword(settings.password());
    properties.setMaxActive(settings.connections());
    properties.setMaxIdle(settings.connections());
    properties.setMinIdle(1);
    properties.setInitialSize(1);
    properties.setMaxWait(WAIT_FOR_CONNECTION_MILLIS);
    properties.setTestOnBorrow(true);
    properties.setValidationQuery("select 1");
    properties.setValidationInterval(1_000);
    // With these three, work that was not committed is rolled back and never seen by the next
    // borrower.
    properties.setDefaultAutoCommit(false);
    properties.setRollbackOnReturn(true);
    properties.setJdbcInterceptors("ConnectionState");
    properties.setInitSQL(THROUGH_INDEXES);
    properties.setJmxEnabled(false);
    return properties;
  }

  @Override
  public <T> T inTransaction(Function<Session, T> work) {
    Set<Queue> queued = EnumSet.noneOf(Queue.class);
    T result = onConnection(sql -> work.apply(new SqlSession(sql, vault, clock, queued)));
    queued.forEach(queue -> told.getOrDefault(queue, () -> {}).run());
    return result;
  }

  private <T> T onConnection(Function<Sql, T> work) {
    try (Connection connection = pool.getConnection()) {
      try {
        Sql sql = new Sql(connection);
        T result = work.apply(sql);
        sql.flush();
        connection.commit();
        return result;
      } catch (RuntimeException failed) {
        rollback(connection, failed);
        throw failed;
      }
    } catch (SQLException failed) {
      throw new StorageException("the database is not reachable", failed);
    }
  }

  /** Reads figures of the whole. */
  public <T> T figures(Function<Figures, T> question) {
    return onConnection(sql -> question.apply(new Figures(sql)));
  }

  /**
   * Says who is told when a transaction of this process has put something into a queue. A hint that
   * saves time: what other processes queue is found only by looking.
   */
  public void onQueued(Queue queue, Runnable told) {
    this.told.put(queue, told);
  }

  /** Whether the database answers now. */
  public boolean healthy() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(5);
    } catch (SQLException notReachable) {
      return false;
    }
  }

  @Override
  public void close() {
    pool.close(true);
  }

  private static void rollback(Connection connection, RuntimeException because) {
    try {
      connection.rollback();
    } catch (SQLException alsoFailed) {
      because.addSuppressed(alsoFailed);
    }
  }

  private static String firstLine(Throwable failed) {
    Throwable root = failed;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("unknown");
  }
}
