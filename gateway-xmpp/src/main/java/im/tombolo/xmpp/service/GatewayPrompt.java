package im.tombolo.xmpp.service;

import im.tombolo.core.address.Handle;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** Turns a fediverse address that somebody types into a JID (XEP-0100 §6.3). */
final class GatewayPrompt {
  private final VirtualJids virtual;

  GatewayPrompt(VirtualJids virtual) {
    this.virtual = virtual;
  }

  IqReply answer(IqRequest request) {
    Element.Builder query = Element.of("query", Namespaces.GATEWAY);
    if (!request.set()) {
      return IqReply.of(
          query
              .child("desc", "The address of somebody on the fediverse, such as ada@social.example")
              .child("prompt", "Address")
              .build());
    }
    return request
        .payload()
        .child("prompt", Namespaces.GATEWAY)
        .flatMap(prompt -> Handle.parse(prompt.text().strip()))
        .map(virtual::of)
        .map(jid -> IqReply.of(query.child("jid", jid.toString()).build()))
        .orElseGet(() -> IqReply.refused(Condition.not_acceptable));
  }
}
