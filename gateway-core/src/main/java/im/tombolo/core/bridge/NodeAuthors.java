package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.PostBridge.Place;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork.Item;
import java.util.Optional;
import java.util.Set;

/**
 * Whose posts the items of a pubsub service's nodes are: of who published them, as far as the
 * service says so, else of the node itself. What the entry says proves nothing. Works inside the
 * caller's transaction.
 */
final class NodeAuthors {
  private final GatewayUrls urls;
  private final BridgeSettings settings;

  NodeAuthors(BridgeSettings settings) {
    this.urls = settings.urls();
    this.settings = settings;
  }

  /** Whether a place is a node that anybody may read, and in which several people may publish. */
  private static boolean isShared(Place place) {
    return place.node().service().isDomain()
        && place.under().isEmpty()
        && place.audience().visibility().isOpen();
  }

  /**
   * Where an item stands in truth. Once known, an author stays: Prosody names publishers in events
   * alone.
   *
   * @param node how it is if nobody but the node is its author
   * @return empty for what is nobody's here, or of somebody who wants no part in this
   */
  Optional<Place> place(Session session, Place node, Item item) {
    if (!isShared(node)) {
      return Optional.of(node);
    }
    ItemAddress address = node.node().item(item.id());
    if (session.communities().find(address).isPresent()) {
      return Optional.empty();
    }
    Optional<Jid> known = session.localPosts().authorOf(address);
    if (known.isPresent()) {
      return Optional.of(of(node, known.get()));
    }
    Optional<Jid> publisher = publisher(item);
    return publisher.isEmpty()
        ? Optional.of(node)
        : publisher
            .filter(person -> LocalAccounts.isBridged(session, settings, person))
            .map(person -> of(node, person));
  }

  /**
   * Whether somebody put their own words in the place of another's: Prosody lets everybody do so
   * where everybody may publish. Nobody said then what is there.
   */
  boolean isOverwritten(Session session, Place node, Item item) {
    return isShared(node)
        && publisher(item)
            .flatMap(by ->
                session
                    .localPosts()
                    .findByItem(node.node().item(item.id()))
                    .map(live -> live.post().account())
                    .filter(author -> !author.equals(by) && !author.equals(node.author())))
            .isPresent();
  }

  private Optional<Jid> publisher(Item item) {
    return item.publisher().map(Jid::bare).filter(urls::serves);
  }

  private Place of(Place node, Jid author) {
    return author.equals(node.author())
        ? node
        : new Place(
            author,
            node.node(),
            Optional.empty(),
            node.audience().in(Set.of(urls.actor(node.author()))));
  }
}
