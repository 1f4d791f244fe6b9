package im.tombolo.http.server;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.ExportBridge;
import im.tombolo.core.port.Answer;

/**
 * Where people get what is kept of them. A page with a button comes first: clients look at links
 * that arrive, and the address works once.
 */
final class ExportRoutes {
  private static final String POLICY =
      Markup.POLICY.replace("form-action 'none'", "form-action 'self'");

  private final ExportBridge exports;

  ExportRoutes(ExportBridge exports) {
    this.exports = exports;
  }

  Reply answer(Query query, Jid person, String secret) {
    Reply reply =
        switch (query.message().method()) {
          case "GET", "HEAD" -> page(person, secret);
          case "POST" -> file(person, secret);
          default -> Routes.notAllowed("GET, HEAD, POST");
        };
    return reply.with("Cache-Control", "no-store");
  }

  private Reply page(Jid person, String secret) {
    return exports.isOffered(person, secret)
        ? Reply.of(200, Reply.HTML, Markup.page("en", "Your data", "", body(person)))
            .with("Content-Security-Policy", POLICY)
        : over();
  }

  private static String body(Jid person) {
    return """
    <main><h1>Your data</h1>
    <p>All that this gateway keeps of %s, in one file. This works once.</p>
    <form method="post"><button>Download</button></form></main>
    """
        .formatted(Markup.text(person.toString()));
  }

  private Reply file(Jid person, String secret) {
    return switch (exports.redeem(person, secret)) {
      case Answer.Got<String>(String json) ->
          Reply.of(200, "application/json; charset=utf-8", json)
              .with("Content-Disposition", "attachment; filename=\"tombolo.json\"");
      case Answer.Unavailable<String> busy -> Reply.tryLater();
      case Answer<String> none -> over();
    };
  }

  private static Reply over() {
    return Reply.text(404, "This was used, or it is too old. Tell the gateway export once more.");
  }
}
