package im.tombolo.core.bridge;

import im.tombolo.core.activity.PostReader;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.Fediverse.Document;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Single posts of the fediverse, read at their own servers: the only word on them that counts.
 * Blocking; safe for any thread.
 */
final class RemoteSource {
  /** How far up a discussion is walked. */
  private static final int MAX_ABOVE = 20;

  // Questions in ten minutes that bring posts above others, to all hosts of one domain.
  private static final int MAX_ASKED = 600;
  private static final Duration TIME = Duration.ofMinutes(10);

  private final Store store;
  private final Fediverse fediverse;
  private final ActorDirectory directory;
  private final BridgeSettings settings;
  private final HostBudget climbs;

  RemoteSource(
      Store store, Fediverse fediverse, ActorDirectory directory, BridgeSettings settings) {
    this.store = store;
    this.fediverse = fediverse;
    this.directory = directory;
    this.settings = settings;
    this.climbs = HostBudget.ofSites(MAX_ASKED, TIME, settings.ticker());
  }

  Answer<RemoteActor> actor(URI id) {
    return directory.byId(id);
  }

  /** An actor of whom we need not ask. */
  Optional<RemoteActor> known(Session session, URI id) {
    return directory.known(session, id);
  }

  /**
   * A post that anybody may read, with its author made known. Ours are not looked for, nor what is
   * of whom the administrator does not want, whoever shows it; and what its author does not let
   * others show is not there.
   */
  Answer<RemotePost> post(URI id) {
    if (id.toString().startsWith(settings.urls().base() + "/")
        || settings.moderation().refuses(id)) {
      return new Answer.Missing<>();
    }
    return fediverse
        .document(id)
        .flatMap(document ->
            PostReader.read(document.isFromServerOf(id) ? document.json() : "")
                .value()
                .<Answer<RemotePost>>map(Answer::got)
                .orElseGet(Answer.Missing::new))
        .flatMap(post -> checked(id, post));
  }

  /** Whether a post that is here may stand where its author did not put it. */
  boolean mayBeShown(Session session, RemotePost post) {
    return session
        .remoteActors()
        .find(post.author())
        .map(author -> author.wishes().shown())
        .orElse(true);
  }

  /** Whether a post's own server has it no more. A 404 may also mean that it is not for us. */
  Answer<Boolean> isGone(URI id) {
    return switch (fediverse.document(id)) {
      case Answer.Got<Document>(Document document) ->
          Answer.got(PostReader.isTombstone(document.json()));
      case Answer.Gone<Document> gone -> Answer.got(true);
      case Answer.Unavailable<Document>(String reason) -> new Answer.Unavailable<>(reason);
      case Answer<Document> none -> Answer.got(false);
    };
  }

  private Answer<RemotePost> checked(URI id, RemotePost post) {
    boolean usable = post.id().equals(id) && post.audience().visibility().isOpen();
    return usable
        ? directory
            .byId(post.author())
            .flatMap(author ->
                author.wishes().shown()
                    ? Answer.got(post.notAfter(settings.clock().instant()))
                    : new Answer.Missing<>())
        : new Answer.Missing<>();
  }

  /**
   * The posts above one, as far as we do not know them, nearest first. Where a server says that
   * there is none, or where it was asked too much, the discussion begins below.
   */
  Answer<List<RemotePost>> above(RemotePost post) {
    List<RemotePost> found = new ArrayList<>();
    Set<URI> seen = new HashSet<>(Set.of(post.id()));
    Optional<URI> next = post.parent();
    while (next.filter(this::isUnknown).isPresent()
        && found.size() < MAX_ABOVE
        && seen.add(next.get())
        && climbs.spend(next.get())) {
      Answer<RemotePost> answer = post(next.get());
      if (answer instanceof Answer.Unavailable<RemotePost>(String reason)) {
        return new Answer.Unavailable<>(reason);
      }
      answer.value().ifPresent(found::add);
      next = answer.value().flatMap(RemotePost::parent);
    }
    return Answer.got(found);
  }

  private boolean isUnknown(URI post) {
    return settings.urls().post(post).isEmpty()
        && store.inTransaction(session -> session.discussions().find(post).isEmpty());
  }
}
