package im.tombolo.core.address;

import java.util.Optional;

/**
 * An item of a node (XEP-0060 §12.22).
 *
 * @param place the node
 * @param id item id
 */
public record ItemAddress(NodeAddress place, String id) {
  public ItemAddress(Jid service, String node, String id) {
    this(new NodeAddress(service, node), id);
  }

  public Jid service() {
    return place.service();
  }

  public String node() {
    return place.node();
  }

  /** {@code xmpp:JID?;node=N;item=I}, with escapes. */
  public String uri() {
    return place.uri() + ";item=" + NodeAddress.encode(id);
  }

  /** The item that an {@code xmpp:} address names. */
  public static Optional<ItemAddress> parse(String uri) {
    return NodeAddress.parse(uri).flatMap(place -> NodeAddress.value(uri, "item").map(place::item));
  }
}
