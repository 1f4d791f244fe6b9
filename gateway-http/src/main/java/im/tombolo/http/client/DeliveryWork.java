package im.tombolo.http.client;

import static java.util.stream.Collectors.toSet;

import im.tombolo.core.bridge.GroupCommit;
import im.tombolo.core.port.Deliveries.Mine;
import im.tombolo.core.port.Deliveries.Round;
import im.tombolo.core.port.Deliveries.Stop;
import im.tombolo.core.port.DeliveryShards.Share;
import im.tombolo.core.port.Peers.Standing;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox towards the fediverse: looks for hosts that have something due, visits many of
 * them at a time, and forgets a row only when the peer has it or never will. Safe for any thread;
 * several processes may run it, each for the hosts of its shards.
 */
public final class DeliveryWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryWork.class);

  /** The shards of a killed process are taken up by others after this. */
  static final Duration LEASE = Duration.ofSeconds(8);

  /** As long as the web server takes for its last answers. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private static final Duration RENEW = LEASE.dividedBy(4);
  // To step over all hosts that rest costs much, and nothing is due at most of the time.
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final int ROWS_AT_A_TIME = 256;
  private static final int VISITS_OF_COMMIT = 256;
  private static final Duration GATHERING = Duration.ofMillis(20);
  // Longer than an answer takes while all cores are busy, or many would be under way then.
  private static final Duration SLOW = Duration.ofMillis(250);
  private static final int MAX_SLOW = 2_048;

  private final Store store;
  private final InstantSource clock;
  private final GroupCommit<Visit, Boolean> ledger;
  private final Semaphore places;
  // For hosts that let us wait: they hold no place that others could use.
  private final Semaphore slowPlaces = new Semaphore(MAX_SLOW);
  private final String worker = UUID.randomUUID().toString();
  private final Map<String, Place> underWay = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final DeliveryCounts counts = new DeliveryCounts();
  private final DeliveryLane lane;
  private final Duration drain;
  // With less room, a look would find hosts one by one.
  private final int enough;
  private volatile Runnable onRoom = () -> {};
  private volatile boolean isFull;
  // Whether something may be due that was not when all was looked through.
  private volatile boolean isChanged = true;
  private Instant quietUntil = Instant.EPOCH;
  private long newest;
  private String roundedTo = "";
  // Hosts that were visited, took something, and have more.
  private final Map<String, Standing> again = new ConcurrentHashMap<>();
  private Share share = Share.NONE;
  private Instant renewed = Instant.EPOCH;

  /**
   * @param atOnce deliveries under way at a time; those to hosts that let us wait are not counted
   * @param perHost of them to one host
   * @param giveUpAfter since a row was queued; then it is kept as dead
   * @param drain what is under way at the end has this time; then it is cut off, and stays due
   */
  public record Limits(int atOnce, int perHost, Duration giveUpAfter, Duration drain) {
    public static final Limits DEFAULT = new Limits(384, 2, Duration.ofDays(7));

    public Limits(int atOnce, int perHost, Duration giveUpAfter) {
      this(atOnce, perHost, giveUpAfter, DRAIN);
    }
  }

  public DeliveryWork(
      Store store,
      FediverseClient client,
      DeliveryLedger ledger,
      Limits limits,
      InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.ledger =
        new GroupCommit<>(
            store,
            VISITS_OF_COMMIT,
            GATHERING,
            (session, visits) -> {
              ledger.write(session, visits);
              return areMore(session, visits);
            });
    this.drain = limits.drain();
    this.places = new Semaphore(limits.atOnce());
    this.enough = Math.min(ROWS_AT_A_TIME, limits.atOnce()) / 2;
    this.lane = new DeliveryLane(client, clock, places, limits.perHost());
  }

  /** Who is told when a visit has ended, so that there may be more to do. */
  public void onRoom(Runnable told) {
    onRoom = told;
  }

  /** This process has queued something. */
  public void queued() {
    isChanged = true;
  }

  public DeliveryCounts counts() {
    return counts;
  }

  /** Takes what is due, as far as there is room; how many it were. Does not wait for their end. */
  public synchronized int runDue() {
    Instant now = clock.instant();
    if (!now.isBefore(renewed.plus(RENEW))) {
      Share held = holdShards(now);
      if (!held.equals(share)) {
        share = held;
        isChanged = true;
        again.clear();
      }
      renewed = now;
    }
    if (underWay.values().removeIf(place -> place.isOver(now))) {
      isChanged = true;
    }
    underWay.values().forEach(place -> place.moveIfSlow(now));
    int room = reserve();
    isFull = room == 0;
    if (isFull) {
      return 0;
    }
    List<Stop> stops = new ArrayList<>();
    try {
      stops.addAll(begin(again(now, room), now));
      if (stops.size() < room && !isQuiet(now)) {
        stops.addAll(begin(round(now, room - stops.size()), now));
      }
    } finally {
      places.release(room - stops.size());
    }
    return stops.stream().mapToInt(stop -> stop.due().size()).sum();
  }

  private List<Stop> begin(List<Stop> due, Instant now) {
    List<Stop> stops = due.stream().map(DeliveryWork::part).toList();
    for (Stop stop : stops) {
      Place place = new Place(stop.peer().shard(), now);
      underWay.put(stop.peer().host(), place);
      threads.execute(() -> visit(stop, place));
    }
    return stops;
  }

  private List<Stop> again(Instant now, int room) {
    List<Standing> peers =
        again.values().stream()
            .filter(peer -> !underWay.containsKey(peer.host()))
            .limit(room)
            .toList();
    peers.forEach(peer -> again.remove(peer.host()));
    return peers.isEmpty()
        ? List.of()
        : store.inTransaction(session -> session.deliveries().due(now, peers));
  }

  private List<Stop> round(Instant now, int room) {
    List<Stop> stops;
    int ends = roundedTo.isEmpty() ? 1 : 0;
    do {
      stops = claim(now, room);
      ends += roundedTo.isEmpty() ? 1 : 0;
    } while (stops.isEmpty() && ends < 2);
    quietUntil = stops.isEmpty() ? now.plus(QUIET) : Instant.EPOCH;
    return stops;
  }

  /** Nothing was due a moment ago, and nothing came since, here or from other processes. */
  private boolean isQuiet(Instant now) {
    // Before the look: what changes meanwhile is seen at the next one.
    boolean wasChanged = isChanged;
    isChanged = false;
    long before = newest;
    newest = store.inTransaction(session -> session.deliveries().newest());
    return !wasChanged && newest == before && now.isBefore(quietUntil);
  }

  private int reserve() {
    int free = places.drainPermits();
    int room = Math.min(ROWS_AT_A_TIME, free);
    places.release(free - room);
    return room;
  }

  private Share holdShards(Instant now) {
    Set<Integer> busy = underWay.values().stream().map(Place::shard).collect(toSet());
    return store.inTransaction(
        session -> session.deliveryShards().hold(worker, now, now.plus(LEASE), busy));
  }

  private List<Stop> claim(Instant now, int room) {
    // Before the look: whose visit ends meanwhile is found again at the next one.
    Mine mine = new Mine(share, Set.copyOf(underWay.keySet()));
    return store.inTransaction(session -> {
      Round round = session.deliveries().hostsDue(now, mine, roundedTo, room);
      roundedTo = round.next();
      return round.stops();
    });
  }

  /** A host that failed is tried with one before it gets the others. */
  private static Stop part(Stop stop) {
    return stop.peer().failures() == 0 ? stop : new Stop(stop.peer(), stop.due().subList(0, 1));
  }

  private void visit(Stop stop, Place place) {
    Visit visit = lane.visit(stop, place::heard);
    // What was cut off at the end is not written down, but what came before it is.
    var _ = Thread.interrupted();
    place.leave();
    String host = stop.peer().host();
    boolean isMore = false;
    try {
      isMore = ledger.commit(visit);
      visit.attempts().forEach(counts::add);
      underWay.remove(host);
    } catch (RuntimeException failed) {
      place.restUntil(clock.instant().plus(LEASE));
      LOG.warn("deliveries to {} cannot be written down: {}", host, failed.getMessage());
      LOG.debug("deliveries to {}", host, failed);
    }
    if (isMore && isFull) {
      // All hosts have their turn.
      isChanged = true;
    } else if (isMore) {
      again.put(host, new Standing(host, stop.peer().shard(), 0, 0, stop.peer().dialect()));
    }
    // Looking for hosts costs much.
    if ((isFull || isMore) && places.availablePermits() >= enough) {
      onRoom.run();
    }
  }

  /** Others have to show again that they take something. */
  private List<Boolean> areMore(Session session, List<Visit> visits) {
    List<String> well =
        visits.stream()
            .filter(visit -> visit.verdict() instanceof Visit.Verdict.Well)
            .map(visit -> visit.peer().host())
            .toList();
    Set<String> more =
        well.isEmpty() ? Set.of() : session.deliveries().remaining(clock.instant(), well);
    return visits.stream().map(visit -> more.contains(visit.peer().host())).toList();
  }

  /** Of a visit that is under way: it is slow when nothing was heard for a while. */
  private final class Place {
    private final int shard;
    private Instant heard;
    private boolean isSlow;
    private boolean isLeft;
    private Optional<Instant> end = Optional.empty();

    Place(int shard, Instant taken) {
      this.shard = shard;
      this.heard = taken;
    }

    int shard() {
      return shard;
    }

    /** What came of it is not known here: what was due is handed out again, but not at once. */
    synchronized void restUntil(Instant time) {
      end = Optional.of(time);
    }

    synchronized boolean isOver(Instant now) {
      return end.filter(time -> !now.isBefore(time)).isPresent();
    }

    synchronized boolean isResting() {
      return end.isPresent();
    }

    synchronized void heard() {
      heard = clock.instant();
    }

    synchronized void moveIfSlow(Instant now) {
      if (!isLeft && !isSlow && now.isAfter(heard.plus(SLOW)) && slowPlaces.tryAcquire()) {
        places.release();
        isSlow = true;
      }
    }

    synchronized void leave() {
      isLeft = true;
      (isSlow ? slowPlaces : places).release();
    }
  }

  boolean isIdle() {
    return underWay.values().stream().allMatch(Place::isResting);
  }

  /**
   * Begins nothing more, waits for what is under way, but not for those who never answer, and
   * leaves its hosts to others.
   */
  @Override
  public void close() {
    lane.stop();
    drain();
    try {
      store.inTransaction(session -> {
        session.deliveryShards().leave(worker);
        return true;
      });
    } catch (RuntimeException failed) {
      LOG.debug("others have to wait until the shards are free", failed);
    }
  }

  private void drain() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("deliveries to {} hosts did not end in time, and stay due", underWay.size());
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
    threads.close();
  }
}
