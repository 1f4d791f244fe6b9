package im.tombolo.xmpp.service;

import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.bridge.AttachmentBridge;
import im.tombolo.core.bridge.AttachmentBridge.Heart;
import im.tombolo.core.bridge.CommentBridge;
import im.tombolo.core.bridge.DiscussionBridge;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The comments nodes of a fediverse account: one for each of its posts (XEP-0277 §4). */
final class CommentItems {
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
    return PublishedItem.publish(
        request,
        publish,
        comment -> comments.publish(request.to(), request.from(), parent, comment));
  }

  IqReply retract(IqRequest request, String parent, Element retract) {
    return PublishedItem.retract(
        retract, item -> comments.retract(request.to(), request.from(), parent, item));
  }
}
