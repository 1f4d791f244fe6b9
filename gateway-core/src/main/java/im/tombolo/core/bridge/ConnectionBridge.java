package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.activity.MemberReader;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.VCards;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whom a fediverse account follows and who follows it, as far as its server tells everybody; one
 * read at a time for each list. Safe for any thread.
 */
public final class ConnectionBridge {
  /** People of one page: each may have to be looked up at their server. */
  public static final int MAX_PEOPLE = 20;

  private static final int MAX_PAGES = 10;
  private static final int MAX_IDS = 200;
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration FAILED = Duration.ofMinutes(1);
  private static final long MAX_CACHED = 1_000;

  private final Store store;
  private final Fediverse fediverse;
  private final ActorDirectory directory;
  private final BridgeSettings settings;
  private final Consumer<List<Runnable>> together;
  private final SingleFlight<URI, Answer<List<URI>>> walks = new SingleFlight<>();
  private final Cache<URI, Answer<List<URI>>> walked;
  private final Cache<URI, Answer<List<URI>>> failed;

  /**
   * @param together runs questions, side by side and not for ever
   */
  public ConnectionBridge(
      Store store,
      Fediverse fediverse,
      ActorDirectory directory,
      BridgeSettings settings,
      Consumer<List<Runnable>> together) {
    this.store = store;
    this.fediverse = fediverse;
    this.directory = directory;
    this.settings = settings;
    this.together = together;
    this.walked = cache(FRESH);
    this.failed = cache(FAILED);
  }

  private Cache<URI, Answer<List<URI>>> cache(Duration expiry) {
    return Caffeine.newBuilder()
        .expireAfterWrite(expiry)
        .maximumSize(MAX_CACHED)
        .ticker(settings.ticker())
        .build();
  }

  public enum Side {
    FOLLOWING,
    FOLLOWERS
  }

  /**
   * Somebody with a blog.
   *
   * @param jid who it is
   * @param blog where they publish
   */
  public record Person(Jid jid, NodeAddress blog, String name) {}

  /**
   * Actor ids, {@code MAX_IDS} at most, in the order of the collection. A list that is hidden is
   * empty; of people here it holds those who follow publicly.
   */
  public Answer<List<URI>> list(RemoteActor actor, Side side) {
    Optional<URI> collection =
        switch (side) {
          case FOLLOWING -> actor.endpoints().following();
          case FOLLOWERS -> actor.endpoints().followers();
        };
    return collection
        .map(place -> read(place))
        .orElseGet(() -> Answer.got(List.of()))
        .map(ids -> side == Side.FOLLOWING ? ids : withoutSecrets(actor, ids));
  }

  /** Somebody here whose follow is not public is told of by no list of ours. */
  private List<URI> withoutSecrets(RemoteActor actor, List<URI> ids) {
    return store.inTransaction(
        session -> ids.stream().filter(id -> mayBeTold(session, actor.id(), id)).toList());
  }

  private boolean mayBeTold(Session session, URI actor, URI follower) {
    return settings
        .urls()
        .account(follower)
        .map(subscriber ->
            session
                .followings()
                .find(subscriber, actor)
                .filter(one -> one.state() == FollowState.ACCEPTED && one.manner().isPublic())
                .isPresent())
        .orElse(true);
  }

  /** Makes people known, as far as their servers answer in time. */
  public void meet(List<URI> ids) {
    together.accept(
        ids.stream()
            .limit(MAX_PEOPLE)
            .filter(id -> settings.urls().account(id).isEmpty())
            .<Runnable>map(id -> () -> directory.byId(id))
            .toList());
  }

  /** Somebody who is known. */
  public Optional<Person> person(URI id) {
    return store.inTransaction(session ->
        settings
            .urls()
            .account(id)
            .map(local -> session.accounts().find(local).map(ConnectionBridge::here))
            .orElseGet(() -> session.remoteActors().find(id).map(this::there)));
  }

  private Person there(RemoteActor actor) {
    Jid jid = settings.virtual().of(actor.handle());
    return new Person(jid, new NodeAddress(jid, Namespaces.MICROBLOG), VCards.nameOf(actor));
  }

  private static Person here(Account account) {
    Jid jid = account.address();
    Jid service = account.kind() == ActorKind.GROUP ? Jid.domain(jid.domain()) : jid;
    String node = LocalAccounts.nodeName(jid, account.kind());
    String name = account.face().name();
    return new Person(jid, new NodeAddress(service, node), name.isEmpty() ? jid.toString() : name);
  }

  private Answer<List<URI>> read(URI collection) {
    return known(collection)
        .orElseGet(() ->
            walks.ask(
                collection,
                // Whoever waited for this flight may have come after the last one landed.
                () -> known(collection).orElseGet(() -> ask(collection))));
  }

  private Optional<Answer<List<URI>>> known(URI collection) {
    return Optional.ofNullable(walked.getIfPresent(collection))
        .or(() -> Optional.ofNullable(failed.getIfPresent(collection)));
  }

  private Answer<List<URI>> ask(URI collection) {
    Answer<List<URI>> answer =
        switch (walk(collection)) {
          case Answer.Unavailable<List<URI>> unknown -> unknown;
          case Answer<List<URI>> told -> Answer.got(told.value().orElse(List.of()));
        };
    (answer instanceof Answer.Got ? walked : failed).put(collection, answer);
    return answer;
  }

  /** What was read when a later page fails is good enough. */
  private Answer<List<URI>> walk(URI collection) {
    Set<URI> found = new LinkedHashSet<>();
    Optional<URI> next = Optional.of(collection);
    for (int i = 0; i < MAX_PAGES && next.isPresent() && found.size() < MAX_IDS; i++) {
      Answer<MemberReader.Page> page = page(collection, next.get());
      if (!(page instanceof Answer.Got<MemberReader.Page>(MemberReader.Page read))) {
        return found.isEmpty() ? page.map(nothing -> List.of()) : Answer.got(List.copyOf(found));
      }
      found.addAll(read.members());
      next = read.next();
    }
    return Answer.got(found.stream().limit(MAX_IDS).toList());
  }

  private Answer<MemberReader.Page> page(URI collection, URI place) {
    return TimelineBridge.isSameServer(collection, place)
        ? fediverse
            .document(place)
            .flatMap(document ->
                TimelineBridge.isSameServer(collection, document.location())
                    ? TimelineBridge.got(MemberReader.read(document.json()))
                    : new Answer.Missing<>())
        : new Answer.Missing<>();
  }
}
