package im.tombolo.app.cluster;

import im.tombolo.storage.LeaderSeat;
import im.tombolo.storage.LeaderSeat.Predecessor;
import im.tombolo.storage.StorageException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that one process of all on a database has the component link: takes the {@link
 * LeaderSeat} when it is free, keeps it, and gives the link up in time when it may be lost. Each
 * beat is believed in for {@link #LEASE}, counted from before it was sent; PostgreSQL gives the
 * seat away later than that, unless it is restarted, which ends the connection first.
 */
public final class Leadership implements AutoCloseable {
  /** How long one beat is believed in: less than {@link LeaderSeat#SILENCE}. */
  static final Duration LEASE = Duration.ofSeconds(4);

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration SLICE = Duration.ofMillis(100);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  // For a predecessor whom the loss of its connection reaches as late as the seat reaches us.
  private static final Duration COURTESY = Duration.ofMillis(500);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Supplier<LeaderSeat> seats;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread thread;
  private volatile long believedUntil = System.nanoTime();
  private String lastProblem = "";

  /**
   * @param seats connects to the database, which may throw {@link StorageException}
   */
  public Leadership(Supplier<LeaderSeat> seats) {
    this.seats = seats;
  }

  /** What the leader does. Called by one thread. */
  public interface Duties {
    /**
     * @param away how long nobody led; empty when nobody ever did
     * @param isHeld whether this process still leads
     */
    void begin(Optional<Duration> away, BooleanSupplier isHeld);

    /** At once: another may begin in a moment. */
    void drop();

    /** In good order; nobody else begins before it returns. */
    void end();

    boolean linkIsUp();
  }

  /** Tries to lead from now on. */
  public synchronized void start(Duties duties) {
    // Not a virtual one: those may all be busy with signatures.
    thread = new Thread(() -> run(duties), "leader");
    thread.start();
  }

  /** Whether this process leads, and can be sure of it. Any thread. */
  public boolean isHeld() {
    return believedUntil - System.nanoTime() > 0;
  }

  private void run(Duties duties) {
    while (!isClosed()) {
      try (LeaderSeat seat = seats.get()) {
        waitFor(seat, duties);
      } catch (StorageException failed) {
        tell(String.valueOf(failed.getMessage()));
      } catch (RuntimeException unforeseen) {
        LOG.warn("a fault of the gateway; it tries again to get the XMPP link", unforeseen);
      }
      pause(AFTER_FAILURE);
    }
  }

  private void waitFor(LeaderSeat seat, Duties duties) {
    while (!isClosed()) {
      long asked = System.nanoTime();
      if (seat.take()) {
        lead(seat, duties, asked);
      } else {
        lastProblem = "";
        rest(seat);
      }
    }
  }

  private void lead(LeaderSeat seat, Duties duties, long taken) {
    Optional<Predecessor> before = seat.predecessor();
    boolean mayStillBelieve =
        before.filter(last -> !last.hasLeft() && last.silence().compareTo(LEASE) < 0).isPresent();
    if (mayStillBelieve) {
      seat.rest(COURTESY);
    }
    believedUntil = taken + LEASE.toNanos();
    try {
      // Before the first beat: who comes after us if we die here has to know how long nobody led.
      duties.begin(before.map(Predecessor::silence), this::isHeld);
      keep(seat, duties);
      duties.end();
    } catch (RuntimeException lost) {
      LOG.warn("the database does not say any more that the XMPP link is ours: it is cut");
      duties.drop();
      throw lost;
    } finally {
      believedUntil = System.nanoTime();
    }
    seat.leave();
  }

  private void keep(LeaderSeat seat, Duties duties) {
    lastProblem = "";
    while (!isClosed()) {
      long sent = System.nanoTime();
      seat.beat(duties.linkIsUp());
      believedUntil = sent + LEASE.toNanos();
      rest(seat);
    }
  }

  /** In slices, so that nobody who stops the gateway has to wait for it. */
  private void rest(LeaderSeat seat) {
    long end = System.nanoTime() + BEAT.toNanos();
    while (!isClosed() && end - System.nanoTime() > 0) {
      seat.rest(SLICE);
    }
  }

  /** A problem that stays is told once. */
  private void tell(String problem) {
    if (!problem.equals(lastProblem)) {
      LOG.warn("leader: {}", problem);
    }
    lastProblem = problem;
  }

  private void pause(Duration time) {
    try {
      closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      closed.countDown();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Ends the duties, and lets another begin. */
  @Override
  public synchronized void close() {
    closed.countDown();
    try {
      if (thread != null) {
        thread.join(STOP.toMillis());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
