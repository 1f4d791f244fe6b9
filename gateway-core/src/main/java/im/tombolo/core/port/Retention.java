package im.tombolo.core.port;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Forgets what is of no more use to anybody, a little at a time: each call looks at a bounded
 * number of rows, and locks those only that it deletes. What somebody served here wrote is not
 * touched.
 */
public interface Retention {
  /**
   * Looks at some fediverse accounts, in the order of their ids. Of those that nobody here follows,
   * and that were not read since {@code before}, the posts go, but what concerns somebody here:
   * posts that they liked, repeated, watch or are named in, that somebody whom they follow
   * repeated, and discussions in which they or somebody whom they follow wrote. An account of which
   * nothing is left goes too.
   *
   * @param after id of the last one that was looked at; empty begins anew
   * @param ours what the ids of our actors and posts begin with
   * @return the last one that was looked at; empty at the end
   */
  Optional<URI> forgetActors(Optional<URI> after, String ours, Instant before, int max);

  /**
   * Looks at some pictures, and forgets those that nobody has any more.
   *
   * @return as {@link #forgetActors}
   */
  Optional<String> forgetPictures(Optional<String> after, int max);

  /** Forgets that fediverse posts were deleted before; how many it were. */
  int forgetGraves(Instant before, int max);

  /**
   * Forgets activities of before that everybody has been told of, but follows and reactions that
   * still stand; how many it were.
   *
   * @param ours what the ids of our activities begin with
   */
  int forgetActivities(String ours, Instant before, int max);

  /** Forgets deliveries that died and were to be made before; how many it were. */
  int forgetDead(Instant before, int max);
}
