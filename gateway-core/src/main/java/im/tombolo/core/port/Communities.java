package im.tombolo.core.port;

import java.net.URI;

/** What communities of either network say of the posts in them. */
public interface Communities {
  /** Nobody may comment on a post any more, by the word of a community. Harmless when repeated. */
  void lock(URI post, URI community);

  void unlock(URI post, URI community);

  boolean isLocked(URI post);
}
