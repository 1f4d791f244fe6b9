package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.activity.CollectionReader;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.Discussion;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was answered to a post. For posts of the fediverse their servers are asked, now and then and
 * within limits; what nobody here looks at is not asked for. Safe for any thread.
 */
public final class DiscussionBridge {
  /** Answers to one post that are shown. */
  public static final int MAX_ANSWERS = 500;

  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final int MAX_PAGES = 5;
  private static final int MAX_QUESTIONS = 50;
  private static final long MAX_CACHED = 10_000;

  private final Store store;
  private final Fediverse fediverse;
  private final TimelineBridge timelines;
  private final RemoteSource source;
  private final GatewayUrls urls;
  private final Postings postings;
  private final SingleFlight<URI, Boolean> fills = new SingleFlight<>();
  private final Cache<URI, Boolean> filled;

  public DiscussionBridge(
      Store store,
      Fediverse fediverse,
      ActorDirectory directory,
      TimelineBridge timelines,
      BridgeSettings settings) {
    this.store = store;
    this.fediverse = fediverse;
    this.timelines = timelines;
    this.source = new RemoteSource(store, fediverse, directory, settings);
    this.urls = settings.urls();
    this.postings = new Postings(settings);
    this.filled =
        Caffeine.newBuilder()
            .expireAfterWrite(FRESH)
            .maximumSize(MAX_CACHED)
            .ticker(settings.ticker())
            .build();
  }

  /**
   * The comments node of a fediverse post, oldest first; at most {@link #MAX_ANSWERS}.
   *
   * @param addressed the author's virtual JID as it was written
   */
  public Answer<List<Posting>> comments(
      RemoteActor author, Jid addressed, Jid reader, String itemId) {
    return timelines
        .post(author, reader, itemId)
        .map(kept -> {
          fill(kept.post());
          NodeAddress node = Postings.comments(addressed, itemId);
          return store.inTransaction(session ->
              session
                  .discussions()
                  .answers(kept.post().id(), Optional.empty(), MAX_ANSWERS)
                  .stream()
                  .filter(entry -> !session.blockers().isBlocked(reader.bare(), entry.author()))
                  .flatMap(entry -> posting(session, entry.id()).stream())
                  .map(posting -> posting.in(node.item(idIn(node, author, itemId, posting))))
                  .toList());
        });
  }

  /** A comment has the id that its author chose; one from elsewhere has a made one. */
  private String idIn(NodeAddress node, RemoteActor author, String itemId, Posting posting) {
    NodeAddress canonical = Postings.comments(postings.jid(author), itemId);
    ItemAddress home = posting.at();
    boolean isHere = home.place().equals(node) || home.place().equals(canonical);
    return isHere ? home.id() : Ids.itemId(URI.create(posting.id()));
  }

  /**
   * What anybody may read of the answers to a post of ours, oldest first, for a page that search
   * engines read: without those whose authors do not want to be found so.
   */
  public List<Posting> answers(URI post) {
    return store.inTransaction(session ->
        session.discussions().answers(post, Optional.empty(), MAX_ANSWERS).stream()
            .filter(entry -> isIndexed(session, entry.author()))
            .flatMap(entry -> posting(session, entry.id()).stream())
            .toList());
  }

  private static boolean isIndexed(Session session, URI author) {
    return session.remoteActors().find(author).map(who -> who.wishes().indexed()).orElse(true);
  }

  /** The post as it stands at its author's; empty when it is gone. */
  private Optional<Posting> posting(Session session, URI id) {
    Optional<LocalPost> ours = postings.local(session, id);
    return ours.map(post -> postings.local(session, post))
        .or(() ->
            session
                .remotePosts()
                .find(id)
                .filter(kept -> kept.post().audience().visibility().isOpen())
                .map(kept -> postings.atHome(session, kept.post())));
  }

  private void fill(RemotePost post) {
    if (filled.getIfPresent(post.id()) == null) {
      fills.ask(
          post.id(),
          () -> {
            List<RemotePost> found = read(post);
            store.inTransaction(session -> {
              found.forEach(answer -> RemotePostBridge.keepIfNew(session, urls, answer));
              return true;
            });
            filled.put(post.id(), true);
            return true;
          });
    }
  }

  /** Its own collection of answers, else the one of its whole discussion. */
  private List<RemotePost> read(RemotePost post) {
    Discussion place = post.discussion();
    return Stream.of(place.replies(), place.context())
        .flatMap(Optional::stream)
        .filter(collection -> TimelineBridge.isSameServer(post.id(), collection))
        .map(collection -> read(post, collection))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private List<RemotePost> read(RemotePost post, URI collection) {
    Set<URI> ids = new HashSet<>();
    List<URI> wanted = new ArrayList<>();
    Optional<URI> next = Optional.of(collection);
    for (int i = 0; i < MAX_PAGES && next.isPresent() && wanted.size() < MAX_QUESTIONS; i++) {
      Optional<CollectionReader.Page> page =
          fediverse
              .document(next.get())
              .value()
              .filter(document -> TimelineBridge.isSameServer(post.id(), document.location()))
              .flatMap(document -> CollectionReader.read(document.json()).value());
      page.stream()
          .flatMap(read ->
              Stream.concat(read.refs().stream(), read.posts().stream().map(RemotePost::id)))
          .filter(ids::add)
          .forEach(wanted::add);
      next =
          page.flatMap(read -> read.first().or(read::next))
              .filter(there -> TimelineBridge.isSameServer(post.id(), there));
    }
    // What a collection says of posts of other servers is hearsay: each is read at its own.
    return wanted.stream()
        .filter(id -> !id.equals(post.id()))
        .limit(MAX_QUESTIONS)
        .filter(this::isUnknown)
        .flatMap(id -> source.post(id).value().stream())
        .filter(found -> found.parent().isPresent())
        .toList();
  }

  private boolean isUnknown(URI post) {
    return store.inTransaction(session -> session.discussions().find(post)).isEmpty();
  }

  /** What belongs to one discussion, oldest first. */
  public List<Discussions.Entry> all(URI root, Optional<Discussions.Entry> after, int max) {
    return store.inTransaction(session -> session.discussions().all(root, after, max));
  }
}
