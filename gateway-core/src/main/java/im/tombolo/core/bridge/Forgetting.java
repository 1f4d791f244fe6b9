package im.tombolo.core.bridge;

import im.tombolo.core.port.Retention;
import im.tombolo.core.port.Store;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps the store small: what concerns nobody here any more is forgotten, in short transactions.
 * One thread at a time, of one process.
 */
public final class Forgetting {
  // Nobody delivers a post again, or shows it in a list, that was deleted so long ago.
  private static final Duration GRAVES = Duration.ofDays(90);
  private static final Duration BETWEEN_ROUNDS = Duration.ofHours(1);
  private static final int ACTORS = 20;
  private static final int PICTURES = 100;
  private static final int ROWS = 1_000;

  private final Store store;
  private final BridgeSettings settings;
  private final Ages ages;
  private final Walk<URI> actors = new Walk<>();
  private final Walk<String> pictures = new Walk<>();

  public Forgetting(Store store, BridgeSettings settings, Ages ages) {
    this.store = store;
    this.settings = settings;
    this.ages = ages;
  }

  /**
   * How long things are kept.
   *
   * @param remoteContent fediverse accounts that nobody here follows, after they were read last
   * @param sent activities, after they were made
   * @param dead deliveries that died, after they were to be made
   */
  public record Ages(Duration remoteContent, Duration sent, Duration dead) {
    public static final Ages DEFAULT =
        new Ages(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(30));
  }

  /** A walk through a table, a few rows at a time, begun again some time after its end. */
  private static final class Walk<T> {
    private Optional<T> place = Optional.empty();
    private Instant rest = Instant.MIN;

    void step(Instant now, Function<Optional<T>, Optional<T>> look) {
      if (now.isBefore(rest)) {
        return;
      }
      place = look.apply(place);
      if (place.isEmpty()) {
        rest = now.plus(BETWEEN_ROUNDS);
      }
    }
  }

  /** Goes on a little with content of the fediverse. Always 0: it is not to be done at once. */
  public int content() {
    Instant now = settings.clock().instant();
    String ours = settings.urls().base() + "/";
    Instant before = now.minus(ages.remoteContent());
    actors.step(now, place -> ask(kept -> kept.forgetActors(place, ours, before, ACTORS)));
    pictures.step(now, place -> ask(kept -> kept.forgetPictures(place, PICTURES)));
    return 0;
  }

  /** Forgets some of what was sent, and of what was deleted; how much. */
  public int sent() {
    Instant now = settings.clock().instant();
    String ours = settings.urls().activity("").toString();
    return ask(kept -> kept.forgetDead(now.minus(ages.dead()), ROWS))
        + ask(kept -> kept.forgetActivities(ours, now.minus(ages.sent()), ROWS))
        + ask(kept -> kept.forgetGraves(now.minus(GRAVES), ROWS));
  }

  private <T> T ask(Function<Retention, T> question) {
    return store.inTransaction(session -> question.apply(session.retention()));
  }
}
