package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.CalendarEvent;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.LocalPosts.Known;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.port.XmppNetwork.Item;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Compares the nodes in which a person has events (XEP-0471 §4) with what we know of them, whenever
 * their blog is compared. Those that strangers cannot read, as is usual, have nothing for us.
 */
final class AgendaComparison {
  private static final Duration RESUBSCRIBE = Duration.ofHours(1);
  private static final long MAX_CACHED = 100_000;

  private final Store store;
  private final XmppNetwork network;
  private final PostBridge posts;
  private final BridgeSettings settings;
  private final Cache<NodeAddress, Boolean> subscribed;
  private final Cache<NodeAddress, Boolean> refusedOnce;

  AgendaComparison(Store store, XmppNetwork network, PostBridge posts, BridgeSettings settings) {
    this.store = store;
    this.network = network;
    this.posts = posts;
    this.settings = settings;
    this.subscribed = cache();
    this.refusedOnce = cache();
  }

  private Cache<NodeAddress, Boolean> cache() {
    return Caffeine.newBuilder()
        .expireAfterWrite(RESUBSCRIBE)
        .maximumSize(MAX_CACHED)
        .ticker(settings.ticker())
        .build();
  }

  /**
   * @param isNews of an event that we did not know: whether its followers may be told
   * @return whether to ask again soon: one odd answer must not delete what is on the fediverse
   */
  boolean compare(Account account, LocalAccounts.BlogNode blog, Predicate<LocalPost> isNews) {
    boolean again = false;
    for (LocalAccounts.BlogNode agenda : LocalAccounts.agendas(blog)) {
      again |= compare(account, agenda.address(), isNews.and(this::isAhead));
    }
    return again;
  }

  /** Of what is over nobody has to be told. */
  private boolean isAhead(LocalPost post) {
    return post.content()
        .event()
        .map(CalendarEvent::time)
        .map(time -> time.end().orElse(time.start()))
        .filter(settings.clock().instant()::isBefore)
        .isPresent();
  }

  private boolean compare(Account account, NodeAddress node, Predicate<LocalPost> isNews) {
    List<Known> before = store.inTransaction(session -> session.localPosts().known(node));
    int max = settings.limits().reconcileItems();
    return switch (network.newestItems(node.service(), node.node(), max)) {
      case Answer.Got<List<Item>>(List<Item> items) -> {
        refusedOnce.invalidate(node);
        subscribe(node);
        read(account, node, before, items, isNews);
        yield false;
      }
      case Answer.Unavailable<List<Item>> unknown -> false;
      case Answer<List<Item>> none -> !before.isEmpty() && refused(node);
    };
  }

  private void subscribe(NodeAddress node) {
    if (subscribed.getIfPresent(node) == null
        && network.subscribe(node.service(), node.node()) instanceof Answer.Got) {
      subscribed.put(node, true);
    }
  }

  private void read(
      Account account,
      NodeAddress node,
      List<Known> before,
      List<Item> items,
      Predicate<LocalPost> isNews) {
    items.forEach(posts::meet);
    PostBridge.Place place = PostBridge.Place.blog(account.address(), node, Audience.PUBLIC);
    store.inTransaction(session -> {
      if (LocalAccounts.isBridged(session, settings, account.address())) {
        List<Known> now = session.localPosts().known(node);
        posts.compared(session, place, Comparison.of(before, now, items), isNews);
      }
      return true;
    });
  }

  private boolean refused(NodeAddress node) {
    boolean isFirst = refusedOnce.asMap().putIfAbsent(node, true) == null;
    if (!isFirst) {
      refusedOnce.invalidate(node);
      store.inTransaction(session -> {
        posts.closed(session, node);
        return true;
      });
    }
    return isFirst;
  }

  /** Nothing of it is for everybody any more. */
  void closed(Session session, LocalAccounts.BlogNode blog) {
    LocalAccounts.agendas(blog).forEach(agenda -> posts.closed(session, agenda.address()));
  }
}
