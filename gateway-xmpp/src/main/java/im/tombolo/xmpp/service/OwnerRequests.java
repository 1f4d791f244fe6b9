package im.tombolo.xmpp.service;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** What only owners of a node may ask for (XEP-0060 §8): nobody here owns one of there. */
final class OwnerRequests {
  private OwnerRequests() {}

  static IqReply answer(IqRequest request) {
    Optional<Element> action =
        request.payload().elements().stream()
            .filter(child -> child.namespace().equals(Namespaces.PUBSUB_OWNER))
            .findFirst();
    return switch (action.map(Element::name).orElse("")) {
      case "default" -> IqReply.unsupported("retrieve-default");
      case "configure", "subscriptions", "affiliations", "delete", "purge" ->
          PubsubRequests.closed(action.get());
      default -> IqReply.refused(Condition.bad_request);
    };
  }
}
