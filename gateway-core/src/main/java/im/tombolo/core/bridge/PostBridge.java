package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.Entry;
import im.tombolo.core.atom.EntryReader;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.LocalPosts.Kept;
import im.tombolo.core.port.LocalPosts.Known;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Posts of served accounts on their way to the fediverse. Works inside the caller's transaction.
 */
final class PostBridge {
  // Movim probes communities with test_post; 0 is the feed's own metadata (XEP-0277).
  private static final Set<String> NOT_POSTS = Set.of("0", "test_post");

  private final InstantSource clock;
  private final ActivityWriter activities;

  PostBridge(BridgeSettings settings) {
    this.clock = settings.clock();
    this.activities = new ActivityWriter(settings.urls());
  }

  static String key(Account account, String itemId) {
    String node = LocalAccounts.nodeName(account.address(), account.kind());
    return Ids.postKey(account.address(), node, itemId);
  }

  /**
   * The node's service says that an item was published just now. One that says the same as before
   * is its newest item nevertheless, and the last to make room for others.
   */
  void published(Session session, Account account, Item item, Predicate<LocalPost> isNews) {
    if (!read(session, account, item, isNews)) {
      item.payload()
          .map(PostBridge::digest)
          .ifPresent(digest ->
              live(session, account, item.id())
                  .filter(live -> live.digest().equals(digest))
                  .ifPresent(live -> session.localPosts().save(live.post(), digest)));
    }
  }

  /**
   * An item is there. Unchanged ones and those that are no posts change nothing; what was retracted
   * once does not come back.
   *
   * @param isNews of a post that we did not know: whether its followers are told
   * @return whether something changed
   */
  boolean read(Session session, Account account, Item item, Predicate<LocalPost> isNews) {
    if (NOT_POSTS.contains(item.id()) || item.payload().isEmpty()) {
      return false;
    }
    Element payload = item.payload().get();
    String digest = digest(payload);
    String key = key(account, item.id());
    Optional<Kept> before = session.localPosts().find(account.address(), key);
    if (before.filter(kept -> isSettled(kept, digest)).isPresent()) {
      return false;
    }
    Optional<Entry> entry = EntryReader.read(payload, clock.instant()).value();
    entry.ifPresent(now -> {
      if (before.isPresent() && before.get() instanceof Kept.Live live) {
        LocalPost post = edited(live.post(), now);
        session.localPosts().save(post, digest);
        // The same words may come back in a later edit, which is another activity.
        tell(
            session,
            account.address(),
            activities.update(post, Ids.key(digest, post.dates().updated().toString())));
      } else {
        LocalPost post =
            new LocalPost(
                account.address(), key, item.id(), now.content(), now.dates(), now.page());
        session.localPosts().save(post, digest);
        if (isNews.test(post)) {
          tell(session, account.address(), activities.create(post));
        }
      }
    });
    return entry.isPresent();
  }

  private static String digest(Element payload) {
    return Ids.key("payload", XmlWriter.write(payload));
  }

  private static boolean isSettled(Kept kept, String digest) {
    return switch (kept) {
      case Kept.Grave grave -> true;
      case Kept.Live live -> live.digest().equals(digest);
    };
  }

  /** Mastodon takes an edit only when {@code updated} is later than what it has. */
  private LocalPost edited(LocalPost before, Entry now) {
    Instant published = before.dates().published();
    Instant updated =
        now.dates().updated().isAfter(before.dates().updated())
            ? now.dates().updated()
            : clock.instant();
    return new LocalPost(
        before.account(),
        before.key(),
        before.itemId(),
        now.content(),
        new Dates(published, updated),
        now.page());
  }

  void retracted(Session session, Account account, String itemId) {
    live(session, account, itemId)
        .ifPresent(live -> {
          String key = live.post().key();
          session.localPosts().bury(account.address(), key, clock.instant());
          tell(session, account.address(), activities.delete(account.address(), key));
        });
  }

  /** The blog is not open any more: what was public is taken back everywhere. */
  void closed(Session session, Account account) {
    for (Known known : session.localPosts().known(account.address())) {
      retracted(session, account, known.itemId());
    }
  }

  private static Optional<Kept.Live> live(Session session, Account account, String itemId) {
    return session
        .localPosts()
        .find(account.address(), key(account, itemId))
        .filter(Kept.Live.class::isInstance)
        .map(Kept.Live.class::cast);
  }

  private static void tell(Session session, Jid account, Written activity) {
    boolean isNew =
        session
            .activities()
            .add(new Activities.Sent(activity.key(), account, true, activity.json()));
    if (isNew) {
      session.deliveries().addForFollowers(activity.key(), account);
    }
  }
}
