package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.RemotePosts.Repeat;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The node that a community of the fediverse is: posts of others under the names of their authors,
 * each there once however often it is announced. Works inside the caller's transaction.
 */
final class CommunityNode {
  private final GatewayUrls urls;
  private final InstantSource clock;
  private final Notices notices;
  private final Postings postings;

  CommunityNode(Notices notices, BridgeSettings settings) {
    this.urls = settings.urls();
    this.clock = settings.clock();
    this.notices = notices;
    this.postings = new Postings(settings);
  }

  /** How loudly a post comes into the node. */
  enum Voice {
    /** It stood there all the time, for all that is known. */
    QUIET,
    /** Whoever follows is told, once. */
    NEWS,
    /** Whoever follows is told what it says now. */
    EDITED
  }

  /** Puts a post there that is kept as its own server tells it, unless it was taken out before. */
  void show(Session session, RemoteActor community, RemotePost post, Voice voice) {
    if (!post.author().equals(community.id())) {
      show(session, community, post, Ids.itemId(post.id()), Optional.empty(), voice);
    }
  }

  /** The same of a post of ours; what was published there keeps the id that it has there. */
  void show(Session session, RemoteActor community, LocalPost post, Voice voice) {
    URI id = urls.post(post.account(), post.key());
    boolean isPublishedThere =
        post.item().service().equals(postings.jid(community))
            && post.item().node().equals(Namespaces.MICROBLOG);
    String itemId = isPublishedThere ? post.itemId() : Ids.itemId(id);
    RemotePost snapshot =
        new RemotePost(
            id,
            urls.actor(post.account()),
            post.content(),
            post.dates(),
            Optional.of(id),
            post.audience(),
            Discussion.NONE);
    show(session, community, snapshot, itemId, Optional.of(snapshot), voice);
  }

  private void show(
      Session session,
      RemoteActor community,
      RemotePost post,
      String itemId,
      Optional<RemotePost> snapshot,
      Voice voice) {
    URI showing = showing(community.id(), post.id());
    boolean isThere = session.remotePosts().find(showing).isPresent();
    boolean isBuried = session.remotePosts().isBuried(showing, community.id());
    if (isBuried || !post.audience().visibility().isOpen() || (isThere && voice == Voice.NEWS)) {
      return;
    }
    session
        .remotePosts()
        .saveRepeat(
            itemId,
            new Repeat(
                showing,
                community.id(),
                post.id(),
                post.audience().visibility(),
                post.dates().published()),
            snapshot);
    if (voice != Voice.QUIET) {
      session
          .remotePosts()
          .find(showing)
          .ifPresent(kept -> tell(session, community, kept, version(showing, post)));
    }
  }

  private void tell(Session session, RemoteActor community, Kept kept, String version) {
    notices.item(
        session,
        community.id(),
        Namespaces.MICROBLOG,
        addressed ->
            EntryWriter.item(
                postings.inBlog(session, community, addressed, kept), Namespaces.PUBSUB_EVENT),
        version);
  }

  private static String version(URI showing, RemotePost post) {
    return Ids.key(
        showing.toString(), post.dates().updated().toString(), post.content().toString());
  }

  /** Whether a post stands in the node. */
  boolean shows(Session session, URI community, URI post) {
    return session.remotePosts().find(showing(community, post)).isPresent();
  }

  /**
   * The community has a post or a comment no more, whether it is there otherwise or not.
   *
   * @return whether it had
   */
  boolean takeOut(Session session, URI community, URI post) {
    URI showing = showing(community, post);
    Optional<Kept> shown = session.remotePosts().bury(showing, community, clock.instant());
    shown.ifPresent(
        kept -> notices.retract(session, community, Namespaces.MICROBLOG, kept.itemId()));
    boolean isComment =
        session
            .discussions()
            .find(post)
            .map(Discussions.Entry::root)
            .filter(root -> !root.equals(post) && shows(session, community, root))
            .isPresent();
    if (isComment) {
      session.discussions().remove(post);
    }
    return shown.isPresent() || isComment;
  }

  /** It may be there again. */
  void letIn(Session session, URI community, URI post) {
    session.remotePosts().exhume(showing(community, post), community);
  }

  /** One for each post and community: Lemmy announces a post and its Create. */
  private static URI showing(URI community, URI post) {
    return community.resolve("#shows-" + Ids.key("shows", community.toString(), post.toString()));
  }

  /** Whether a post says that it is in a community. */
  static boolean names(RemotePost post, URI community) {
    return post.audience().communities().contains(community)
        || post.audience().people().contains(community)
        || post.content().mentions().stream()
            .anyMatch(mention -> mention.target().equals(community));
  }
}
