package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.CommunityPosts;
import im.tombolo.core.bridge.SubscribeWay;
import im.tombolo.core.bridge.SubscriptionBridge;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** Pubsub as far as a fediverse account has it: read, subscribe, unsubscribe (XEP-0060 §5, §6). */
final class PubsubRequests {
  private final TimelineBridge timelines;
  private final SubscriptionBridge subscriptions;
  private final BlogItems blog;
  private final ProfileItems profile;
  private final CommentItems comments;
  private final ListItems lists;
  private final SubscriptionOptions options;
  private final AttachmentItems attachments;
  private final CommunityPosts communities;

  PubsubRequests(Bridges bridges) {
    this.timelines = bridges.timelines();
    this.subscriptions = bridges.subscriptions();
    this.comments =
        new CommentItems(bridges.comments(), bridges.discussions(), bridges.attachments());
    this.blog = new BlogItems(timelines);
    this.profile = new ProfileItems(timelines);
    this.lists = new ListItems(bridges.connections());
    this.options = new SubscriptionOptions(bridges.subscriptions());
    this.communities = bridges.communities();
    this.attachments = new AttachmentItems(timelines, bridges.attachments());
  }

  IqReply answer(IqRequest request) {
    // A result set (XEP-0059) or an order (XEP-0413) may stand in front of it.
    List<Element> actions =
        request.payload().elements().stream()
            .filter(child -> child.namespace().equals(Namespaces.PUBSUB))
            .toList();
    boolean isOne =
        !actions.isEmpty() && actions.stream().skip(1).allMatch(PubsubRequests::isBeside);
    if (!isOne) {
      return IqReply.refused(Condition.bad_request);
    }
    Element action = actions.getFirst();
    return attachments
        .answer(request, action)
        .orElseGet(() -> request.set() ? change(request, action) : read(request, action));
  }

  /** What says more about the action in front of it. */
  private static boolean isBeside(Element element) {
    return switch (element.name()) {
      case "options", "publish-options", "configure" -> true;
      default -> false;
    };
  }

  private IqReply read(IqRequest request, Element action) {
    return switch (action.name()) {
      case "items" -> items(request, action);
      case "subscriptions" -> subscriptions(request, action);
      case "affiliations" -> affiliations(action);
      case "options" -> options.answer(request, action);
      case "default" -> options.byDefault(action);
      default -> IqReply.refused(Condition.bad_request);
    };
  }

  private IqReply change(IqRequest request, Element action) {
    return switch (action.name()) {
      case "subscribe" -> subscribe(request, action);
      case "unsubscribe" -> unsubscribe(request, action);
      case "publish", "retract" -> comment(request, action);
      case "create" -> create(action);
      case "options" -> options.answer(request, action);
      default -> IqReply.refused(Condition.bad_request);
    };
  }

  /** Attachments nodes are there without that (XEP-0470 §4). */
  private static IqReply create(Element action) {
    return AttachmentItems.isFor(action.attributeOr("node", ""))
        ? IqReply.refused(Condition.not_allowed)
        : IqReply.unsupported("create-nodes");
  }

  /** People write under posts, and into communities. */
  private IqReply comment(IqRequest request, Element action) {
    if (isCommunity(request, action)) {
      return action.name().equals("publish")
          ? post(request, action)
          : PublishedItem.retract(
              action, item -> communities.retract(request.to(), request.from(), item));
    }
    return CommentItems.parent(action.attributeOr("node", ""))
        .map(parent ->
            action.name().equals("publish")
                ? comments.publish(request, parent, action)
                : comments.retract(request, parent, action))
        .orElseGet(() -> closed(action));
  }

  private boolean isCommunity(IqRequest request, Element action) {
    return action.attributeOr("node", "").equals(Namespaces.MICROBLOG)
        && timelines
            .actor(request.to())
            .value()
            .filter(actor -> actor.kind() == ActorKind.GROUP)
            .isPresent();
  }

  private IqReply post(IqRequest request, Element action) {
    return PublishedItem.publish(
        request, action, item -> communities.publish(request.to(), request.from(), item));
  }

  /** To whoever wants to change a node that is only read. */
  static IqReply closed(Element action) {
    String node = action.attributeOr("node", "");
    if (node.isEmpty()) {
      return IqReply.refused(Condition.bad_request, "nodeid-required");
    }
    return IqReply.refused(VirtualNodes.has(node) ? Condition.forbidden : Condition.item_not_found);
  }

  private IqReply items(IqRequest request, Element items) {
    if (items.children("item", Namespaces.PUBSUB).stream()
        .anyMatch(item -> item.attributeOr("id", "").isEmpty())) {
      return IqReply.refused(Condition.bad_request);
    }
    String node = items.attributeOr("node", "");
    Optional<String> commented = CommentItems.parent(node);
    if (commented.isPresent()) {
      return IqReply.from(
          timelines.actor(request.to()),
          actor -> comments.items(request, actor, commented.get(), items));
    }
    if (!VirtualNodes.ALL.contains(node)) {
      return node.isEmpty()
          ? IqReply.refused(Condition.bad_request, "nodeid-required")
          : IqReply.refused(Condition.item_not_found);
    }
    return IqReply.from(
        timelines.actor(request.to()),
        actor ->
            Feed.of(node)
                .map(feed -> blog.answer(request, actor, feed, items))
                .orElseGet(() -> others(request, actor, node, items)));
  }

  private IqReply others(IqRequest request, RemoteActor actor, String node, Element items) {
    return switch (node) {
      case Namespaces.PPS_SUBSCRIPTIONS, VirtualNodes.SUBSCRIBERS, Namespaces.MOVIM_SUBSCRIPTIONS ->
          lists.answer(request, actor, node, items);
      default -> profile.answer(request, actor, node, items);
    };
  }

  private IqReply subscribe(IqRequest request, Element subscribe) {
    Optional<IqReply> wrong = wrong(request, subscribe);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    Feed feed = feed(subscribe);
    return switch (SubscribeOptions.read(request.payload(), subscribe)) {
      case Reading.Refused<SubscribeWay> refused ->
          IqReply.refused(Condition.bad_request, "invalid-options");
      case Reading.Of<SubscribeWay>(SubscribeWay way) ->
          IqReply.from(
              subscriptions.subscribe(request.to(), request.from(), way, feed),
              state -> IqReply.of(pubsub(subscription(request.from().bare(), feed.node(), state))));
    };
  }

  private IqReply unsubscribe(IqRequest request, Element unsubscribe) {
    return wrong(request, unsubscribe)
        .or(() -> SubscriptionOptions.wrongSubscription(unsubscribe))
        .orElseGet(() ->
            subscriptions.unsubscribe(request.to(), request.from(), feed(unsubscribe))
                ? IqReply.done()
                : IqReply.refused(Condition.unexpected_request, "not-subscribed"));
  }

  private static Feed feed(Element action) {
    return Feed.of(action.attributeOr("node", "")).orElse(Feed.BLOG);
  }

  /** Nobody subscribes anybody else (XEP-0060 §6.1.3.1), and only to blogs and events. */
  static Optional<IqReply> wrong(IqRequest request, Element action) {
    Optional<Jid> whom = action.attribute("jid").flatMap(Jid::parse).map(Jid::bare);
    if (whom.filter(request.from().bare()::equals).isEmpty()) {
      return Optional.of(IqReply.refused(Condition.bad_request, "invalid-jid"));
    }
    return switch (action.attributeOr("node", "")) {
      case "" -> Optional.of(IqReply.refused(Condition.bad_request, "nodeid-required"));
      case String node when Feed.of(node).isPresent() -> Optional.empty();
      case String node when AttachmentItems.isFor(node) ->
          Optional.of(IqReply.unsupported("subscription-options"));
      case String node when VirtualNodes.has(node) -> Optional.of(IqReply.unsupported("subscribe"));
      default -> Optional.of(IqReply.refused(Condition.item_not_found));
    };
  }

  private IqReply subscriptions(IqRequest request, Element action) {
    Optional<String> node = action.attribute("node");
    if (isUnknown(node)) {
      return IqReply.refused(Condition.item_not_found);
    }
    List<Following> known =
        subscriptions.subscriptions(request.from().bare(), Optional.of(request.to().bare()));
    Element.Builder list = Element.of("subscriptions", Namespaces.PUBSUB).attribute("node", node);
    for (Following one : known) {
      one.manner().feeds().stream()
          .sorted()
          .map(Feed::node)
          .filter(name -> node.isEmpty() || node.get().equals(name))
          .forEach(name -> list.child(subscription(one.subscriber(), name, one.state())));
    }
    return IqReply.of(pubsub(list.build()));
  }

  /** Nobody here has more to do with an account of there than reading it. */
  private static IqReply affiliations(Element action) {
    if (isUnknown(action.attribute("node"))) {
      return IqReply.refused(Condition.item_not_found);
    }
    return IqReply.of(
        pubsub(
            Element.of("affiliations", Namespaces.PUBSUB)
                .attribute("node", action.attribute("node"))
                .build()));
  }

  private static boolean isUnknown(Optional<String> node) {
    return node.filter(name -> !VirtualNodes.has(name)).isPresent();
  }

  static Element subscription(Jid subscriber, String node, FollowState state) {
    String word =
        switch (state) {
          case PENDING -> state.name().toLowerCase(Locale.ROOT);
          case ACCEPTED -> "subscribed";
        };
    return Element.of("subscription", Namespaces.PUBSUB)
        .attribute("node", node)
        .attribute("jid", subscriber.toString())
        .attribute("subscription", word)
        .build();
  }

  static Element pubsub(Element content) {
    return Element.of("pubsub", Namespaces.PUBSUB).child(content).build();
  }
}
