package im.tombolo.core.bridge;

import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.EntryWriter;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.Optional;

/**
 * The comments nodes of posts here, as far as people of the fediverse speak in them. Works inside
 * the caller's transaction.
 */
final class CommentRooms {
  private final Postings postings;

  CommentRooms(Postings postings) {
    this.postings = postings;
  }

  /** The post of ours that a discussion began with. */
  Optional<LocalPost> root(Session session, URI post) {
    return session
        .discussions()
        .find(post)
        .filter(entry -> !entry.root().equals(post))
        .flatMap(entry -> postings.local(session, entry.root()))
        .filter(root -> root.audience().visibility().isOpen());
  }

  /** Puts a post there, if there is such a node and whose it is does not block its author. */
  void place(Session session, RemotePost post) {
    root(session, post.id())
        .filter(root -> !BlockBridge.blocks(session, root.account(), post.author()))
        .flatMap(LocalPost::comments)
        .ifPresent(node -> {
          Posting posting = postings.atHome(session, post);
          session
              .pubsubTasks()
              .add(
                  node.item(posting.at().id()),
                  posting.author().jid(),
                  Optional.of(EntryWriter.entry(posting)));
        });
  }

  /**
   * Takes a post out again.
   *
   * @param root as {@link #root} told it while the post was in the discussion
   */
  void withdraw(Session session, Kept was, LocalPost root) {
    root.comments()
        .ifPresent(node -> {
          ItemAddress item = node.item(was.itemId());
          Jid author = postings.atHome(session, was.post()).author().jid();
          session.pubsubTasks().add(item, author, Optional.empty());
        });
  }
}
