package im.tombolo.app.admin;

import im.tombolo.core.port.Rules.Rule;
import im.tombolo.core.port.Rules.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /blocks}: whom the gateway has nothing to do with. A POST to {@code /blocks/add} or {@code
 * /blocks/remove} has {@code {"rules": [{"target", "severity", "comment"}]}} and says what was not
 * done. All is JSON.
 */
public final class BlockPages extends Handler.Abstract {
  private static final String PATH = "/blocks";
  // No page of another site can send it without asking first, which nobody here answers.
  private static final String JSON = "application/json";
  private static final int MAX_BODY = 1 << 20;

  private final BlockDesk desk;
  private final JsonMapper mapper = new JsonMapper();

  public BlockPages(BlockDesk desk) {
    this.desk = desk;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String path = String.valueOf(request.getHttpURI().getPath());
    if (!path.equals(PATH) && !path.startsWith(PATH + "/")) {
      return false;
    }
    Page page =
        switch (request.getMethod() + " " + path.substring(PATH.length())) {
          case "GET " -> json(200, list());
          case "POST /add" -> change(request, true);
          case "POST /remove" -> change(request, false);
          default -> json(404, mapper.createObjectNode());
        };
    page.send(response, callback);
    return true;
  }

  private Page json(int status, ObjectNode node) {
    return new Page(status, JSON, mapper.writeValueAsString(node) + "\n");
  }

  private ObjectNode list() {
    ObjectNode out = mapper.createObjectNode();
    ArrayNode rules = out.putArray("rules");
    desk.configured()
        .forEach(domain ->
            rules
                .addObject()
                .put("target", domain)
                .put("severity", "suspend")
                .put("comment", "")
                .put("configured", true));
    desk.list()
        .forEach(rule ->
            rules
                .addObject()
                .put("target", rule.target())
                .put("severity", severity(rule.severity()))
                .put("comment", rule.comment()));
    return out;
  }

  static String severity(Severity severity) {
    return severity == Severity.MEDIA ? "media" : "suspend";
  }

  private Page change(Request request, boolean isAdded) throws IOException {
    if (!JSON.equals(request.getHeaders().get(HttpHeader.CONTENT_TYPE))) {
      return json(415, mapper.createObjectNode());
    }
    byte[] body;
    try (InputStream in = Request.asInputStream(request)) {
      body = in.readNBytes(MAX_BODY + 1);
    }
    if (body.length > MAX_BODY) {
      return json(413, mapper.createObjectNode());
    }
    try {
      return json(200, change(mapper.readTree(body).path("rules"), isAdded));
    } catch (JacksonException malformed) {
      return json(400, mapper.createObjectNode());
    }
  }

  private ObjectNode change(JsonNode rules, boolean isAdded) {
    int done = 0;
    ArrayNode refused = mapper.createArrayNode();
    for (JsonNode rule : rules) {
      String target = rule.path("target").asString("");
      Optional<String> trouble =
          isAdded
              ? desk.add(
                  new Rule(
                      target,
                      rule.path("severity").asString("").equals("media")
                          ? Severity.MEDIA
                          : Severity.SUSPEND,
                      rule.path("comment").asString("")))
              : Optional.of("not on the list").filter(none -> !desk.remove(target));
      trouble.ifPresent(why -> refused.addObject().put("target", target).put("why", why));
      done += trouble.isEmpty() ? 1 : 0;
    }
    desk.changed();
    return mapper.createObjectNode().put("done", done).set("refused", refused);
  }
}
