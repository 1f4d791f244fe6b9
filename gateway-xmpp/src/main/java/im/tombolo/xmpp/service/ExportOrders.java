package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.ExportBridge;
import im.tombolo.core.port.Answer;
import java.net.URI;
import java.util.List;

/** The command by which people get what is kept of them. */
final class ExportOrders {
  private final ExportBridge exports;

  ExportOrders(ExportBridge exports) {
    this.exports = exports;
  }

  List<Order> all() {
    return List.of(
        new Order("export", "Get all that is kept of me", List.of(), (from, none) -> export(from)));
  }

  private Order.Said export(Jid from) {
    Answer<URI> answer = exports.offer(from);
    return answer instanceof Answer.Got<URI>(URI address)
        ? new Order.Said.Told(
            "Open this in a browser. It is good for "
                + ExportBridge.VALID.toMinutes()
                + " minutes, once, and for whoever has it: "
                + address)
        : Order.without(answer);
  }
}
