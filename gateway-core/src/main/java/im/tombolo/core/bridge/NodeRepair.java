package im.tombolo.core.bridge;

import im.tombolo.core.address.Jid;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.port.XmppNetwork.Privileged;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the node of a blog tells of all that happens there and keeps more than its last
 * post, where we may change that (XEP-0356). Who may read it is nothing that we change. Safe for
 * any thread.
 */
final class NodeRepair {
  /** Items that a blog holds at least; ejabberd's default is one. */
  static final int MIN_ITEMS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(NodeRepair.class);
  // ejabberd asks the roster whether the component is online, which nobody knows.
  private static final String BY_PRESENCE = "pubsub#presence_based_delivery";
  private static final String RETRACTS = "pubsub#notify_retract";
  private static final String ITEMS = "pubsub#max_items";

  private final XmppNetwork network;

  NodeRepair(XmppNetwork network) {
    this.network = network;
  }

  void repair(Jid account, String node) {
    network.privileged(account).ifPresent(own -> repair(own, account, node));
  }

  private static void repair(Privileged own, Jid account, String node) {
    Map<String, String> now = own.configuration(node).value().orElseGet(Map::of);
    Map<String, String> changes = changes(now);
    if (!changes.isEmpty()) {
      LOG.info("the blog of {}: {} -> {}", account, changes, own.configure(node, changes));
    }
  }

  /** What hinders us; fields that a server does not have are left alone. */
  private static Map<String, String> changes(Map<String, String> now) {
    Map<String, String> changes = new LinkedHashMap<>();
    if (isOn(now.getOrDefault(BY_PRESENCE, "0"))) {
      changes.put(BY_PRESENCE, "0");
    }
    if (!isOn(now.getOrDefault(RETRACTS, "1"))) {
      changes.put(RETRACTS, "1");
    }
    String items = now.getOrDefault(ITEMS, "max");
    if (items.matches("[0-9]{1,8}") && Integer.parseInt(items) < MIN_ITEMS) {
      changes.put(ITEMS, Integer.toString(MIN_ITEMS));
    }
    return changes;
  }

  private static boolean isOn(String flag) {
    return flag.equals("1") || flag.equals("true");
  }
}
