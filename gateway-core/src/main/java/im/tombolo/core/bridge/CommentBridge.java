package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.NodeAddress;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.atom.EntryReader;
import im.tombolo.core.atom.ReactionItems;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Audience;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.Reaction;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.LocalPosts.Known;
import im.tombolo.core.port.Reactions;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.port.XmppNetwork.Item;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Comments of XMPP people: in the nodes beside posts of ours, and at fediverse accounts. Safe for
 * any thread.
 */
public final class CommentBridge {
  /** Comments of one post that are compared with their node. */
  private static final int MAX_COMMENTS = 500;

  private final Store store;
  private final XmppNetwork network;
  private final TimelineBridge timelines;
  private final PollBridge polls;
  private final GatewayUrls urls;
  private final VirtualJids virtual;
  private final BridgeSettings settings;
  private final PostBridge posts;
  private final OwnReactions reactions;
  private final Forums forums;

  public CommentBridge(
      Store store,
      XmppNetwork network,
      References references,
      TimelineBridge timelines,
      PollBridge polls,
      BridgeSettings settings) {
    this.store = store;
    this.network = network;
    this.timelines = timelines;
    this.polls = polls;
    this.urls = settings.urls();
    this.virtual = settings.virtual();
    this.settings = settings;
    this.posts = new PostBridge(references, settings);
    this.reactions = new OwnReactions(settings);
    this.forums = new Forums(settings);
  }

  /** What became of a comment at a fediverse account. */
  public sealed interface Outcome {
    record Published(String itemId) implements Outcome {}

    /**
     * @param reason one clause for the author
     */
    record Unreadable(String reason) implements Outcome {}

    /** Somebody else's comment has that id. */
    record Taken() implements Outcome {}

    /** A community takes no more comments on that post. */
    record Locked() implements Outcome {}

    /** A community takes nothing more of that person. */
    record Banned() implements Outcome {}
  }

  /** The post of ours that a node is for, if everybody may read it. */
  Optional<LocalPost> commented(NodeAddress node) {
    return store.inTransaction(session ->
        session
            .localPosts()
            .findByComments(node)
            .filter(post -> post.audience().visibility().isOpen()));
  }

  /** The node's service says that comments came or went. */
  void event(LocalPost post, NodeAddress node, List<Item> items, Collection<String> retracted) {
    boolean isShown = !items.isEmpty() && read(node, 1) instanceof Answer.Got;
    if (isShown) {
      items.stream().filter(this::isBridged).forEach(posts::meet);
    }
    store.inTransaction(session -> {
      if (isShown) {
        items.forEach(item -> take(session, post, node, item, comment -> true));
      }
      retracted.forEach(itemId -> gone(session, post, node, itemId));
      return true;
    });
  }

  /** Whether it was a comment or a like. */
  private void gone(Session session, LocalPost post, NodeAddress node, String itemId) {
    posts.retracted(session, node, itemId);
    session
        .reactions()
        .findByItem(urls.post(post.account(), post.key()), itemId)
        .flatMap(like -> urls.account(like.actor()))
        .ifPresent(liker -> reactions.unlike(session, liker, target(post), itemId));
  }

  private OwnReactions.Target target(LocalPost post) {
    return new OwnReactions.Target(
        urls.post(post.account(), post.key()), urls.actor(post.account()));
  }

  /** Looks for what events missed, and sees to it that there will be events. */
  void compare(LocalPost post, Predicate<LocalPost> isNews) {
    post.comments().ifPresent(node -> compare(post, node, isNews));
  }

  private void compare(LocalPost post, NodeAddress there, Predicate<LocalPost> isNews) {
    network.subscribe(there.service(), there.node());
    List<Known> before = store.inTransaction(session -> session.localPosts().known(there));
    Instant asked = settings.clock().instant();
    if (read(there, MAX_COMMENTS) instanceof Answer.Got<List<Item>>(List<Item> items)) {
      items.stream().filter(this::isBridged).forEach(posts::meet);
      store.inTransaction(session -> {
        Comparison comparison = Comparison.of(before, session.localPosts().known(there), items);
        comparison.retracted().forEach(gone -> posts.retracted(session, there, gone.itemId()));
        comparison
            .evicted()
            .forEach(gone -> session.localPosts().markEvicted(gone.account(), gone.key()));
        comparison.items().forEach(item -> take(session, post, there, item, isNews));
        if (items.size() < MAX_COMMENTS) {
          likesBut(session, post, items, asked)
              .forEach(like -> gone(session, post, there, like.item().orElseThrow()));
        }
        return true;
      });
    }
  }

  /** Likes of our people that are not in the node any more. */
  private List<Reaction> likesBut(
      Session session, LocalPost post, List<Item> items, Instant asked) {
    Set<String> there = items.stream().map(Item::id).collect(Collectors.toSet());
    return session
        .reactions()
        .likes(urls.post(post.account(), post.key()), Reactions.MAX_OF_POST)
        .stream()
        .filter(like -> like.item().filter(item -> !there.contains(item)).isPresent())
        .filter(like -> like.at().isBefore(asked))
        .toList();
  }

  private Answer<List<Item>> read(NodeAddress node, int max) {
    return network.newestItems(node.service(), node.node(), max);
  }

  /** Of a served person: what the gateway put there itself is not. */
  private boolean isBridged(Item item) {
    return item.publisher().map(Jid::bare).filter(urls::serves).isPresent();
  }

  private static boolean isHeart(Item item) {
    return item.payload().filter(ReactionItems::isHeart).isPresent();
  }

  private void take(
      Session session, LocalPost post, NodeAddress node, Item item, Predicate<LocalPost> isNews) {
    // Who may be asked for is known from the service alone: what the entry says proves nothing.
    if (!isBridged(item) || session.localPosts().findByComments(node).isEmpty()) {
      return;
    }
    Jid author = item.publisher().orElseThrow().bare();
    if (!LocalAccounts.isBridged(session, settings, author)) {
      return;
    }
    if (isHeart(item)) {
      reactions.like(session, author, target(post), item.id());
      return;
    }
    URI id = urls.post(post.account(), post.key());
    if (session.decisions().isLocked(id)) {
      return;
    }
    acting(session, author);
    posts.read(
        session,
        new PostBridge.Place(author, node, Optional.of(id), Audience.PUBLIC),
        item,
        isNews);
  }

  static void acting(Session session, Jid person) {
    Account account =
        session
            .accounts()
            .find(person)
            .orElseGet(() ->
                new Account(
                    person,
                    ActorKind.PERSON,
                    Account.Blog.MISSING,
                    true,
                    Account.Face.EMPTY,
                    Instant.EPOCH));
    if (!account.acts() || session.accounts().find(person).isEmpty()) {
      session.accounts().save(account.acting());
    }
  }

  /**
   * Somebody here comments on a post of a fediverse account.
   *
   * @param addressed the account's virtual JID, in whatever spelling
   * @param parentItem id of the post's item
   * @param item the comment, with an id of its author's choice or none
   * @return {@link Answer.Closed} for who is not served here, or left
   */
  public Answer<Outcome> publish(Jid addressed, Jid from, String parentItem, Item item) {
    Jid author = from.bare();
    if (!mayAct(author)) {
      return new Answer.Closed<>();
    }
    return timelines
        .actor(addressed)
        .flatMap(actor ->
            timelines
                .post(actor, author, parentItem)
                .map(parent -> publish(actor, parent, author, item)));
  }

  private boolean mayAct(Jid author) {
    return urls.serves(author)
        && store.inTransaction(session -> LocalAccounts.isBridged(session, settings, author));
  }

  private Outcome publish(RemoteActor actor, Kept parent, Jid author, Item item) {
    if (item.payload().isEmpty()) {
      return new Outcome.Unreadable("there is no entry");
    }
    if (isHeart(item)) {
      String like = itemId(author, item);
      return new Outcome.Published(
          store.inTransaction(
              session -> reactions.like(session, author, AttachmentBridge.target(parent), like)));
    }
    if (EntryReader.read(item.payload().get(), settings.clock().instant())
        instanceof Reading.Refused<?>(String reason)) {
      return new Outcome.Unreadable(reason);
    }
    Optional<Outcome> vote = vote(actor, parent.post(), author, item);
    if (vote.isPresent()) {
      return vote.get();
    }
    return comment(actor, parent, author, item);
  }

  private Outcome comment(RemoteActor actor, Kept parent, Jid author, Item item) {
    posts.meet(item);
    ItemAddress place = place(actor, parent.itemId(), itemId(author, item));
    Item named = new Item(place.id(), Optional.of(author), item.payload());
    return store.inTransaction(session -> {
      boolean isTaken =
          session
              .localPosts()
              .findByItem(place)
              .filter(live -> !live.post().account().equals(author))
              .isPresent();
      if (isTaken) {
        return new Outcome.Taken();
      }
      if (session.decisions().isLocked(OwnCommunities.root(session, parent.post().id()))) {
        return new Outcome.Locked();
      }
      if (forums.of(session, parent.post().id()).stream()
          .anyMatch(community -> session.decisions().isBanned(author, community))) {
        return new Outcome.Banned();
      }
      acting(session, author);
      RemotePostBridge.relate(session, urls, parent.post());
      posts.published(
          session,
          new PostBridge.Place(
              author, place.place(), Optional.of(parent.post().id()), audience(parent.post())),
          named,
          comment -> true);
      return new Outcome.Published(place.id());
    });
  }

  /** A comment that is an option of a poll is a vote, which nobody else sees. */
  private Optional<Outcome> vote(RemoteActor actor, RemotePost question, Jid author, Item item) {
    Optional<Set<Integer>> chosen =
        question
            .content()
            .poll()
            .flatMap(poll -> text(item).flatMap(text -> PollBridge.chosen(poll, text)));
    return chosen.map(places ->
        switch (polls.vote(actor, question, author, places)) {
          case PollBridge.Voted.Sent sent -> new Outcome.Published(itemId(author, item));
          case PollBridge.Voted.Over over -> new Outcome.Unreadable("the poll has ended");
          case PollBridge.Voted.NotThere none -> new Outcome.Unreadable("no such option");
        });
  }

  private Optional<String> text(Item item) {
    return item.payload()
        .flatMap(payload -> EntryReader.read(payload, settings.clock().instant()).value())
        .map(entry -> entry.content().body().toPlainText());
  }

  /** Never wider than what is answered; of a post for followers, its author alone hears. */
  private static Audience audience(RemotePost parent) {
    return parent.audience().visibility().isOpen()
        ? new Audience(parent.audience().visibility(), Set.of(), Set.of())
        : Audience.direct(Set.of(parent.author()));
  }

  private String itemId(Jid author, Item item) {
    return item.id().isEmpty()
        ? Ids.key("comment", author.toString(), settings.clock().instant().toString())
        : item.id();
  }

  /** What became of taking a comment back. */
  public enum Retraction {
    DONE,
    MISSING,
    /** Somebody else wrote it. */
    OF_ANOTHER
  }

  /** Takes a comment or a like of that person back. */
  public Retraction retract(Jid addressed, Jid from, String parentItem, String itemId) {
    return virtual
        .handle(addressed)
        .map(handle ->
            store.inTransaction(
                session -> retract(session, handle, from.bare(), parentItem, itemId)))
        .orElse(Retraction.MISSING);
  }

  private Retraction retract(
      Session session, Handle author, Jid person, String parentItem, String itemId) {
    NodeAddress node = Postings.comments(virtual.of(author), parentItem);
    Optional<Jid> writer =
        session.localPosts().findByItem(node.item(itemId)).map(live -> live.post().account());
    if (writer.filter(person::equals).isPresent()) {
      posts.retracted(session, node, itemId);
      return Retraction.DONE;
    }
    if (unlike(session, author, person, parentItem, itemId)) {
      return Retraction.DONE;
    }
    return writer.isPresent() ? Retraction.OF_ANOTHER : Retraction.MISSING;
  }

  private boolean unlike(
      Session session, Handle author, Jid person, String parentItem, String itemId) {
    return session
        .remoteActors()
        .findByHandle(author)
        .flatMap(actor -> session.remotePosts().findByItem(actor.id(), parentItem))
        .filter(kept -> reactions.unlike(session, person, AttachmentBridge.target(kept), itemId))
        .isPresent();
  }

  private ItemAddress place(RemoteActor actor, String parentItem, String itemId) {
    return Postings.comments(virtual.of(actor.handle()), parentItem).item(itemId);
  }
}
