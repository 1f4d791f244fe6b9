package im.tombolo.app.admin;

import im.tombolo.core.port.QueuedDeliveries.Host;
import im.tombolo.core.port.QueuedDeliveries.Row;
import im.tombolo.core.port.QueuedDeliveries.Selection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /deliveries}: what waits and what is dead, by host, or one by one for {@code ?host=}. A
 * POST to {@code /deliveries/retry} or {@code /deliveries/drop} does so with a part of it. All is
 * JSON.
 */
public final class DeliveryPages extends Handler.Abstract {
  private static final String PATH = "/deliveries";
  // No page of another site can send it without asking first, which nobody here answers.
  private static final String JSON = "application/json";

  private final DeliveryDesk desk;
  private final JsonMapper mapper = new JsonMapper();

  public DeliveryPages(DeliveryDesk desk) {
    this.desk = desk;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    if (!path.equals(PATH) && !path.startsWith(PATH + "/")) {
      return false;
    }
    Fields query = Request.extractQueryParameters(request);
    switch (request.getMethod() + " " + path.substring(PATH.length())) {
      case "GET " -> answer(response, 200, page(query), callback);
      case "POST /retry", "POST /drop" -> {
        boolean isOurs = JSON.equals(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
        answer(
            response,
            isOurs ? 200 : 415,
            isOurs ? change(path.endsWith("drop"), selection(query)) : mapper.createObjectNode(),
            callback);
      }
      default -> answer(response, 404, mapper.createObjectNode(), callback);
    }
    return true;
  }

  private static Selection selection(Fields query) {
    return new Selection(
        Optional.ofNullable(query.getValue("host")), "true".equals(query.getValue("dead")));
  }

  private ObjectNode change(boolean isDrop, Selection selection) {
    int done = isDrop ? desk.drop(selection) : desk.retry(selection);
    return mapper.createObjectNode().put("done", done).put("more", done == DeliveryDesk.PAGE);
  }

  private ObjectNode page(Fields query) {
    Selection selection = selection(query);
    String after = Optional.ofNullable(query.getValue("after")).orElse("");
    ObjectNode out = mapper.createObjectNode();
    if (selection.host().isEmpty()) {
      List<Host> hosts = desk.hosts(selection, after);
      ArrayNode list = out.putArray("hosts");
      hosts.forEach(host -> write(host, list.addObject()));
      next(out, hosts, Host::name);
    } else {
      List<Row> rows =
          desk.rows(selection, after.matches("[0-9]{1,18}") ? Long.parseLong(after) : 0);
      ArrayNode list = out.putArray("deliveries");
      rows.forEach(row -> write(row, list.addObject()));
      next(out, rows, row -> String.valueOf(row.id()));
    }
    return out;
  }

  private static <T> void next(ObjectNode out, List<T> page, Function<T, String> cursor) {
    if (page.size() == DeliveryDesk.PAGE) {
      out.put("next", cursor.apply(page.getLast()));
    }
  }

  private static void write(Host host, ObjectNode out) {
    out.put("host", host.name())
        .put("waiting", host.waiting())
        .put("dead", host.dead())
        .put("oldest", host.oldest().toString());
    trouble(host.error(), host.resting(), out);
  }

  private static void write(Row row, ObjectNode out) {
    out.put("id", row.id())
        .put("inbox", row.inbox().toString())
        .put("actor", row.actor().toString())
        .put("activity", row.activityKey())
        .put("queued", row.queued().toString())
        .put("attempts", row.attempts())
        .put("dead", row.next().isEmpty());
    trouble(row.error(), row.next(), out);
  }

  private static void trouble(Optional<String> error, Optional<Instant> next, ObjectNode out) {
    error.ifPresent(why -> out.put("error", why));
    next.ifPresent(at -> out.put("next-try", at.toString()));
  }

  private void answer(Response response, int status, ObjectNode page, Callback callback) {
    String text = mapper.writeValueAsString(page) + "\n";
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_LENGTH, text.getBytes(StandardCharsets.UTF_8).length);
    Content.Sink.write(response, true, text, callback);
  }
}
