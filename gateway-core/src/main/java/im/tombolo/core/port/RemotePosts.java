package im.tombolo.core.port;

import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Our cache of what fediverse accounts posted. */
public interface RemotePosts {
  /** A post or a repeat by its id; empty when unknown or deleted. */
  Optional<Kept> find(URI id);

  Optional<Kept> findByItem(URI author, String itemId);

  /** True when its author deleted a post: it must not come back. */
  boolean isBuried(URI id, URI author);

  /**
   * Inserts or replaces under an item id that is derived from the post's id. A grave that somebody
   * else dug there gives way, its author's own does not.
   */
  void save(String itemId, RemotePost post);

  /**
   * The same of a post that was not here and of which whoever is concerned is told now, see {@link
   * #tell}.
   *
   * @return false when it is not kept: it lies in its author's grave
   */
  boolean saveTold(String itemId, RemotePost post);

  /**
   * Inserts or replaces; somebody's list shows somebody's post from now on. Graves are as in {@link
   * #save}.
   *
   * @param snapshot the post when it is not one of those kept here: one of ours
   */
  void saveRepeat(String itemId, Repeat repeat, Optional<RemotePost> snapshot);

  /** Every repeat of a post, in no order. */
  List<Kept> repeatsOf(URI post);

  /** Posts of an author that somebody shows, by their ids, in no order. */
  List<URI> shown(URI by, URI author, int max);

  /** Who repeated a post: the repeat by that actor. */
  Optional<Kept> findRepeat(URI by, URI post);

  /** Leaves a tombstone, also where we never had the post. Returns what was there. */
  Optional<Kept> bury(URI id, URI author, Instant at);

  /** Takes a grave away that its author dug. */
  void exhume(URI id, URI author);

  /**
   * A page of what anybody may read (and, with {@code followersToo}, what followers may), ordered
   * by {@code published} and then item id.
   */
  List<Kept> page(URI author, Page page);

  /** Whether whoever is concerned was told of a post. */
  boolean isTold(URI id);

  /** Notes that they were. False when it was noted before, or there is no such post. */
  boolean tell(URI id);

  /** When the newest of somebody's own posts was published that is no newer than {@code end}. */
  Optional<Instant> newestUntil(URI author, Instant end);

  /** The same as {@link #page} of events alone, without repeats. */
  List<Kept> events(URI author, Page page);

  /** How many events {@link #events} would walk in all. */
  long countEvents(URI author, boolean followersToo);

  /** How far somebody's outbox was read; empty when it was not. */
  Optional<History> history(URI author);

  void saveHistory(URI author, History history);

  /** How many posts {@link #page} would walk in all. */
  long count(URI author, boolean followersToo);

  /**
   * @param next page to read after what was read; empty: all of it was read
   * @param read posts that came of it
   * @param total entries that the outbox says it has
   */
  record History(Optional<URI> next, int read, long total) {
    /** Nothing more is to be read. */
    public History ended() {
      return new History(Optional.empty(), read, total);
    }
  }

  /**
   * @param repeat when somebody's list has it as a repeat of another's post
   */
  record Kept(String itemId, RemotePost post, Optional<Repeat> repeat) {}

  /**
   * A boost (ActivityStreams {@code Announce}).
   *
   * @param id of the activity
   * @param by who repeats
   * @param post id of what is repeated
   */
  record Repeat(URI id, URI by, URI post, Visibility visibility, Instant at) {}

  /**
   * @param from item id to start beside; empty starts at the end that {@code newestFirst} names
   * @param passed how many to pass over before the first, in the direction of the walk
   * @param newestFirst direction of the walk
   * @param max how many, 1 to 500
   */
  record Page(
      Optional<String> from, int passed, boolean newestFirst, int max, boolean followersToo) {
    /** From its start on. */
    public Page(Optional<String> from, boolean newestFirst, int max, boolean followersToo) {
      this(from, 0, newestFirst, max, followersToo);
    }

    /** The same, as a follower or somebody else sees it. */
    public Page seenBy(boolean follower) {
      return new Page(from, passed, newestFirst, max, follower);
    }
  }
}
