package im.tombolo.core.bridge;

import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.PublicLists;
import im.tombolo.core.model.Following;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Namespaces;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whom people here say that they follow, in nodes of their own that anybody may read. */
final class OwnLists {
  static final List<String> NODES =
      List.of(Namespaces.PPS_SUBSCRIPTIONS, Namespaces.MOVIM_SUBSCRIPTIONS);

  /** Newest items that are read of a list. */
  private static final int MAX_LISTED = 1_000;

  private final Store store;
  private final XmppNetwork network;
  private final BridgeSettings settings;

  OwnLists(Store store, XmppNetwork network, BridgeSettings settings) {
    this.store = store;
    this.network = network;
    this.settings = settings;
  }

  /** Makes what is noted of somebody's follows equal to their lists, if all of them can be read. */
  void compare(Jid person) {
    if (following(person).isEmpty()) {
      return;
    }
    Set<Handle> listed = new HashSet<>();
    for (String node : NODES) {
      switch (network.newestItems(person, node, MAX_LISTED)) {
        case Answer.Got<List<Item>>(List<Item> items) ->
            items.stream()
                .flatMap(item -> item.payload().stream())
                .flatMap(payload -> PublicLists.read(payload).stream())
                .filter(what -> what.node().equals(Namespaces.MICROBLOG))
                .map(NodeAddress::service)
                .flatMap(service -> settings.virtual().handle(service).stream())
                .forEach(listed::add);
        case Answer.Unavailable<List<Item>> unknown -> {
          return;
        }
        case Answer<List<Item>> none -> {}
      }
    }
    note(person, listed);
  }

  private void note(Jid person, Set<Handle> listed) {
    store.inTransaction(session -> {
      for (Following one : session.followings().ofSubscriber(person)) {
        boolean isListed =
            settings.virtual().handle(one.addressed()).filter(listed::contains).isPresent();
        if (isListed != one.manner().listed()) {
          session.followings().list(person, one.actor(), isListed);
        }
      }
      return true;
    });
  }

  private List<Following> following(Jid person) {
    return store.inTransaction(session -> session.followings().ofSubscriber(person));
  }
}
