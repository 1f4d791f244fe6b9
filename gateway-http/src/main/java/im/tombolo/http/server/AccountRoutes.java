package im.tombolo.http.server;

import im.tombolo.core.activity.ActivityWriter;
import im.tombolo.core.activity.ActorWriter;
import im.tombolo.core.activity.CollectionWriter;
import im.tombolo.core.activity.NoteWriter;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.atom.FeedWriter;
import im.tombolo.core.atom.Posting;
import im.tombolo.core.bridge.CommunityPages;
import im.tombolo.core.bridge.LocalAccounts.Publication;
import im.tombolo.core.bridge.Outbox;
import im.tombolo.core.calendar.CalendarWriter;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Discussions;
import im.tombolo.core.port.LocalPosts.Position;
import im.tombolo.core.xml.XmlWriter;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What is below an actor's address: the actor, posts, collections, the avatar. */
final class AccountRoutes {
  static final List<Form> BLOG = List.of(Form.HTML, Form.ACTIVITY, Form.ATOM, Form.CALENDAR);
  static final List<Form> POST = List.of(Form.HTML, Form.ACTIVITY, Form.CALENDAR);

  /** Events of one account in its calendar, the newest publications. */
  private static final int MAX_EVENTS = 500;

  private final Site site;
  private final GatewayUrls urls;
  private final int pageSize;
  private final Outbox outbox;
  private final CommunityPages communities;
  private final BlogPage pages;

  AccountRoutes(Site site, int pageSize) {
    this.site = site;
    this.urls = site.urls();
    this.pageSize = pageSize;
    this.outbox = new Outbox(site.store(), site.urls());
    this.communities = new CommunityPages(site.store(), site.urls(), site.virtual());
    this.pages = new BlogPage(urls);
  }

  /**
   * @param rest segments below the actor's own
   */
  Reply answer(Query query, Account account, List<String> rest) {
    Jid jid = account.address();
    return switch (rest.size()) {
      case 0 -> actor(query, account);
      case 1 ->
          switch (rest.getFirst()) {
            case "outbox" -> outbox(query, account);
            case "followers" -> followers(query, account);
            case "following" -> following(query, jid);
            case "events.ics" -> calendar(account);
            case "featured" ->
                Reply.activity(
                    CollectionWriter.whole(urls.featured(jid), communities.featured(jid)));
            case "moderators" -> moderators(account);
            default -> Reply.notFound();
          };
      case 2 ->
          switch (rest.getFirst()) {
            case "posts" -> post(query, account, rest.get(1));
            case "avatar" -> avatar(account, rest.get(1));
            case "quotes" -> stamp(jid, rest.get(1));
            default -> Reply.notFound();
          };
      case 3 ->
          rest.getFirst().equals("posts")
              ? discussion(query, jid, rest.get(1), rest.get(2))
              : Reply.notFound();
      default -> Reply.notFound();
    };
  }

  private Reply actor(Query query, Account account) {
    Jid jid = account.address();
    return switch (Form.wanted(query.header("accept"), BLOG)) {
      case ACTIVITY ->
          Reply.activity(new ActorWriter(urls).write(account, site.keyring().publicKeys(jid)));
      case ATOM ->
          Reply.of(
              200,
              Reply.ATOM,
              "<?xml version='1.0' encoding='UTF-8'?>\n"
                  + XmlWriter.write(
                      FeedWriter.write(
                          urls, account, posts(account, Optional.empty()), Instant.EPOCH)));
      case CALENDAR -> calendar(account);
      case HTML -> {
        List<LocalPost> posts = posts(account, after(query));
        Optional<String> older = next(posts).map(cursor -> urls.actor(jid) + "?after=" + cursor);
        yield page(200, pages.blog(account, posts, older));
      }
    };
  }

  private Reply calendar(Account account) {
    List<LocalPost> events = outbox.events(account, MAX_EVENTS);
    return Reply.of(200, Reply.CALENDAR, new CalendarWriter(urls).feed(account, events));
  }

  private static Reply page(int status, String html) {
    return Reply.of(status, Reply.HTML, html).with("Content-Security-Policy", Markup.POLICY);
  }

  /** The answer for a post that was taken back; also when its author is no actor any more. */
  Optional<Reply> grave(Query query, Jid jid, List<String> rest) {
    return rest.size() == 2
            && rest.getFirst().equals("posts")
            && site.accounts().post(jid, rest.get(1)) instanceof Publication.Gone(Instant at)
        ? Optional.of(
            isActivity(query)
                ? Reply.of(
                    410,
                    Reply.ACTIVITY,
                    CollectionWriter.tombstone(urls.post(jid, rest.get(1)), at))
                : page(410, pages.gone()))
        : Optional.empty();
  }

  private Reply post(Query query, Account account, String key) {
    return open(account.address(), key)
        .map(post ->
            switch (Form.wanted(query.header("accept"), POST)) {
              case ACTIVITY ->
                  post.repeats().isPresent()
                      ? Reply.notFound()
                      : Reply.activity(new NoteWriter(urls).write(post));
              case CALENDAR -> isEvent(post) ? file(post) : people(account, post);
              case HTML, ATOM -> people(account, post);
            })
        .orElseGet(Reply::notFound);
  }

  private Reply people(Account account, LocalPost post) {
    return page(200, pages.post(account, post, answers(post)));
  }

  private Optional<LocalPost> open(Jid jid, String key) {
    return site.accounts().post(jid, key) instanceof Publication.Live(LocalPost post)
            && post.audience().visibility().isOpen()
        ? Optional.of(post)
        : Optional.empty();
  }

  private static boolean isEvent(LocalPost post) {
    return post.content().event().isPresent();
  }

  private Reply file(LocalPost event) {
    return Reply.of(200, Reply.CALENDAR, new CalendarWriter(urls).event(event))
        .with("Content-Disposition", "attachment; filename=\"event.ics\"");
  }

  private List<Posting> answers(LocalPost post) {
    return site.discussions().answers(urls.post(post.account(), post.key()));
  }

  /** What was answered to a post, or all that was said below it: only what anybody may read. */
  private Reply discussion(Query query, Jid jid, String key, String which) {
    Optional<LocalPost> there = open(jid, key);
    if (there.isEmpty()) {
      return Reply.notFound();
    }
    boolean isEvent = isEvent(there.get());
    URI post = urls.post(jid, key);
    return switch (which) {
      case "replies" ->
          pages(
              query,
              urls.replies(jid, key),
              discussions -> discussions.countAnswers(post),
              (discussions, after) -> discussions.answers(post, after, pageSize));
      case "context" ->
          pages(
              query,
              urls.context(jid, key),
              discussions -> discussions.countAll(post),
              (discussions, after) -> discussions.all(post, after, pageSize));
      case "likes" -> likes(jid, key);
      case "attendees" -> isEvent ? attendees(jid, key) : Reply.notFound();
      case "event.ics" -> isEvent ? file(there.get()) : Reply.notFound();
      default -> Reply.notFound();
    };
  }

  /** How many, not who. */
  private Reply likes(Jid jid, String key) {
    long count =
        site.store()
            .inTransaction(session -> session.reactions().count(urls.post(jid, key)).likes());
    return Reply.activity(CollectionWriter.count(urls.likes(jid, key), count));
  }

  /** How many, not who (FEP-8a8e). */
  private Reply attendees(Jid jid, String key) {
    int count =
        site.store()
            .inTransaction(session -> session.rsvps().count(urls.post(jid, key)).confirmed());
    return Reply.activity(CollectionWriter.count(urls.attendees(jid, key), count));
  }

  private interface Walk {
    List<Discussions.Entry> page(Discussions discussions, Optional<Discussions.Entry> after);
  }

  private Reply pages(Query query, URI collection, ToLongFunction<Discussions> count, Walk walk) {
    Optional<URI> cursor = query.parameter().apply("after").flatMap(Cursors::uri);
    if (query.parameter().apply("page").isEmpty() && cursor.isEmpty()) {
      long total = site.store().inTransaction(session -> count.applyAsLong(session.discussions()));
      return Reply.activity(
          CollectionWriter.collection(collection, total, Optional.of(first(collection))));
    }
    List<URI> ids =
        site.store()
            .inTransaction(session ->
                walk
                    .page(session.discussions(), cursor.flatMap(session.discussions()::find))
                    .stream()
                    .map(Discussions.Entry::id)
                    .toList());
    Optional<URI> next =
        ids.size() < pageSize
            ? Optional.empty()
            : Optional.of(URI.create(collection + "?after=" + Cursors.write(ids.getLast())));
    return Reply.activity(
        CollectionWriter.pageOfIds(place(collection, query), collection, ids, next));
  }

  /** Leave to quote holds while there is something to quote. */
  private Reply stamp(Jid jid, String key) {
    return site.store()
        .inTransaction(session -> session.quotes().findStamp(jid, key))
        .filter(stamp ->
            site.accounts().post(jid, stamp.postKey()) instanceof Publication.Live(LocalPost post)
                && post.audience().visibility().isOpen())
        .map(stamp -> Reply.activity(new ActivityWriter(urls).stamp(stamp)))
        .orElseGet(Reply::notFound);
  }

  private static boolean isActivity(Query query) {
    return Form.wanted(query.header("accept"), POST) == Form.ACTIVITY;
  }

  private Reply outbox(Query query, Account account) {
    URI collection = urls.outbox(account.address());
    if (query.parameter().apply("page").isEmpty() && query.parameter().apply("after").isEmpty()) {
      return Reply.activity(
          CollectionWriter.collection(
              collection, outbox.count(account), Optional.of(first(collection))));
    }
    List<Outbox.Listed> page = outbox.page(account, after(query), pageSize);
    Optional<URI> next =
        page.size() < pageSize
            ? Optional.empty()
            : Optional.of(
                URI.create(collection + "?after=" + Cursors.write(page.getLast().position())));
    return Reply.activity(
        CollectionWriter.pageOfDocuments(
            place(collection, query),
            collection,
            page.stream().map(Outbox.Listed::json).toList(),
            next));
  }

  /** Who is let into a closed blog is nobody else's business. */
  private Reply followers(Query query, Account account) {
    Jid jid = account.address();
    URI followers = urls.followers(jid);
    if (account.blog() == Account.Blog.FOR_FOLLOWERS) {
      long total = site.store().inTransaction(session -> session.followers().count(jid));
      return Reply.activity(CollectionWriter.count(followers, total));
    }
    Optional<String> cursor = query.parameter().apply("after");
    if (query.parameter().apply("page").isEmpty() && cursor.isEmpty()) {
      long total = site.store().inTransaction(session -> session.followers().count(jid));
      return Reply.activity(
          CollectionWriter.collection(followers, total, Optional.of(first(followers))));
    }
    return members(
        query,
        followers,
        site.store()
            .inTransaction(
                session -> session.followers().page(jid, cursor.flatMap(Cursors::uri), pageSize)));
  }

  private Reply moderators(Account account) {
    Jid jid = account.address();
    return account.kind() == ActorKind.GROUP
        ? Reply.activity(
            CollectionWriter.whole(
                urls.moderators(jid),
                communities.moderators(jid).stream().map(URI::toString).toList()))
        : Reply.notFound();
  }

  /** Only whom they follow publicly (XEP-0465). */
  private Reply following(Query query, Jid jid) {
    URI following = urls.following(jid);
    Optional<String> cursor = query.parameter().apply("after");
    if (query.parameter().apply("page").isEmpty() && cursor.isEmpty()) {
      long total = site.store().inTransaction(session -> session.followings().countPublic(jid));
      return Reply.activity(
          CollectionWriter.collection(following, total, Optional.of(first(following))));
    }
    return members(
        query,
        following,
        site.store()
            .inTransaction(session ->
                session.followings().publicOf(jid, cursor.flatMap(Cursors::uri), pageSize)));
  }

  /** A page of actors; it is followed by another one if it is full. */
  private Reply members(Query query, URI collection, List<URI> actors) {
    Optional<URI> next =
        actors.size() < pageSize
            ? Optional.empty()
            : Optional.of(URI.create(collection + "?after=" + Cursors.write(actors.getLast())));
    return Reply.activity(
        CollectionWriter.pageOfIds(place(collection, query), collection, actors, next));
  }

  private Reply avatar(Account account, String sha1) {
    // Of other accounts' pictures nobody learns here.
    if (account.face().avatar().filter(avatar -> avatar.sha1().equals(sha1)).isEmpty()) {
      return Reply.notFound();
    }
    return site.store()
        .inTransaction(session -> session.pictures().find(sha1))
        .map(picture ->
            new Reply(
                200,
                picture.mediaType(),
                Map.of(
                    "Cache-Control",
                    "public, max-age=31536000, immutable",
                    "Content-Security-Policy",
                    "default-src 'none'"),
                picture.bytes()))
        .orElseGet(Reply::notFound);
  }

  private static URI first(URI collection) {
    return URI.create(collection + "?page=first");
  }

  private static URI place(URI collection, Query query) {
    return query
        .parameter()
        .apply("after")
        .map(cursor -> URI.create(collection + "?after=" + cursor.replaceAll("[^A-Za-z0-9_-]", "")))
        .orElseGet(() -> first(collection));
  }

  private static Optional<Position> after(Query query) {
    return query.parameter().apply("after").flatMap(Cursors::position);
  }

  private List<LocalPost> posts(Account account, Optional<Position> after) {
    return outbox.posts(account, after, pageSize);
  }

  private Optional<String> next(List<LocalPost> posts) {
    if (posts.size() < pageSize) {
      return Optional.empty();
    }
    LocalPost last = posts.getLast();
    return Optional.of(Cursors.write(new Position(last.dates().published(), last.key())));
  }
}
