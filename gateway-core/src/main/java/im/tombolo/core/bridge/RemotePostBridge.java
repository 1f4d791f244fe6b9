package im.tombolo.core.bridge;

import im.tombolo.core.address.Ids;
import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Posts of fediverse accounts on their way to the people here who follow them. */
final class RemotePostBridge {
  private final InstantSource clock;
  private final Notices notices;

  RemotePostBridge(InstantSource clock, Notices notices) {
    this.clock = clock;
    this.notices = notices;
  }

  /** Whether somebody here may read a post; what is for named people never leaves the inbox. */
  static boolean mayRead(RemotePost post, boolean follows) {
    Visibility visibility = post.audience().visibility();
    return visibility.isOpen() || (follows && visibility == Visibility.FOLLOWERS);
  }

  /**
   * The state of a post after somebody said what it is: the newer one, for no more people than
   * before. Empty when that is somebody else's post or an older state.
   */
  static Optional<RemotePost> newer(RemotePost before, RemotePost said) {
    if (!before.author().equals(said.author())
        || said.dates().updated().isBefore(before.dates().updated())) {
      return Optional.empty();
    }
    Audience audience =
        new Audience(
            before.audience().visibility().narrowest(said.audience().visibility()),
            said.audience().people());
    return Optional.of(
        new RemotePost(
            said.id(),
            said.author(),
            said.content(),
            said.dates(),
            said.page(),
            audience,
            said.inReplyTo()));
  }

  /**
   * A post that we have may have come with a page of its author's outbox, of which nobody was told.
   */
  Effect created(RemotePost post) {
    return told(post, true);
  }

  Effect updated(RemotePost post) {
    return told(post, false);
  }

  Effect deleted(IncomingActivity.Delete delete) {
    return Effect.now(session -> bury(session, delete.actor(), delete.object()));
  }

  private Effect told(RemotePost post, boolean evenIfKnown) {
    return mayRead(post, true)
        ? Effect.now(session -> {
          if (session.followings().isFollowed(post.author())
              && !session.remotePosts().isBuried(post.id(), post.author())) {
            session
                .remoteActors()
                .find(post.author())
                .ifPresent(author -> take(session, author, post, evenIfKnown));
          }
        })
        : Effect.NOTHING;
  }

  private void take(Session session, RemoteActor author, RemotePost post, boolean evenIfKnown) {
    Optional<RemotePost> before = session.remotePosts().find(post.id()).map(Kept::post);
    if (before.filter(known -> !known.author().equals(post.author())).isPresent()) {
      return;
    }
    RemotePost after = before.map(known -> newer(known, post).orElse(known)).orElse(post);
    boolean changed = before.filter(after::equals).isEmpty();
    if (changed) {
      session.remotePosts().save(Ids.itemId(after.id()), after);
    }
    if (changed || evenIfKnown) {
      notify(session, author, after);
    }
  }

  private void notify(Session session, RemoteActor author, RemotePost post) {
    String itemId = Ids.itemId(post.id());
    notices.item(
        session,
        author.id(),
        Namespaces.MICROBLOG,
        addressed -> EntryWriter.item(addressed, author, itemId, post, Namespaces.PUBSUB_EVENT),
        Ids.key(
            "post",
            post.id().toString(),
            post.dates().updated().toString(),
            post.content().body().html(),
            post.content().toString()));
  }

  /** Leaves a grave only where the post may still arrive, so that strangers cannot fill storage. */
  private void bury(Session session, URI actor, URI post) {
    boolean concerns =
        session.followings().isFollowed(actor) || session.remotePosts().find(post).isPresent();
    if (concerns) {
      session
          .remotePosts()
          .bury(post, actor, clock.instant())
          .ifPresent(was -> notices.retract(session, actor, Namespaces.MICROBLOG, was.itemId()));
    }
  }
}
