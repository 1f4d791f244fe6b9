package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.Mention;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.RemotePosts.Repeat;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * In which communities a discussion takes place: whoever adds to it does so there. Works inside the
 * caller's transaction.
 */
final class Forums {
  /** Servers read one community of a post; some read several. */
  private static final int MAX_COMMUNITIES = 5;

  private final GatewayUrls urls;
  private final Postings postings;
  private final OwnCommunities own;

  Forums(BridgeSettings settings) {
    this.urls = settings.urls();
    this.postings = new Postings(settings);
    this.own = new OwnCommunities(settings);
  }

  /** Actor ids of the communities that a post of either network is in, by its discussion. */
  Set<URI> of(Session session, URI post) {
    URI root = session.discussions().find(post).map(Discussions.Entry::root).orElse(post);
    Set<URI> there =
        postings
            .local(session, root)
            .map(ours -> ours.audience().communities())
            .orElseGet(() -> ofRemote(session, root));
    return Stream.concat(there.stream(), own.holding(session, root).map(urls::actor).stream())
        .collect(Collectors.toSet());
  }

  private static Set<URI> ofRemote(Session session, URI root) {
    Stream<URI> named =
        session.remotePosts().find(root).filter(kept -> kept.repeat().isEmpty()).stream()
            .map(Kept::post)
            .flatMap(Forums::named);
    Stream<URI> showing =
        session.remotePosts().repeatsOf(root).stream()
            .flatMap(kept -> kept.repeat().stream())
            .map(Repeat::by);
    return groups(session, Stream.concat(named, showing));
  }

  private static Stream<URI> named(RemotePost post) {
    return Stream.concat(post.audience().communities().stream(), post.audience().people().stream());
  }

  private static Set<URI> groups(Session session, Stream<URI> actors) {
    return actors
        .distinct()
        .filter(actor -> isGroup(session, actor))
        .limit(MAX_COMMUNITIES)
        .collect(Collectors.toSet());
  }

  private static boolean isGroup(Session session, URI actor) {
    return session
        .remoteActors()
        .find(actor)
        .filter(one -> one.kind() == ActorKind.GROUP)
        .isPresent();
  }

  /** Who answers does so in the same communities; who mentions a community posts into it. */
  Audience audience(Session session, Audience audience, Discussion discussion, Content content) {
    if (!audience.visibility().isOpen() || !audience.communities().isEmpty()) {
      return audience;
    }
    Optional<URI> parent = discussion.parent();
    return audience.in(
        parent
            .map(above -> of(session, above))
            .orElseGet(() -> groups(session, content.mentions().stream().map(Mention::target))));
  }
}
