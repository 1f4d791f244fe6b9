package im.tombolo.core.port;

import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Activities that were accepted and not yet worked on. Those of one actor are a lane: they are
 * handed out to one worker at a time, in the order they came in.
 */
public interface Inbox {
  /**
   * Keeps activities.
   *
   * @return for each in turn, whether it was not kept before (also when that is done already)
   */
  List<Boolean> add(List<Arrival> arrivals, Instant at);

  /**
   * Takes lanes that are due, for the caller alone until then; the one whose oldest activity came
   * first comes first.
   */
  List<Lane> claim(Claim claim, Instant now, Instant leaseUntil);

  /** Worked on; the ids stay known for deduplication. */
  void done(Collection<Long> ids);

  /** Gives lanes back, due at once where more waits in them. */
  void release(Collection<End> ends, Instant now);

  /** An activity could not be worked on now; its lane waits until then. */
  void retry(Row row, URI actor, Instant due, String error);

  /** Whether a post waits that is brought by somebody else than {@code actor}. */
  boolean isWaiting(URI post, URI actor);

  /** Forgets ids of what was done before {@code before}; returns how many. */
  int forgetDone(Instant before, int max);

  long waiting();

  /** Whether so many wait; counts no further. */
  boolean hasWaiting(int many);

  /**
   * @param audience whom of ours it is for, where the same activity may come again for others, else
   *     empty: one id is kept once for each audience
   * @param post that it brings
   */
  record Arrival(URI activityId, String audience, URI actor, Optional<URI> post, String json) {}

  /**
   * How much is taken at once.
   *
   * @param asks whether lanes whose next activity makes us ask other servers; the others are taken
   *     apart, so that no slow server holds them up
   * @param rows of each lane
   * @param bytes of each lane; its first row is taken whatever it has
   */
  record Claim(boolean asks, int lanes, int rows, int bytes) {}

  /**
   * @param last the newest that waited when it was taken
   * @param rows the oldest of it, none where a worker died behind the last
   */
  record Lane(URI actor, long last, List<Row> rows) {}

  /**
   * How far a lane was worked on.
   *
   * @param until the row up to which it is done; 0 when nothing is
   * @param asks whether the next row makes us ask other servers
   */
  record End(URI actor, long until, boolean asks) {}

  record Row(long id, URI activityId, String json, int attempts) {}
}
