package im.tombolo.app;

import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.http.client.DeliveryCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What machines are told of deliveries and of the servers that they are for. */
final class DeliveryMetrics {
  private DeliveryMetrics() {}

  static void register(MeterRegistry metrics, Store store, DeliveryCounts counts) {
    attempts(metrics, counts, "taken", DeliveryCounts::taken);
    attempts(metrics, counts, "put-off", DeliveryCounts::putOff);
    attempts(metrics, counts, "refused", DeliveryCounts::refused);
    gauge(
        metrics,
        "tombolo_deliveries_dead",
        "Deliveries that were given up and are kept to be looked at",
        store,
        session -> session.deliveries().dead());
    gauge(
        metrics,
        "tombolo_peers_resting",
        "Fediverse servers that failed and are left alone for a while",
        store,
        session -> session.peers().resting(Instant.now()));
  }

  private static void attempts(
      MeterRegistry metrics,
      DeliveryCounts counts,
      String outcome,
      ToDoubleFunction<DeliveryCounts> count) {
    FunctionCounter.builder("tombolo_delivery_attempts", counts, count)
        .tag("outcome", outcome)
        .description("Attempts to deliver since the start")
        .register(metrics);
  }

  private static void gauge(
      MeterRegistry metrics,
      String name,
      String description,
      Store store,
      ToLongFunction<Session> count) {
    Gauge.builder(name, () -> store.inTransaction(count::applyAsLong))
        .description(description)
        .register(metrics);
  }
}
