package im.tombolo.core.address;

import java.util.Optional;

/** Names of nodes that hold what is attached to items (XEP-0470 §4). */
public final class AttachmentNodes {
  private static final String ATTACHMENTS = "urn:xmpp:pubsub-attachments:1/";
  private static final String SUMMARY = "urn:xmpp:pubsub-attachments:summary:1/";

  private AttachmentNodes() {}

  /** The node for what is attached to an item, in its canonical spelling. */
  public static NodeAddress of(ItemAddress item) {
    return new NodeAddress(item.service(), ATTACHMENTS + item.uri());
  }

  /** The item that a node is for; some write its address with escapes, some without. */
  public static Optional<ItemAddress> item(String node) {
    return node.startsWith(ATTACHMENTS)
        ? ItemAddress.parse(node.substring(ATTACHMENTS.length()))
        : Optional.empty();
  }

  /** The name of the node that counts what is attached to the items of another. */
  public static String summary(String node) {
    return SUMMARY + node;
  }

  /** The name of the node whose items are counted there. */
  public static Optional<String> summarized(String node) {
    return node.startsWith(SUMMARY)
        ? Optional.of(node.substring(SUMMARY.length()))
        : Optional.empty();
  }
}
