package im.tombolo.core.port;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.LocalPost;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Our copy of what served accounts posted. Their own server is the truth. */
public interface LocalPosts {
  Optional<Kept> find(Jid account, String key);

  /** A live post by where it is on XMPP. */
  Optional<Kept.Live> findByItem(ItemAddress item);

  /** Whose post an item is, or was: taken back, it is of nobody else. */
  Optional<Jid> authorOf(ItemAddress item);

  /** The live post whose author named a node for its comments. */
  Optional<LocalPost> findByComments(NodeAddress node);

  /**
   * Inserts or replaces; the post counts as the newest publication of its node from now on.
   *
   * @param digest of the payload, to see changes
   */
  void save(LocalPost post, String digest);

  /** Changes what is kept of a live post; its place in the node stays as it is. */
  void amend(LocalPost post);

  /** Events of an account that anybody may read, newest first. */
  List<LocalPost> events(Jid account, int max);

  /** The same of a node, whoever published them. */
  List<LocalPost> events(NodeAddress node, int max);

  /** What the node held when we last knew, newest publication first, without tombstones. */
  List<Known> known(NodeAddress node);

  /** When the newest post of a node was written or edited last, whoever may see it. */
  Optional<Instant> newest(NodeAddress node);

  /** Notes that the server dropped an item to make room: still published, no longer in the node. */
  void markEvicted(Jid account, String key);

  /** Live posts of an account, whoever may see them, in no order. */
  List<LocalPost> live(Jid account, int max);

  /** Turns a post into a tombstone: its content goes, its key stays taken for ever. */
  void bury(Jid account, String key, Instant at);

  /**
   * What anybody may read, newest first by {@code published}, tombstones left out.
   *
   * @param comments whether what the account wrote under posts of others belongs to it
   */
  List<LocalPost> page(Jid account, boolean comments, Optional<Position> after, int max);

  /** The same of a node, whoever published there. */
  List<LocalPost> page(NodeAddress node, Optional<Position> after, int max);

  long count(Jid account, boolean comments);

  /** A live post, or the grave of one. */
  sealed interface Kept {
    record Live(LocalPost post, String digest) implements Kept {}

    record Grave(String key, Instant at) implements Kept {}
  }

  /**
   * @param account whose post it is
   * @param sequence grows with every publication
   * @param evicted see {@link #markEvicted}
   */
  record Known(
      Jid account, String key, String itemId, String digest, long sequence, boolean evicted) {}

  /** Where a page ended. */
  record Position(Instant published, String key) {}
}
