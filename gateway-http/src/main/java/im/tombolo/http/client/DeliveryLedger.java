package im.tombolo.http.client;

import im.tombolo.core.port.Deliveries;
import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Peers.Failure;
import im.tombolo.core.port.Peers.Standing;
import im.tombolo.core.port.Store.Session;
import im.tombolo.http.client.Visit.Attempt;
import im.tombolo.http.client.Visit.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Writes down what came of visits, those of many hosts in one transaction: what was taken goes,
 * what was refused waits or is given up, and hosts that changed get their new health. Safe for any
 * thread.
 */
public final class DeliveryLedger {
  /** What has waited too long at one host and is given up at a time. */
  private static final int EXPIRED = 500;

  private static final String GONE = "HTTP 410";
  private static final Duration ASKED_AGAIN = Duration.ofHours(1);

  private final InstantSource clock;
  private final Backoff backoff;
  private final Duration giveUpAfter;
  private final Ends ends;

  /** Who is told of ends, in the transaction that writes them down. */
  public interface Ends {
    /** The peers have them. */
    void taken(Session session, List<Delivery> deliveries);

    /**
     * It will never be delivered.
     *
     * @param isRefused whether the peer said so, else it did not answer in all the time
     */
    void givenUp(Session session, Delivery delivery, boolean isRefused);
  }

  /**
   * @param giveUpAfter since a row was queued; then it is kept as dead
   */
  public DeliveryLedger(
      InstantSource clock, RandomGenerator random, Duration giveUpAfter, Ends ends) {
    this.clock = clock;
    this.backoff = new Backoff(random);
    this.giveUpAfter = giveUpAfter;
    this.ends = ends;
  }

  void write(Session session, List<Visit> visits) {
    List<Delivery> taken = new ArrayList<>();
    for (Visit visit : visits) {
      for (Attempt attempt : visit.attempts()) {
        if (attempt.outcome() instanceof Delivered.Taken) {
          taken.add(attempt.delivery());
        } else {
          write(session, attempt.delivery(), attempt.outcome());
        }
      }
    }
    if (!taken.isEmpty()) {
      session.deliveries().taken(taken);
      ends.taken(session, taken);
    }
    judge(session, visits);
  }

  private void write(Session session, Delivery delivery, Delivered outcome) {
    switch (outcome) {
      case Delivered.Taken taken -> {}
      case Delivered.Never(String reason) -> giveUp(session, delivery, reason, true);
      case Delivered.Gone gone -> gone(session, delivery);
      // It goes behind the others, so that it is not the one that is tried again and again.
      case Delivered.Down(String reason, Optional<Duration> after) ->
          putOff(session, delivery, reason, Duration.ZERO);
      case Delivered.Later(String reason, Optional<Duration> after) ->
          putOff(session, delivery, reason, backoff.after(delivery.attempts(), after));
    }
  }

  /** A server that is being moved says so of everything for a while: it has to say it twice. */
  private void gone(Session session, Delivery delivery) {
    if (session.deliveries().failedWith(delivery.id(), GONE)) {
      session.followers().removeByInbox(delivery.inbox());
      session.followRequests().removeByInbox(delivery.inbox());
      giveUp(session, delivery, GONE, true);
    } else {
      putOff(session, delivery, GONE, ASKED_AGAIN);
    }
  }

  private void putOff(Session session, Delivery delivery, String reason, Duration wait) {
    if (delivery.firstQueued().isBefore(clock.instant().minus(giveUpAfter))) {
      giveUp(session, delivery, reason, false);
    } else {
      session.deliveries().retry(delivery.id(), clock.instant().plus(wait), reason);
    }
  }

  private void giveUp(Session session, Delivery delivery, String reason, boolean isRefused) {
    session.deliveries().dead(delivery.id(), reason);
    ends.givenUp(session, delivery, isRefused);
  }

  private void judge(Session session, List<Visit> visits) {
    List<String> well = new ArrayList<>();
    List<Visit> sorted =
        visits.stream().sorted(Comparator.comparing(visit -> visit.peer().host())).toList();
    for (Visit visit : sorted) {
      Standing peer = visit.peer();
      switch (visit.verdict()) {
        case Verdict.Well fine when peer.failures() == 0 && peer.refused() == 0 -> {}
        case Verdict.Well fine -> well.add(peer.host());
        case Verdict.Unclear(int none) when none == 0 -> {}
        case Verdict.Unclear(int refused) -> session.peers().refused(peer.host(), refused);
        case Verdict.Failing failing -> rest(session, peer.host(), failing);
      }
    }
    if (!well.isEmpty()) {
      session.peers().well(well);
    }
  }

  private void rest(Session session, String host, Verdict.Failing failing) {
    Instant now = clock.instant();
    session
        .peers()
        .failed(
            host,
            new Failure(
                failing.before() + 1,
                now,
                now.plus(backoff.after(failing.before(), failing.after())),
                failing.after().map(now::plus),
                failing.reason()));
    Deliveries deliveries = session.deliveries();
    deliveries
        .expire(host, now.minus(giveUpAfter), EXPIRED)
        .forEach(delivery -> ends.givenUp(session, delivery, false));
  }
}
