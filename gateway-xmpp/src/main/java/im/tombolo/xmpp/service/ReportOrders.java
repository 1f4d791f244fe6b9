package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.ReportBridge;
import im.tombolo.core.bridge.ReportBridge.Report;
import im.tombolo.core.port.Deliveries.Progress;
import im.tombolo.core.port.Deliveries.Progress.State;
import im.tombolo.core.text.Excerpt;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The command that tells where posts went. */
final class ReportOrders {
  private static final int TITLE = 60;

  private final ReportBridge reports;

  ReportOrders(ReportBridge reports) {
    this.reports = reports;
  }

  List<Order> all() {
    return List.of(
        new Order(
            "report",
            "Where my posts went",
            List.of(Order.optional("post", "Address of one post")),
            (from, given) ->
                given.getFirst().isEmpty() ? newest(from) : one(from, given.getFirst())));
  }

  private Order.Said newest(Jid from) {
    List<Report> newest = reports.newest(from);
    return new Order.Said.Told(
        newest.isEmpty()
            ? "You have no posts on the fediverse."
            : newest.stream().map(ReportOrders::words).collect(Collectors.joining("\n\n")));
  }

  private Order.Said one(Jid from, String address) {
    return url(address)
        .flatMap(post -> reports.of(from, post))
        .<Order.Said>map(report -> new Order.Said.Told(words(report)))
        .orElseGet(
            () -> new Order.Said.Mistake("That is no post of yours. Say its address on the web."));
  }

  private static Optional<URI> url(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static String words(Report report) {
    String title =
        report
            .post()
            .content()
            .title()
            .orElseGet(() -> report.post().content().body().toPlainText());
    StringBuilder out = new StringBuilder(Excerpt.of(title, TITLE));
    out.append(" (").append(report.address()).append(")");
    if (report.servers().isEmpty()) {
      return out.append("\nNobody had to be told of it, or that is long ago.").toString();
    }
    out.append(line(report, State.TAKEN, "Taken by", ReportOrders::host));
    out.append(line(report, State.WAITING, "Waiting for", ReportOrders::trouble));
    out.append(line(report, State.DEAD, "Given up", ReportOrders::trouble));
    return out.toString();
  }

  private static String line(
      Report report, State state, String label, Function<Progress, String> words) {
    List<String> servers =
        report.servers().stream()
            .filter(server -> server.state() == state)
            .map(words)
            .distinct()
            .toList();
    return servers.isEmpty()
        ? ""
        : "\n%s (%d): %s".formatted(label, servers.size(), String.join(", ", servers));
  }

  private static String host(Progress server) {
    return server.inbox().getAuthority();
  }

  private static String trouble(Progress server) {
    return host(server) + server.error().map(error -> " (" + error + ")").orElse("");
  }
}
