package im.tombolo.core.port;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.port.LocalPosts.Position;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What communities of either network say of the posts in them. */
public interface Communities {
  /** Inserts, or replaces an earlier state. */
  void save(Submission submission);

  Optional<Submission> find(ItemAddress item);

  Optional<Submission> ofPost(URI post);

  void remove(ItemAddress item);

  /**
   * What anybody may read in a node that is a community, newest first: posts of ours, and those of
   * the fediverse that its service took.
   */
  List<Shown> shown(NodeAddress node, Optional<Position> after, int max);

  long countShown(NodeAddress node);

  /**
   * A post in a community.
   *
   * @param account who wrote it, if it is one of ours
   * @param post its id, if it is not
   */
  record Shown(Position position, Optional<Jid> account, Optional<URI> post) {}

  /**
   * A post of the fediverse in a node of a pubsub service, or on its way there.
   *
   * @param community the node's account
   * @param author actor id
   * @param activity id of what told of it last
   * @param json that activity as it came, to be passed on byte by byte; empty once it was
   * @param published when the post was
   * @param accepted whether the service took it
   */
  record Submission(
      ItemAddress item,
      Jid community,
      URI post,
      URI author,
      URI activity,
      String json,
      Instant published,
      boolean accepted) {
    /** The same after its author did something else about it. */
    public Submission told(URI last, String how) {
      return new Submission(item, community, post, author, last, how, published, accepted);
    }

    /** The service took it, and it was passed on. */
    public Submission passedOn() {
      return new Submission(item, community, post, author, activity, "", published, true);
    }
  }
}
