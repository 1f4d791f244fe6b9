package im.tombolo.core.port;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * Activities that were accepted and not yet worked on. Rows of one actor are handed out one after
 * the other in the order they came in.
 */
public interface Inbox {
  /** Keeps an activity; false when its id was kept before (also when that is done already). */
  boolean add(URI activityId, URI actor, String json, Instant at);

  List<Row> claim(Instant now, Instant leaseUntil, int max);

  /** Worked on; the id stays known for deduplication. */
  void done(long id);

  /** Could not be worked on now. */
  void retry(long id, Instant due, String error);

  /** Forgets ids of what was done before {@code before}; returns how many. */
  int forgetDone(Instant before, int max);

  long waiting();

  record Row(long id, URI activityId, URI actor, String json, int attempts) {}
}
