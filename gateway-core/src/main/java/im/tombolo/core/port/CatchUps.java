package im.tombolo.core.port;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Followed actors whose outboxes are to be read, since we were away when they may have posted. */
public interface CatchUps {
  /**
   * Every followed actor, once each; an earlier beginning that is noted already stays.
   *
   * @param since when we were there last
   * @param from when the first is due
   * @param apart mean time from one to the next; they come in no order
   * @param spread the last is due so long after the first at the latest
   */
  void addFollowed(Instant since, Instant from, Duration apart, Duration spread);

  /** Those that are due, for one process each: they are due again at {@code again}. */
  List<CatchUp> claim(Instant now, Instant again, int max);

  void done(URI actor);

  long waiting();

  /**
   * @param attempts this one included
   */
  record CatchUp(URI actor, Instant since, int attempts) {}
}
