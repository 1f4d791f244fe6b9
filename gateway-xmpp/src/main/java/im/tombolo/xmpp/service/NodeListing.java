package im.tombolo.xmpp.service;

import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.Optional;

/** The items of a node by name (XEP-0060 §5.5), in the same pages as the items themselves. */
final class NodeListing {
  private NodeListing() {}

  static IqReply answer(IqRequest request, String node, PubsubRequests pubsub) {
    Optional<Element> set = request.payload().child("set", Namespaces.RSM);
    Element items =
        Element.of("items", Namespaces.PUBSUB)
            .attribute("node", node)
            .attribute(
                "max_items", set.isPresent() ? Optional.empty() : Optional.of("" + PageRequest.MAX))
            .build();
    Element question =
        Element.of("pubsub", Namespaces.PUBSUB)
            .child(items)
            .child(set)
            .child(PageRequest.order(request.payload()))
            .build();
    return switch (pubsub.answer(new IqRequest(request.from(), request.to(), false, question))) {
      case IqReply.Result(Optional<Element> page) -> listed(request, node, set.isPresent(), page);
      case IqReply.Refused refused -> refused;
    };
  }

  private static IqReply listed(
      IqRequest request, String node, boolean isPaged, Optional<Element> page) {
    Element.Builder query = Element.of("query", Namespaces.DISCO_ITEMS).attribute("node", node);
    page.flatMap(pubsub -> pubsub.child("items", Namespaces.PUBSUB)).stream()
        .flatMap(items -> items.children("item", Namespaces.PUBSUB).stream())
        .forEach(item ->
            query.child(
                Element.of("item", Namespaces.DISCO_ITEMS)
                    .attribute("jid", request.to().bare().toString())
                    .attribute("name", item.attribute("id"))
                    .build()));
    page.filter(pubsub -> isPaged)
        .flatMap(pubsub -> pubsub.child("set", Namespaces.RSM))
        .ifPresent(query::child);
    return IqReply.of(query.build());
  }
}
