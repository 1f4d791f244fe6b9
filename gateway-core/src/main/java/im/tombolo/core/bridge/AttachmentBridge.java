package im.tombolo.core.bridge;

import im.tombolo.core.address.AttachmentNodes;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.atom.Byline;
import im.tombolo.core.atom.ReactionItems.Attached;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Watch;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.RemotePosts.Page;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Element;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people attach to posts of fediverse accounts (XEP-0470): read, changed and watched from
 * here. Safe for any thread.
 */
public final class AttachmentBridge {
  /** Reactions to one post that are shown; more are only counted. */
  public static final int MAX_SHOWN = 1_000;

  /** Newest posts of an account whose reactions a summary has. */
  public static final int MAX_SUMMARIES = 100;

  /** Items that one person may change in a minute. */
  private static final int MAX_A_MINUTE = 60;

  private final Store store;
  private final TimelineBridge timelines;
  private final BridgeSettings settings;
  private final OwnReactions own;
  private final OwnRsvps rsvps;
  private final ReactionNotices notices;
  private final Allowance allowance;

  public AttachmentBridge(Store store, TimelineBridge timelines, BridgeSettings settings) {
    this.store = store;
    this.timelines = timelines;
    this.settings = settings;
    this.own = new OwnReactions(settings);
    this.rsvps = new OwnRsvps(settings);
    this.notices = new ReactionNotices(settings);
    this.allowance = new Allowance(MAX_A_MINUTE, settings);
  }

  /**
   * @param id bare JID of whose they are, or id of the post that is summed up
   */
  public record Shown(String id, Element payload) {}

  /** A like as a comment. */
  public record Heart(String id, Jid by, Instant at, Element entry) {}

  /** What came of a wish to watch. */
  public enum Watched {
    YES,
    /** One person watches no more than {@link Watch#MAX_OF_ONE}. */
    TOO_MANY
  }

  /**
   * The item of an account that an attachments node is for; empty when it is not that account's.
   */
  public Optional<String> itemOf(Jid addressed, String node) {
    Optional<Handle> owner = settings.virtual().handle(addressed);
    return AttachmentNodes.item(node)
        .filter(item -> Feed.of(item.node()).isPresent())
        .filter(item -> settings.virtual().handle(item.service()).equals(owner))
        .map(ItemAddress::id);
  }

  /** What is attached to a post, by person, the first first. */
  public Answer<List<Shown>> attachments(RemoteActor author, Jid reader, String itemId) {
    return timelines
        .post(author, reader, itemId)
        .map(kept ->
            store.inTransaction(session ->
                Attachments.all(session, kept.post().id(), MAX_SHOWN).entrySet().stream()
                    .flatMap(entry ->
                        notices
                            .byline(session, entry.getKey())
                            .map(by -> new Shown(by.jid().toString(), entry.getValue().payload()))
                            .stream())
                    .toList()));
  }

  /** How many reacted to one post; empty payload: nobody. */
  public Answer<Shown> summary(RemoteActor author, Jid reader, String itemId) {
    return timelines
        .post(author, reader, itemId)
        .map(kept ->
            store.inTransaction(
                session -> new Shown(itemId, ReactionNotices.summary(session, kept.post().id()))));
  }

  /** The newest posts of the blog that somebody reacted to, oldest first. */
  public Answer<List<Shown>> summaries(RemoteActor author, Jid reader) {
    return summaries(author, reader, Feed.BLOG);
  }

  /**
   * The newest items that somebody reacted to, oldest first.
   *
   * @param feed of whose items
   */
  public Answer<List<Shown>> summaries(RemoteActor author, Jid reader, Feed feed) {
    Page newest = new Page(Optional.empty(), true, MAX_SUMMARIES, false);
    return timelines
        .posts(author, reader, reader, feed, newest)
        .map(timeline ->
            store.inTransaction(session ->
                timeline.postings().reversed().stream()
                    .map(posting ->
                        new Shown(
                            posting.at().id(),
                            ReactionNotices.summary(session, URI.create(posting.id()))))
                    .filter(shown -> !shown.payload().elements().isEmpty())
                    .toList()));
  }

  /** Likes for a comments node, oldest first; none where they are not shown so. */
  public Answer<List<Heart>> hearts(RemoteActor author, Jid reader, String itemId) {
    if (!settings.choices().likesAsComments()) {
      return Answer.got(List.of());
    }
    return timelines
        .post(author, reader, itemId)
        .map(kept ->
            store.inTransaction(session ->
                session.reactions().likes(kept.post().id(), MAX_SHOWN).stream()
                    .flatMap(like ->
                        notices.byline(session, like.actor()).map(by -> heart(like, by)).stream())
                    .toList()));
  }

  private static Heart heart(Reaction like, Byline by) {
    return new Heart(
        ReactionNotices.heartId(like), by.jid(), like.at(), ReactionNotices.heart(like, by));
  }

  /**
   * Somebody here attaches to a post what they think of it, all of it.
   *
   * @return {@link Answer.Closed} for who is not served here, or left, or says that they come to
   *     what is no event that they can say so of, {@link Answer.Unavailable} for who changes too
   *     much
   */
  public Answer<Attached> attach(RemoteActor author, Jid from, String itemId, Attached attached) {
    Jid person = from.bare();
    if (!mayAct(person)) {
      return new Answer.Closed<>();
    }
    if (!allowance.take(person.toString())) {
      return new Answer.Unavailable<>("too many changes in a minute");
    }
    return timelines
        .post(author, person, itemId)
        .flatMap(kept ->
            OwnRsvps.isPossible(kept.post(), attached.rsvp())
                ? Answer.got(kept)
                : new Answer.Closed<>())
        .map(kept ->
            store.inTransaction(session -> {
              own.replace(session, person, target(kept), attached);
              rsvps.replace(session, person, kept.post(), attached.rsvp());
              return attached;
            }));
  }

  static OwnReactions.Target target(Kept kept) {
    RemotePost post = kept.post();
    return new OwnReactions.Target(post.id(), post.author());
  }

  /** Whether there was something to take back. */
  public Answer<Boolean> detach(RemoteActor author, Jid from, String itemId) {
    Jid person = from.bare();
    if (!mayAct(person)) {
      return new Answer.Closed<>();
    }
    return timelines
        .post(author, person, itemId)
        .map(kept ->
            store.inTransaction(session -> {
              boolean had =
                  !Attachments.of(session, kept.post().id(), settings.urls().actor(person))
                      .isEmpty();
              own.replace(session, person, target(kept), Attached.NOTHING);
              rsvps.replace(session, person, kept.post(), Optional.empty());
              return had;
            }));
  }

  private boolean mayAct(Jid person) {
    return settings.urls().serves(person)
        && store.inTransaction(session -> LocalAccounts.isBridged(session, settings, person));
  }

  /**
   * Tells somebody here from now on of each change.
   *
   * @param itemId of the post whose attachments are watched; absent: the counts of all posts
   * @param node where that was asked for, and where events come from
   */
  public Answer<Watched> watch(
      RemoteActor author, Jid from, Optional<String> itemId, NodeAddress node) {
    Jid person = from.bare();
    if (!mayAct(person)) {
      return new Answer.Closed<>();
    }
    return watchable(author, person, itemId)
        .map(target ->
            store.inTransaction(session -> watch(session, new Watch(target, person, node))));
  }

  private static Watched watch(Session session, Watch watch) {
    boolean hasRoom =
        session.watches().find(watch.subscriber(), watch.node()).isPresent()
            || session.watches().countOf(watch.subscriber()) < Watch.MAX_OF_ONE;
    if (hasRoom) {
      session.watches().save(watch);
    }
    return hasRoom ? Watched.YES : Watched.TOO_MANY;
  }

  private Answer<URI> watchable(RemoteActor author, Jid person, Optional<String> itemId) {
    return itemId
        .map(item -> timelines.post(author, person, item).map(kept -> kept.post().id()))
        .orElseGet(() -> Answer.got(author.id()));
  }

  /** True when it was watched at that address. */
  public boolean unwatch(Jid from, NodeAddress node) {
    return store.inTransaction(session ->
        session
            .watches()
            .find(from.bare(), node)
            .filter(watch -> session.watches().remove(watch.target(), watch.subscriber()))
            .isPresent());
  }

  public boolean isWatched(Jid from, NodeAddress node) {
    return store.inTransaction(session -> session.watches().find(from.bare(), node).isPresent());
  }
}
