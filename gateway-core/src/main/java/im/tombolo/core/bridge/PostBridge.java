package im.tombolo.core.bridge;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.Entry;
import im.tombolo.core.atom.EntryReader;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.LocalPosts.Kept;
import im.tombolo.core.port.LocalPosts.Known;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Posts and comments of served accounts on their way to the fediverse. Works inside the caller's
 * transaction.
 */
final class PostBridge {
  // Movim probes communities with test_post; 0 is the feed's own metadata (XEP-0277).
  private static final Set<String> NOT_POSTS = Set.of("0", "test_post");

  private static final String HELD = "held";

  private final BridgeSettings settings;
  private final InstantSource clock;
  private final GatewayUrls urls;
  private final ActivityWriter activities;
  private final References references;
  private final PostComposer composer;
  private final NodeAuthors authors;
  private final Recipients recipients;
  private final Repeats repeats;
  private final QuoteRequests quotes;
  private final Announcements announcements;
  private final Submissions submissions;

  PostBridge(References references, BridgeSettings settings) {
    this.settings = settings;
    this.clock = settings.clock();
    this.urls = settings.urls();
    this.activities = new ActivityWriter(settings.urls());
    this.references = references;
    this.composer = new PostComposer(references, settings);
    this.authors = new NodeAuthors(settings);
    this.recipients = new Recipients(settings.urls());
    this.repeats = new Repeats(new Notices(), settings);
    this.quotes = new QuoteRequests(settings.urls());
    this.announcements = new Announcements(settings);
    this.submissions = new Submissions(settings);
  }

  /**
   * Where an item stands, and what that makes of it.
   *
   * @param author who put it there
   * @param node the author's own blog, or a node for comments
   * @param under id of what a comment answers unless it says so itself; empty in a blog
   * @param audience who may see it
   */
  record Place(Jid author, NodeAddress node, Optional<URI> under, Audience audience) {
    static Place blog(Jid account, NodeAddress blog, Audience audience) {
      return new Place(account, blog, Optional.empty(), audience);
    }

    /** The service is no part of a blog's keys, which are older than comments. */
    String key(String itemId) {
      boolean isBlog = under.isEmpty() && audience.communities().isEmpty();
      return Ids.postKey(author, isBlog ? node.node() : node.uri(), itemId);
    }
  }

  /** Asks others about what an item speaks of. Outside of any transaction. */
  void meet(Item item) {
    item.payload()
        .flatMap(payload -> EntryReader.read(payload, clock.instant()).value())
        .ifPresent(references::meet);
  }

  /**
   * The node's service says that an item was published just now. One that says the same as before
   * is its newest item nevertheless, and the last to make room for others.
   */
  void published(Session session, Place place, Item item, Predicate<LocalPost> isNews) {
    if (!read(session, place, item, isNews)) {
      item.payload()
          .map(PostBridge::digest)
          .ifPresent(digest ->
              session
                  .localPosts()
                  .findByItem(place.node().item(item.id()))
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
  boolean read(Session session, Place place, Item item, Predicate<LocalPost> isNews) {
    if (NOT_POSTS.contains(item.id()) || item.payload().isEmpty()) {
      return false;
    }
    if (authors.isOverwritten(session, place, item)) {
      retracted(session, place.node(), item.id());
      return true;
    }
    return authors
        .place(session, place, item)
        .filter(where -> readThere(session, where, item, isNews))
        .isPresent();
  }

  private boolean readThere(Session session, Place place, Item item, Predicate<LocalPost> isNews) {
    Element payload = item.payload().orElseThrow();
    String digest = digest(payload);
    Optional<Kept> before = session.localPosts().find(place.author(), place.key(item.id()));
    if (before.filter(kept -> isSettled(kept, digest)).isPresent()) {
      return false;
    }
    Optional<Entry> entry =
        EntryReader.read(payload, clock.instant())
            .value()
            .filter(read -> !composer.repeatsWhatIsForFewer(session, read));
    if (before.isPresent() && before.get() instanceof Kept.Live live) {
      // One that was made unreadable, or encrypted, says no more what it said.
      entry.ifPresentOrElse(
          now -> edited(session, live.post(), now, digest), () -> bury(session, live.post()));
      return true;
    }
    entry.ifPresent(now -> {
      if (!place.audience().communities().isEmpty()) {
        CommentBridge.acting(session, place.author());
      }
      LocalPost post = composer.made(session, place, item.id(), now);
      save(session, post, digest);
      if (isNews.test(post)) {
        tell(session, post, activities.create(post));
        announcements.show(session, post);
        quotes.ask(session, post);
      }
    });
    return entry.isPresent();
  }

  /** A node holds what a comparison found; its items come oldest first. */
  void compared(Session session, Place place, Comparison comparison, Predicate<LocalPost> isNews) {
    comparison.retracted().forEach(post -> retracted(session, place.node(), post.itemId()));
    comparison
        .evicted()
        .forEach(post -> session.localPosts().markEvicted(place.author(), post.key()));
    comparison.items().forEach(item -> read(session, place, item, isNews));
  }

  /** A post that no node holds: the gateway keeps it. */
  void publish(Session session, LocalPost post) {
    save(session, post, HELD);
    tell(session, post, activities.create(post));
  }

  /** Something about a post changed that is no edit; who knows the post is told. */
  void changed(Session session, LocalPost post, String version) {
    session
        .localPosts()
        .find(post.account(), post.key())
        .filter(Kept.Live.class::isInstance)
        .map(Kept.Live.class::cast)
        .ifPresent(live -> {
          session.localPosts().save(post, live.digest());
          tell(session, post, activities.update(post, version));
        });
  }

  private void edited(Session session, LocalPost before, Entry now, String digest) {
    LocalPost post = composer.edited(session, before, now);
    save(session, post, digest);
    if (post.repeats().isEmpty()) {
      // The same words may come back in a later edit, which is another activity.
      String version = Ids.key(digest, post.dates().updated().toString());
      tell(session, post, activities.update(post, version));
    }
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

  private void save(Session session, LocalPost post, String digest) {
    session.localPosts().save(post, digest);
    if (!post.audience().visibility().isOpen() || post.repeats().isPresent()) {
      return;
    }
    URI id = urls.post(post.account(), post.key());
    Optional<URI> parent = post.discussion().parent();
    URI root =
        parent
            .map(above ->
                session.discussions().find(above).map(Discussions.Entry::root).orElse(above))
            .orElse(id);
    session
        .discussions()
        .add(
            new Discussions.Entry(
                id, root, parent, urls.actor(post.account()), post.dates().published()));
  }

  void retracted(Session session, NodeAddress node, String itemId) {
    if (node.service().isDomain()) {
      submissions.retracted(session, node.item(itemId));
    }
    session
        .localPosts()
        .findByItem(node.item(itemId))
        .ifPresent(live -> bury(session, live.post()));
  }

  /** Takes a post back, wherever it stands on XMPP. */
  void bury(Session session, LocalPost post) {
    Recipients.To told = recipients.of(session, post);
    URI id = urls.post(post.account(), post.key());
    session.localPosts().bury(post.account(), post.key(), clock.instant());
    session.discussions().remove(id);
    session.reactions().removeOf(id);
    session.rsvps().removeOf(id);
    repeats.gone(session, id);
    Written activity =
        post.repeats().isPresent() ? activities.undoAnnounce(post) : activities.delete(post);
    if (tell(session, post, activity, told)) {
      announcements.passOnDelete(session, post, activity);
    }
    announcements.hide(session, post);
  }

  /** The blog is for fewer people now: what was public is taken back, the rest stays. */
  void narrowed(Session session, NodeAddress blog) {
    for (Known known : session.localPosts().known(blog)) {
      session
          .localPosts()
          .findByItem(blog.item(known.itemId()))
          .filter(live -> live.post().audience().visibility().isOpen())
          .ifPresent(live -> bury(session, live.post()));
    }
  }

  /** The blog is not open any more: what was public is taken back everywhere. */
  void closed(Session session, NodeAddress blog) {
    for (Known known : session.localPosts().known(blog)) {
      retracted(session, blog, known.itemId());
    }
  }

  private void tell(Session session, LocalPost post, Written activity) {
    if (tell(session, post, activity, recipients.of(session, post))) {
      announcements.passOn(session, post, activity);
    }
  }

  /** False when the same was told before. */
  private boolean tell(Session session, LocalPost post, Written activity, Recipients.To to) {
    boolean isNew =
        post.audience().visibility().isOpen()
            ? Publication.add(session, settings, post.account(), activity)
            : session
                .activities()
                .add(
                    new Activities.Sent(
                        activity.key(), post.account(), false, activity.json(), activity.turn()));
    if (isNew) {
      to.followersOf()
          .forEach(account -> session.deliveries().addForFollowers(activity.key(), account));
      to.inboxes().forEach(inbox -> session.deliveries().add(activity.key(), inbox));
    }
    return isNew;
  }
}
