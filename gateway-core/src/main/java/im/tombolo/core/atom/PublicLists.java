package im.tombolo.core.atom;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.Optional;

/** Items of lists that say who subscribed to what: XEP-0465, and Movim's (XEP-0330). */
public final class PublicLists {
  private PublicLists() {}

  /** XEP-0465 says {@code jid}, Libervia reads {@code service}. */
  public static Element subscription(NodeAddress what) {
    return Element.of("subscription", Namespaces.PPS)
        .attribute("node", what.node())
        .attribute("jid", what.service().toString())
        .attribute("service", what.service().toString())
        .build();
  }

  public static Element subscriber(Jid who) {
    return Element.of("subscriber", Namespaces.PPS).attribute("jid", who.toString()).build();
  }

  public static Element movimSubscription(NodeAddress what, String title) {
    return Element.of("subscription", Namespaces.MOVIM_SUBSCRIPTION)
        .attribute("server", what.service().toString())
        .attribute("node", what.node())
        .child("title", title)
        .build();
  }

  /** What an item of either list subscribes to. */
  public static Optional<NodeAddress> read(Element item) {
    Optional<String> service =
        item.is("subscription", Namespaces.PPS)
            ? item.attribute("service").or(() -> item.attribute("jid"))
            : item.is("subscription", Namespaces.MOVIM_SUBSCRIPTION)
                ? item.attribute("server")
                : Optional.empty();
    return service
        .flatMap(Jid::parse)
        .flatMap(jid -> item.attribute("node").map(node -> new NodeAddress(jid.bare(), node)));
  }
}
