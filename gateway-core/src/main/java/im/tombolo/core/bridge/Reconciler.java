package im.tombolo.core.bridge;

import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.port.XmppNetwork.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
  /** Of one blog; more is sent later. */
  public static final int POSTS_A_MINUTE = 300;

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration AFTER_EVENT = Duration.ofSeconds(10);
  private static final int BATCH = 20;

  private final Store store;
  private final XmppNetwork network;
  private final LocalAccounts accounts;
  private final BridgeSettings settings;
  private final PostBridge posts;
  private final CommentBridge comments;
  private final BlogComparison comparison;
  private final Set<Jid> stirred = ConcurrentHashMap.newKeySet();
  private final Allowance ofBlogs;
  private final AdminNotices admins;
  private final Invitations invitations;

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
    this.ofBlogs = new Allowance(POSTS_A_MINUTE, settings);
    this.admins = new AdminNotices(settings);
    this.invitations = new Invitations(store, network, references, settings);
    this.comparison =
        new BlogComparison(
            store,
            network,
            accounts,
            new ProfileBridge(store, network, keyring, settings),
            posts,
            comments,
            settings);
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
    if (BlogComparison.PROFILE.contains(node)) {
      profileChanged(from);
      return;
    }
    NodeAddress place = new NodeAddress(from, node);
    Optional<LocalPost> commented = comments.commented(place);
    if (commented.isPresent()) {
      comments.event(commented.get(), place, items, retracted);
      return;
    }
    if (isFlood(from, node, items)) {
      change(
          from,
          node,
          settings.limits().reconcileSoonest(),
          (session, account) -> {
            tellOfFlood(session, account.address());
            retracted.forEach(itemId -> posts.retracted(session, place, itemId));
          });
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
            Predicate<LocalPost> isNews = comparison.isNews(account, true);
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

  /** What is too much waits for the comparison, which reads the newest of it. */
  private boolean isFlood(Jid from, String node, List<Item> items) {
    boolean isTooMuch = false;
    for (int i = 0; i < items.size(); i++) {
      isTooMuch |= !ofBlogs.take(from + " " + node);
    }
    return isTooMuch;
  }

  private void tellOfFlood(Session session, Jid account) {
    Instant hour = settings.clock().instant().truncatedTo(ChronoUnit.HOURS);
    admins.tell(
        session,
        "flood " + account + " " + hour,
        account
            + " posts more than "
            + POSTS_A_MINUTE
            + " times a minute. The newest are sent later, some at a time.");
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
    heard.ifPresent(now -> comments.compare(now.post(), comparison.isNews(now.account(), false)));
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
    Duration wait = BlogComparison.AFTER_FAILURE;
    try {
      wait =
          accounts
              .node(address)
              .value()
              .map(blog -> comparison.compare(account, blog))
              .orElse(BlogComparison.AFTER_FAILURE);
      invitations.send(account);
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
}
