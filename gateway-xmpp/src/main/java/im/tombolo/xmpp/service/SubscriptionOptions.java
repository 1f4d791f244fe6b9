package im.tombolo.xmpp.service;

import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.SubscribeWay;
import im.tombolo.core.bridge.SubscriptionBridge;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.Reading;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** How a subscription is: read, changed, and what it is at first (XEP-0060 §6.3, §6.4). */
final class SubscriptionOptions {
  private final SubscriptionBridge subscriptions;

  SubscriptionOptions(SubscriptionBridge subscriptions) {
    this.subscriptions = subscriptions;
  }

  /** What a subscription has to which nothing was said. */
  IqReply byDefault(Element action) {
    Optional<String> node = action.attribute("node");
    if (node.filter(name -> !VirtualNodes.has(name)).isPresent()) {
      return IqReply.refused(Condition.item_not_found);
    }
    if (node.filter(name -> Feed.of(name).isEmpty()).isPresent()) {
      return IqReply.unsupported(
          node.filter(AttachmentItems::isFor).isPresent() ? "subscription-options" : "subscribe");
    }
    return IqReply.of(
        PubsubRequests.pubsub(
            Element.of("default", Namespaces.PUBSUB)
                .attribute("node", node)
                .child(SubscribeOptions.form(false))
                .build()));
  }

  IqReply answer(IqRequest request, Element options) {
    if (options.attribute("jid").isEmpty()) {
      return IqReply.refused(Condition.bad_request, "jid-required");
    }
    return PubsubRequests.wrong(request, options)
        .or(() -> wrongSubscription(options))
        .orElseGet(() -> {
          List<Following> known =
              subscriptions.subscriptions(request.from(), Optional.of(request.to())).stream()
                  .filter(one -> one.manner().feeds().contains(feed(options)))
                  .toList();
          if (known.isEmpty()) {
            return IqReply.refused(Condition.unexpected_request, "not-subscribed");
          }
          return request.set()
              ? change(request, options)
              : read(request, feed(options), known.getFirst());
        });
  }

  private static Feed feed(Element action) {
    return Feed.of(action.attributeOr("node", "")).orElse(Feed.BLOG);
  }

  private static IqReply read(IqRequest request, Feed feed, Following following) {
    Jid subscriber = request.from().bare();
    return IqReply.of(
        PubsubRequests.pubsub(
            Element.of("options", Namespaces.PUBSUB)
                .attribute("node", feed.node())
                .attribute("jid", subscriber.toString())
                .child(SubscribeOptions.form(following.manner().asked()))
                .build()));
  }

  /** A later subscription replaces what an earlier one said. */
  private IqReply change(IqRequest request, Element options) {
    Optional<Element> form =
        options
            .child("x", Namespaces.DATA_FORMS)
            .filter(x -> x.attributeOr("type", "").equals("submit"));
    if (form.isEmpty()) {
      return IqReply.refused(Condition.bad_request, "invalid-options");
    }
    return switch (SubscribeOptions.read(form.get())) {
      case Reading.Refused<SubscribeWay> refused ->
          IqReply.refused(Condition.bad_request, "invalid-options");
      case Reading.Of<SubscribeWay>(SubscribeWay way) ->
          IqReply.from(
              subscriptions.subscribe(request.to(), request.from(), way, feed(options)),
              state -> IqReply.done());
    };
  }

  /** Subscriptions have no ids here, so that nobody can have one (XEP-0060 §6.2.3.5). */
  static Optional<IqReply> wrongSubscription(Element action) {
    return action
        .attribute("subid")
        .filter(id -> !id.isEmpty())
        .map(id -> IqReply.refused(Condition.not_acceptable, "invalid-subid"));
  }
}
