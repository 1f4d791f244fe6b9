package im.tombolo.xmpp.service;

import im.tombolo.core.bridge.CommentBridge.Outcome;
import im.tombolo.core.bridge.CommentBridge.Retraction;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** What people publish in nodes of ours, and take back (XEP-0060 §7.1, §7.2). */
final class PublishedItem {
  private static final int MAX_PAYLOAD = 64 * 1024;
  private static final int MAX_ID = 128;

  private PublishedItem() {}

  static IqReply publish(
      IqRequest request, Element publish, Function<Item, Answer<Outcome>> published) {
    List<Element> items = publish.children("item", Namespaces.PUBSUB);
    if (items.size() != 1) {
      return IqReply.refused(Condition.bad_request, "item-required");
    }
    Element item = items.getFirst();
    Optional<Element> payload = item.elements().stream().findFirst();
    if (payload.isEmpty()) {
      return IqReply.refused(Condition.bad_request, "payload-required");
    }
    if (item.elements().size() > 1) {
      return IqReply.refused(Condition.bad_request, "invalid-payload");
    }
    String id = item.attributeOr("id", "");
    if (id.length() > MAX_ID) {
      return IqReply.refused(Condition.bad_request);
    }
    if (XmlWriter.write(payload.get()).length() > MAX_PAYLOAD) {
      return IqReply.refused(Condition.not_acceptable, "payload-too-big");
    }
    Item entry = new Item(id, Optional.of(request.from().bare()), payload);
    return IqReply.from(
        published.apply(entry), outcome -> answer(publish.attributeOr("node", ""), outcome));
  }

  private static IqReply answer(String node, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Published(String itemId) ->
          IqReply.of(
              PubsubRequests.pubsub(
                  Element.of("publish", Namespaces.PUBSUB)
                      .attribute("node", node)
                      .child(Element.of("item", Namespaces.PUBSUB).attribute("id", itemId).build())
                      .build()));
      case Outcome.Unreadable(String reason) ->
          IqReply.refused(Condition.bad_request, "invalid-payload");
      case Outcome.Taken taken -> IqReply.refused(Condition.forbidden);
      case Outcome.Locked locked -> IqReply.refused(Condition.not_allowed);
      case Outcome.Banned banned -> IqReply.refused(Condition.forbidden);
    };
  }

  static IqReply retract(Element retract, Function<String, Retraction> retracted) {
    List<String> ids =
        Stream.of(retract)
            .flatMap(one -> one.children("item", Namespaces.PUBSUB).stream())
            .flatMap(item -> item.attribute("id").stream())
            .toList();
    if (ids.size() != 1) {
      return IqReply.refused(Condition.bad_request, "item-required");
    }
    return switch (retracted.apply(ids.getFirst())) {
      case DONE -> IqReply.done();
      case OF_ANOTHER -> IqReply.refused(Condition.forbidden);
      case MISSING -> IqReply.refused(Condition.item_not_found);
    };
  }
}
