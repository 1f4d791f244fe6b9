package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.CommunityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Communities.Shown;
import im.tombolo.core.port.LocalPosts.Kept;
import im.tombolo.core.port.LocalPosts.Position;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What accounts have published that anybody may read: people their posts, wherever they stand;
 * communities what is in their nodes, whoever wrote it. Safe for any thread.
 */
public final class Outbox {
  private final Store store;
  private final GatewayUrls urls;
  private final ActivityWriter posts;
  private final CommunityWriter announcements;

  public Outbox(Store store, GatewayUrls urls) {
    this.store = store;
    this.urls = urls;
    this.posts = new ActivityWriter(urls);
    this.announcements = new CommunityWriter(urls);
  }

  /** An activity, and where the page goes on after it. */
  public record Listed(String json, Position position) {}

  /** Posts of people here that begin discussions, newest first. */
  public List<LocalPost> posts(Account account, Optional<Position> after, int max) {
    return store.inTransaction(session -> posts(session, account, after, max));
  }

  static List<LocalPost> posts(
      Session session, Account account, Optional<Position> after, int max) {
    return account.kind() == ActorKind.GROUP
        ? session.localPosts().page(OwnCommunities.node(account.address()), after, max)
        : session.localPosts().page(account.address(), false, after, max);
  }

  /** Newest first. */
  public List<LocalPost> events(Account account, int max) {
    return store.inTransaction(session ->
        account.kind() == ActorKind.GROUP
            ? session.localPosts().events(OwnCommunities.node(account.address()), max)
            : session.localPosts().events(account.address(), max));
  }

  /** How many activities there are. */
  public long count(Account account) {
    return store.inTransaction(session ->
        account.kind() == ActorKind.GROUP
            ? session.communities().countShown(OwnCommunities.node(account.address()))
            : session.localPosts().count(account.address(), true));
  }

  /**
   * Activities, newest first: people create posts and comments, communities announce (FEP-1b12)
   * what is not their own. Each can be read at its id from then on: what is older than the first
   * follower was told to nobody.
   */
  public List<Listed> page(Account account, Optional<Position> after, int max) {
    Jid jid = account.address();
    return store.inTransaction(session ->
        account.kind() == ActorKind.GROUP
            ? session.communities().shown(OwnCommunities.node(jid), after, max).stream()
                .flatMap(shown ->
                    activity(session, jid, shown).stream()
                        .map(activity -> listed(session, jid, activity, shown.position())))
                .toList()
            : session.localPosts().page(jid, true, after, max).stream()
                .map(post -> listed(session, jid, posts.create(post), position(post)))
                .toList());
  }

  /** Of a post in its account's list. */
  static Position position(LocalPost post) {
    return new Position(post.dates().published(), post.key());
  }

  private static Listed listed(Session session, Jid actor, Written activity, Position position) {
    session.activities().add(new Sent(activity.key(), actor, true, activity.json()));
    return new Listed(activity.json(), position);
  }

  private Optional<Written> activity(Session session, Jid community, Shown shown) {
    return shown
        .post()
        .map(post -> announcements.announce(community, post))
        .or(() -> ours(session, community, shown));
  }

  private Optional<Written> ours(Session session, Jid community, Shown shown) {
    Jid author = shown.account().orElseThrow();
    return session
        .localPosts()
        .find(author, shown.position().key())
        .filter(Kept.Live.class::isInstance)
        .map(kept -> ((Kept.Live) kept).post())
        .map(post -> {
          Written create = posts.create(post);
          return author.equals(community) ? create : announced(session, community, post, create);
        });
  }

  private Written announced(Session session, Jid community, LocalPost post, Written create) {
    session.activities().add(new Sent(create.key(), post.account(), true, create.json()));
    URI id = urls.post(post.account(), post.key());
    return announcements.passOn(
        community,
        id,
        urls.activity(create.key()),
        session.activities().find(create.key()).map(Sent::json).orElse(create.json()));
  }
}
