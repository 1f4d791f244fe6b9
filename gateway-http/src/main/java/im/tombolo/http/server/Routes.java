package im.tombolo.http.server;

import com.github.benmanes.caffeine.cache.Ticker;
import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.activity.ActorWriter;
import im.tombolo.core.activity.CollectionWriter;
import im.tombolo.core.activity.Jrd;
import im.tombolo.core.activity.NodeInfoWriter;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.LocalAccounts.Publication;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.port.Activities;
import im.tombolo.core.port.Answer;
import im.tombolo.http.signature.SignatureCheck.Outcome;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which request gets which answer. */
final class Routes {
  private static final String JRD = "application/jrd+json; charset=utf-8";
  private static final String JSON = "application/json; charset=utf-8";

  private final Site site;
  private final GatewayUrls urls;
  private final boolean authorizedFetch;
  private final Optional<URI> securityContact;
  private final AccountRoutes accounts;
  private final Inboxes inboxes;
  private final ExportRoutes exports;
  private final PublicAnswers answers;
  private final RestrictedPosts restricted;

  Routes(Site site, ServerSettings settings) {
    this.site = site;
    this.urls = site.urls();
    this.authorizedFetch = settings.authorizedFetch();
    this.securityContact = settings.securityContact();
    this.accounts = new AccountRoutes(site, settings.limits().pageSize());
    this.exports = new ExportRoutes(site.exports());
    this.inboxes = new Inboxes(site.signatures(), site.door(), settings.limits());
    this.restricted = new RestrictedPosts(site);
    this.answers = new PublicAnswers(settings.limits().answerAge(), Ticker.systemTicker());
  }

  /** An address that is the same for everybody at the root of the host. */
  Reply wellKnown(Query query) {
    if (!query.isRead()) {
      return notAllowed("GET, HEAD");
    }
    return welcome(query, answers.answer(query, () -> readWellKnown(query)));
  }

  private Reply readWellKnown(Query query) {
    return switch (String.join("/", query.segments())) {
      case "webfinger" -> webfinger(query).with("Access-Control-Allow-Origin", "*");
      case "nodeinfo" -> Reply.of(200, JSON, NodeInfoWriter.links(urls));
      case "security.txt" ->
          securityContact
              .map(contact ->
                  Reply.text(200, SecurityText.of(contact, securityText(), Instant.now())))
              .orElseGet(Reply::notFound);
      default -> Reply.notFound();
    };
  }

  private URI securityText() {
    return URI.create(urls.base() + "/").resolve("/.well-known/security.txt");
  }

  /** An address below the site's base. */
  Reply answer(Query query) throws IOException {
    List<String> path = query.segments();
    if (isInbox(path)) {
      if (!query.message().method().equals("POST")) {
        return notAllowed("POST");
      }
      return path.size() == 1 || owner(path).isPresent() ? inboxes.post(query) : Reply.notFound();
    }
    if (isExport(path)) {
      return owner(path)
          .map(person -> exports.answer(query, person, path.getLast()))
          .orElseGet(Reply::notFound);
    }
    if (!query.isRead()) {
      return notAllowed("GET, HEAD");
    }
    Reply reply = answers.answer(query, () -> read(query, path));
    if (!isGuarded(path)) {
      return reply;
    }
    return reply.status() == 404 ? restricted(query, path).orElse(reply) : guarded(query, reply);
  }

  private Reply read(Query query, List<String> path) {
    return switch (path.getFirst()) {
      case "nodeinfo" -> path.equals(List.of("nodeinfo", "2.1")) ? nodeInfo() : Reply.notFound();
      case "actor" -> instance(path);
      case "authorize_interaction" ->
          path.size() == 1 ? follow(query.parameter().apply("uri")) : Reply.notFound();
      case "activities" -> path.size() == 2 ? activity(path.get(1)) : Reply.notFound();
      case "users" -> path.size() > 2 ? account(query, path) : Reply.notFound();
      default -> Reply.notFound();
    };
  }

  private Optional<Reply> restricted(Query query, List<String> path) {
    return path.size() > 2
        ? owner(path).flatMap(jid -> restricted.answer(query, jid, path.subList(3, path.size())))
        : Optional.empty();
  }

  private static boolean isGuarded(List<String> path) {
    return path.getFirst().equals("activities") || path.getFirst().equals("users");
  }

  private static boolean isInbox(List<String> path) {
    return path.equals(List.of("inbox"))
        || (path.size() == 4 && path.getFirst().equals("users") && path.get(3).equals("inbox"));
  }

  private static boolean isExport(List<String> path) {
    return path.size() == 5 && path.getFirst().equals("users") && path.get(3).equals("export");
  }

  static Reply notAllowed(String allowed) {
    return Reply.text(405, "Only " + allowed + " works here.").with("Allow", allowed);
  }

  private Reply webfinger(Query query) {
    Optional<String> resource = query.parameter().apply("resource");
    if (resource.isEmpty() || resource.get().isBlank()) {
      return Reply.text(400, "Say whom you look for: ?resource=acct:user@" + urls.host());
    }
    Optional<Jid> account = whom(resource.get());
    return account
        .map(jid ->
            jid.isDomain()
                ? jrd(jid)
                : found(site.accounts().actor(jid), actor -> jrd(actor.address())))
        .orElseGet(Reply::notFound);
  }

  private Reply jrd(Jid account) {
    return Reply.of(200, JRD, Jrd.write(urls, account));
  }

  private Optional<Jid> whom(String resource) {
    String text = resource.strip();
    // FEP-d556: the server itself has its origin for a name.
    if (text.equals(urls.instanceActor().toString())
        || text.equals(urls.base())
        || text.equals(urls.base() + "/")) {
      return Optional.of(urls.instanceJid());
    }
    if (text.startsWith(urls.base() + "/")) {
      return uri(text).flatMap(urls::account);
    }
    if (text.startsWith("xmpp:")) {
      return Jid.parse(text.substring("xmpp:".length())).filter(urls::serves);
    }
    Optional<Handle> handle = Handle.parse(text);
    boolean isInstance = handle.filter(h -> h.equals(instanceHandle())).isPresent();
    return isInstance ? Optional.of(urls.instanceJid()) : handle.flatMap(urls::byHandle);
  }

  private Handle instanceHandle() {
    return new Handle(urls.host(), urls.host());
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private Reply nodeInfo() {
    long actors = site.store().inTransaction(session -> session.accounts().countActors());
    return Reply.of(
        200,
        "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/2.1#\"",
        NodeInfoWriter.document(site.version(), actors));
  }

  /** For people who press a button to follow: what to do on XMPP. Nobody is asked for anything. */
  private Reply follow(Optional<String> uri) {
    Optional<Jid> jid = uri.map(String::strip).flatMap(Handle::parse).map(site.virtual()::of);
    return jid.map(whom -> FollowPage.of(whom))
        .map(html -> Reply.of(200, Reply.HTML, html))
        .orElseGet(() -> Reply.of(400, Reply.HTML, FollowPage.ofNobody()))
        .with("Content-Security-Policy", Markup.POLICY);
  }

  /** Readable by anybody: without its key nobody could check what we sign. */
  private Reply instance(List<String> path) {
    if (path.size() == 2 && path.get(1).equals("outbox")) {
      return Reply.activity(
          CollectionWriter.collection(
              URI.create(urls.instanceActor() + "/outbox"), 0, Optional.empty()));
    }
    return path.size() == 1
        ? Reply.activity(
            new ActorWriter(urls).instance(site.keyring().publicKeys(urls.instanceJid())))
        : Reply.notFound();
  }

  private Reply activity(String key) {
    return site.store()
        .inTransaction(session -> session.activities().find(key))
        .filter(Activities.Sent::open)
        .map(sent ->
            deleted(sent)
                .map(at ->
                    Reply.of(
                        410,
                        Reply.ACTIVITY,
                        CollectionWriter.tombstone(urls.activity(sent.key()), at)))
                .orElseGet(() -> Reply.activity(sent.json())))
        .orElseGet(Reply::notFound);
  }

  /** What a post said goes with it, also where it was told that it was published or edited. */
  private Optional<Instant> deleted(Activities.Sent sent) {
    Optional<URI> post =
        ActivityReader.read(sent.json())
            .value()
            .flatMap(activity ->
                switch (activity) {
                  case IncomingActivity.CreatePost create -> Optional.of(create.post().id());
                  case IncomingActivity.UpdatePost update -> Optional.of(update.post().id());
                  default -> Optional.empty();
                });
    return post.flatMap(urls::post)
        .map(named -> site.accounts().post(named.account(), named.key()))
        .flatMap(found ->
            found instanceof Publication.Gone(Instant at) ? Optional.of(at) : Optional.empty());
  }

  /** Of the account that a path below {@code users} names. */
  private Optional<Jid> owner(List<String> path) {
    return uri(urls.base() + "/" + String.join("/", path.subList(0, 3))).flatMap(urls::account);
  }

  private Reply account(Query query, List<String> path) {
    return owner(path)
        .map(jid -> account(query, jid, path.subList(3, path.size())))
        .orElseGet(Reply::notFound);
  }

  private Reply account(Query query, Jid jid, List<String> rest) {
    return accounts
        .grave(query, jid, rest)
        .orElseGet(() ->
            found(site.accounts().actor(jid), account -> accounts.answer(query, account, rest)));
  }

  /**
   * Where only signed questions are answered, pages for people stay open. What counts is what would
   * be told, whatever was asked for.
   */
  private Reply guarded(Query query, Reply reply) {
    if (!reply.type().equals(Reply.ACTIVITY)) {
      return reply;
    }
    if (!authorizedFetch) {
      return welcome(query, reply);
    }
    return switch (site.signatures().check(query.message(), Optional.empty())) {
      case Outcome.Signed signed -> reply.forAsker();
      case Outcome.Bad(String reason) -> Reply.text(401, "Refused: " + reason + ".");
      case Outcome.Unwelcome unwelcome -> unwelcome();
      case Outcome.Unknown unknown -> Reply.tryLater();
    };
  }

  /** Who is not talked to gets nothing, as far as they say who they are. */
  private Reply welcome(Query query, Reply reply) {
    return site.signatures().isUnwelcome(query.message()) ? unwelcome() : reply;
  }

  private static Reply unwelcome() {
    return Reply.text(403, "Refused: somebody who is not talked to here.");
  }

  private static Reply found(Answer<Account> account, Function<Account, Reply> reply) {
    return switch (account) {
      case Answer.Got<Account>(Account value) -> reply.apply(value);
      case Answer.Unavailable<Account> unknown -> Reply.tryLater();
      case Answer.Gone<Account> left -> Reply.gone();
      case Answer<Account> none -> Reply.notFound();
    };
  }
}
