package im.tombolo.app.admin;

import im.tombolo.core.port.Store;
import im.tombolo.storage.Figures.Table;
import im.tombolo.storage.Storage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What Prometheus can read about the whole. */
public final class Metrics {
  private final StatusReader status;
  private final MeterRegistry registry;

  private Metrics(StatusReader status, MeterRegistry registry) {
    this.status = status;
    this.registry = registry;
  }

  public static void register(Storage storage, StatusReader status, MeterRegistry registry) {
    Metrics metrics = new Metrics(status, registry);
    metrics.waiting(storage, "deliveries", session -> session.deliveries().waiting());
    metrics.waiting(storage, "inbox", session -> session.inbox().waiting());
    metrics.waiting(storage, "pubsub", session -> session.pubsubTasks().waiting());
    metrics.waiting(storage, "stanzas", session -> session.stanzas().waiting());
    metrics.waiting(storage, "catch-up", session -> session.catchUps().waiting());
    metrics.figures();
  }

  private void waiting(Storage storage, String queue, ToLongFunction<Store.Session> count) {
    Gauge.builder("tombolo_waiting", () -> storage.inTransaction(count::applyAsLong))
        .tag("queue", queue)
        .description("Rows that wait in a durable queue")
        .register(registry);
    gauge(
            "tombolo_oldest_seconds",
            now ->
                now.queues().stream()
                    .filter(one -> one.name().equals(queue))
                    .flatMap(one -> now.age(one).stream())
                    .mapToLong(Duration::toSeconds)
                    .sum())
        .tag("queue", queue)
        .description("How long the oldest row of a durable queue waits; 0 where nobody knows")
        .register(registry);
  }

  private void figures() {
    gauge("tombolo_leader", now -> now.process().leads() ? 1 : 0)
        .description("1 while this process has the component link")
        .register(registry);
    gauge("tombolo_bridged", Status::bridged)
        .description("Accounts here that are actors")
        .register(registry);
    for (Table table : status.read().tables()) {
      gauge("tombolo_table_bytes", now -> of(now, table, Table::bytes))
          .tag("table", table.name())
          .description("Size of a table with its indexes")
          .register(registry);
      gauge("tombolo_table_rows", now -> of(now, table, Table::rows))
          .tag("table", table.name())
          .description("Rows of a table, about")
          .register(registry);
    }
  }

  private Gauge.Builder<?> gauge(String name, ToDoubleFunction<Status> value) {
    return Gauge.builder(name, status, reader -> value.applyAsDouble(reader.read()));
  }

  private static double of(Status status, Table table, ToLongFunction<Table> figure) {
    return status.tables().stream()
        .filter(one -> one.name().equals(table.name()))
        .mapToLong(figure)
        .sum();
  }
}
