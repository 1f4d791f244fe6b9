package im.tombolo.app.admin;

import im.tombolo.storage.Figures.Queue;
import im.tombolo.storage.Figures.Table;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The status for a terminal, and for programs. */
final class StatusText {
  private static final int TABLES = 5;
  private static final JsonMapper JSON = new JsonMapper();

  private StatusText() {}

  static String lines(Status status) {
    StringBuilder out = new StringBuilder();
    Status.Self process = status.process();
    out.append(
        "Tombolo %s, process %s, up for %s%n"
            .formatted(process.version(), process.name(), Status.words(process.uptime())));
    out.append("XMPP link: %s%n".formatted(status.link()));
    out.append("accounts bridged: %d%n".formatted(status.bridged()));
    out.append(
        "waiting: %s%n"
            .formatted(
                status.queues().stream()
                    .map(queue -> waiting(status, queue))
                    .collect(Collectors.joining(", "))));
    status
        .failing()
        .forEach(peer ->
            out.append(
                "fails: %s, %d times, %s: %s%n"
                    .formatted(peer.host(), peer.failures(), status.next(peer), peer.reason())));
    status
        .dead()
        .forEach(host ->
            out.append(
                "dead: %d deliveries to %s: %s%n"
                    .formatted(host.deliveries(), host.host(), host.reason())));
    out.append(
        "database: %s%s%n"
            .formatted(
                Status.size(status.bytes()),
                status.tables().stream()
                    .limit(TABLES)
                    .map(table -> ", %s %s".formatted(table.name(), Status.size(table.bytes())))
                    .collect(Collectors.joining())));
    return out.toString();
  }

  private static String waiting(Status status, Queue queue) {
    return queue.name()
        + " "
        + String.format(Locale.ROOT, "%,d", queue.waiting())
        + status.age(queue).map(age -> " (oldest " + Status.words(age) + ")").orElse("");
  }

  static String json(Status status) {
    Status.Self process = status.process();
    ObjectNode out =
        JSON.createObjectNode()
            .put("version", process.version())
            .put("process", process.name())
            .put("uptime_seconds", process.uptime().toSeconds())
            .put("leads", process.leads())
            .put("leader", process.leader().orElse(null))
            .put("link_up", process.linkIsUp())
            .put("bridged", status.bridged())
            .put("database_bytes", status.bytes());
    ArrayNode queues = out.putArray("queues");
    for (Queue queue : status.queues()) {
      ObjectNode one =
          queues.addObject().put("queue", queue.name()).put("waiting", queue.waiting());
      status.age(queue).ifPresent(age -> one.put("oldest_seconds", age.toSeconds()));
    }
    ArrayNode failing = out.putArray("failing");
    status
        .failing()
        .forEach(peer ->
            failing
                .addObject()
                .put("host", peer.host())
                .put("failures", peer.failures())
                .put("until", peer.until().map(Object::toString).orElse(null))
                .put("reason", peer.reason()));
    ArrayNode dead = out.putArray("dead");
    status
        .dead()
        .forEach(host ->
            dead.addObject()
                .put("host", host.host())
                .put("deliveries", host.deliveries())
                .put("reason", host.reason()));
    ArrayNode tables = out.putArray("tables");
    for (Table table : status.tables()) {
      tables
          .addObject()
          .put("table", table.name())
          .put("rows", table.rows())
          .put("bytes", table.bytes());
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(out) + "\n";
  }
}
