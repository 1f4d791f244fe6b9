package im.tombolo.app.admin;

import static im.tombolo.app.admin.AdminHtml.element;
import static im.tombolo.app.admin.AdminHtml.number;
import static im.tombolo.app.admin.AdminHtml.table;
import static im.tombolo.app.admin.AdminHtml.text;

import im.tombolo.core.xml.Element;
import java.util.List;

/** The status as one page without scripts. */
final class Dashboard {
  static final String STYLE =
      """
      body { font: 15px/1.4 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }
      table { border-collapse: collapse; margin-bottom: 2em; width: 100% }
      th, td { text-align: left; padding: .2em 1em .2em 0; border-bottom: 1px solid #8884 }
      @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd } }
      """;

  private Dashboard() {}

  static String page(Status status) {
    return AdminHtml.page(
        element("body")
            .child(text("h1", "Tombolo " + status.process().version()))
            .child(process(status))
            .child(text("h2", "What waits"))
            .child(queues(status))
            .child(postForm())
            .child(text("h2", "Servers that fail"))
            .child(failing(status))
            .child(text("h2", "Deliveries that were given up"))
            .child(dead(status))
            .child(text("h2", "Tables"))
            .child(tables(status))
            .build());
  }

  private static Element process(Status status) {
    Status.Self process = status.process();
    return table(
        List.of("Process", "Up for", "XMPP link", "Accounts bridged", "Database"),
        List.of(
            List.of(
                process.name(),
                Status.words(process.uptime()),
                status.link(),
                number(status.bridged()),
                Status.size(status.bytes()))));
  }

  private static Element queues(Status status) {
    return table(
        List.of("Queue", "Waiting", "Oldest"),
        status.queues().stream()
            .map(queue ->
                List.of(
                    queue.name(),
                    number(queue.waiting()),
                    status.age(queue).map(Status::words).orElse("–")))
            .toList());
  }

  private static Element failing(Status status) {
    return table(
        List.of("Server", "Failures", "", "Reason"),
        status.failing().stream()
            .map(peer ->
                List.of(peer.host(), number(peer.failures()), status.next(peer), peer.reason()))
            .toList());
  }

  private static Element dead(Status status) {
    return table(
        List.of("Server", "Deliveries", "Reason of one"),
        status.dead().stream()
            .map(host -> List.of(host.host(), number(host.deliveries()), host.reason()))
            .toList());
  }

  private static Element tables(Status status) {
    return table(
        List.of("Table", "Rows, about", "Size"),
        status.tables().stream()
            .map(table -> List.of(table.name(), number(table.rows()), Status.size(table.bytes())))
            .toList());
  }

  private static Element postForm() {
    return element("form")
        .attribute("action", "report")
        .child(
            element("label")
                .text("Where a post went, by its address: ")
                .child(
                    element("input")
                        .attribute("name", "post")
                        .attribute("type", "url")
                        .attribute("required", "required")
                        .build())
                .build())
        .child(text("button", "Show"))
        .build();
  }
}
