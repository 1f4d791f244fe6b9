package im.tombolo.core.port;

import im.tombolo.core.model.IncomingActivity;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** What others report to the administrator. */
public interface Flags {
  /** How many are kept at a time. */
  int MAX = 1_000;

  /**
   * @param by who reports; Mastodon hides people behind its instance actor
   * @param objects accounts and posts
   */
  record Flag(long id, URI by, List<URI> objects, String text, Instant at) {}

  /** False when it is there, or when {@link #MAX} wait to be looked at. */
  boolean add(IncomingActivity.Flag flag, Instant at);

  /** Oldest first. */
  List<Flag> all();

  /** True when there was one. */
  boolean remove(long id);
}
