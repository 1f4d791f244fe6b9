package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.EntryReader;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.LocalPosts.Known;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Namespaces;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps our copy of blogs equal to what their servers hold: by events as they come, and by
 * comparing, since events get lost (ejabberd's presence_based_delivery, silent retracts on Prosody,
 * restarts). Belongs in the process that holds the component link; there, {@link #runDue} is called
 * by one thread at a time, and events are safe for any thread.
 */
public final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration AFTER_EVENT = Duration.ofSeconds(10);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
  private static final Duration CONFIRM = Duration.ofSeconds(10);
  // Prosody sends the last item again for each subscribe, which counts as an event.
  private static final Duration RESUBSCRIBE = Duration.ofHours(1);
  // A post may be published between the Accept of a blog's first follower and our first look.
  private static final Duration NEWS = Duration.ofMinutes(2);
  private static final List<String> PROFILE =
      List.of(
          Namespaces.VCARD4_NODE,
          Namespaces.AVATAR_METADATA,
          Namespaces.BANNER,
          Namespaces.PPS_SUBSCRIPTIONS,
          Namespaces.MOVIM_SUBSCRIPTIONS);
  // Posts whose comments are looked at again: older ones are told of by events.
  private static final int DISCUSSED = 10;
  private static final int BATCH = 20;
  private static final long MAX_CACHED = 100_000;

  private final Store store;
  private final XmppNetwork network;
  private final LocalAccounts accounts;
  private final BridgeSettings settings;
  private final PostBridge posts;
  private final CommentBridge comments;
  private final ProfileBridge profiles;
  private final OwnLists lists;
  private final NodeRepair repair;
  private final Pace pace;
  private final Cache<Jid, Boolean> subscribed;
  private final Cache<Jid, Boolean> refusedOnce;
  private final Set<Jid> stirred = ConcurrentHashMap.newKeySet();

  public Reconciler(
      Store store,
      XmppNetwork network,
      LocalAccounts accounts,
      Keyring keyring,
      References references,
      CommentBridge comments,
      BridgeSettings settings) {
    this.store = store;
    this.network = network;
    this.accounts = accounts;
    this.settings = settings;
    this.posts = new PostBridge(references, settings);
    this.comments = comments;
    this.profiles = new ProfileBridge(store, network, keyring, settings);
    this.lists = new OwnLists(store, network, settings);
    this.repair = new NodeRepair(network);
    this.pace = new Pace(settings.limits());
    this.subscribed = cache();
    this.refusedOnce = cache();
  }

  private Cache<Jid, Boolean> cache() {
    return Caffeine.newBuilder()
        .expireAfterWrite(RESUBSCRIBE)
        .maximumSize(MAX_CACHED)
        .ticker(settings.ticker())
        .build();
  }

  /**
   * Compares the blogs whose time has come; how many it were. Nothing while the link is down. By
   * one thread at a time: a blog stays due until its comparison has come to an end.
   */
  public int runDue() {
    if (!network.connected()) {
      return 0;
    }
    Instant now = settings.clock().instant();
    List<Account> due = store.inTransaction(session -> session.accounts().due(now, BATCH));
    due.forEach(this::reconcile);
    return due.size();
  }

  /**
   * A node's service says that items came or went.
   *
   * @param from the sender of the event, as the XMPP server vouches for it
   */
  public void event(Jid from, String node, List<Item> items, Collection<String> retracted) {
    if (PROFILE.contains(node)) {
      profileChanged(from);
      return;
    }
    NodeAddress place = new NodeAddress(from, node);
    Optional<LocalPost> commented = comments.commented(place);
    if (commented.isPresent()) {
      comments.event(commented.get(), place, items, retracted);
      return;
    }
    boolean isShown = !items.isEmpty() && isKnown(from, node) && isOpenNow(from, node);
    if (isShown) {
      items.forEach(posts::meet);
    }
    change(
        from,
        node,
        isShown || items.isEmpty() ? AFTER_EVENT : Duration.ZERO,
        (session, account) -> {
          if (account.blog() == Account.Blog.OPEN && isShown) {
            Predicate<LocalPost> isNews = isNews(account, true);
            PostBridge.Place blog =
                PostBridge.Place.blog(account.address(), place, Audience.PUBLIC);
            items.forEach(item -> posts.published(session, blog, item, isNews));
          }
          if (account.isBridged()) {
            retracted.forEach(itemId -> posts.retracted(session, place, itemId));
          }
        });
    if (isShown) {
      items.forEach(item -> listenToComments(place, item));
    }
  }

  /**
   * Soon, since on Prosody only events say who wrote a comment; and those from before there were
   * events are looked for.
   */
  private void listenToComments(NodeAddress blog, Item item) {
    record Heard(LocalPost post, Account account) {}
    Optional<Heard> heard =
        store.inTransaction(session ->
            session
                .localPosts()
                .findByItem(blog.item(item.id()))
                .flatMap(live ->
                    session
                        .accounts()
                        .find(live.post().account())
                        .map(account -> new Heard(live.post(), account))));
    heard.ifPresent(now -> comments.compare(now.post(), isNews(now.account(), false)));
  }

  private boolean isKnown(Jid from, String node) {
    return LocalAccounts.accountOf(from, node)
        .filter(
            address -> store.inTransaction(session -> session.accounts().find(address)).isPresent())
        .isPresent();
  }

  /** Servers go on telling subscribers, as we are, of a node that was closed to strangers. */
  private boolean isOpenNow(Jid service, String node) {
    return network.newestItems(service, node, 1) instanceof Answer.Got;
  }

  private void profileChanged(Jid address) {
    store.inTransaction(session -> {
      session.accounts().find(address).ifPresent(account -> stir(session, address, Duration.ZERO));
      return true;
    });
  }

  /** Noted before it is written: see {@link #settle}. */
  private void stir(Session session, Jid address, Duration wait) {
    stirred.add(address);
    session.accounts().reconcileBy(address, settings.clock().instant().plus(wait));
  }

  /** A node's service says that more than items changed: access, or the whole node. */
  public void nodeChanged(Jid from, String node) {
    change(from, node, Duration.ZERO, (session, account) -> {});
  }

  private interface Change {
    void in(Session session, Account account);
  }

  private void change(Jid from, String node, Duration wait, Change change) {
    ActorKind kind = from.isDomain() ? ActorKind.GROUP : ActorKind.PERSON;
    LocalAccounts.accountOf(from, node)
        .ifPresent(address ->
            store.inTransaction(session -> {
              session
                  .accounts()
                  .find(address)
                  .filter(account -> account.kind() == kind)
                  .filter(account -> LocalAccounts.isBridged(session, settings, address))
                  .ifPresent(account -> {
                    change.in(session, account);
                    stir(session, address, wait);
                  });
              return true;
            }));
  }

  /** One that fails must not hold up the others, nor be looked at again and again. */
  private void reconcile(Account account) {
    Jid address = account.address();
    stirred.remove(address);
    Duration wait = AFTER_FAILURE;
    try {
      wait =
          accounts.node(address).value().map(blog -> compare(account, blog)).orElse(AFTER_FAILURE);
    } catch (RuntimeException failed) {
      LOG.warn("the comparison of {} failed", address, failed);
    } finally {
      settle(address, wait);
    }
  }

  /**
   * An event that came while we compared wants its own comparison, but could not say when, since
   * the blog was due already. One that comes just now waits for this transaction, and then can.
   */
  private void settle(Jid address, Duration wait) {
    Instant now = settings.clock().instant();
    store.inTransaction(session -> {
      session.accounts().reconcileAt(address, now.plus(wait));
      if (stirred.remove(address)) {
        session.accounts().reconcileBy(address, now.plus(AFTER_EVENT));
      }
      return true;
    });
  }

  private Duration compare(Account account, LocalAccounts.BlogNode blog) {
    if (!accounts.isBridged(account.address())) {
      return withdrawn(account, blog);
    }
    Look look =
        new Look(
            account,
            blog,
            store.inTransaction(session -> session.localPosts().known(blog.address())));
    Answer<List<Item>> answer =
        network.newestItems(blog.service(), blog.node(), settings.limits().reconcileItems());
    LOG.debug("the blog of {} is {}", account.address(), answer.getClass().getSimpleName());
    Duration wait =
        switch (answer) {
          case Answer.Got<List<Item>>(List<Item> items) -> {
            refusedOnce.invalidate(account.address());
            yield opened(look, items, Account.Blog.OPEN);
          }
          case Answer.Unavailable<List<Item>> unknown -> AFTER_FAILURE;
          case Answer.Closed<List<Item>> closed -> refused(look, Account.Blog.CLOSED);
          case Answer.Missing<List<Item>> missing -> refused(look, Account.Blog.MISSING);
          case Answer.Gone<List<Item>> gone -> refused(look, Account.Blog.MISSING);
        };
    if (answer instanceof Answer.Got) {
      compareComments(account);
    }
    if (answer instanceof Answer.Got
        || account.acts()
        || account.blog() == Account.Blog.FOR_FOLLOWERS) {
      profiles.reconcile(account, blog);
      lists.compare(account.address());
    }
    return wait;
  }

  /**
   * One comparison.
   *
   * @param before what we knew of the node when its service was asked
   */
  private record Look(Account account, LocalAccounts.BlogNode blog, List<Known> before) {}

  /** Its owner said so, or the configuration does by now. Who left is being erased elsewhere. */
  private Duration withdrawn(Account account, LocalAccounts.BlogNode blog) {
    store.inTransaction(session -> {
      posts.closed(session, blog.address());
      session
          .accounts()
          .find(account.address())
          .ifPresent(known -> save(session, known, Account.Blog.CLOSED));
      return true;
    });
    return pace.without();
  }

  private void compareComments(Account account) {
    List<LocalPost> newest =
        store.inTransaction(session ->
            session.localPosts().page(account.address(), false, Optional.empty(), DISCUSSED));
    Predicate<LocalPost> isNews = isNews(account, false);
    newest.forEach(post -> comments.compare(post, isNews));
  }

  private void subscribe(Jid address, LocalAccounts.BlogNode blog) {
    if (subscribed.getIfPresent(address) != null) {
      return;
    }
    if (blog.kind() == ActorKind.PERSON) {
      repair.repair(blog.service(), blog.node());
    }
    switch (network.subscribe(blog.service(), blog.node())) {
      case Answer.Got<XmppNetwork.Subscribed> done -> {
        subscribed.put(address, true);
        if (blog.kind() == ActorKind.PERSON) {
          // Where these are not open, the next comparison sees what changed.
          PROFILE.forEach(node -> network.subscribe(blog.service(), node));
        }
      }
      case Answer<XmppNetwork.Subscribed> not ->
          LOG.debug("no subscription to the blog of {}: {}", address, not);
    }
  }

  /** One odd answer must not delete a blog from the fediverse for ever: it is asked for again. */
  private Duration refused(Look look, Account.Blog state) {
    Account account = look.account();
    Jid address = account.address();
    boolean isFirst = refusedOnce.asMap().putIfAbsent(address, true) == null;
    if (isFirst && account.blog() == Account.Blog.OPEN) {
      return CONFIRM;
    }
    refusedOnce.invalidate(address);
    return accounts.isCarried(address) ? carried(look) : closed(look, state);
  }

  /** What was public is taken back whether we may read the rest or not. */
  private Duration carried(Look look) {
    store.inTransaction(session -> {
      posts.narrowed(session, look.blog().address());
      return true;
    });
    int max = settings.limits().reconcileItems();
    return switch (accounts.ownItems(look.account().address(), look.blog(), max)) {
      case Answer.Got<List<Item>>(List<Item> items) ->
          opened(look, items, Account.Blog.FOR_FOLLOWERS);
      case Answer.Unavailable<List<Item>> unknown -> AFTER_FAILURE;
      case Answer<List<Item>> none -> closed(look, Account.Blog.CLOSED);
    };
  }

  private Duration closed(Look look, Account.Blog state) {
    Account account = look.account();
    Jid address = account.address();
    subscribed.invalidate(address);
    store.inTransaction(session -> {
      posts.closed(session, look.blog().address());
      if (LocalAccounts.isBridged(session, settings, address)) {
        save(session, account, state);
      }
      return true;
    });
    return pace.without();
  }

  /**
   * @param state OPEN, or FOR_FOLLOWERS
   */
  private Duration opened(Look look, List<Item> items, Account.Blog state) {
    Account account = look.account();
    LocalAccounts.BlogNode blog = look.blog();
    subscribe(account.address(), blog);
    items.forEach(posts::meet);
    Instant now = settings.clock().instant();
    PostBridge.Place place =
        PostBridge.Place.blog(account.address(), blog.address(), audience(account, state));
    Predicate<LocalPost> isNews = isNews(account, false);
    return store.inTransaction(session -> {
      if (!LocalAccounts.isBridged(session, settings, account.address())) {
        return pace.without();
      }
      List<Known> known = session.localPosts().known(blog.address());
      Comparison comparison = Comparison.of(look.before(), known, items);
      comparison
          .retracted()
          .forEach(post -> posts.retracted(session, blog.address(), post.itemId()));
      comparison
          .evicted()
          .forEach(post -> session.localPosts().markEvicted(account.address(), post.key()));
      for (Item item : oldestFirst(comparison.items())) {
        posts.read(session, place, item, isNews);
      }
      save(session, account, state);
      return pace.after(session.localPosts().newest(blog.address()), now);
    });
  }

  private Audience audience(Account account, Account.Blog state) {
    return state == Account.Blog.OPEN
        ? Audience.PUBLIC
        : new Audience(
            Visibility.FOLLOWERS, Set.of(), Set.of(settings.urls().followers(account.address())));
  }

  /**
   * Until a blog was compared once, old posts come to light that nobody has to be told of. Prosody
   * also sends the last one as an event to each new subscriber.
   */
  private Predicate<LocalPost> isNews(Account account, boolean isEvent) {
    Instant now = settings.clock().instant();
    boolean isFirstLook = !account.isBridged() || account.checkedAt().equals(Instant.EPOCH);
    return post -> {
      // Old entries may be published today. A post without a date counts as updated now, which
      // says something of an event, but nothing of an item that may be there for years.
      Instant last = post.dates().updated();
      return !isFirstLook || (last.isAfter(now.minus(NEWS)) && (isEvent || last.isBefore(now)));
    };
  }

  private void save(Session session, Account account, Account.Blog state) {
    Account now = session.accounts().find(account.address()).orElse(account);
    session.accounts().save(now.withBlog(state, settings.clock().instant()));
  }

  /** Prosody and ejabberd's Mnesia give the oldest first, ejabberd's SQL the newest. */
  private List<Item> oldestFirst(List<Item> items) {
    return items.size() > 1 && published(items.getFirst()).isAfter(published(items.getLast()))
        ? items.reversed()
        : items;
  }

  private Instant published(Item item) {
    return item.payload()
        .flatMap(payload -> EntryReader.read(payload, settings.clock().instant()).value())
        .map(entry -> entry.dates().published())
        .orElse(Instant.EPOCH);
  }
}
