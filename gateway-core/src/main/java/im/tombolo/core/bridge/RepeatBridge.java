package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.RemotePosts.Repeat;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.util.Optional;

/** Fediverse accounts repeat posts (ActivityStreams Announce, XEP-0277 §5). */
final class RepeatBridge {
  private final Store store;
  private final RemoteSource source;
  private final Notices notices;
  private final GatewayUrls urls;
  private final Postings postings;
  private final Repeats repeats;
  private final CommunityBridge communities;

  RepeatBridge(
      Store store,
      RemoteSource source,
      Notices notices,
      CommunityBridge communities,
      BridgeSettings settings) {
    this.store = store;
    this.source = source;
    this.notices = notices;
    this.urls = settings.urls();
    this.postings = new Postings(settings);
    this.repeats = new Repeats(notices, settings);
    this.communities = communities;
  }

  /** Only what the post's own server says of it is shown: anybody may announce anything. */
  Effect announced(IncomingActivity.Announce announce) {
    if (!announce.audience().visibility().isOpen()) {
      return Effect.NOTHING;
    }
    boolean followed =
        store.inTransaction(session -> session.followings().isFollowed(announce.actor()));
    boolean ours = urls.post(announce.post()).isPresent();
    if (!followed && !ours) {
      return Effect.NOTHING;
    }
    Answer<RemoteActor> by = source.actor(announce.actor());
    if (!(by instanceof Answer.Got<RemoteActor>(RemoteActor actor))) {
      return Effect.without(by);
    }
    if (actor.kind() == ActorKind.GROUP && followed) {
      Effect shown = communities.announced(actor, announce.post());
      return ours
          ? Effect.both(shown, Effect.now(session -> told(session, announce, actor)))
          : shown;
    }
    if (ours) {
      return Effect.now(session -> oursRepeated(session, announce, actor));
    }
    Answer<RemotePost> post = post(announce.post());
    return post instanceof Answer.Got<RemotePost>(RemotePost original)
        ? Effect.now(session -> repeated(session, announce, actor, original))
        : Effect.without(post);
  }

  /** What we know to be for fewer people is not asked for again: nothing gets wider. */
  private Answer<RemotePost> post(URI id) {
    Optional<RemotePost> known =
        store.inTransaction(session ->
            session.remotePosts().find(id).filter(kept -> kept.repeat().isEmpty()).map(Kept::post));
    if (known.isEmpty()) {
      return source.post(id);
    }
    return known.get().audience().visibility().isOpen()
        ? Answer.got(known.get())
        : new Answer.Missing<>();
  }

  private void repeated(
      Session session, IncomingActivity.Announce announce, RemoteActor by, RemotePost original) {
    if (session.remotePosts().isBuried(original.id(), original.author())
        || !source.mayBeShown(session, original)) {
      return;
    }
    RemotePostBridge.keepIfNew(session, urls, original);
    show(session, announce, by, Optional.empty());
  }

  /** Who posted into the community knows that it stands there. */
  private void told(Session session, IncomingActivity.Announce announce, RemoteActor by) {
    postings
        .local(session, announce.post())
        .filter(post -> post.audience().visibility().isOpen() && post.repeats().isEmpty())
        .filter(post -> !post.audience().communities().contains(by.id()))
        .ifPresent(post ->
            notices.repeated(
                session, postings.local(session, post), postings.jid(by), announce.id()));
  }

  private void oursRepeated(Session session, IncomingActivity.Announce announce, RemoteActor by) {
    postings
        .local(session, announce.post())
        .filter(post -> post.audience().visibility().isOpen() && post.repeats().isEmpty())
        .ifPresent(post -> {
          show(session, announce, by, Optional.of(snapshot(post)));
          notices.repeated(session, postings.local(session, post), postings.jid(by), announce.id());
        });
  }

  private RemotePost snapshot(LocalPost post) {
    URI id = urls.post(post.account(), post.key());
    return new RemotePost(
        id,
        urls.actor(post.account()),
        post.content(),
        post.dates(),
        Optional.of(id),
        post.audience(),
        Discussion.NONE);
  }

  private void show(
      Session session,
      IncomingActivity.Announce announce,
      RemoteActor by,
      Optional<RemotePost> snapshot) {
    if (!session.followings().isFollowed(by.id())
        || session.remotePosts().isBuried(announce.id(), by.id())) {
      return;
    }
    String itemId = Ids.itemId(announce.id());
    Repeat repeat =
        new Repeat(
            announce.id(),
            by.id(),
            announce.post(),
            announce.audience().visibility(),
            announce.at());
    session.remotePosts().saveRepeat(itemId, repeat, snapshot);
    session
        .remotePosts()
        .find(announce.id())
        .ifPresent(kept ->
            notices.item(
                session,
                by.id(),
                Namespaces.MICROBLOG,
                addressed ->
                    EntryWriter.item(
                        postings.inBlog(session, by, addressed, kept), Namespaces.PUBSUB_EVENT),
                announce.id().toString()));
  }

  /** By the Announce's id, or, where that is not told, by what it showed. */
  Effect undone(IncomingActivity.UndoAnnounce undo) {
    return Effect.now(session -> {
      if (!undone(session, undo.actor(), undo.announce())) {
        session
            .remotePosts()
            .findRepeat(undo.actor(), undo.post())
            .ifPresent(kept -> repeats.end(session, kept));
      }
    });
  }

  boolean undone(Session session, URI actor, URI announce) {
    Optional<Kept> kept =
        session
            .remotePosts()
            .find(announce)
            .filter(one -> one.repeat().filter(repeat -> repeat.by().equals(actor)).isPresent());
    kept.ifPresent(one -> repeats.end(session, one));
    return kept.isPresent();
  }
}
