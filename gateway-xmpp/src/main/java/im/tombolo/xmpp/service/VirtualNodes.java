package im.tombolo.xmpp.service;

import im.tombolo.core.xml.Namespaces;
import java.util.List;

/** The nodes that every fediverse account has. */
final class VirtualNodes {
  static final String SUBSCRIBERS = Namespaces.PPS_SUBSCRIBERS + Namespaces.MICROBLOG;

  static final List<String> ALL =
      List.of(
          Namespaces.MICROBLOG,
          Namespaces.VCARD4_NODE,
          Namespaces.AVATAR_METADATA,
          Namespaces.AVATAR_DATA,
          Namespaces.BANNER,
          Namespaces.NICK,
          Namespaces.PPS_SUBSCRIPTIONS,
          SUBSCRIBERS,
          Namespaces.MOVIM_SUBSCRIPTIONS);

  private VirtualNodes() {}
}
