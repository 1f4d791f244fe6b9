package im.tombolo.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A question with answers to choose from (ActivityStreams {@code Question}).
 *
 * @param options in order; 1 to {@link #MAX_OPTIONS}, names differ
 * @param multiple true when one person may choose several
 * @param ends until when votes count; absent: no end is known
 * @param closed true when votes count no more, whatever {@code ends} says
 * @param voters people who voted, where that is told
 */
public record Poll(
    List<Option> options,
    boolean multiple,
    Optional<Instant> ends,
    boolean closed,
    Optional<Long> voters) {

  /** More are not read: Mastodon has had to defend itself against thousands. */
  public static final int MAX_OPTIONS = 20;

  public Poll {
    options = List.copyOf(options);
  }

  /**
   * @param votes how many chose it, as told
   */
  public record Option(String name, long votes) {}

  public boolean isOpen(Instant now) {
    return !closed && ends.filter(end -> !now.isBefore(end)).isEmpty();
  }
}
