package im.tombolo.xmpp.service;

import im.tombolo.core.address.Authority;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.ReportBridge;
import im.tombolo.core.bridge.ReportBridge.Report;
import im.tombolo.core.port.Deliveries.Progress;
import im.tombolo.core.port.Deliveries.Step;
import im.tombolo.core.port.Deliveries.Step.State;
import im.tombolo.core.text.Excerpt;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
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
    Progress progress = report.progress();
    if (progress.taken() + progress.waiting() + progress.dead() == 0) {
      return out.append("\nNobody had to be told of it, or that is long ago.").toString();
    }
    out.append(line(progress, State.TAKEN, "Taken by", progress.taken()));
    out.append(line(progress, State.WAITING, "Waiting for", progress.waiting()));
    out.append(line(progress, State.DEAD, "Given up", progress.dead()));
    return out.toString();
  }

  /** By name as many as are known, one for each server and reason. */
  private static String line(Progress progress, State state, String label, long count) {
    List<String> known =
        progress.some().stream()
            .filter(step -> step.state() == state)
            .map(ReportOrders::words)
            .distinct()
            .toList();
    long named = progress.some().stream().filter(step -> step.state() == state).count();
    String more = named < count ? " and " + (count - named) + " more" : "";
    return count == 0
        ? ""
        : "\n%s (%d): %s%s".formatted(label, count, String.join(", ", known), more);
  }

  private static String words(Step step) {
    String host = Authority.of(step.inbox());
    String trouble =
        step.error()
            .map(why ->
                step.next()
                    .map(next -> why + ", again after " + next.truncatedTo(ChronoUnit.SECONDS))
                    .orElse(why))
            .orElse("");
    return trouble.isEmpty() ? host : host + " (" + trouble + ")";
  }
}
