package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.bridge.OutboxReader.Stretch;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.Picture;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.RemotePosts.History;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What somebody here reads of a fediverse account: from storage, filled from the account's outbox
 * when that was not read for a while, and read on where it was left when somebody pages beyond what
 * is here; one read at a time for each account. Safe for any thread.
 */
public final class TimelineBridge {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration FAILED = Duration.ofMinutes(1);

  /** Posts that are read of one account's past, however far somebody pages. */
  private static final int MAX_HISTORY = 10_000;

  /** Pages that are read at a time, however few posts they hold. */
  private static final int MAX_PAGES = 10;

  /** Stretches of an outbox that one question waits for. */
  private static final int MAX_STRETCHES = 3;

  private static final long MAX_CACHED = 10_000;

  private final Store store;
  private final OutboxReader outboxes;
  private final ActorDirectory directory;
  private final BridgeSettings settings;
  private final Postings postings;
  private final PastPosts past;
  private final SingleFlight<URI, Answer<Filled>> fills = new SingleFlight<>();
  private final SingleFlight<URI, Optional<Integer>> further = new SingleFlight<>();
  private final Cache<URI, Answer<Filled>> filled;
  private final Cache<URI, Answer<Filled>> failed;
  private final Cache<URI, Boolean> stuck;
  private final PostCounts counts;

  public TimelineBridge(
      Store store, Fediverse fediverse, ActorDirectory directory, BridgeSettings settings) {
    this.store = store;
    this.outboxes = new OutboxReader(fediverse, settings.limits().historyPosts(), MAX_PAGES);
    this.directory = directory;
    this.settings = settings;
    this.postings = new Postings(settings);
    this.past = new PastPosts(settings);
    this.filled = cache(FRESH);
    this.failed = cache(FAILED);
    this.stuck = cache(FAILED);
    this.counts = new PostCounts(settings);
  }

  private <K, T> Cache<K, T> cache(Duration expiry) {
    return Caffeine.newBuilder()
        .expireAfterWrite(expiry)
        .maximumSize(MAX_CACHED)
        .ticker(settings.ticker())
        .build();
  }

  /**
   * @param postings in the order that was asked for
   * @param total posts in all that the reader may see; about, while there are more at the author's
   */
  public record Timeline(List<Posting> postings, long total) {
    static final Timeline NOTHING = new Timeline(List.of(), 0);
  }

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

  /**
   * A community for people to find.
   *
   * @param name what it calls itself, if it was met before; else its handle
   */
  public record Listed(Jid jid, String name) {}

  /** The communities that the administrator chose. Asks nobody. */
  public List<Listed> communities() {
    return store.inTransaction(session ->
        settings.choices().communities().stream()
            .map(handle ->
                new Listed(
                    settings.virtual().of(handle),
                    session
                        .remoteActors()
                        .findByHandle(handle)
                        .map(VCards::nameOf)
                        .orElseGet(handle::toString)))
            .toList());
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
    return posts(actor, addressed, reader, Feed.BLOG, page);
  }

  /**
   * A page of a feed: of the blog as {@link #posts}, or of the events in it.
   *
   * @param feed which node is read
   */
  public Answer<Timeline> posts(
      RemoteActor actor, Jid addressed, Jid reader, Feed feed, Page page) {
    Answer<Filled> read = fill(actor);
    Supplier<Timeline> here = () -> kept(actor, addressed, reader, feed, page);
    Timeline timeline = here.get();
    if (page.newestFirst() && page.from().isPresent() && isShort(timeline, page)) {
      timeline = readOn(actor, timeline, page, here);
    }
    return timeline.total() == 0 && read instanceof Answer.Unavailable<Filled>(String reason)
        ? new Answer.Unavailable<>(reason)
        : Answer.got(timeline);
  }

  private Timeline kept(RemoteActor actor, Jid addressed, Jid reader, Feed feed, Page page) {
    return store.inTransaction(session -> {
      ReaderView view = ReaderView.of(session, actor, reader);
      if (!view.sees()) {
        return Timeline.NOTHING;
      }
      Page seen = page.seenBy(view.follows());
      List<Kept> there =
          feed.isOfEvents()
              ? session.remotePosts().events(actor.id(), seen)
              : session.remotePosts().page(actor.id(), seen);
      return new Timeline(
          there.stream().map(kept -> postings.inBlog(session, actor, addressed, kept)).toList(),
          feed.isOfEvents()
              ? session.remotePosts().countEvents(actor.id(), view.follows())
              : total(session, actor, view.follows()));
    });
  }

  /** What the outbox says counts until it was read to its end. */
  private long total(Session session, RemoteActor actor, boolean follows) {
    long here = counts.of(session, actor.id(), follows);
    return session
        .remotePosts()
        .history(actor.id())
        .filter(TimelineBridge::isOpen)
        .map(history -> Math.max(here, Math.min(history.total(), MAX_HISTORY)))
        .orElse(here);
  }

  private static boolean isOpen(History history) {
    return history.next().isPresent() && history.read() < MAX_HISTORY;
  }

  private static boolean isShort(Timeline timeline, Page page) {
    return timeline.postings().size() < page.max();
  }

  /** Reads the outbox on until the page is full, or no more is to be had now. */
  private Timeline readOn(RemoteActor actor, Timeline before, Page page, Supplier<Timeline> again) {
    if (!isKnown(actor, page.from())) {
      return before;
    }
    Timeline timeline = before;
    int news = 0;
    for (int i = 0; i < MAX_STRETCHES && isShort(timeline, page); i++) {
      Optional<Integer> found = readOn(actor);
      if (found.isEmpty()) {
        return timeline;
      }
      news += found.get();
      timeline = again.get();
    }
    if (news == 0) {
      // Pages that bring nothing could go on for ever.
      store.inTransaction(session -> {
        session
            .remotePosts()
            .history(actor.id())
            .ifPresent(history -> session.remotePosts().saveHistory(actor.id(), history.ended()));
        return true;
      });
    }
    return timeline;
  }

  private boolean isKnown(RemoteActor actor, Optional<String> item) {
    return store.inTransaction(session ->
        item.flatMap(id -> session.remotePosts().findByItem(actor.id(), id)).isPresent());
  }

  /** How many posts another stretch brought; empty when there is none to be had now. */
  private Optional<Integer> readOn(RemoteActor actor) {
    return stuck.getIfPresent(actor.id()) != null
        ? Optional.empty()
        : further.ask(
            actor.id(),
            () ->
                store
                    .inTransaction(session -> session.remotePosts().history(actor.id()))
                    .filter(TimelineBridge::isOpen)
                    .flatMap(history -> readOn(actor, history)));
  }

  private Optional<Integer> readOn(RemoteActor actor, History history) {
    Answer<Stretch> read = outboxes.read(actor, history.next().orElseThrow(), this::isUnknown);
    if (read instanceof Answer.Got<Stretch>(Stretch stretch)) {
      meetAuthors(actor, stretch);
      return Optional.of(
          store.inTransaction(session -> {
            int news = past.keep(session, actor, stretch.posts());
            Optional<URI> next =
                stretch
                    .next()
                    .filter(place -> news > 0 || !history.next().equals(Optional.of(place)));
            session
                .remotePosts()
                .saveHistory(actor.id(), new History(next, history.read() + news, history.total()));
            return news;
          }));
    }
    stuck.put(actor.id(), true);
    return Optional.empty();
  }

  private boolean isUnknown(URI post) {
    return store.inTransaction(session -> session.remotePosts().find(post)).isEmpty();
  }

  /** One item, if the reader may see it. */
  public Answer<Posting> posting(RemoteActor actor, Jid addressed, Jid reader, String itemId) {
    return post(actor, reader, itemId)
        .map(kept ->
            store.inTransaction(session -> postings.inBlog(session, actor, addressed, kept)));
  }

  /**
   * One item of a feed, if the reader may see it; in those of events there is nothing else.
   *
   * @param feed which node is read
   */
  public Answer<Posting> posting(
      RemoteActor actor, Jid addressed, Jid reader, Feed feed, String itemId) {
    return posting(actor, addressed, reader, itemId)
        .flatMap(posting ->
            feed.isOfEvents() && posting.content().event().isEmpty()
                ? new Answer.Missing<>()
                : Answer.got(posting));
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
            .filter(kept -> ReaderView.of(session, actor, reader).sees(kept.post())));
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
                outboxes
                    .read(actor, outbox, post -> true)
                    .map(stretch -> {
                      meetAuthors(actor, stretch);
                      keep(actor, stretch);
                      return new Filled();
                    }))
            .orElseGet(() -> Answer.got(new Filled()));
    (answer instanceof Answer.Got ? filled : failed).put(actor.id(), answer);
    return answer;
  }

  private void keep(RemoteActor actor, Stretch newest) {
    store.inTransaction(session -> {
      int news = past.keep(session, actor, newest.posts());
      Optional<History> before = session.remotePosts().history(actor.id());
      // Where all of it is new, something may be missing between it and what was here before.
      boolean isJoined =
          before.isPresent() && (newest.posts().isEmpty() || news < newest.posts().size());
      History history =
          isJoined ? before.get() : new History(newest.next(), newest.posts().size(), 0);
      long total = newest.total().orElse(history.total());
      session
          .remotePosts()
          .saveHistory(actor.id(), new History(history.next(), history.read(), total));
      return true;
    });
  }

  /** Posts in a community are shown under the names of others. */
  private void meetAuthors(RemoteActor community, Stretch stretch) {
    if (community.kind() == ActorKind.GROUP) {
      stretch.posts().stream().map(RemotePost::author).distinct().forEach(directory::byId);
    }
  }

  static <T> Answer<T> got(Reading<T> reading) {
    return reading.value().<Answer<T>>map(Answer::got).orElseGet(Answer.Missing::new);
  }

  static boolean isSameServer(URI one, URI other) {
    return String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
        && String.valueOf(one.getAuthority()).equalsIgnoreCase(other.getAuthority());
  }
}
