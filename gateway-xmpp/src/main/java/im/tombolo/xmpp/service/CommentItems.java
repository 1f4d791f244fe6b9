package im.tombolo.xmpp.service;

import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.bridge.AttachmentBridge;
import im.tombolo.core.bridge.AttachmentBridge.Heart;
import im.tombolo.core.bridge.CommentBridge;
import im.tombolo.core.bridge.CommentBridge.Outcome;
import im.tombolo.core.bridge.DiscussionBridge;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** The comments nodes of a fediverse account: one for each of its posts (XEP-0277 §4). */
final class CommentItems {
  private static final int MAX_PAYLOAD = 64 * 1024;
  private static final int MAX_ID = 128;

  private final CommentBridge comments;
  private final DiscussionBridge discussions;
  private final AttachmentBridge attachments;

  CommentItems(CommentBridge comments, DiscussionBridge discussions, AttachmentBridge attachments) {
    this.comments = comments;
    this.discussions = discussions;
    this.attachments = attachments;
  }

  /** The item whose comments a node holds; empty for other nodes. */
  static Optional<String> parent(String node) {
    return node.startsWith(Namespaces.COMMENTS)
        ? Optional.of(node.substring(Namespaces.COMMENTS.length())).filter(id -> !id.isEmpty())
        : Optional.empty();
  }

  IqReply items(IqRequest request, RemoteActor actor, String parent, Element items) {
    String node = Namespaces.COMMENTS + parent;
    return IqReply.from(
        discussions
            .comments(actor, request.to().bare(), request.from(), parent)
            .flatMap(comments ->
                attachments
                    .hearts(actor, request.from(), parent)
                    .map(hearts -> together(comments, hearts))),
        all -> ItemPages.of(request, node, items, all));
  }

  /** Oldest first. */
  private static List<Element> together(List<Posting> comments, List<Heart> hearts) {
    record Dated(Instant at, Element item) {}
    return Stream.concat(
            comments.stream()
                .map(comment ->
                    new Dated(
                        comment.dates().published(), EntryWriter.item(comment, Namespaces.PUBSUB))),
            hearts.stream().map(heart -> new Dated(heart.at(), item(heart))))
        .sorted(Comparator.comparing(Dated::at))
        .map(Dated::item)
        .toList();
  }

  private static Element item(Heart heart) {
    return Element.of("item", Namespaces.PUBSUB)
        .attribute("id", heart.id())
        .attribute("publisher", heart.by().toString())
        .child(heart.entry())
        .build();
  }

  IqReply publish(IqRequest request, String parent, Element publish) {
    List<Element> items = publish.children("item", Namespaces.PUBSUB);
    if (items.size() != 1) {
      return IqReply.refused(Condition.bad_request, "item-required");
    }
    Element item = items.getFirst();
    Optional<Element> payload = item.elements().stream().findFirst();
    if (payload.isEmpty()) {
      return IqReply.refused(Condition.bad_request, "payload-required");
    }
    String id = item.attributeOr("id", "");
    if (id.length() > MAX_ID) {
      return IqReply.refused(Condition.bad_request);
    }
    if (XmlWriter.write(payload.get()).length() > MAX_PAYLOAD) {
      return IqReply.refused(Condition.not_acceptable, "payload-too-big");
    }
    Item comment = new Item(id, Optional.of(request.from().bare()), payload);
    return IqReply.from(
        comments.publish(request.to(), request.from(), parent, comment),
        outcome -> answer(parent, outcome));
  }

  private static IqReply answer(String parent, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Published(String itemId) ->
          IqReply.of(
              PubsubRequests.pubsub(
                  Element.of("publish", Namespaces.PUBSUB)
                      .attribute("node", Namespaces.COMMENTS + parent)
                      .child(Element.of("item", Namespaces.PUBSUB).attribute("id", itemId).build())
                      .build()));
      case Outcome.Unreadable(String reason) ->
          IqReply.refused(Condition.bad_request, "invalid-payload");
      case Outcome.Taken taken -> IqReply.refused(Condition.forbidden);
    };
  }

  IqReply retract(IqRequest request, String parent, Element retract) {
    List<String> ids =
        Stream.of(retract)
            .flatMap(one -> one.children("item", Namespaces.PUBSUB).stream())
            .flatMap(item -> item.attribute("id").stream())
            .toList();
    if (ids.size() != 1) {
      return IqReply.refused(Condition.bad_request, "item-required");
    }
    return comments.retract(request.to(), request.from(), parent, ids.getFirst())
        ? IqReply.done()
        : IqReply.refused(Condition.item_not_found);
  }
}
