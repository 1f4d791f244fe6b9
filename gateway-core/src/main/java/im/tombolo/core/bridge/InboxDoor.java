package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.address.Authority;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.policy.Moderation;
import im.tombolo.core.port.Inbox.Arrival;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Where activities come in, after their signature was found good: kept before anybody is told that
 * we have them. Those that come at the same time share a transaction. Safe for any thread.
 */
public final class InboxDoor {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int AT_ONCE = 100;
  // How long a peer that lives is not noted again.
  private static final Duration HEARD = Duration.ofSeconds(10);
  private static final long MAX_HEARD = 10_000;
  private static final int TRY_LATER = 503;

  private final SecondHand secondHand;
  private final InstantSource clock;
  private final GatewayUrls urls;
  private final Moderation moderation;
  private final Backlog backlog;
  private final Allowance ofSites;
  private final Allowance ofActors;
  private final Cache<String, Boolean> heard;
  private final LongAdder taken = new LongAdder();
  private final GroupCommit<Arrival, Boolean> arrivals;
  private final GroupCommit<URI, Boolean> strangers;

  public InboxDoor(Store store, SecondHand secondHand, BridgeSettings settings, Limits limits) {
    this.secondHand = secondHand;
    this.clock = settings.clock();
    this.urls = settings.urls();
    this.moderation = settings.moderation();
    this.backlog = new Backlog(store, clock, limits.waiting());
    this.ofSites = new Allowance(limits.ofHost(), settings);
    this.ofActors = new Allowance(limits.ofActor(), settings);
    this.heard =
        Caffeine.newBuilder()
            .expireAfterWrite(HEARD)
            .maximumSize(MAX_HEARD)
            .ticker(settings.ticker())
            .build();
    this.arrivals = new GroupCommit<>(store, AT_ONCE, this::keep);
    this.strangers = new GroupCommit<>(store, AT_ONCE, InboxDoor::strangers);
  }

  /**
   * @param waiting activities that may wait for work before no more are taken
   * @param ofHost activities in a minute of one server, with all others of its domain
   * @param ofActor activities of one actor in a minute
   */
  public record Limits(int waiting, int ofHost, int ofActor) {
    public static final Limits DEFAULT = new Limits(100_000, 12_000, 1_200);
  }

  /** What became of an activity. */
  public sealed interface Verdict {
    /** It is kept, durably. */
    record Accepted() implements Verdict {}

    /** It was kept at an earlier time; to its sender that is no difference. */
    record Duplicate() implements Verdict {}

    /**
     * Nothing happened.
     *
     * @param reason one clause, without anything of the content
     * @param status for the HTTP answer: 400, 401, 403 or 503
     */
    record Refused(String reason, int status) implements Verdict {}

    /** Nothing happened: its server or its actor sends too much. */
    record TooMany() implements Verdict {}

    /** Nothing happened: too much waits, of whomever. */
    record Full() implements Verdict {}
  }

  /**
   * Whether an activity, whoever sent it, deletes what nobody here ever heard of: an account, or
   * something of an account that has left no trace here. Mastodon tells everybody of every account
   * that ends, and its key can be had no more.
   */
  public boolean isNoNews(String json) {
    return ActivityReader.deleter(json).filter(strangers::commit).isPresent();
  }

  private static List<Boolean> strangers(Session session, List<URI> actors) {
    Set<URI> known = session.remoteActors().known(actors);
    return actors.stream().map(actor -> !known.contains(actor)).toList();
  }

  /**
   * @param signer the actor whose key signed the request
   */
  public Verdict receive(String json, URI signer) {
    return switch (ActivityReader.read(json)) {
      case Reading.Refused<IncomingActivity>(String reason) ->
          new Verdict.Refused(reason, BAD_REQUEST);
      case Reading.Of<IncomingActivity>(IncomingActivity activity) -> {
        if (moderation.refuses(signer) || moderation.refuses(activity.actor())) {
          yield new Verdict.Refused("somebody who is not talked to here", FORBIDDEN);
        }
        if (!ofSites.take(Authority.site(signer)) || !ofActors.take(signer.toString())) {
          yield new Verdict.TooMany();
        }
        if (backlog.isFull()) {
          yield new Verdict.Full();
        }
        yield activity.actor().equals(signer) ? keep(activity, json) : forwarded(activity, json);
      }
    };
  }

  /** Brought by somebody else than its actor, who has to have said so. */
  private Verdict forwarded(IncomingActivity activity, String json) {
    return switch (secondHand.ask(json, activity)) {
      case SecondHand.Word.Of(String own) -> keep(activity, own);
      case SecondHand.Word.None(String reason) -> new Verdict.Refused(reason, UNAUTHORIZED);
      case SecondHand.Word.Unknown(String reason) -> new Verdict.Refused(reason, TRY_LATER);
    };
  }

  private Verdict keep(IncomingActivity activity, String json) {
    return arrivals.commit(arrival(activity, json))
        ? new Verdict.Accepted()
        : new Verdict.Duplicate();
  }

  /** How many activities were taken since the start. */
  public long taken() {
    return taken.sum();
  }

  private List<Boolean> keep(Session session, List<Arrival> come) {
    taken.add(come.size());
    come.stream()
        .map(arrival -> Authority.of(arrival.actor()))
        .distinct()
        .filter(host -> heard.asMap().putIfAbsent(host, true) == null)
        .sorted()
        .forEach(session.peers()::heardFrom);
    return session.inbox().add(come, clock.instant());
  }

  private Arrival arrival(IncomingActivity activity, String json) {
    Optional<RemotePost> post =
        activity instanceof IncomingActivity.CreatePost create
            ? Optional.of(create.post())
            : Optional.empty();
    return new Arrival(
        activity.id(),
        post.filter(DirectNotes::isForNamedPeople).map(this::audience).orElse(""),
        activity.actor(),
        post.map(RemotePost::id),
        json);
  }

  /**
   * Pleroma sends one activity to each of several people with only their names in it: what is for
   * named people is another message for whoever was not named before.
   */
  private String audience(RemotePost post) {
    return Ids.key(
        post.audience().people().stream()
            .flatMap(person -> urls.account(person).stream())
            .map(Jid::toString)
            .sorted()
            .collect(Collectors.joining(" ")));
  }
}
