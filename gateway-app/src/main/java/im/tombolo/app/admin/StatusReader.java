package im.tombolo.app.admin;

import im.tombolo.storage.Figures;
import im.tombolo.storage.Figures.Leader;
import im.tombolo.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how the gateway is, at most every ten seconds however many ask: counting is work. Any
 * thread.
 */
public final class StatusReader {
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final Storage storage;
  private final Own self;
  private final InstantSource clock;
  private final Instant started;
  private @Nullable Status last;

  public StatusReader(Storage storage, Own self, InstantSource clock) {
    this.storage = storage;
    this.self = self;
    this.clock = clock;
    this.started = clock.instant();
  }

  /** What this process knows of itself. */
  public record Own(String name, String version, BooleanSupplier leads, BooleanSupplier linkIsUp) {}

  /**
   * @throws im.tombolo.storage.StorageException when the database does not answer
   */
  public synchronized Status read() {
    Instant now = clock.instant();
    Status known = last;
    if (known != null && known.at().plus(FRESH).isAfter(now)) {
      return known;
    }
    Status status =
        storage.figures(figures ->
            new Status(
                process(figures.leader().filter(Leader::isThere), now),
                now,
                figures.queues(),
                figures.bridged(),
                figures.failing(),
                figures.dead(),
                figures.tables()));
    last = status;
    return status;
  }

  private Status.Self process(Optional<Leader> leader, Instant now) {
    boolean leads = self.leads().getAsBoolean();
    return new Status.Self(
        self.name(),
        self.version(),
        Duration.between(started, now),
        leads,
        leads ? Optional.of(self.name()) : leader.map(Leader::holder),
        leads ? self.linkIsUp().getAsBoolean() : leader.filter(Leader::hasLink).isPresent());
  }

  /** Whether the component link is up, here or at another process. Not older than a moment. */
  public boolean isLinkUp() {
    return self.linkIsUp().getAsBoolean()
        || storage.figures(Figures::leader).filter(Leader::hasLink).isPresent();
  }
}
