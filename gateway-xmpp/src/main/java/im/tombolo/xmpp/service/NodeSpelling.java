package im.tombolo.xmpp.service;

import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.Node;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Other ways to write the name of a node: percent-encoded, as it stands in XMPP URIs (Movim asks
 * with what it finds there), and in capitals. Answers have the name that was asked for.
 */
final class NodeSpelling {
  /** Names stand on the payload, its children (XEP-0060), and theirs (subscriptions). */
  private static final int DEEPEST = 2;

  private NodeSpelling() {}

  /** Has a question answered as if it had the name that the node has here. */
  static IqReply bridge(IqRequest request, Function<IqRequest, IqReply> service) {
    Optional<String> written =
        switch (request.payload().namespace()) {
          case Namespaces.DISCO_INFO,
              Namespaces.DISCO_ITEMS,
              Namespaces.PUBSUB,
              Namespaces.PUBSUB_OWNER ->
              written(request.payload());
          default -> Optional.empty();
        };
    Optional<String> name = written.flatMap(NodeSpelling::canonical);
    if (name.isEmpty()) {
      return service.apply(request);
    }
    Element payload = renamed(request.payload(), written.get(), name.get());
    return switch (service.apply(
        new IqRequest(request.from(), request.to(), request.set(), payload))) {
      case IqReply.Result(Optional<Element> answer) ->
          new IqReply.Result(answer.map(found -> renamed(found, name.get(), written.get())));
      case IqReply.Refused refused -> refused;
    };
  }

  private static Optional<String> written(Element payload) {
    return Stream.concat(Stream.of(payload), payload.elements().stream())
        .flatMap(element -> element.attribute("node").stream())
        .findFirst();
  }

  /** Another name for what is written; empty when it is to be taken as it is. */
  static Optional<String> canonical(String written) {
    if (VirtualNodes.has(written)) {
      return Optional.empty();
    }
    // A name with a colon is no encoded one, though it may hold encoded parts (XEP-0470 §3).
    String plain =
        written.indexOf(':') < 0 ? NodeAddress.decoded(written).orElse(written) : written;
    String name = VirtualNodes.ignoringCase(plain).orElse(plain);
    return Optional.of(name).filter(other -> !other.equals(written));
  }

  private static Element renamed(Element payload, String from, String to) {
    return renamed(payload, node -> node.equals(from) ? to : node, DEEPEST);
  }

  private static Element renamed(Element element, UnaryOperator<String> name, int deeper) {
    Element.Builder copy = Element.of(element.name(), element.namespace());
    element
        .attributes()
        .forEach(
            (key, value) -> copy.attribute(key, key.equals("node") ? name.apply(value) : value));
    for (Node child : element.children()) {
      copy.child(
          deeper > 0 && child instanceof Element below ? renamed(below, name, deeper - 1) : child);
    }
    return copy.build();
  }
}
