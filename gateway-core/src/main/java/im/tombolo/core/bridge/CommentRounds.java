package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.LocalPosts.Kept;
import im.tombolo.core.port.LocalPosts.Known;
import im.tombolo.core.port.LocalPosts.Position;
import im.tombolo.core.port.Store.Session;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose comments are looked at when a blog is compared: the newest posts', those of posts that were
 * found or changed since the blog was asked for, and a few older ones' in turn, since subscriptions
 * get lost. Works inside the caller's transaction; one blog by one thread at a time.
 */
final class CommentRounds {
  private static final int NEWEST = 10;
  private static final int IN_TURN = 10;
  private static final long MAX_BLOGS = 100_000;

  private final Cache<Jid, Position> reached = Caffeine.newBuilder().maximumSize(MAX_BLOGS).build();

  /**
   * @param before what was known of the blog when its service was asked
   */
  Set<LocalPost> due(Session session, Account account, NodeAddress blog, List<Known> before) {
    Set<LocalPost> due = new LinkedHashSet<>();
    List<LocalPost> newest = Outbox.posts(session, account, Optional.empty(), NEWEST);
    due.addAll(newest);
    Set<Known> old = new HashSet<>(before);
    session.localPosts().known(blog).stream()
        .filter(known -> !old.contains(known))
        .flatMap(known -> session.localPosts().find(known.account(), known.key()).stream())
        .filter(Kept.Live.class::isInstance)
        .map(kept -> ((Kept.Live) kept).post())
        .filter(post -> post.audience().visibility().isOpen())
        .forEach(due::add);
    if (newest.size() == NEWEST) {
      due.addAll(next(session, account, newest.getLast()));
    }
    return due;
  }

  private List<LocalPost> next(Session session, Account account, LocalPost lastOfNewest) {
    Jid address = account.address();
    Position after =
        Optional.ofNullable(reached.getIfPresent(address))
            .orElseGet(() -> Outbox.position(lastOfNewest));
    List<LocalPost> posts = Outbox.posts(session, account, Optional.of(after), IN_TURN);
    if (posts.size() < IN_TURN) {
      reached.invalidate(address);
    } else {
      reached.put(address, Outbox.position(posts.getLast()));
    }
    return posts;
  }
}
