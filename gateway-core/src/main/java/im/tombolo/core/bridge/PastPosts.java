package im.tombolo.core.bridge;

import im.tombolo.core.address.Ids;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.Store.Session;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what an outbox holds: posts of its actor, and in that of a community those that it shows.
 * Tells nobody. Safe for any thread.
 */
final class PastPosts {
  private final BridgeSettings settings;
  private final CommunityNode communities;

  PastPosts(BridgeSettings settings) {
    this.settings = settings;
    this.communities = new CommunityNode(new Notices(), settings);
  }

  /**
   * Of followed actors, changes of a post that we have come by their inbox, with an event.
   *
   * @return how many were not here before
   */
  int keep(Session session, RemoteActor actor, List<RemotePost> posts) {
    boolean pushed = session.followings().isFollowed(actor.id());
    int news = 0;
    for (RemotePost said : posts) {
      RemotePost post = said.notAfter(settings.clock().instant());
      if (actor.kind() == ActorKind.GROUP && !post.author().equals(actor.id())) {
        news += show(session, actor, post);
        continue;
      }
      boolean isShown =
          post.author().equals(actor.id())
              && RemotePostBridge.mayRead(post, false)
              && !session.remotePosts().isBuried(post.id(), post.author());
      if (!isShown) {
        continue;
      }
      Optional<RemotePost> before = session.remotePosts().find(post.id()).map(Kept::post);
      Optional<RemotePost> after =
          before.isEmpty()
              ? Optional.of(post)
              : before
                  .filter(known -> !pushed)
                  .flatMap(known -> RemotePostBridge.newer(known, post));
      after.ifPresent(state -> {
        session.remotePosts().save(Ids.itemId(post.id()), state);
        if (actor.wishes().shown()) {
          RemotePostBridge.relate(session, settings.urls(), state);
        }
      });
      news += before.isEmpty() ? 1 : 0;
    }
    return news;
  }

  private int show(Session session, RemoteActor community, RemotePost post) {
    boolean isShown =
        post.parent().isEmpty()
            && RemotePostBridge.mayRead(post, false)
            && !communities.shows(session, community.id(), post.id())
            && !session.remotePosts().isBuried(post.id(), post.author())
            && !settings.moderation().refuses(post.author())
            && session
                .remoteActors()
                .find(post.author())
                .filter(author -> author.wishes().shown())
                .isPresent();
    if (isShown) {
      RemotePostBridge.keepIfNew(session, settings.urls(), post);
      communities.show(session, community, post, CommunityNode.Voice.QUIET);
    }
    return isShown ? 1 : 0;
  }
}
