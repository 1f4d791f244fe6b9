package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.address.PostRef;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Communities.Submission;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which nodes of pubsub services are communities, and what is in them: the nodes that anybody may
 * read. Works inside the caller's transaction.
 */
final class OwnCommunities {
  private final GatewayUrls urls;
  private final Postings postings;

  OwnCommunities(BridgeSettings settings) {
    this.urls = settings.urls();
    this.postings = new Postings(settings);
  }

  /** The node that a community is. */
  static NodeAddress node(Jid community) {
    return new NodeAddress(
        Jid.domain(community.domain()), LocalAccounts.nodeName(community, ActorKind.GROUP));
  }

  static boolean isCommunity(Session session, Jid account) {
    return session
        .accounts()
        .find(account)
        .filter(known -> known.kind() == ActorKind.GROUP && known.blog() == Account.Blog.OPEN)
        .isPresent();
  }

  /** Whether a community's owner wants nothing of somebody here. */
  static boolean isOutcast(Session session, Jid community, Jid person) {
    return session.decisions().affiliations(community).get(person) == Affiliation.OUTCAST;
  }

  /** The community that an actor id names. */
  Optional<Jid> named(Session session, URI actor) {
    return urls.account(actor).filter(account -> isCommunity(session, account));
  }

  /** The communities among those in which a post was posted. */
  Stream<Jid> of(Session session, LocalPost post) {
    return post.audience().communities().stream()
        .flatMap(community -> named(session, community).stream());
  }

  /** What its discussion began with: itself, for all that is known. */
  static URI root(Session session, URI post) {
    return session.discussions().find(post).map(Discussions.Entry::root).orElse(post);
  }

  /** The community in which a post of either network is, by what its discussion began with. */
  Optional<Jid> holding(Session session, URI post) {
    URI root = root(session, post);
    return urls.post(root)
        .map(PostRef::account)
        .filter(account -> isCommunity(session, account))
        .or(() -> postings.local(session, root).flatMap(ours -> of(session, ours).findFirst()))
        .or(() ->
            session
                .communities()
                .ofPost(root)
                .filter(Submission::accepted)
                .map(Submission::community));
  }
}
