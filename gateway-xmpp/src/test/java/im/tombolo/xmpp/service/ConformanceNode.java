package im.tombolo.xmpp.service;

import im.tombolo.core.address.AttachmentNodes;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.xml.Namespaces;
import java.util.Arrays;
import java.util.Locale;

/** The kinds of nodes of a virtual JID, and addresses where there are none. */
enum ConformanceNode {
  BLOG(Namespaces.MICROBLOG, Stage.item("ada", 2)),
  COMMENTS(Namespaces.COMMENTS + Stage.item("ada", 1), "c1"),
  FOLLOWING(Namespaces.PPS_SUBSCRIPTIONS, Ids.itemId(FakePeers.id("bob"))),
  FOLLOWERS(VirtualNodes.SUBSCRIBERS, Ids.itemId(FakePeers.id("carl"))),
  MOVIM_FOLLOWING(Namespaces.MOVIM_SUBSCRIPTIONS, Ids.itemId(FakePeers.id("bob"))),
  VCARD4(Namespaces.VCARD4_NODE, "current"),
  NICK(Namespaces.NICK, "current"),
  BANNER(Namespaces.BANNER, "current"),
  AVATAR_METADATA(Namespaces.AVATAR_METADATA, ConformanceStage.FACE),
  AVATAR_DATA(Namespaces.AVATAR_DATA, ConformanceStage.FACE),
  ATTACHMENTS(
      AttachmentNodes.of(
              new ItemAddress(Jid.of(Stage.jid("ada")), Namespaces.MICROBLOG, Stage.item("ada", 2)))
          .node(),
      "juliet@example.org"),
  SUMMARY(AttachmentNodes.summary(Namespaces.MICROBLOG), Stage.item("ada", 2)),
  /** Comments of a post that is not there. */
  NO_COMMENTS(Namespaces.COMMENTS + "no-such-post", "c1"),
  UNKNOWN("no-such-node", "x"),
  /** The service itself. */
  ROOT("", "x"),
  /** A blog of nobody. */
  NOBODY(Namespaces.MICROBLOG, "x"),
  /** A blog whose server does not answer. */
  SILENT(Namespaces.MICROBLOG, "x"),
  /** A blog of the gateway's own JID. */
  GATEWAY(Namespaces.MICROBLOG, "x");

  private final String node;
  private final String item;

  /**
   * @param item one that is there, if anything is
   */
  ConformanceNode(String node, String item) {
    this.node = node;
    this.item = item;
  }

  static ConformanceNode named(String title) {
    return Arrays.stream(values())
        .filter(one -> one.title().equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError(title));
  }

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String jid() {
    return switch (this) {
      case NOBODY -> Stage.jid("nobody");
      case SILENT -> Stage.jid("silent");
      case GATEWAY -> "ap.example.org";
      default -> Stage.jid("ada");
    };
  }

  /** A request with the names of this node in it. */
  String filled(String request) {
    return request
        .replace("NODE", node.isEmpty() ? "" : "node='" + node + "'")
        .replace("AN-ITEM", item);
  }

  /** Whether somebody may write there, or subscribe. */
  boolean isChangeable() {
    return this == BLOG || this == COMMENTS || this == ATTACHMENTS || this == SUMMARY;
  }

  String node() {
    return node;
  }
}
