package im.tombolo.core.bridge;

import im.tombolo.core.address.AttachmentNodes;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.Byline;
import im.tombolo.core.atom.PubsubEvents;
import im.tombolo.core.atom.PubsubEvents.Envelope;
import im.tombolo.core.atom.ReactionItems;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Watch;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Shows what somebody thinks of a post wherever XMPP can show it: in nodes at home, and to those
 * who watch. Works inside the caller's transaction, after the change.
 */
final class ReactionNotices {
  private static final int PAGE = 500;

  private final GatewayUrls urls;
  private final BridgeSettings settings;
  private final Postings postings;

  ReactionNotices(BridgeSettings settings) {
    this.urls = settings.urls();
    this.settings = settings;
    this.postings = new Postings(settings);
  }

  /** Under which address somebody is known on XMPP; empty for who is known no more. */
  Optional<Byline> byline(Session session, URI actor) {
    return urls.account(actor)
        .map(ours -> new Byline(ours.local(), ours))
        .or(() ->
            session
                .remoteActors()
                .find(actor)
                .map(there -> new Byline(VCards.nameOf(there), postings.jid(there))));
  }

  /** Names a like among the comments of its post. */
  static String heartId(Reaction like) {
    return like.item()
        .orElseGet(
            () -> "like-" + Ids.key("heart", like.post().toString(), like.actor().toString()));
  }

  /** What one person attaches to one post is something else now. */
  void changed(Session session, URI post, URI actor) {
    byline(session, actor)
        .ifPresent(by -> {
          Attachments now = Attachments.of(session, post, actor);
          postings
              .local(session, post)
              .ifPresentOrElse(
                  ours -> attach(session, ours, by.jid(), now),
                  () -> tell(session, post, by.jid(), now));
        });
  }

  /** What our own people think they put there themselves. */
  private void attach(Session session, LocalPost post, Jid by, Attachments now) {
    if (!urls.serves(by) && isAtHome(post.item().place())) {
      session
          .pubsubTasks()
          .add(
              AttachmentNodes.of(post.item()).item(by.toString()),
              by,
              Optional.of(now).filter(all -> !all.isEmpty()).map(Attachments::payload));
    }
  }

  /** Nodes of our own JIDs are answered for by us. */
  private boolean isAtHome(NodeAddress node) {
    String domain = node.service().domain();
    return urls.isHome(domain) && !domain.equals(settings.virtual().component().domain());
  }

  /**
   * Somebody of the fediverse likes a post of ours, or does not any more: a heart among its
   * comments, for clients that know no attachments.
   */
  void heart(Session session, Reaction like, boolean isThere) {
    if (!settings.choices().likesAsComments()) {
      return;
    }
    postings
        .local(session, like.post())
        .flatMap(LocalPost::comments)
        .filter(this::isAtHome)
        .ifPresent(comments ->
            byline(session, like.actor())
                .ifPresent(by ->
                    session
                        .pubsubTasks()
                        .add(
                            comments.item(heartId(like)),
                            by.jid(),
                            isThere ? Optional.of(heart(like, by)) : Optional.empty())));
  }

  static Element heart(Reaction like, Byline by) {
    return ReactionItems.heart(by, like.activity().toString(), like.at());
  }

  private void tell(Session session, URI post, Jid by, Attachments now) {
    session
        .remotePosts()
        .find(post)
        .filter(kept -> kept.repeat().isEmpty())
        .ifPresent(kept -> {
          String reactor = by.toString();
          // The same state may come again.
          String version =
              Ids.key(
                  post.toString(), reactor, now.toString(), settings.clock().instant().toString());
          each(
              session,
              new Told(kept.post(), post, version),
              (envelope, node) -> attachments(envelope, node, reactor, now));
          Element summary = item(kept.itemId(), summary(session, post));
          each(
              session,
              new Told(kept.post(), kept.post().author(), version),
              (envelope, node) -> PubsubEvents.item(envelope, node, summary));
        });
  }

  /** How many think what of a post, and how many come to it. */
  static Element summary(Session session, URI post) {
    return ReactionItems.summary(session.reactions().count(post), session.rsvps().count(post));
  }

  private static Element attachments(Envelope envelope, String node, String by, Attachments now) {
    return now.isEmpty()
        ? PubsubEvents.retract(envelope, node, by)
        : PubsubEvents.item(envelope, node, item(by, now.payload()));
  }

  private static Element item(String id, Element payload) {
    return Element.of("item", Namespaces.PUBSUB_EVENT).attribute("id", id).child(payload).build();
  }

  /**
   * @param target what is watched
   * @param version tells this change from others
   */
  private record Told(RemotePost post, URI target, String version) {}

  /** Whoever watches, may read the post and has not left. */
  private void each(Session session, Told what, BiFunction<Envelope, String, Element> message) {
    Optional<Jid> after = Optional.empty();
    List<Watch> page;
    do {
      page = session.watches().of(what.target(), after, PAGE);
      for (Watch watch : page) {
        after = Optional.of(watch.subscriber());
        if (mayRead(session, what.post(), watch.subscriber())
            && LocalAccounts.isBridged(session, settings, watch.subscriber())) {
          NodeAddress node = watch.node();
          String id = Ids.key("reaction", what.version(), node.node());
          Envelope envelope = new Envelope(node.service(), watch.subscriber(), id);
          Element stanza = message.apply(envelope, node.node());
          session.stanzas().add(id, envelope.to(), XmlWriter.write(stanza));
        }
      }
    } while (page.size() == PAGE);
  }

  private static boolean mayRead(Session session, RemotePost post, Jid reader) {
    boolean follows =
        session
            .followings()
            .find(reader, post.author())
            .filter(following -> following.state() == FollowState.ACCEPTED)
            .isPresent();
    return RemotePostBridge.mayRead(post, follows);
  }
}
