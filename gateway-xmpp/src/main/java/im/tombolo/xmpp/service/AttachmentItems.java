package im.tombolo.xmpp.service;

import im.tombolo.core.address.AttachmentNodes;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.ReactionItems;
import im.tombolo.core.atom.ReactionItems.Attached;
import im.tombolo.core.bridge.AttachmentBridge;
import im.tombolo.core.bridge.AttachmentBridge.Shown;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/**
 * The nodes for what is attached to posts of a fediverse account, one for each post, and the node
 * that sums it up (XEP-0470 §4, §5).
 */
final class AttachmentItems {
  private final TimelineBridge timelines;
  private final AttachmentBridge attachments;

  AttachmentItems(TimelineBridge timelines, AttachmentBridge attachments) {
    this.timelines = timelines;
    this.attachments = attachments;
  }

  /**
   * Which of these nodes it is.
   *
   * @param item the post's item; absent: the summary
   */
  private record Place(String node, Optional<String> item) {}

  /** Whether a name is that of such a node. */
  static boolean isFor(String node) {
    return AttachmentNodes.item(node).isPresent() || summarized(node).isPresent();
  }

  private static Optional<Feed> summarized(String node) {
    return AttachmentNodes.summarized(node).flatMap(Feed::of);
  }

  private Optional<Place> place(IqRequest request, String node) {
    return AttachmentNodes.summarized(node).isPresent()
        ? Optional.of(new Place(node, Optional.empty()))
        : attachments.itemOf(request.to(), node).map(item -> new Place(node, Optional.of(item)));
  }

  /** Empty for what these nodes have no answer of their own to. */
  Optional<IqReply> answer(IqRequest request, Element action) {
    String node = action.attributeOr("node", "");
    if (!isFor(node)) {
      return Optional.empty();
    }
    Optional<Place> place = place(request, node);
    if (place.isEmpty()) {
      return Optional.of(IqReply.refused(Condition.item_not_found));
    }
    return request.set()
        ? change(request, action, place.get())
        : read(request, action, place.get());
  }

  private Optional<IqReply> read(IqRequest request, Element action, Place place) {
    return switch (action.name()) {
      case "items" ->
          Optional.of(
              IqReply.from(
                  timelines.actor(request.to()), actor -> items(request, actor, action, place)));
      case "subscriptions" -> Optional.of(subscriptions(request, place));
      default -> Optional.empty();
    };
  }

  private Optional<IqReply> change(IqRequest request, Element action, Place place) {
    return switch (action.name()) {
      case "subscribe" -> Optional.of(subscribe(request, action, place));
      case "unsubscribe" -> Optional.of(unsubscribe(request, action, place));
      case "publish", "retract" ->
          Optional.of(
              place
                  .item()
                  .map(item ->
                      IqReply.from(
                          timelines.actor(request.to()),
                          actor ->
                              action.name().equals("publish")
                                  ? publish(request, actor, item, action)
                                  : retract(request, actor, item, action)))
                  // What is summed up follows from what is attached.
                  .orElseGet(() -> IqReply.refused(Condition.forbidden)));
      default -> Optional.empty();
    };
  }

  private IqReply items(IqRequest request, RemoteActor actor, Element items, Place place) {
    List<String> ids = ItemPages.ids(items);
    if (place.item().isEmpty() && !ids.isEmpty()) {
      return summaries(request, actor, place.node(), ids);
    }
    Answer<List<Shown>> all =
        place
            .item()
            .map(item -> attachments.attachments(actor, request.from(), item))
            .orElseGet(() ->
                attachments.summaries(
                    actor, request.from(), summarized(place.node()).orElse(Feed.BLOG)));
    return IqReply.from(
        all,
        shown ->
            ItemPages.of(
                request, place.node(), items, shown.stream().map(AttachmentItems::item).toList()));
  }

  /** Clients ask for the summary of each post that they show. */
  private IqReply summaries(IqRequest request, RemoteActor actor, String node, List<String> ids) {
    List<Element> found =
        ids.stream()
            .flatMap(id -> attachments.summary(actor, request.from(), id).value().stream())
            .map(AttachmentItems::item)
            .toList();
    return found.isEmpty()
        ? IqReply.refused(Condition.item_not_found)
        : ItemPages.named(node, found);
  }

  private static Element item(Shown shown) {
    return Element.of("item", Namespaces.PUBSUB)
        .attribute("id", shown.id())
        .child(shown.payload())
        .build();
  }

  /** Everybody has one item, which bears their address (XEP-0470 §4.2). */
  private IqReply publish(IqRequest request, RemoteActor actor, String item, Element publish) {
    List<Element> items = publish.children("item", Namespaces.PUBSUB);
    if (items.size() != 1) {
      return IqReply.refused(Condition.bad_request, "item-required");
    }
    Optional<Element> payload = items.getFirst().elements().stream().findFirst();
    if (payload.isEmpty()) {
      return IqReply.refused(Condition.bad_request, "payload-required");
    }
    String id = items.getFirst().attributeOr("id", "");
    if (!id.equals(request.from().bare().toString())) {
      return IqReply.refused(Condition.bad_request);
    }
    return switch (ReactionItems.read(payload.get())) {
      case Reading.Refused<Attached> refused ->
          IqReply.refused(Condition.bad_request, "invalid-payload");
      case Reading.Of<Attached>(Attached wanted) ->
          IqReply.from(
              attachments.attach(actor, request.from(), item, wanted),
              done -> published(publish.attributeOr("node", ""), id));
    };
  }

  private static IqReply published(String node, String id) {
    return IqReply.of(
        PubsubRequests.pubsub(
            Element.of("publish", Namespaces.PUBSUB)
                .attribute("node", node)
                .child(Element.of("item", Namespaces.PUBSUB).attribute("id", id).build())
                .build()));
  }

  private IqReply retract(IqRequest request, RemoteActor actor, String item, Element retract) {
    List<String> ids = ItemPages.ids(retract);
    if (ids.size() != 1) {
      return IqReply.refused(Condition.bad_request, "item-required");
    }
    if (!ids.getFirst().equals(request.from().bare().toString())) {
      return IqReply.refused(Condition.forbidden);
    }
    return IqReply.from(
        attachments.detach(actor, request.from(), item),
        had -> had ? IqReply.done() : IqReply.refused(Condition.item_not_found));
  }

  private IqReply subscribe(IqRequest request, Element subscribe, Place place) {
    if (isForOther(request, subscribe)) {
      return IqReply.refused(Condition.bad_request, "invalid-jid");
    }
    NodeAddress node = new NodeAddress(request.to().bare(), place.node());
    return IqReply.from(
        timelines
            .actor(request.to())
            .flatMap(actor -> attachments.watch(actor, request.from(), place.item(), node)),
        watched ->
            switch (watched) {
              case YES -> IqReply.of(PubsubRequests.pubsub(subscription(request, place)));
              case TOO_MANY ->
                  IqReply.refused(Condition.policy_violation, "too-many-subscriptions");
            });
  }

  private IqReply unsubscribe(IqRequest request, Element unsubscribe, Place place) {
    if (isForOther(request, unsubscribe)) {
      return IqReply.refused(Condition.bad_request, "invalid-jid");
    }
    return attachments.unwatch(request.from(), new NodeAddress(request.to().bare(), place.node()))
        ? IqReply.done()
        : IqReply.refused(Condition.unexpected_request, "not-subscribed");
  }

  /** XEP-0060 §6.1.3.1. */
  private static boolean isForOther(IqRequest request, Element action) {
    return action
        .attribute("jid")
        .flatMap(Jid::parse)
        .map(Jid::bare)
        .filter(request.from().bare()::equals)
        .isEmpty();
  }

  private IqReply subscriptions(IqRequest request, Place place) {
    Element.Builder list =
        Element.of("subscriptions", Namespaces.PUBSUB).attribute("node", place.node());
    if (attachments.isWatched(request.from(), new NodeAddress(request.to().bare(), place.node()))) {
      list.child(subscription(request, place));
    }
    return IqReply.of(PubsubRequests.pubsub(list.build()));
  }

  private static Element subscription(IqRequest request, Place place) {
    return PubsubRequests.subscription(request.from().bare(), place.node(), FollowState.ACCEPTED);
  }
}
