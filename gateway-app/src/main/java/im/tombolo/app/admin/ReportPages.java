package im.tombolo.app.admin;

import static im.tombolo.app.admin.AdminHtml.element;
import static im.tombolo.app.admin.AdminHtml.number;
import static im.tombolo.app.admin.AdminHtml.table;
import static im.tombolo.app.admin.AdminHtml.text;

import im.tombolo.core.bridge.ReportBridge;
import im.tombolo.core.bridge.ReportBridge.Report;
import im.tombolo.core.port.Deliveries.Progress;
import im.tombolo.core.port.Deliveries.Step;
import im.tombolo.core.xml.Element;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a post went, which {@code ?post=} gives by its address: {@code /report} for people, {@code
 * /report.json} for programs, empty when there is none.
 */
public final class ReportPages extends Handler.Abstract {
  static final String UNKNOWN = "No post that is here has this address.";

  private final ReportBridge reports;
  private final JsonMapper mapper = new JsonMapper();

  public ReportPages(ReportBridge reports) {
    this.reports = reports;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    boolean isJson = path.equals("/report.json");
    if (!request.getMethod().equals("GET") || !(isJson || path.equals("/report"))) {
      return false;
    }
    Optional<Report> report =
        Optional.ofNullable(Request.extractQueryParameters(request).getValue("post"))
            .flatMap(ReportPages::address)
            .flatMap(reports::at);
    Page page =
        isJson
            ? new Page(200, "application/json", report.map(this::json).orElse("{}\n"))
            : new Page(
                report.isPresent() ? 200 : 404,
                Page.HTML,
                AdminHtml.page(
                    report
                        .map(ReportPages::body)
                        .orElseGet(() -> body("Tombolo", UNKNOWN).build())));
    page.send(response, callback);
    return true;
  }

  private static Optional<URI> address(String text) {
    try {
      return Optional.of(URI.create(text.strip()));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static Element.Builder body(String head, String words) {
    return element("body").child(text("h1", head)).child(text("p", words));
  }

  private static Element body(Report report) {
    Progress progress = report.progress();
    return body(report.address().toString(), counts(progress))
        .child(
            table(
                List.of("Inbox", "", "Next try", "Why"),
                progress.some().stream()
                    .map(step ->
                        List.of(
                            step.inbox().toString(),
                            word(step),
                            step.next().map(Instant::toString).orElse(""),
                            step.error().orElse("")))
                    .toList()))
        .build();
  }

  private static String counts(Progress progress) {
    return "Of %s inboxes %s have it, for %s it waits, for %s it was given up."
        .formatted(
            number(progress.taken() + progress.waiting() + progress.dead()),
            number(progress.taken()),
            number(progress.waiting()),
            number(progress.dead()));
  }

  private static String word(Step step) {
    return step.state().name().toLowerCase(Locale.ROOT);
  }

  private String json(Report report) {
    Progress progress = report.progress();
    ObjectNode out = mapper.createObjectNode();
    out.put("post", report.address().toString())
        .put("taken", progress.taken())
        .put("waiting", progress.waiting())
        .put("dead", progress.dead());
    ArrayNode list = out.putArray("inboxes");
    for (Step step : progress.some()) {
      ObjectNode one = list.addObject().put("inbox", step.inbox().toString());
      one.put("state", word(step));
      step.error().ifPresent(why -> one.put("error", why));
      step.next().ifPresent(at -> one.put("next-try", at.toString()));
    }
    return mapper.writeValueAsString(out) + "\n";
  }
}
