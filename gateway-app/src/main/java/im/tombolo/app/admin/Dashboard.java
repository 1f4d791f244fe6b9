package im.tombolo.app.admin;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.util.List;
import java.util.Locale;

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
    Status.Self process = status.process();
    Element head =
        element("head")
            .child(text("title", "Tombolo"))
            .child(
                element("link")
                    .attribute("rel", "stylesheet")
                    .attribute("href", "style.css")
                    .build())
            .build();
    Element body =
        element("body")
            .child(text("h1", "Tombolo " + process.version()))
            .child(
                table(
                    List.of("Process", "Up for", "XMPP link", "Accounts bridged", "Database"),
                    List.of(
                        List.of(
                            process.name(),
                            Status.words(process.uptime()),
                            status.link(),
                            number(status.bridged()),
                            Status.size(status.bytes())))))
            .child(text("h2", "What waits"))
            .child(
                table(
                    List.of("Queue", "Waiting", "Oldest"),
                    status.queues().stream()
                        .map(queue ->
                            List.of(
                                queue.name(),
                                number(queue.waiting()),
                                status.age(queue).map(Status::words).orElse("–")))
                        .toList()))
            .child(text("h2", "Servers that fail"))
            .child(
                table(
                    List.of("Server", "Failures", "", "Reason"),
                    status.failing().stream()
                        .map(peer ->
                            List.of(
                                peer.host(),
                                number(peer.failures()),
                                status.next(peer),
                                peer.reason()))
                        .toList()))
            .child(text("h2", "Deliveries that were given up"))
            .child(
                table(
                    List.of("Server", "Deliveries", "Reason of one"),
                    status.dead().stream()
                        .map(host -> List.of(host.host(), number(host.deliveries()), host.reason()))
                        .toList()))
            .child(text("h2", "Tables"))
            .child(
                table(
                    List.of("Table", "Rows, about", "Size"),
                    status.tables().stream()
                        .map(table ->
                            List.of(table.name(), number(table.rows()), Status.size(table.bytes())))
                        .toList()))
            .build();
    return "<!DOCTYPE html>\n"
        + XmlWriter.write(element("html").attribute("lang", "en").child(head).child(body).build());
  }

  private static Element table(List<String> columns, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return text("p", "None.");
    }
    Element.Builder table = element("table").child(row("th", columns));
    rows.forEach(row -> table.child(row("td", row)));
    return table.build();
  }

  private static Element row(String cell, List<String> texts) {
    Element.Builder row = element("tr");
    // An empty element would be written in a way that HTML does not know.
    texts.forEach(text -> row.child(text(cell, text.isEmpty() ? " " : text)));
    return row.build();
  }

  private static Element text(String name, String text) {
    return element(name).text(text).build();
  }

  private static Element.Builder element(String name) {
    return Element.of(name, Namespaces.XHTML);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
