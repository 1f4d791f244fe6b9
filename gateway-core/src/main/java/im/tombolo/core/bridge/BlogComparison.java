package im.tombolo.core.bridge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.tombolo.core.address.Jid;
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
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares one blog with what its server holds: posts, comments of the newest, profile. Blocking;
 * one blog is compared by one thread at a time.
 */
final class BlogComparison {
  /** Until a question is asked again that had no answer. */
  static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

  /** The nodes that make a profile. */
  static final List<String> PROFILE =
      List.of(
          Namespaces.VCARD4_NODE,
          Namespaces.AVATAR_METADATA,
          Namespaces.BANNER,
          Namespaces.PPS_SUBSCRIPTIONS,
          Namespaces.MOVIM_SUBSCRIPTIONS);

  private static final Logger LOG = LoggerFactory.getLogger(BlogComparison.class);
  private static final Duration CONFIRM = Duration.ofSeconds(10);
  // Prosody sends the last item again for each subscribe, which counts as an event.
  private static final Duration RESUBSCRIBE = Duration.ofHours(1);
  // A post may be published between the Accept of a blog's first follower and our first look.
  private static final Duration NEWS = Duration.ofMinutes(2);
  // How much more is read when much was written since the last look.
  private static final int FURTHER = 5;
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
  private final NodeRoles roles;
  private final Pace pace;
  private final CommentRounds rounds = new CommentRounds();
  private final Cache<Jid, Boolean> subscribed;
  private final Cache<Jid, Boolean> refusedOnce;
  private final AgendaComparison agendas;

  BlogComparison(
      Store store,
      XmppNetwork network,
      LocalAccounts accounts,
      ProfileBridge profiles,
      PostBridge posts,
      CommentBridge comments,
      BridgeSettings settings) {
    this.store = store;
    this.network = network;
    this.accounts = accounts;
    this.settings = settings;
    this.posts = posts;
    this.comments = comments;
    this.profiles = profiles;
    this.lists = new OwnLists(store, network, settings);
    this.repair = new NodeRepair(network);
    this.roles = new NodeRoles(store, network, settings);
    this.pace = new Pace(settings.limits());
    this.subscribed = cache();
    this.refusedOnce = cache();
    this.agendas = new AgendaComparison(store, network, posts, settings);
  }

  private Cache<Jid, Boolean> cache() {
    return Caffeine.newBuilder()
        .expireAfterWrite(RESUBSCRIBE)
        .maximumSize(MAX_CACHED)
        .ticker(settings.ticker())
        .build();
  }

  /** How long to wait until the next one. */
  Duration compare(Account account, LocalAccounts.BlogNode blog) {
    if (!accounts.isBridged(account.address())) {
      return withdrawn(account, blog);
    }
    Look look =
        new Look(
            account,
            blog,
            store.inTransaction(session -> session.localPosts().known(blog.address())));
    Answer<List<Item>> answer = newest(account, blog);
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
    if (!(answer instanceof Answer.Unavailable) && isOpen(account.address())) {
      roles.compare(account, blog);
      compareComments(look);
      if (agendas.compare(account, blog, isNews(account, false))) {
        wait = CONFIRM;
      }
    }
    if (answer instanceof Answer.Got
        || account.acts()
        || account.blog() == Account.Blog.FOR_FOLLOWERS) {
      profiles.reconcile(account, blog);
      lists.compare(account.address());
    }
    return wait;
  }

  /** As far back as to the last comparison, where that is not very far. */
  private Answer<List<Item>> newest(Account account, LocalAccounts.BlogNode blog) {
    int max = settings.limits().reconcileItems();
    Answer<List<Item>> answer = network.newestItems(blog.service(), blog.node(), max);
    boolean isShort =
        answer instanceof Answer.Got<List<Item>>(List<Item> items)
            && items.size() >= max
            && account.checkedAt().isAfter(Instant.EPOCH)
            && published(items.getFirst()).isAfter(account.checkedAt())
            && published(items.getLast()).isAfter(account.checkedAt());
    if (!isShort) {
      return answer;
    }
    Answer<List<Item>> more = network.newestItems(blog.service(), blog.node(), FURTHER * max);
    // It may be more than a stanza holds.
    return more instanceof Answer.Got ? more : answer;
  }

  private boolean isOpen(Jid address) {
    return store.inTransaction(session ->
        session
            .accounts()
            .find(address)
            .filter(account -> account.blog() == Account.Blog.OPEN)
            .isPresent());
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
      agendas.closed(session, blog);
      session
          .accounts()
          .find(account.address())
          .ifPresent(known -> save(session, known, Account.Blog.CLOSED));
      return true;
    });
    return pace.without();
  }

  private void compareComments(Look look) {
    Set<LocalPost> due =
        store.inTransaction(
            session -> rounds.due(session, look.account(), look.blog().address(), look.before()));
    Predicate<LocalPost> isNews = isNews(look.account(), false);
    due.forEach(post -> comments.compare(post, isNews));
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
    if (state == Account.Blog.MISSING && accounts.hasOpenAgenda(look.blog())) {
      return opened(look, List.of(), Account.Blog.OPEN);
    }
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
      agendas.closed(session, look.blog());
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
      agendas.closed(session, look.blog());
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
      Comparison comparison = Comparison.of(look.before(), known, oldestFirst(items));
      posts.compared(session, place, comparison, isNews);
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
  Predicate<LocalPost> isNews(Account account, boolean isEvent) {
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
