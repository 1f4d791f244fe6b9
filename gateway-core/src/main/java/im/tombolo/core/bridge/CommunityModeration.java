package im.tombolo.core.bridge;

import im.tombolo.core.activity.CommunityWriter;
import im.tombolo.core.activity.CommunityWriter.Decision;
import im.tombolo.core.activity.Written;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Communities.Submission;
import im.tombolo.core.port.LocalPosts;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * What owners and publishers of a node decide about the posts in it, for which pubsub has no words:
 * they are told to the gateway. Safe for any thread.
 */
public final class CommunityModeration {
  private final Store store;
  private final BridgeSettings settings;
  private final GatewayUrls urls;
  private final CommunityWriter activities;
  private final OwnCommunities communities;
  private final Announcements announcements;

  public CommunityModeration(Store store, BridgeSettings settings) {
    this.store = store;
    this.settings = settings;
    this.urls = settings.urls();
    this.activities = new CommunityWriter(settings.urls());
    this.communities = new OwnCommunities(settings);
    this.announcements = new Announcements(settings);
  }

  /** What came of a decision. */
  public enum Outcome {
    DONE,
    /** It was so before. */
    ALREADY,
    /** No post of a community here has that address. */
    NO_POST,
    /** Only who owns the node or publishes in it may, as far as its service tells. */
    NOT_YOURS
  }

  /**
   * @param address of a post that begins a discussion: its URL, or the {@code xmpp:} address of its
   *     item
   */
  public Outcome decide(Jid from, String address, Decision decision) {
    Jid person = from.bare();
    return store.inTransaction(session -> {
      Optional<URI> post =
          post(session, address.strip()).filter(id -> beginsDiscussion(session, id));
      Optional<Jid> community = post.flatMap(id -> communities.holding(session, id));
      if (community.isEmpty()) {
        return Outcome.NO_POST;
      }
      if (!moderates(session, community.get(), person)) {
        return Outcome.NOT_YOURS;
      }
      return decide(session, community.get(), person, post.get(), decision);
    });
  }

  private static boolean beginsDiscussion(Session session, URI post) {
    return session.discussions().find(post).filter(entry -> entry.parent().isEmpty()).isPresent();
  }

  private boolean moderates(Session session, Jid community, Jid person) {
    return urls.serves(person)
        && LocalAccounts.isBridged(session, settings, person)
        && session
            .decisions()
            .affiliations(community)
            .getOrDefault(person, Affiliation.NONE)
            .moderates();
  }

  private Outcome decide(Session session, Jid community, Jid person, URI post, Decision decision) {
    Instant now = settings.clock().instant();
    boolean isNew =
        switch (decision) {
          case PIN -> session.decisions().pin(community, post, now);
          case UNPIN -> session.decisions().unpin(community, post);
          case LOCK, UNLOCK -> lock(session, community, post, decision == Decision.LOCK);
        };
    if (!isNew) {
      return Outcome.ALREADY;
    }
    CommentBridge.acting(session, person);
    Written activity = activities.decide(community, person, post, decision, now);
    Publication.add(session, settings, person, activity);
    announcements.passOn(session, community, post, activity);
    return Outcome.DONE;
  }

  private boolean lock(Session session, Jid community, URI post, boolean locked) {
    boolean isNew = session.decisions().isLocked(post) != locked;
    if (locked) {
      session.decisions().lock(post, urls.actor(community));
    } else {
      session.decisions().unlock(post, urls.actor(community));
    }
    return isNew;
  }

  /** By its id as well, of whichever network. */
  private Optional<URI> post(Session session, String address) {
    Optional<ItemAddress> item = ItemAddress.parse(address);
    if (item.isEmpty()) {
      return id(address);
    }
    return session
        .communities()
        .find(item.get())
        .map(Submission::post)
        .or(() ->
            session
                .localPosts()
                .findByItem(item.get())
                .map(LocalPosts.Kept.Live::post)
                .map(this::id));
  }

  private URI id(LocalPost post) {
    return urls.post(post.account(), post.key());
  }

  private static Optional<URI> id(String address) {
    try {
      return Optional.of(URI.create(address));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
