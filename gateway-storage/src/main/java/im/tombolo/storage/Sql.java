package im.tombolo.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Statements on one connection: values in, records out. */
final class Sql {
  /** Changes that are put off at a time. */
  private static final int MAX_LATER = 500;

  private final Connection connection;
  private final Map<Later, List<@Nullable Object[]>> later = new LinkedHashMap<>();
  private final Foresight foresight = new Foresight(this);

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Makes something of the row that the cursor is on. */
  interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  /**
   * A change that is put off.
   *
   * @param table what it changes
   * @param isSure it changes a row each time, or the transaction fails
   */
  private record Later(String table, String sql, boolean isSure) {}

  /** What this transaction read ahead. */
  Foresight foresight() {
    return foresight;
  }

  int update(String sql, @Nullable Object... values) {
    foresight.changed(sql);
    flushBefore(sql);
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException failed) {
      throw new StorageException("the database refused a change", failed);
    }
  }

  /**
   * Puts a change off until {@link #flush}, where all of the same statement cost one exchange with
   * the database, in their order. Whatever else concerns the table comes after it.
   */
  void later(String table, String sql, @Nullable Object... values) {
    put(new Later(table, sql, false), values);
  }

  /** The same of what was found to be possible: the transaction fails when it no longer is. */
  void surelyLater(String table, String sql, @Nullable Object... values) {
    put(new Later(table, sql, true), values);
  }

  private void put(Later change, @Nullable Object[] values) {
    List<@Nullable Object[]> waiting = later.computeIfAbsent(change, first -> new ArrayList<>());
    waiting.add(values);
    if (waiting.size() >= MAX_LATER) {
      flush();
    }
  }

  void flush() {
    later.forEach(this::all);
    later.clear();
  }

  private void flushBefore(String sql) {
    if (later.keySet().stream().anyMatch(change -> sql.contains(change.table()))) {
      flush();
    }
  }

  private void all(Later change, List<@Nullable Object[]> rows) {
    try (PreparedStatement statement = connection.prepareStatement(change.sql())) {
      for (Object[] values : rows) {
        set(statement, values);
        statement.addBatch();
      }
      int[] changed = statement.executeBatch();
      if (change.isSure() && IntStream.of(changed).anyMatch(count -> count == 0)) {
        throw new StorageException("somebody else was faster in " + change.table());
      }
    } catch (SQLException failed) {
      throw new StorageException("the database refused a change", failed);
    }
  }

  <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... values) {
    flushBefore(sql);
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(new Row(rows)));
      }
      return found;
    } catch (SQLException failed) {
      throw new StorageException("the database refused a question", failed);
    }
  }

  <T> Optional<T> one(String sql, Reader<T> reader, @Nullable Object... values) {
    return list(sql, reader, values).stream().findFirst();
  }

  long number(String sql, @Nullable Object... values) {
    return one(sql, row -> row.number(1), values).orElseThrow();
  }

  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    set(statement, values);
    return statement;
  }

  private void set(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, plain(values[i]));
    }
  }

  private @Nullable Object plain(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case Optional<?> optional -> plain(optional.orElse(null));
      case Instant instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
      case Long[] numbers -> connection.createArrayOf("bigint", numbers);
      case String[] texts -> connection.createArrayOf("text", texts);
      case Number number -> number;
      case Boolean[] flags -> connection.createArrayOf("boolean", flags);
      case Boolean flag -> flag;
      case byte[] bytes -> bytes;
      default -> value.toString();
    };
  }

  /** The columns of one row, by their place from 1. */
  static final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
      this.rows = rows;
    }

    String text(int column) throws SQLException {
      return rows.getString(column);
    }

    Optional<String> optional(int column) throws SQLException {
      return Optional.ofNullable(rows.getString(column));
    }

    long number(int column) throws SQLException {
      return rows.getLong(column);
    }

    int integer(int column) throws SQLException {
      return rows.getInt(column);
    }

    boolean flag(int column) throws SQLException {
      return rows.getBoolean(column);
    }

    byte[] bytes(int column) throws SQLException {
      return rows.getBytes(column);
    }

    Instant time(int column) throws SQLException {
      return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    Optional<Instant> optionalTime(int column) throws SQLException {
      return Optional.ofNullable(rows.getObject(column, OffsetDateTime.class))
          .map(OffsetDateTime::toInstant);
    }
  }
}
