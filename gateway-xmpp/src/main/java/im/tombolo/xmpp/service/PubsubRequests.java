package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.SubscribeWay;
import im.tombolo.core.bridge.SubscriptionBridge;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.Reading;
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
  private final AttachmentItems attachments;

  PubsubRequests(Bridges bridges) {
    this.timelines = bridges.timelines();
    this.subscriptions = bridges.subscriptions();
    this.comments =
        new CommentItems(bridges.comments(), bridges.discussions(), bridges.attachments());
    this.blog = new BlogItems(timelines);
    this.profile = new ProfileItems(timelines);
    this.lists = new ListItems(bridges.connections());
    this.attachments = new AttachmentItems(timelines, bridges.attachments());
  }

  IqReply answer(IqRequest request) {
    // A result set (XEP-0059) or an order (XEP-0413) may stand in front of it.
    Optional<Element> action =
        request.payload().elements().stream()
            .filter(child -> child.namespace().equals(Namespaces.PUBSUB))
            .findFirst();
    if (action.isEmpty()) {
      return IqReply.refused(Condition.bad_request);
    }
    return attachments
        .answer(request, action.get())
        .orElseGet(
            () -> request.set() ? change(request, action.get()) : read(request, action.get()));
  }

  private IqReply read(IqRequest request, Element action) {
    return switch (action.name()) {
      case "items" -> items(request, action);
      case "subscriptions" -> subscriptions(request, action);
      case "affiliations" -> affiliations(action);
      case "options", "default" -> IqReply.unsupported("subscription-options");
      default -> IqReply.refused(Condition.bad_request);
    };
  }

  private IqReply change(IqRequest request, Element action) {
    return switch (action.name()) {
      case "subscribe" -> subscribe(request, action);
      case "unsubscribe" -> unsubscribe(request, action);
      case "publish", "retract" -> comment(request, action);
      case "create" -> IqReply.refused(Condition.not_allowed);
      case "options" -> IqReply.unsupported("subscription-options");
      default -> IqReply.refused(Condition.bad_request);
    };
  }

  /** Strangers write nowhere but under posts. */
  private IqReply comment(IqRequest request, Element action) {
    return CommentItems.parent(action.attributeOr("node", ""))
        .map(parent ->
            action.name().equals("publish")
                ? comments.publish(request, parent, action)
                : comments.retract(request, parent, action))
        .orElseGet(() -> IqReply.refused(Condition.forbidden));
  }

  private IqReply items(IqRequest request, Element items) {
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
            switch (node) {
              case Namespaces.MICROBLOG -> blog.answer(request, actor, items);
              case Namespaces.PPS_SUBSCRIPTIONS,
                  VirtualNodes.SUBSCRIBERS,
                  Namespaces.MOVIM_SUBSCRIPTIONS ->
                  lists.answer(request, actor, node, items);
              default -> profile.answer(actor, node, items);
            });
  }

  private IqReply subscribe(IqRequest request, Element subscribe) {
    Optional<IqReply> wrong = wrong(request, subscribe);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    return switch (SubscribeOptions.read(request.payload(), subscribe)) {
      case Reading.Refused<SubscribeWay> refused ->
          IqReply.refused(Condition.bad_request, "invalid-options");
      case Reading.Of<SubscribeWay>(SubscribeWay way) ->
          IqReply.from(
              subscriptions.subscribe(request.to(), request.from(), way),
              state ->
                  IqReply.of(
                      pubsub(subscription(request.from().bare(), Namespaces.MICROBLOG, state))));
    };
  }

  private IqReply unsubscribe(IqRequest request, Element unsubscribe) {
    return wrong(request, unsubscribe)
        .orElseGet(() ->
            subscriptions.unsubscribe(request.to(), request.from())
                ? IqReply.done()
                : IqReply.refused(Condition.unexpected_request, "not-subscribed"));
  }

  /** Nobody subscribes anybody else (XEP-0060 §6.1.3.1), and only to blogs. */
  private static Optional<IqReply> wrong(IqRequest request, Element action) {
    Optional<Jid> whom = action.attribute("jid").flatMap(Jid::parse).map(Jid::bare);
    if (whom.filter(request.from().bare()::equals).isEmpty()) {
      return Optional.of(IqReply.refused(Condition.bad_request, "invalid-jid"));
    }
    return switch (action.attributeOr("node", "")) {
      case "" -> Optional.of(IqReply.refused(Condition.bad_request, "nodeid-required"));
      case Namespaces.MICROBLOG -> Optional.empty();
      case String node when VirtualNodes.ALL.contains(node) ->
          Optional.of(IqReply.unsupported("subscribe"));
      default -> Optional.of(IqReply.refused(Condition.item_not_found));
    };
  }

  private IqReply subscriptions(IqRequest request, Element action) {
    Optional<String> node = action.attribute("node");
    List<Following> known =
        subscriptions.subscriptions(request.from().bare(), Optional.of(request.to().bare()));
    Element.Builder list = Element.of("subscriptions", Namespaces.PUBSUB).attribute("node", node);
    if (node.filter(name -> !name.equals(Namespaces.MICROBLOG)).isEmpty()) {
      known.forEach(
          one -> list.child(subscription(one.subscriber(), Namespaces.MICROBLOG, one.state())));
    }
    return IqReply.of(pubsub(list.build()));
  }

  /** Nobody here has more to do with an account of there than reading it. */
  private static IqReply affiliations(Element action) {
    return IqReply.of(
        pubsub(
            Element.of("affiliations", Namespaces.PUBSUB)
                .attribute("node", action.attribute("node"))
                .build()));
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
