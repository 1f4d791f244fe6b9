package im.tombolo.http.client;

import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Deliveries.Stop;
import im.tombolo.http.client.Visit.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off what is due at one host: on a few connections, until the first sign that the host is
 * not well, and for a short time only, so that all hosts get their turn. Safe for any thread.
 */
final class DeliveryLane {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLane.class);

  /** After which a visit begins nothing more. */
  private static final Duration SLICE = Duration.ofSeconds(5);

  private final FediverseClient client;
  private final InstantSource clock;
  private final Semaphore places;
  private final int connections;
  private volatile boolean isStopped;

  /**
   * @param places one for each delivery under way; the caller has one already
   * @param connections to one host
   */
  DeliveryLane(FediverseClient client, InstantSource clock, Semaphore places, int connections) {
    this.client = client;
    this.clock = clock;
    this.places = places;
    this.connections = connections;
  }

  /**
   * An interrupted thread leaves what it has under way, of which the visit then does not tell.
   *
   * @param onAnswer told after each delivery, by any thread
   */
  Visit visit(Stop stop, Runnable onAnswer) {
    client.known(stop.peer());
    Hands hands = new Hands(stop.due(), clock.instant().plus(SLICE), onAnswer);
    // The first shows whether the host answers; only then it is worth more places.
    hands.work(1);
    List<Thread> others = new ArrayList<>();
    int wanted = hands.isDown ? 0 : Math.min(connections, hands.left.size()) - 1;
    while (others.size() < wanted && places.tryAcquire()) {
      others.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  hands.work(Integer.MAX_VALUE);
                } finally {
                  places.release();
                }
              }));
    }
    hands.work(Integer.MAX_VALUE);
    join(others);
    return new Visit(stop.peer(), List.copyOf(hands.done));
  }

  private static void join(List<Thread> others) {
    boolean isInterrupted = false;
    for (Thread thread : others) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException stopped) {
          isInterrupted = true;
          others.forEach(Thread::interrupt);
        }
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing more is begun. */
  void stop() {
    isStopped = true;
  }

  /** What the threads of one visit share. */
  private final class Hands {
    private final Queue<Delivery> left;
    private final Instant end;
    private final Runnable onAnswer;
    private final Collection<Attempt> done = new ConcurrentLinkedQueue<>();
    private volatile boolean isDown;

    Hands(List<Delivery> due, Instant end, Runnable onAnswer) {
      this.left = new ConcurrentLinkedQueue<>(due);
      this.end = end;
      this.onAnswer = onAnswer;
    }

    void work(int max) {
      for (int begun = 0; begun < max && mayBegin(); begun++) {
        Delivery next = left.poll();
        if (next == null) {
          return;
        }
        Delivered outcome = deliver(next);
        if (isStopped && Thread.currentThread().isInterrupted()) {
          return;
        }
        isDown |= outcome instanceof Delivered.Down;
        done.add(new Attempt(next, outcome));
        onAnswer.run();
      }
    }

    private boolean mayBegin() {
      return !isDown && !isStopped && !clock.instant().isAfter(end);
    }
  }

  private Delivered deliver(Delivery delivery) {
    try {
      return client.deliver(delivery.inbox(), delivery.signer(), delivery.activity().body());
    } catch (RuntimeException failed) {
      LOG.warn("a delivery to {} failed", delivery.host(), failed);
      return new Delivered.Later("failed here", Optional.empty());
    }
  }
}
