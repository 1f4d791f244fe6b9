package im.tombolo.core.bridge;

import im.tombolo.core.bridge.CommunityNode.Voice;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.IncomingActivity.PassedOn;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.policy.Moderation;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Communities of the fediverse pass on what happens in them (FEP-1b12). Who signed that is known by
 * now: the community. What others are said to have said counts as their own servers tell it; the
 * word of the community alone decides what stands in its own node.
 */
final class CommunityBridge {
  private final Store store;
  private final RemoteSource source;
  private final SecondHand secondHand;
  private final Moderators moderators;
  private final RemotePostBridge posts;
  private final CommunityNode node;
  private final CommunityRefusals refusals;
  private final Postings postings;
  private final Moderation moderation;
  private final Function<IncomingActivity, Effect> flows;

  /**
   * @param flows what becomes of an activity that its actor really did
   */
  CommunityBridge(
      Store store,
      RemoteSource source,
      SecondHand secondHand,
      Moderators moderators,
      RemotePostBridge posts,
      CommunityNode node,
      CommunityRefusals refusals,
      Function<IncomingActivity, Effect> flows,
      BridgeSettings settings) {
    this.store = store;
    this.source = source;
    this.secondHand = secondHand;
    this.moderators = moderators;
    this.posts = posts;
    this.node = node;
    this.refusals = refusals;
    this.flows = flows;
    this.postings = new Postings(settings);
    this.moderation = settings.moderation();
  }

  /** Of communities that somebody here follows; who is put out may never have followed. */
  Effect passedOn(PassedOn activity) {
    boolean isFollowed =
        store.inTransaction(session -> session.followings().isFollowed(activity.actor()));
    List<PassedOn.Content> contents =
        activity.contents().stream().filter(content -> isFollowed || isOfOurs(content)).toList();
    if (contents.isEmpty()) {
      return Effect.NOTHING;
    }
    Answer<RemoteActor> by = source.actor(activity.actor());
    if (!(by instanceof Answer.Got<RemoteActor>(RemoteActor community))) {
      return Effect.without(by);
    }
    return community.kind() == ActorKind.GROUP
        ? contents.stream()
            .map(content -> effect(community, content))
            .reduce(Effect.NOTHING, Effect::both)
        : Effect.NOTHING;
  }

  private boolean isOfOurs(PassedOn.Content content) {
    return content.activity() instanceof IncomingActivity.Ban ban && postings.isServed(ban.who());
  }

  private Effect effect(RemoteActor community, PassedOn.Content content) {
    if (moderation.refuses(content.activity().actor())) {
      return Effect.NOTHING;
    }
    return switch (content.activity()) {
      case IncomingActivity.CreatePost create -> announced(community, create.post().id());
      case IncomingActivity.UpdatePost update -> edited(community, update.post().id());
      case IncomingActivity.Delete delete -> deleted(community, delete);
      case IncomingActivity.TakeDown down ->
          byModerator(community, down, () -> takenOut(community, down.post()));
      case IncomingActivity.Restore restore ->
          isOfItsAuthor(restore.actor(), restore.post())
              ? restored(community, restore.post())
              : byModerator(community, restore, () -> restored(community, restore.post()));
      case IncomingActivity.Lock lock -> locked(community, lock);
      case IncomingActivity.Ban ban ->
          byModerator(
              community,
              ban,
              () -> Effect.now(session -> refusals.banned(session, community, ban)));
      case IncomingActivity.UpdateActor update -> flows.apply(update);
      case IncomingActivity.React vote -> ofItsActor(community, content);
      case IncomingActivity.UndoReact undo -> ofItsActor(community, content);
      case IncomingActivity.UndoById undo -> ofItsActor(community, content);
      default -> Effect.NOTHING;
    };
  }

  /** Of nobody else, whatever a community passes on (FEP-1b12 §Group moderation). */
  private Effect byModerator(
      RemoteActor community, IncomingActivity decision, Supplier<Effect> effect) {
    Answer<Boolean> may = moderators.has(community.id(), decision.actor());
    return may instanceof Answer.Got<Boolean>(Boolean moderates)
        ? (moderates ? effect.get() : Effect.NOTHING)
        : Effect.without(may);
  }

  private Effect takenOut(RemoteActor community, URI post) {
    return Effect.now(session -> node.takeOut(session, community.id(), post));
  }

  /** Mbin lets authors close their own posts. */
  private Effect locked(RemoteActor community, IncomingActivity.Lock lock) {
    Effect effect = Effect.now(session -> lock(session, community, lock));
    return isOfItsAuthor(lock.actor(), lock.post())
        ? effect
        : byModerator(community, lock, () -> effect);
  }

  private boolean isOfItsAuthor(URI actor, URI post) {
    return store.inTransaction(session ->
        session
            .remotePosts()
            .find(post)
            .filter(kept -> kept.post().author().equals(actor))
            .isPresent());
  }

  /**
   * What anybody did. A server that signs for the community does so for its own people as well;
   * others are asked.
   */
  private Effect ofItsActor(RemoteActor community, PassedOn.Content content) {
    IncomingActivity activity = content.activity();
    if (TimelineBridge.isSameServer(community.id(), activity.actor())) {
      return flows.apply(activity);
    }
    return switch (secondHand.ask(content.json(), activity)) {
      case SecondHand.Word.Of of -> flows.apply(activity);
      case SecondHand.Word.None none -> Effect.NOTHING;
      case SecondHand.Word.Unknown(String reason) -> new Effect.Later(reason);
    };
  }

  /** A community shows a post, of ours or another, by its id alone or in its Create. */
  Effect announced(RemoteActor community, URI post) {
    Optional<Kept> known =
        store.inTransaction(
            session -> session.remotePosts().find(post).filter(kept -> kept.repeat().isEmpty()));
    Optional<RemotePost> narrow =
        known.map(Kept::post).filter(kept -> !kept.audience().visibility().isOpen());
    // What is for fewer people is not asked for again: nothing gets wider.
    return narrow.isPresent()
        ? Effect.NOTHING
        : taken(
            community,
            post,
            known.map(kept -> Answer.got(kept.post())).orElseGet(() -> source.post(post)),
            Voice.NEWS);
  }

  private Effect edited(RemoteActor community, URI post) {
    return taken(community, post, source.post(post), Voice.EDITED);
  }

  private Effect taken(RemoteActor community, URI id, Answer<RemotePost> there, Voice voice) {
    boolean isOurs =
        store.inTransaction(session -> {
          Optional<LocalPost> ours = postings.local(session, id);
          ours.filter(post -> post.audience().visibility().isOpen() && !post.isComment())
              .ifPresent(post -> node.show(session, community, post, voice));
          return ours.isPresent();
        });
    if (isOurs) {
      return Effect.NOTHING;
    }
    if (!(there instanceof Answer.Got<RemotePost>(RemotePost post))) {
      return Effect.without(there);
    }
    return post.parent().isPresent()
        ? comment(community, post, voice)
        : Effect.both(
            told(post, voice), Effect.now(session -> show(session, community, post, voice)));
  }

  private Effect told(RemotePost post, Voice voice) {
    return voice == Voice.EDITED ? posts.updated(post) : posts.created(post);
  }

  private void show(Session session, RemoteActor community, RemotePost post, Voice voice) {
    if (!session.remotePosts().isBuried(post.id(), post.author())
        && source.mayBeShown(session, post)) {
      posts.keep(session, post);
      node.show(session, community, post, voice);
    }
  }

  /** Stands in its discussion, which may be new here; what is in no discussion of it, alone. */
  private Effect comment(RemoteActor community, RemotePost comment, Voice voice) {
    Answer<List<RemotePost>> there = source.above(comment);
    if (!(there instanceof Answer.Got<List<RemotePost>>(List<RemotePost> above))) {
      return Effect.without(there);
    }
    store.inTransaction(session -> {
      above.reversed().forEach(post -> posts.keep(session, post));
      return true;
    });
    return Effect.both(
        told(comment, voice),
        Effect.now(session -> {
          Optional<RemotePost> root =
              session
                  .discussions()
                  .find(comment.parent().orElseThrow())
                  .map(Discussions.Entry::root)
                  .flatMap(id -> session.remotePosts().find(id))
                  .map(Kept::post);
          if (root.filter(post -> CommunityNode.names(post, community.id())).isPresent()) {
            node.show(session, community, root.get(), Voice.QUIET);
            posts.keep(session, comment);
          } else if (root.filter(post -> node.shows(session, community.id(), post.id())).isPresent()
              || isUnderOurs(session, comment)) {
            posts.keep(session, comment);
          } else {
            show(session, community, comment, voice);
          }
        }));
  }

  private boolean isUnderOurs(Session session, RemotePost comment) {
    return session
        .discussions()
        .find(comment.parent().orElseThrow())
        .flatMap(entry -> postings.local(session, entry.root()))
        .isPresent();
  }

  /**
   * Its author's server says whether a post is gone. Where it is not, its author or a moderator of
   * that server took it out of the community.
   */
  private Effect deleted(RemoteActor community, IncomingActivity.Delete delete) {
    Effect out =
        isOfItsAuthor(delete.actor(), delete.object())
            ? takenOut(community, delete.object())
            : byModerator(community, delete, () -> takenOut(community, delete.object()));
    return switch (source.isGone(delete.object())) {
      case Answer.Got<Boolean>(Boolean isGone) ->
          isGone ? Effect.both(takenOut(community, delete.object()), flows.apply(delete)) : out;
      case Answer.Unavailable<Boolean>(String reason) -> Effect.both(out, new Effect.Later(reason));
      case Answer<Boolean> unknown -> out;
    };
  }

  private Effect restored(RemoteActor community, URI post) {
    store.inTransaction(session -> {
      node.letIn(session, community.id(), post);
      return true;
    });
    return announced(community, post);
  }

  private void lock(Session session, RemoteActor community, IncomingActivity.Lock lock) {
    if (node.shows(session, community.id(), lock.post())) {
      if (lock.locked()) {
        session.decisions().lock(lock.post(), community.id());
      } else {
        session.decisions().unlock(lock.post(), community.id());
      }
    }
  }
}
