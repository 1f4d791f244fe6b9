package im.tombolo.xmpp.service;

import im.tombolo.core.address.AttachmentNodes;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** What our JIDs say that they are (XEP-0030, XEP-0060 §5). */
final class Disco {
  private static final String PUBSUB_FEATURE = Namespaces.PUBSUB + "#";

  /** Only what is there: clients decide by it. */
  private static final List<String> FEATURES =
      List.of(
          Namespaces.DISCO_INFO,
          Namespaces.DISCO_ITEMS,
          Namespaces.PING,
          Namespaces.COMMANDS,
          Namespaces.RSM,
          Namespaces.ORDER_BY,
          Namespaces.ORDER_BY + "@" + Namespaces.PUBSUB,
          Namespaces.VCARD_TEMP,
          Namespaces.PPS,
          Namespaces.ADDRESS,
          Namespaces.RECEIPTS,
          Namespaces.CORRECT,
          Namespaces.STANZA_IDS,
          Namespaces.RETRACT,
          Namespaces.RETRACT_0,
          Namespaces.FALLBACK,
          Namespaces.REACTIONS,
          Namespaces.REPLY,
          Namespaces.OOB,
          Namespaces.SFS,
          Namespaces.ATTACHMENTS,
          Namespaces.CALENDAR_EVENTS,
          Namespaces.EVENTS,
          Namespaces.PUBSUB,
          PUBSUB_FEATURE + "access-open",
          PUBSUB_FEATURE + "item-ids",
          PUBSUB_FEATURE + "meta-data",
          PUBSUB_FEATURE + "multi-items",
          PUBSUB_FEATURE + "persistent-items",
          PUBSUB_FEATURE + "publish",
          PUBSUB_FEATURE + "retract-items",
          PUBSUB_FEATURE + "retrieve-affiliations",
          PUBSUB_FEATURE + "retrieve-default-sub",
          PUBSUB_FEATURE + "retrieve-items",
          PUBSUB_FEATURE + "retrieve-subscriptions",
          PUBSUB_FEATURE + "rsm",
          PUBSUB_FEATURE + "subscribe",
          PUBSUB_FEATURE + "subscription-notifications",
          PUBSUB_FEATURE + "subscription-options");

  private final TimelineBridge timelines;
  private final Commands.Desk votes;
  private final Commands.Desk own;
  private final PubsubRequests pubsub;

  /**
   * @param votes commands of fediverse accounts
   * @param own commands of the gateway
   * @param pubsub the nodes, for lists of their items
   */
  Disco(TimelineBridge timelines, Commands.Desk votes, Commands.Desk own, PubsubRequests pubsub) {
    this.timelines = timelines;
    this.votes = votes;
    this.own = own;
    this.pubsub = pubsub;
  }

  IqReply info(IqRequest request) {
    if (request.set()) {
      return IqReply.refused(Condition.not_allowed);
    }
    Optional<String> node = request.payload().attribute("node");
    return IqReply.from(
        timelines.actor(request.to()),
        actor ->
            node.map(name ->
                    Commands.info(request, votes, name)
                        .orElseGet(() -> nodeInfo(request, actor, name)))
                .orElseGet(() -> IqReply.of(accountInfo(actor))));
  }

  private static Element accountInfo(RemoteActor actor) {
    String name = VCards.nameOf(actor);
    Element.Builder query =
        query(Optional.empty())
            .child(identity("account", "registered", name))
            .child(identity("pubsub", "pep", name));
    FEATURES.forEach(feature -> query.child(feature(feature)));
    return query.build();
  }

  private IqReply nodeInfo(IqRequest request, RemoteActor actor, String node) {
    if (!VirtualNodes.has(node)) {
      return IqReply.refused(Condition.item_not_found);
    }
    return CommentItems.parent(node)
        .map(post -> timelines.posting(actor, request.to().bare(), request.from(), post))
        .map(there -> IqReply.from(there, post -> nodeInfo(actor, node, true)))
        .orElseGet(() -> nodeInfo(actor, node, false));
  }

  private static IqReply nodeInfo(RemoteActor actor, String node, boolean isComments) {
    String title = VCards.nameOf(actor) + " (@" + actor.handle() + ")";
    boolean isOpen =
        isComments
            || AttachmentNodes.item(node).isPresent()
            || (actor.kind() == ActorKind.GROUP && node.equals(Namespaces.MICROBLOG));
    String publishModel = isOpen ? "open" : "publishers";
    Element form =
        Element.of("x", Namespaces.DATA_FORMS)
            .attribute("type", "result")
            .child(field("FORM_TYPE", Namespaces.PUBSUB_META_DATA, Optional.of("hidden")))
            .child(field("pubsub#type", node, Optional.empty()))
            .child(field("pubsub#title", title, Optional.empty()))
            .child(field("pubsub#access_model", "open", Optional.empty()))
            .child(field("pubsub#publish_model", publishModel, Optional.empty()))
            .build();
    return IqReply.of(
        query(Optional.of(node))
            .child(identity("pubsub", "leaf", title))
            .child(feature(Namespaces.PUBSUB))
            .child(form)
            .build());
  }

  IqReply items(IqRequest request) {
    if (request.set()) {
      return IqReply.refused(Condition.not_allowed);
    }
    Optional<String> node = request.payload().attribute("node");
    if (node.filter(Namespaces.COMMANDS::equals).isPresent()) {
      return IqReply.from(timelines.actor(request.to()), actor -> Commands.list(request, votes));
    }
    return IqReply.from(
        timelines.actor(request.to()),
        actor ->
            node.map(name -> NodeListing.answer(request, name, pubsub))
                .orElseGet(() -> nodes(request)));
  }

  private static IqReply nodes(IqRequest request) {
    Element.Builder query = Element.of("query", Namespaces.DISCO_ITEMS);
    VirtualNodes.ALL.forEach(node -> query.child(item(request).attribute("node", node).build()));
    return IqReply.of(query.build());
  }

  IqReply gatewayInfo(IqRequest request) {
    if (request.set()) {
      return IqReply.refused(Condition.not_allowed);
    }
    Optional<String> node = request.payload().attribute("node");
    if (node.isPresent()) {
      return Commands.info(request, own, node.get())
          .orElseGet(() -> IqReply.refused(Condition.item_not_found));
    }
    return IqReply.of(
        query(Optional.empty())
            .child(identity("gateway", "activitypub", "Fediverse (Tombolo)"))
            .child(feature(Namespaces.DISCO_INFO))
            .child(feature(Namespaces.DISCO_ITEMS))
            .child(feature(Namespaces.PING))
            .child(feature(Namespaces.GATEWAY))
            .child(feature(Namespaces.ADDRESS))
            .child(feature(Namespaces.REGISTER))
            .child(feature(Namespaces.COMMANDS))
            .child(feature("jid\\20escaping"))
            .build());
  }

  /** Short on purpose: Movim asks two questions for each item. */
  IqReply gatewayItems(IqRequest request) {
    if (request.set()) {
      return IqReply.refused(Condition.not_allowed);
    }
    Optional<String> node = request.payload().attribute("node");
    if (node.isPresent()) {
      return node.get().equals(Namespaces.COMMANDS)
          ? Commands.list(request, own)
          : IqReply.refused(Condition.item_not_found);
    }
    Element.Builder query = Element.of("query", Namespaces.DISCO_ITEMS);
    timelines
        .communities()
        .forEach(community ->
            query.child(
                Element.of("item", Namespaces.DISCO_ITEMS)
                    .attribute("jid", community.jid().toString())
                    .attribute("node", Namespaces.MICROBLOG)
                    .attribute("name", community.name())
                    .build()));
    return IqReply.of(query.build());
  }

  private static Element.Builder query(Optional<String> node) {
    return Element.of("query", Namespaces.DISCO_INFO).attribute("node", node);
  }

  private static Element.Builder item(IqRequest request) {
    return Element.of("item", Namespaces.DISCO_ITEMS)
        .attribute("jid", request.to().bare().toString());
  }

  private static Element identity(String category, String type, String name) {
    return Element.of("identity", Namespaces.DISCO_INFO)
        .attribute("category", category)
        .attribute("type", type)
        .attribute("name", name)
        .build();
  }

  private static Element feature(String feature) {
    return Element.of("feature", Namespaces.DISCO_INFO).attribute("var", feature).build();
  }

  private static Element field(String name, String value, Optional<String> type) {
    return Element.of("field", Namespaces.DATA_FORMS)
        .attribute("var", name)
        .attribute("type", type)
        .child("value", value)
        .build();
  }
}
