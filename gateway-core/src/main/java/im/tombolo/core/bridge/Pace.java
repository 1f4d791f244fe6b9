package im.tombolo.core.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How often a blog is compared with its server: the longer it was silent, the more seldom. */
record Pace(BridgeSettings.Limits limits) {
  // A blog that was silent for a day is read every 72 minutes, one silent for 20 days once a day.
  private static final int PART_OF_SILENCE = 20;
  private static final Duration WITHOUT_POSTS = Duration.ofHours(1);

  /** Until the next look, after the newest post was written or changed at {@code newest}. */
  Duration after(Optional<Instant> newest, Instant now) {
    return newest
        .map(at -> within(Duration.between(at, now).dividedBy(PART_OF_SILENCE)))
        .orElseGet(this::without);
  }

  /** For a blog that has no posts, or is not there. */
  Duration without() {
    return within(WITHOUT_POSTS);
  }

  private Duration within(Duration wait) {
    if (wait.compareTo(limits.reconcileSoonest()) < 0) {
      return limits.reconcileSoonest();
    }
    return wait.compareTo(limits.reconcileLatest()) > 0 ? limits.reconcileLatest() : wait;
  }
}
