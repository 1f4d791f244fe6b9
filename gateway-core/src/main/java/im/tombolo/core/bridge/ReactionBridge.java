package im.tombolo.core.bridge;

import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** People of the fediverse like posts and react to them (FEP-c0e0). */
final class ReactionBridge {
  private static final int BATCH = 1_000;

  private final Store store;
  private final RemoteSource source;
  private final InstantSource clock;
  private final Postings postings;
  private final ReactionNotices notices;

  ReactionBridge(Store store, RemoteSource source, BridgeSettings settings) {
    this.store = store;
    this.source = source;
    this.clock = settings.clock();
    this.postings = new Postings(settings);
    this.notices = new ReactionNotices(settings);
  }

  /** Of posts that we have, and who reacts may read. */
  Effect reacted(IncomingActivity.React said) {
    if (!store.inTransaction(session -> mayRead(session, said.post(), said.actor()))) {
      return Effect.NOTHING;
    }
    Answer<RemoteActor> by = source.actor(said.actor());
    return by instanceof Answer.Got<RemoteActor>(RemoteActor actor)
        ? Effect.now(session -> keep(session, actor, said))
        : Effect.without(by);
  }

  /**
   * The same, where nobody has to be asked.
   *
   * @return false when somebody has to be; then nothing happened
   */
  boolean reacted(Session session, IncomingActivity.React said) {
    if (!mayRead(session, said.post(), said.actor())) {
      return true;
    }
    Optional<RemoteActor> known = source.known(session, said.actor());
    known.ifPresent(actor -> keep(session, actor, said));
    return known.isPresent();
  }

  private boolean mayRead(Session session, URI post, URI reader) {
    Optional<LocalPost> ours = postings.local(session, post);
    return ours.isPresent()
        ? ours.get().repeats().isEmpty() && mayRead(session, ours.get(), reader)
        : session
            .remotePosts()
            .find(post)
            .filter(kept -> kept.repeat().isEmpty())
            .filter(kept -> kept.post().audience().visibility().isOpen())
            .isPresent();
  }

  static boolean mayRead(Session session, LocalPost ours, URI reader) {
    Visibility visibility = ours.audience().visibility();
    return visibility.isOpen()
        || (visibility == Visibility.FOLLOWERS
            && session.followers().find(ours.account(), reader).isPresent());
  }

  /** Reactions have names to them, and stand where anybody can read them. */
  private void keep(Session session, RemoteActor by, IncomingActivity.React said) {
    if (!by.wishes().shown()) {
      return;
    }
    Reaction reaction =
        new Reaction(
            said.post(), said.actor(), said.emoji(), said.id(), Optional.empty(), clock.instant());
    session.reactions().of(said.post(), said.actor()).stream()
        .filter(before -> isOpposite(before, reaction))
        .forEach(before -> remove(session, before));
    boolean hasRoom =
        session.reactions().of(said.post(), said.actor()).size() < Reaction.MAX_OF_ONE;
    if (hasRoom && session.reactions().add(reaction)) {
      changed(session, reaction, true);
    }
  }

  /** Who votes the other way sends no Undo (Lemmy). */
  private static boolean isOpposite(Reaction before, Reaction now) {
    return now.isDislike() ? before.isLike() : now.isLike() && before.isDislike();
  }

  /** By the reaction's id, or, where that is not told, by what it was. */
  Effect undone(IncomingActivity.UndoReact undo) {
    return Effect.now(session -> {
      if (!undone(session, undo.actor(), undo.reaction())) {
        session.reactions().of(undo.post(), undo.actor()).stream()
            .filter(one -> one.emoji().equals(undo.emoji()))
            .findFirst()
            .ifPresent(one -> remove(session, one));
      }
    });
  }

  /**
   * @return whether there was such a reaction of that actor
   */
  boolean undone(Session session, URI actor, URI reaction) {
    Optional<Reaction> kept =
        session.reactions().find(reaction).filter(one -> one.actor().equals(actor));
    kept.ifPresent(one -> remove(session, one));
    return kept.isPresent();
  }

  /** Somebody is gone, with all that they thought; before we forget who they were. */
  void gone(Session session, URI actor) {
    session.reactions().ofActor(actor, BATCH).forEach(one -> remove(session, one));
  }

  private void remove(Session session, Reaction reaction) {
    session.reactions().remove(reaction);
    changed(session, reaction, false);
  }

  private void changed(Session session, Reaction reaction, boolean isThere) {
    notices.changed(session, reaction.post(), reaction.actor());
    if (reaction.isLike()) {
      notices.heart(session, reaction, isThere);
    }
  }
}
