package im.tombolo.core.bridge;

import im.tombolo.core.activity.CollectionReader;
import im.tombolo.core.activity.PostReader;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads outboxes, a stretch at a time. Any thread. */
final class OutboxReader {
  private final Fediverse fediverse;
  private final int posts;
  private final int pages;

  /**
   * @param posts of a stretch at most
   * @param pages of a stretch at most; the collection counts as one
   */
  OutboxReader(Fediverse fediverse, int posts, int pages) {
    this.fediverse = fediverse;
    this.posts = posts;
    this.pages = pages;
  }

  /**
   * @param next where the next stretch begins; empty at the end
   * @param total entries of the outbox, if it said so
   */
  record Stretch(List<RemotePost> posts, Optional<URI> next, Optional<Long> total) {}

  /** Whether a page may name a post: those of others are in the outboxes of communities alone. */
  private record Wanted(RemoteActor actor, Predicate<URI> ids) {
    boolean isCommunity() {
      return actor.kind() == ActorKind.GROUP;
    }

    /** What the actor's server says itself. */
    List<RemotePost> posts(CollectionReader.Page page) {
      return Stream.concat(
              page.posts().stream(),
              passedOn(page).flatMap(passed -> passed.post().filter(this::isItsServers).stream()))
          .filter(post -> ids.test(post.id()))
          .toList();
    }

    /** What has to be asked for. */
    List<URI> refs(CollectionReader.Page page) {
      return Stream.concat(
              page.refs().stream().filter(ref -> TimelineBridge.isSameServer(actor.id(), ref)),
              passedOn(page)
                  .filter(passed -> passed.post().filter(this::isItsServers).isEmpty())
                  .map(CollectionReader.PassedOn::id))
          .filter(ids)
          .toList();
    }

    private Stream<CollectionReader.PassedOn> passedOn(CollectionReader.Page page) {
      return isCommunity() ? page.passedOn().stream() : Stream.empty();
    }

    private boolean isItsServers(RemotePost post) {
      return TimelineBridge.isSameServer(actor.id(), post.id());
    }
  }

  /**
   * Some pages from one on; what was read when a later page fails is good enough. A name that leads
   * to no post takes the place of one, since it costs a question as well.
   *
   * @param wanted by their ids
   */
  Answer<Stretch> read(RemoteActor actor, URI start, Predicate<URI> wanted) {
    return read(new Wanted(actor, wanted), start);
  }

  private Answer<Stretch> read(Wanted wanted, URI start) {
    URI actor = wanted.actor().id();
    List<RemotePost> found = new ArrayList<>();
    Optional<Long> total = Optional.empty();
    int room = posts;
    URI place = start;
    Answer<CollectionReader.Page> page = page(actor, place);
    for (int i = 1; page instanceof Answer.Got<CollectionReader.Page>(var read); i++) {
      total = total.or(read::total);
      List<RemotePost> there = wanted.posts(read);
      List<URI> named = wanted.refs(read);
      there.stream().limit(room).forEach(found::add);
      named.stream()
          .limit(Math.max(0, room - there.size()))
          .flatMap(this::post)
          .forEach(found::add);
      room -= there.size() + named.size();
      // What had no room is read again with the next stretch.
      Optional<URI> next = room < 0 ? Optional.of(place) : read.first().or(read::next);
      if (next.isEmpty() || i == pages || room <= 0) {
        return Answer.got(new Stretch(found, next, total));
      }
      place = next.get();
      page = page(actor, place);
    }
    Stretch stretch = new Stretch(found, Optional.of(place), total);
    return found.isEmpty() ? page.map(read -> stretch) : Answer.got(stretch);
  }

  private Answer<CollectionReader.Page> page(URI actor, URI place) {
    if (!TimelineBridge.isSameServer(actor, place)) {
      return new Answer.Missing<>();
    }
    return fediverse
        .document(place)
        .flatMap(document ->
            TimelineBridge.isSameServer(actor, document.location())
                ? TimelineBridge.got(CollectionReader.read(document.json()))
                : new Answer.Missing<>());
  }

  /** A post that a page only names, if it is at its own id. */
  private Stream<RemotePost> post(URI ref) {
    return fediverse
        .document(ref)
        .value()
        .filter(document -> document.isFromServerOf(ref))
        .flatMap(document -> PostReader.read(document.json()).value())
        .filter(post -> post.id().equals(ref))
        .stream();
  }
}
