package im.tombolo.core.bridge;

import im.tombolo.core.activity.RsvpWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.CalendarEventReader;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.port.XmppNetwork.Item;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * People of the fediverse who are on the list of an event's invitees (XEP-0471 §Linked Pubsub
 * Nodes) are asked to come, each once. A list that strangers cannot read, as is usual, is read by
 * nobody here. Blocking.
 */
final class Invitations {
  /** Events of one account whose lists are read. */
  private static final int MAX_EVENTS = 20;

  /** People on one list. */
  private static final int MAX_INVITEES = 100;

  private final Store store;
  private final XmppNetwork network;
  private final References references;
  private final BridgeSettings settings;
  private final GatewayUrls urls;

  Invitations(Store store, XmppNetwork network, References references, BridgeSettings settings) {
    this.store = store;
    this.network = network;
    this.references = references;
    this.settings = settings;
    this.urls = settings.urls();
  }

  /** Of the events of an account that are still to come. */
  void send(Account account) {
    List<LocalPost> events =
        store.inTransaction(session ->
            account.kind() == ActorKind.GROUP
                ? session.localPosts().events(OwnCommunities.node(account.address()), MAX_EVENTS)
                : session.localPosts().events(account.address(), MAX_EVENTS));
    events.stream()
        .filter(this::isAhead)
        .forEach(event -> list(event).forEach(list -> send(event, list)));
  }

  private boolean isAhead(LocalPost post) {
    Instant now = settings.clock().instant();
    return post.content()
        .event()
        .filter(event -> event.status() != CalendarEvent.Status.CANCELLED)
        .map(CalendarEvent::time)
        .filter(time -> now.isBefore(time.end().orElse(time.start())))
        .isPresent();
  }

  /** Nobody makes us read elsewhere. */
  private Stream<NodeAddress> list(LocalPost event) {
    return event.content().links().stream()
        .filter(link -> link.title().filter(CalendarEventReader.INVITEES::equals).isPresent())
        .flatMap(link -> NodeAddress.parse(link.href().toString()).stream())
        .filter(node -> urls.isHome(node.service().domain()));
  }

  private void send(LocalPost event, NodeAddress list) {
    if (network.newestItems(list.service(), list.node(), MAX_INVITEES)
        instanceof Answer.Got<List<Item>>(List<Item> items)) {
      items.stream()
          .flatMap(item -> item.payload().stream())
          .flatMap(CalendarEventReader::invitee)
          .distinct()
          .flatMap(jid -> unasked(event, jid).stream())
          .forEach(guest ->
              store.inTransaction(session -> {
                send(session, settings, event, guest);
                return true;
              }));
    }
  }

  private Optional<RemoteActor> unasked(LocalPost event, Jid invitee) {
    URI id = urls.post(event.account(), event.key());
    return references
        .person(invitee)
        .filter(guest ->
            store.inTransaction(session ->
                !session.rsvps().isInvited(id, guest.id())
                    && session.rsvps().find(id, guest.id()).isEmpty()
                    && !BlockBridge.blocks(session, event.account(), guest.id())));
  }

  /** Asks somebody to come, who may then, whoever else may not. */
  static void send(Session session, BridgeSettings settings, LocalPost event, RemoteActor guest) {
    URI id = settings.urls().post(event.account(), event.key());
    session.rsvps().invite(id, guest.id());
    Written invite = new RsvpWriter(settings.urls()).invite(event.account(), id, guest.id());
    session
        .activities()
        .add(
            new Activities.Sent(
                invite.key(), event.account(), false, invite.json(), invite.turn()));
    session.deliveries().add(invite.key(), guest.endpoints().inbox());
  }
}
