package im.tombolo.http.client;

import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Peers.Standing;
import im.tombolo.http.client.Delivered.Down;
import im.tombolo.http.client.Delivered.Later;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of the attempts at one host.
 *
 * @param peer as it was before
 */
record Visit(Standing peer, List<Attempt> attempts) {
  /**
   * So many refusals and nothing taken, also at several visits: it is not the activities' fault.
   */
  static final int MANY = 4;

  record Attempt(Delivery delivery, Delivered outcome) {}

  /** What the visit says of the host. */
  sealed interface Verdict {
    /** It answers as it should. */
    record Well() implements Verdict {}

    /**
     * It took nothing of the little that it was sent.
     *
     * @param refused activities that it refused for the first time
     */
    record Unclear(int refused) implements Verdict {}

    /**
     * @param before failures in a row before this one
     * @param after the wait that it asks for
     */
    record Failing(String reason, int before, Optional<Duration> after) implements Verdict {}
  }

  Verdict verdict() {
    List<Later> refusals = all(Later.class).toList();
    Optional<Down> down = all(Down.class).findFirst();
    boolean isUseful = refusals.size() < attempts.size();
    if (down.isPresent()) {
      int before = all(Delivered.Taken.class).findAny().isPresent() ? 0 : peer.failures();
      return new Verdict.Failing(down.get().reason(), before, down.get().after());
    }
    if (isUseful) {
      return new Verdict.Well();
    }
    int refused =
        (int)
            attempts.stream()
                .filter(attempt -> attempt.outcome() instanceof Later)
                .map(Attempt::delivery)
                .filter(delivery -> delivery.attempts() == 0)
                .map(Delivery::activityKey)
                .distinct()
                .count();
    boolean isMany = refusals.size() >= MANY || peer.refused() + refused >= MANY;
    return refusals.isEmpty() || (peer.failures() == 0 && !isMany)
        ? new Verdict.Unclear(refused)
        : new Verdict.Failing(
            refusals.getFirst().reason(), peer.failures(), refusals.getFirst().after());
  }

  private <T extends Delivered> Stream<T> all(Class<T> kind) {
    return attempts.stream().map(Attempt::outcome).filter(kind::isInstance).map(kind::cast);
  }
}
