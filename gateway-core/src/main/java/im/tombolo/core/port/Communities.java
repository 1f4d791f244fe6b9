package im.tombolo.core.port;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import java.net.URI;
import java.util.Optional;

/** What communities of either network say of the posts in them. */
public interface Communities {
  /** Nobody may comment on a post any more, by the word of a community. Harmless when repeated. */
  void lock(URI post, URI community);

  void unlock(URI post, URI community);

  boolean isLocked(URI post);

  /** Inserts, or replaces an earlier state. */
  void save(Submission submission);

  Optional<Submission> find(ItemAddress item);

  Optional<Submission> ofPost(URI post);

  void remove(ItemAddress item);

  /**
   * A post of the fediverse in a node of a pubsub service, or on its way there.
   *
   * @param community the node's account
   * @param author actor id
   * @param activity id of what told of it last
   * @param json that activity as it came, to be passed on byte by byte; empty once it was
   * @param accepted whether the service took it
   */
  record Submission(
      ItemAddress item,
      Jid community,
      URI post,
      URI author,
      URI activity,
      String json,
      boolean accepted) {}
}
