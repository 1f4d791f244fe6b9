package im.tombolo.xmpp.service;

import im.tombolo.core.address.Ids;
import im.tombolo.core.atom.PublicLists;
import im.tombolo.core.bridge.ConnectionBridge;
import im.tombolo.core.bridge.ConnectionBridge.Person;
import im.tombolo.core.bridge.ConnectionBridge.Side;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** Whom a fediverse account follows, and who follows it (XEP-0465; for Movim XEP-0330). */
final class ListItems {
  private final ConnectionBridge connections;

  ListItems(ConnectionBridge connections) {
    this.connections = connections;
  }

  IqReply answer(IqRequest request, RemoteActor actor, String node, Element items) {
    Side side = node.equals(VirtualNodes.SUBSCRIBERS) ? Side.FOLLOWERS : Side.FOLLOWING;
    return switch (PageRequest.read(request.payload(), items)) {
      case Reading.Refused<PageRequest> refused -> IqReply.refused(Condition.bad_request);
      case Reading.Of<PageRequest>(PageRequest wanted) ->
          IqReply.from(
              connections.list(actor, side),
              ids -> answer(node, wanted, ItemPages.ids(items), ids));
    };
  }

  private IqReply answer(String node, PageRequest wanted, List<String> named, List<URI> ids) {
    Map<String, URI> byItem = new LinkedHashMap<>();
    // Collections have the newest first.
    ids.reversed().forEach(id -> byItem.put(Ids.itemId(id), id));
    if (!named.isEmpty()) {
      List<Element> found =
          filled(node, byItem, named.stream().filter(byItem::containsKey).toList()).stream()
              .filter(item -> !item.elements().isEmpty())
              .toList();
      return found.isEmpty()
          ? IqReply.refused(Condition.item_not_found)
          : ItemPages.named(node, found);
    }
    PageRequest page = wanted.limited(ConnectionBridge.MAX_PEOPLE);
    List<Element> all = byItem.keySet().stream().map(id -> item(id, Optional.empty())).toList();
    return ItemPages.walk(page, all)
        .map(walked -> walked.stream().map(item -> item.attributeOr("id", "")).toList())
        .map(walked -> ItemPages.page(page, node, filled(node, byItem, walked), all.size()))
        .orElseGet(() -> IqReply.refused(Condition.item_not_found));
  }

  /** Somebody whose server does not answer has no payload. */
  private List<Element> filled(String node, Map<String, URI> byItem, List<String> items) {
    connections.meet(
        items.stream().flatMap(id -> Optional.ofNullable(byItem.get(id)).stream()).toList());
    return items.stream()
        .map(id ->
            item(
                id,
                Optional.ofNullable(byItem.get(id))
                    .flatMap(connections::person)
                    .map(person -> payload(node, person))))
        .toList();
  }

  private static Element payload(String node, Person person) {
    return switch (node) {
      case Namespaces.PPS_SUBSCRIPTIONS -> PublicLists.subscription(person.blog());
      case Namespaces.MOVIM_SUBSCRIPTIONS ->
          PublicLists.movimSubscription(person.blog(), person.name());
      default -> PublicLists.subscriber(person.jid());
    };
  }

  private static Element item(String id, Optional<Element> payload) {
    return Element.of("item", Namespaces.PUBSUB).attribute("id", id).child(payload).build();
  }
}
