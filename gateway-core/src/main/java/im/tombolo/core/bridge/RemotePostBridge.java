package im.tombolo.core.bridge;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.FeedItems;
import im.tombolo.core.bridge.ActivityFlows.AtOnce;
import im.tombolo.core.model.Feed;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.model.RemoteActor;
import im.tombolo.core.model.RemotePost;
import im.tombolo.core.model.Visibility;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.RemotePosts.Kept;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Posts of fediverse accounts on their way to the people here: those who follow the author, those
 * whose post is answered, and those who are mentioned.
 */
final class RemotePostBridge {
  private static final int PAGE = 500;

  private final Store store;
  private final RemoteSource source;
  private final Notices notices;
  private final InstantSource clock;
  private final GatewayUrls urls;
  private final Postings postings;
  private final Repeats repeats;
  private final Addressees addressees;
  private final CommentRooms rooms;

  RemotePostBridge(Store store, RemoteSource source, Notices notices, BridgeSettings settings) {
    this.store = store;
    this.source = source;
    this.notices = notices;
    this.clock = settings.clock();
    this.urls = settings.urls();
    this.postings = new Postings(settings);
    this.repeats = new Repeats(notices, settings);
    this.addressees = new Addressees(settings);
    this.rooms = new CommentRooms(postings);
  }

  /**
   * Why a post is of interest here.
   *
   * @param followed somebody here follows its author
   * @param before the post as we have it, since somebody repeated it, for one
   * @param answers it answers a post that we have, ours or another
   * @param speaksTo served accounts that it addresses or mentions
   */
  private record Concern(
      boolean followed, Optional<RemotePost> before, boolean answers, Set<Jid> speaksTo) {
    boolean any() {
      return followed || before.isPresent() || answers || !speaksTo.isEmpty();
    }
  }

  /** Whether somebody here may read a post; what is for named people never leaves the inbox. */
  static boolean mayRead(RemotePost post, boolean follows) {
    Visibility visibility = post.audience().visibility();
    return visibility.isOpen() || (follows && visibility == Visibility.FOLLOWERS);
  }

  /**
   * The state of a post after somebody said what it is: the newer one, for no more people than
   * before. Empty when that is somebody else's post or an older state.
   */
  static Optional<RemotePost> newer(RemotePost before, RemotePost said) {
    if (!before.author().equals(said.author())
        || said.dates().updated().isBefore(before.dates().updated())) {
      return Optional.empty();
    }
    Visibility narrower = before.audience().visibility().narrowest(said.audience().visibility());
    return Optional.of(said.withAudience(said.audience().withVisibility(narrower)));
  }

  /**
   * A followers collection that is not the author's own opens a post to nobody here, who could only
   * be a follower of the author.
   */
  static RemotePost forOwnFollowers(RemotePost post, RemoteActor author) {
    boolean own =
        author.endpoints().followers().filter(post.audience().collections()::contains).isPresent();
    return post.audience().visibility() == Visibility.FOLLOWERS && !own
        ? post.withAudience(post.audience().withVisibility(Visibility.LIMITED))
        : post;
  }

  /**
   * A post that we have may have come with a page of its author's outbox, of which nobody was told.
   */
  Effect created(RemotePost post) {
    return told(post.notAfter(clock.instant()), true);
  }

  Effect updated(RemotePost post) {
    return told(post.notAfter(clock.instant()), false);
  }

  Effect deleted(IncomingActivity.Delete delete) {
    return Effect.now(session -> bury(session, delete.actor(), delete.object()));
  }

  /** As {@link #created(RemotePost)}, where nobody has to be asked. */
  AtOnce created(Session session, RemotePost post, boolean isPatient) {
    return told(session, post.notAfter(clock.instant()), true, isPatient);
  }

  /** As {@link #updated(RemotePost)}, where nobody has to be asked. */
  AtOnce updated(Session session, RemotePost post) {
    return told(session, post.notAfter(clock.instant()), false, false);
  }

  private AtOnce told(Session session, RemotePost said, boolean isNew, boolean isPatient) {
    Concern concern = concern(session, said);
    if (!concern.any()) {
      return AtOnce.DONE;
    }
    boolean isPersonal =
        !concern.speaksTo().isEmpty() || said.parent().flatMap(urls::post).isPresent();
    Optional<RemoteActor> author =
        isPersonal ? Optional.empty() : source.known(session, said.author());
    if (author.isEmpty()) {
      return AtOnce.ASKS;
    }
    if (isPatient && isBeforeItsParent(session, said, concern)) {
      return AtOnce.WAITS;
    }
    settle(session, concern, author.get(), forOwnFollowers(said, author.get()), isNew);
    return AtOnce.DONE;
  }

  private static boolean isBeforeItsParent(Session session, RemotePost post, Concern concern) {
    return !concern.answers()
        && post.parent()
            .filter(parent -> session.inbox().isWaiting(parent, post.author()))
            .isPresent();
  }

  private Effect told(RemotePost said, boolean isNew) {
    Concern concern = store.inTransaction(session -> concern(session, said));
    if (!concern.any()) {
      return Effect.NOTHING;
    }
    Answer<RemoteActor> known = source.actor(said.author());
    if (!(known instanceof Answer.Got<RemoteActor>(RemoteActor author))) {
      return Effect.without(known);
    }
    RemotePost post = forOwnFollowers(said, author);
    boolean isStray = post.parent().isPresent() && !concern.answers();
    if (!isStray || concern.speaksTo().isEmpty() || !isTaken(concern, post)) {
      return Effect.now(session -> settle(session, concern(session, said), author, post, isNew));
    }
    // Somebody speaks to us from the middle of a discussion: it may have begun here.
    return switch (source.above(post)) {
      case Answer.Got<List<RemotePost>>(List<RemotePost> above) ->
          Effect.now(session -> takeUnder(session, above, author, post, isNew));
      case Answer.Unavailable<List<RemotePost>>(String reason) ->
          new Effect.Later(reason, session -> takeUnder(session, List.of(), author, post, isNew));
      case Answer<List<RemotePost>> none ->
          Effect.now(session -> takeUnder(session, List.of(), author, post, isNew));
    };
  }

  private void takeUnder(
      Session session, List<RemotePost> above, RemoteActor author, RemotePost post, boolean isNew) {
    Optional<RemotePost> before = before(session, post);
    boolean isBuried = session.remotePosts().isBuried(post.id(), post.author());
    if (!isBuried && (isNew || before.isPresent())) {
      above.reversed().forEach(each -> keepIfNew(session, urls, each));
    }
    take(session, author, post, before, isNew);
  }

  private static Optional<RemotePost> before(Session session, RemotePost post) {
    return session.remotePosts().find(post.id()).map(Kept::post);
  }

  private static boolean isTaken(Concern concern, RemotePost post) {
    return mayRead(post, true) && (concern.followed() || post.audience().visibility().isOpen());
  }

  private void settle(
      Session session, Concern concern, RemoteActor author, RemotePost post, boolean isNew) {
    if (!mayRead(post, true)) {
      narrowed(session, post);
    } else if (isTaken(concern, post)) {
      take(session, author, post, concern.before(), isNew);
    }
  }

  private Concern concern(Session session, RemotePost post) {
    boolean answers =
        post.parent().filter(parent -> session.discussions().find(parent).isPresent()).isPresent();
    return new Concern(
        session.followings().isFollowed(post.author()),
        before(session, post),
        answers,
        addressees.speaksTo(session, post));
  }

  /** What its author meant for fewer people than we have shown it to is taken back. */
  private void narrowed(Session session, RemotePost post) {
    boolean shown =
        session.remotePosts().find(post.id()).flatMap(kept -> newer(kept.post(), post)).isPresent();
    if (shown) {
      bury(session, post.author(), post.id());
    }
  }

  private void take(
      Session session,
      RemoteActor author,
      RemotePost post,
      Optional<RemotePost> before,
      boolean evenIfKnown) {
    boolean isForeign = before.filter(known -> !known.author().equals(post.author())).isPresent();
    // An edit of what never crossed does not cross either.
    if (isForeign || (before.isEmpty() && !evenIfKnown)) {
      return;
    }
    RemotePost after = before.map(known -> newer(known, post).orElse(known)).orElse(post);
    String itemId = Ids.itemId(after.id());
    boolean changed = before.filter(after::equals).isEmpty();
    if (before.isPresent() && changed) {
      session.remotePosts().save(itemId, after);
    } else if (before.isEmpty() && !session.remotePosts().saveTold(itemId, after)) {
      return;
    }
    if (changed && author.wishes().shown()) {
      relate(session, urls, after);
      if (after.parent().isPresent()) {
        rooms.place(session, after);
      }
    }
    // It may come a second time, from its author's outbox for one.
    boolean isNews = before.isEmpty() || (session.remotePosts().tell(after.id()) && evenIfKnown);
    if (changed || isNews) {
      notify(session, author, after);
    }
    addressees.tell(session, author, after, isNews ? Optional.empty() : before);
  }

  /** As {@link #keepIfNew}. */
  void keep(Session session, RemotePost post) {
    keepIfNew(session, urls, post);
  }

  /** Keeps a post that its own server gave us; one that we have stays as narrow as it is. */
  static void keepIfNew(Session session, GatewayUrls urls, RemotePost post) {
    if (session.remotePosts().isBuried(post.id(), post.author())) {
      return;
    }
    Optional<RemotePost> known = session.remotePosts().find(post.id()).map(Kept::post);
    if (known.isEmpty()) {
      session.remotePosts().save(Ids.itemId(post.id()), post);
    }
    relate(session, urls, known.orElse(post));
  }

  /**
   * Discussions hold what anybody may read, and nothing else; those under a post of ours take
   * nothing new of whom its author blocks.
   */
  static void relate(Session session, GatewayUrls urls, RemotePost post) {
    if (post.audience().visibility().isOpen()) {
      Discussions.Entry entry = entry(session, post);
      if (!isBlocked(session, urls, entry)) {
        session.discussions().add(entry);
      }
    } else {
      session.discussions().remove(post.id());
    }
  }

  private static boolean isBlocked(Session session, GatewayUrls urls, Discussions.Entry entry) {
    return urls.post(entry.root())
        .filter(ours -> BlockBridge.blocks(session, ours.account(), entry.author()))
        .isPresent();
  }

  private static Discussions.Entry entry(Session session, RemotePost post) {
    URI root =
        post.parent()
            .map(parent ->
                session.discussions().find(parent).map(Discussions.Entry::root).orElse(parent))
            .orElse(post.id());
    return new Discussions.Entry(
        post.id(), root, post.parent(), post.author(), post.dates().published());
  }

  private void notify(Session session, RemoteActor author, RemotePost post) {
    String version =
        Ids.key(
            "post",
            post.id().toString(),
            post.dates().updated().toString(),
            post.content().body().html(),
            post.content().toString());
    for (Feed feed : feeds(post)) {
      notify(session, author, post, feed, version);
    }
  }

  /** An event stands in the nodes for events as well. */
  private static List<Feed> feeds(RemotePost post) {
    return Stream.of(Feed.values())
        .filter(feed -> !feed.isOfEvents() || post.content().event().isPresent())
        .toList();
  }

  private void notify(
      Session session, RemoteActor author, RemotePost post, Feed feed, String version) {
    Kept kept = new Kept(Ids.itemId(post.id()), post, Optional.empty());
    notices.item(
        session,
        author.id(),
        feed.node(),
        addressed ->
            FeedItems.item(
                feed, postings.inBlog(session, author, addressed, kept), Namespaces.PUBSUB_EVENT),
        version);
  }

  /** Leaves a grave only where the post may still arrive, so that strangers cannot fill storage. */
  private void bury(Session session, URI actor, URI post) {
    boolean concerns =
        session.followings().isFollowed(actor) || session.remotePosts().find(post).isPresent();
    if (concerns) {
      Optional<LocalPost> root = rooms.root(session, post);
      List<Kept> shownBy = session.remotePosts().repeatsOf(post);
      session
          .remotePosts()
          .bury(post, actor, clock.instant())
          .ifPresent(was -> {
            feeds(was.post())
                .forEach(feed -> notices.retract(session, actor, feed.node(), was.itemId()));
            shownBy.forEach(repeat -> repeats.end(session, repeat));
            session.discussions().remove(post);
            session.reactions().removeOf(post);
            session.rsvps().removeOf(post);
            session.watches().removeOf(post);
            root.ifPresent(room -> rooms.withdraw(session, was, room));
          });
    }
  }

  /**
   * An actor does not want to stand where others put them, or is gone: what they said goes from
   * discussions, and from the lists of whoever boosted it. Those who follow them keep it.
   */
  void withdraw(Session session, URI actor) {
    List<Discussions.Entry> page;
    do {
      page = session.discussions().by(actor, PAGE);
      page.forEach(entry -> withdraw(session, entry));
    } while (page.size() == PAGE);
  }

  private void withdraw(Session session, Discussions.Entry entry) {
    Optional<LocalPost> root = rooms.root(session, entry.id());
    session
        .remotePosts()
        .find(entry.id())
        .ifPresent(kept -> root.ifPresent(room -> rooms.withdraw(session, kept, room)));
    session.remotePosts().repeatsOf(entry.id()).forEach(repeat -> repeats.end(session, repeat));
    session.discussions().remove(entry.id());
  }
}
