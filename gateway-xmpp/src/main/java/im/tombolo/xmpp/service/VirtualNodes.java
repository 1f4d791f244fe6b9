package im.tombolo.xmpp.service;

import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The nodes that every fediverse account has. */
final class VirtualNodes {
  static final String SUBSCRIBERS = Namespaces.PPS_SUBSCRIBERS + Namespaces.MICROBLOG;

  static final List<String> ALL =
      List.of(
          Namespaces.MICROBLOG,
          Namespaces.CALENDAR_EVENTS,
          Namespaces.EVENTS,
          Namespaces.VCARD4_NODE,
          Namespaces.AVATAR_METADATA,
          Namespaces.AVATAR_DATA,
          Namespaces.BANNER,
          Namespaces.NICK,
          Namespaces.PPS_SUBSCRIPTIONS,
          SUBSCRIBERS,
          Namespaces.MOVIM_SUBSCRIPTIONS);

  private VirtualNodes() {}

  /** The node whose name differs in capitals only: ours have none. */
  static Optional<String> ignoringCase(String node) {
    return Optional.of(node.toLowerCase(Locale.ROOT)).filter(VirtualNodes::has);
  }

  /** Whether a node can be one of an account's; the comments of a post may still not be there. */
  static boolean has(String node) {
    return ALL.contains(node)
        || CommentItems.parent(node).isPresent()
        || AttachmentItems.isFor(node);
  }
}
