package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.activity.CollectionReader;
import im.tombolo.core.activity.PostReader;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Picture;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What somebody here reads of a fediverse account: from storage, filled from the account's outbox
 * when that was not read for a while; one read at a time for each account. Safe for any thread.
 */
public final class TimelineBridge {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration FAILED = Duration.ofMinutes(1);
  private static final int MAX_PAGES = 10;
  private static final long MAX_CACHED = 10_000;

  private final Store store;
  private final Fediverse fediverse;
  private final ActorDirectory directory;
  private final BridgeSettings settings;
  private final Postings postings;
  private final SingleFlight<URI, Answer<Filled>> fills = new SingleFlight<>();
  private final Cache<URI, Answer<Filled>> filled;
  private final Cache<URI, Answer<Filled>> failed;

  public TimelineBridge(
      Store store, Fediverse fediverse, ActorDirectory directory, BridgeSettings settings) {
    this.store = store;
    this.fediverse = fediverse;
    this.directory = directory;
    this.settings = settings;
    this.postings = new Postings(settings);
    this.filled = cache(FRESH);
    this.failed = cache(FAILED);
  }

  private Cache<URI, Answer<Filled>> cache(Duration expiry) {
    return Caffeine.newBuilder()
        .expireAfterWrite(expiry)
        .maximumSize(MAX_CACHED)
        .ticker(settings.ticker())
        .build();
  }

  /**
   * @param postings in the order that was asked for
   * @param total posts in all that the reader may see
   */
  public record Timeline(List<Posting> postings, long total) {}

  /** The outbox was read. */
  private record Filled() {}

  /** The actor behind a virtual JID. */
  public Answer<RemoteActor> actor(Jid virtual) {
    return settings
        .virtual()
        .handle(virtual)
        .map(directory::byHandle)
        .orElseGet(Answer.Missing::new);
  }

  /** Makes a post known that an address on XMPP names, if anybody may read it. */
  void meet(ItemAddress item) {
    actor(item.service())
        .value()
        .ifPresent(actor -> post(actor, settings.virtual().component(), item.id()));
  }

  /** The actor's picture in a form that clients show; empty when there is none. */
  public Optional<Picture> avatar(RemoteActor actor) {
    return directory.avatar(actor);
  }

  /**
   * A page of posts; followers-only ones are for accepted followers.
   *
   * @param addressed the actor's virtual JID as it was written
   * @param page its {@code followersToo} is decided here
   * @return {@link Answer.Unavailable} when the actor's server does not answer and we have nothing
   */
  public Answer<Timeline> posts(RemoteActor actor, Jid addressed, Jid reader, Page page) {
    Answer<Filled> read = fill(actor);
    Timeline timeline =
        store.inTransaction(session -> {
          boolean follows = follows(session, actor, reader);
          Page seen = new Page(page.from(), page.passed(), page.newestFirst(), page.max(), follows);
          return new Timeline(
              session.remotePosts().page(actor.id(), seen).stream()
                  .map(kept -> postings.inBlog(session, actor, addressed, kept))
                  .toList(),
              session.remotePosts().count(actor.id(), follows));
        });
    return timeline.total() == 0 && read instanceof Answer.Unavailable<Filled>(String reason)
        ? new Answer.Unavailable<>(reason)
        : Answer.got(timeline);
  }

  /** One item, if the reader may see it. */
  public Answer<Posting> posting(RemoteActor actor, Jid addressed, Jid reader, String itemId) {
    return post(actor, reader, itemId)
        .map(kept ->
            store.inTransaction(session -> postings.inBlog(session, actor, addressed, kept)));
  }

  /** One post, if the reader may see it. */
  Answer<Kept> post(RemoteActor actor, Jid reader, String itemId) {
    Optional<Kept> held = held(actor, reader, itemId);
    if (held.isPresent()) {
      return Answer.got(held.get());
    }
    Answer<Filled> read = fill(actor);
    return held(actor, reader, itemId)
        .<Answer<Kept>>map(Answer::got)
        .orElseGet(() ->
            read instanceof Answer.Unavailable<Filled>(String reason)
                ? new Answer.Unavailable<>(reason)
                : new Answer.Missing<>());
  }

  private Optional<Kept> held(RemoteActor actor, Jid reader, String itemId) {
    return store.inTransaction(session ->
        session
            .remotePosts()
            .findByItem(actor.id(), itemId)
            .filter(
                kept -> RemotePostBridge.mayRead(kept.post(), follows(session, actor, reader))));
  }

  private static boolean follows(Session session, RemoteActor actor, Jid reader) {
    return session
        .followings()
        .find(reader.bare(), actor.id())
        .filter(following -> following.state() == FollowState.ACCEPTED)
        .isPresent();
  }

  private Answer<Filled> fill(RemoteActor actor) {
    return known(actor.id())
        .orElseGet(() ->
            fills.ask(
                actor.id(),
                // Whoever waited for this flight may have come after the last one landed.
                () -> known(actor.id()).orElseGet(() -> ask(actor))));
  }

  private Optional<Answer<Filled>> known(URI actor) {
    return Optional.ofNullable(filled.getIfPresent(actor))
        .or(() -> Optional.ofNullable(failed.getIfPresent(actor)));
  }

  private Answer<Filled> ask(RemoteActor actor) {
    Answer<Filled> answer =
        actor
            .endpoints()
            .outbox()
            .map(outbox ->
                outbox(actor.id(), outbox)
                    .map(posts -> {
                      keep(actor, posts);
                      return new Filled();
                    }))
            .orElseGet(() -> Answer.got(new Filled()));
    (answer instanceof Answer.Got ? filled : failed).put(actor.id(), answer);
    return answer;
  }

  /** Of followed actors, changes of a post that we have come by their inbox, with an event. */
  private void keep(RemoteActor actor, List<RemotePost> posts) {
    store.inTransaction(session -> {
      boolean pushed = session.followings().isFollowed(actor.id());
      posts.stream()
          .filter(post -> post.author().equals(actor.id()))
          .filter(post -> RemotePostBridge.mayRead(post, false))
          .filter(post -> !session.remotePosts().isBuried(post.id(), post.author()))
          .forEach(post -> {
            Optional<RemotePost> before = session.remotePosts().find(post.id()).map(Kept::post);
            Optional<RemotePost> after =
                before.isEmpty()
                    ? Optional.of(post)
                    : before
                        .filter(known -> !pushed)
                        .flatMap(known -> RemotePostBridge.newer(known, post));
            after.ifPresent(state -> {
              session.remotePosts().save(Ids.itemId(post.id()), state);
              RemotePostBridge.relate(session, settings.urls(), state);
            });
          });
      return true;
    });
  }

  /**
   * Some first pages of an outbox; what was read when a later page fails is good enough. A name
   * that leads to no post takes the place of one, since it costs a question as well.
   */
  private Answer<List<RemotePost>> outbox(URI actor, URI outbox) {
    List<RemotePost> found = new ArrayList<>();
    int room = settings.limits().historyPosts();
    Answer<CollectionReader.Page> page = page(actor, outbox);
    for (int i = 1; page instanceof Answer.Got<CollectionReader.Page>(var read); i++) {
      List<RemotePost> posts = read.posts().stream().limit(room).toList();
      List<URI> refs =
          read.refs().stream()
              .filter(ref -> isSameServer(actor, ref))
              .limit(room - posts.size())
              .toList();
      found.addAll(posts);
      refs.stream().flatMap(this::post).forEach(found::add);
      room -= posts.size() + refs.size();
      Optional<URI> next = read.first().or(read::next);
      if (next.isEmpty() || i == MAX_PAGES || room == 0) {
        return Answer.got(found);
      }
      page = page(actor, next.get());
    }
    return found.isEmpty() ? page.map(read -> found) : Answer.got(found);
  }

  private Answer<CollectionReader.Page> page(URI actor, URI place) {
    if (!isSameServer(actor, place)) {
      return new Answer.Missing<>();
    }
    return fediverse
        .document(place)
        .flatMap(document ->
            isSameServer(actor, document.location())
                ? got(CollectionReader.read(document.json()))
                : new Answer.Missing<>());
  }

  /** A post that a page only names, if it is at its own id. */
  private Stream<RemotePost> post(URI ref) {
    return fediverse
        .document(ref)
        .flatMap(document -> got(PostReader.read(document.json())))
        .value()
        .filter(post -> post.id().equals(ref))
        .stream();
  }

  static <T> Answer<T> got(Reading<T> reading) {
    return reading.value().<Answer<T>>map(Answer::got).orElseGet(Answer.Missing::new);
  }

  static boolean isSameServer(URI one, URI other) {
    return String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
        && String.valueOf(one.getAuthority()).equalsIgnoreCase(other.getAuthority());
  }
}
