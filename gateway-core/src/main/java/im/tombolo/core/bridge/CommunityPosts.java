package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.atom.EntryReader;
import im.tombolo.core.bridge.CommentBridge.Outcome;
import im.tombolo.core.bridge.CommentBridge.Retraction;
import im.tombolo.core.bridge.CommunityNode.Voice;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.LocalPosts;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.RemotePosts.Repeat;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Namespaces;
import java.util.Optional;
import java.util.Set;

/**
 * People here post into communities of the fediverse by publishing in their nodes. The item stands
 * there at once; the community says later whether it keeps it. Safe for any thread.
 */
public final class CommunityPosts {
  private final Store store;
  private final TimelineBridge timelines;
  private final GatewayUrls urls;
  private final VirtualJids virtual;
  private final BridgeSettings settings;
  private final PostBridge posts;
  private final CommunityNode node;

  public CommunityPosts(
      Store store, TimelineBridge timelines, References references, BridgeSettings settings) {
    this.store = store;
    this.timelines = timelines;
    this.urls = settings.urls();
    this.virtual = settings.virtual();
    this.settings = settings;
    this.posts = new PostBridge(references, settings);
    this.node = new CommunityNode(new Notices(), settings);
  }

  /**
   * @param addressed the community's virtual JID, in whatever spelling
   * @param item the post, with an id of its author's choice or none
   * @return {@link Answer.Closed} for who is not served here, or left, and where there is no
   *     community but somebody's blog
   */
  public Answer<Outcome> publish(Jid addressed, Jid from, Item item) {
    Jid author = from.bare();
    if (!mayAct(author)) {
      return new Answer.Closed<>();
    }
    return timelines
        .actor(addressed)
        .flatMap(actor ->
            actor.kind() == ActorKind.GROUP
                ? Answer.got(publish(actor, author, item))
                : new Answer.Closed<>());
  }

  private boolean mayAct(Jid author) {
    return urls.serves(author)
        && store.inTransaction(session -> LocalAccounts.isBridged(session, settings, author));
  }

  private Outcome publish(RemoteActor community, Jid author, Item item) {
    if (item.payload().isEmpty()) {
      return new Outcome.Unreadable("there is no entry");
    }
    if (EntryReader.read(item.payload().get(), settings.clock().instant())
        instanceof Reading.Refused<?>(String reason)) {
      return new Outcome.Unreadable(reason);
    }
    posts.meet(item);
    String id =
        item.id().isEmpty()
            ? Ids.key("post", author.toString(), settings.clock().instant().toString())
            : item.id();
    ItemAddress place = place(community.handle(), id);
    return store.inTransaction(session -> {
      if (isTaken(session, community, author, place)) {
        return new Outcome.Taken();
      }
      if (session.decisions().isBanned(author, community.id())) {
        return new Outcome.Banned();
      }
      CommentBridge.acting(session, author);
      posts.published(
          session,
          new PostBridge.Place(
              author, place.place(), Optional.empty(), Audience.PUBLIC.in(Set.of(community.id()))),
          new Item(id, Optional.of(author), item.payload()),
          post -> true);
      own(session, author, place).ifPresent(post -> show(session, community, post));
      return new Outcome.Published(id);
    });
  }

  private void show(Session session, RemoteActor community, LocalPost post) {
    boolean isThere = node.shows(session, community.id(), urls.post(post.account(), post.key()));
    node.show(session, community, post, isThere ? Voice.EDITED : Voice.NEWS);
  }

  /** What others posted, here or there, keeps its item. */
  private boolean isTaken(Session session, RemoteActor community, Jid author, ItemAddress place) {
    Optional<LocalPost> ours = live(session, place);
    return ours.isPresent()
        ? !ours.get().account().equals(author)
        : session
            .remotePosts()
            .findByItem(community.id(), place.id())
            .flatMap(Kept::repeat)
            .map(Repeat::post)
            .isPresent();
  }

  private static Optional<LocalPost> live(Session session, ItemAddress place) {
    return session.localPosts().findByItem(place).map(LocalPosts.Kept.Live::post);
  }

  private static Optional<LocalPost> own(Session session, Jid author, ItemAddress place) {
    return live(session, place).filter(post -> post.account().equals(author));
  }

  /** Takes a post of that person back. */
  public Retraction retract(Jid addressed, Jid from, String itemId) {
    return virtual
        .handle(addressed)
        .map(handle -> place(handle, itemId))
        .map(place ->
            store.inTransaction(session -> {
              Optional<LocalPost> post = live(session, place);
              if (post.isEmpty()) {
                return isTheirs(session, place) ? Retraction.OF_ANOTHER : Retraction.MISSING;
              }
              if (!post.get().account().equals(from.bare())) {
                return Retraction.OF_ANOTHER;
              }
              posts.retracted(session, place.place(), itemId);
              return Retraction.DONE;
            }))
        .orElse(Retraction.MISSING);
  }

  private boolean isTheirs(Session session, ItemAddress place) {
    return virtual
        .handle(place.service())
        .flatMap(session.remoteActors()::findByHandle)
        .flatMap(community -> session.remotePosts().findByItem(community.id(), place.id()))
        .isPresent();
  }

  private ItemAddress place(Handle community, String itemId) {
    return new ItemAddress(virtual.of(community), Namespaces.MICROBLOG, itemId);
  }
}
