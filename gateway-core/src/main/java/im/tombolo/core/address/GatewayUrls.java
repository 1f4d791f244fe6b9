package im.tombolo.core.address;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every URL that we publish, and what each of them names. They hold plain characters only, since
 * several servers mangle percent escapes.
 */
public final class GatewayUrls {
  private static final String USERS = "/users/";

  private final String base;
  private final String host;
  private final List<String> domains;
  private final String homeDomain;

  /**
   * @param base public base URL, without a slash at its end
   * @param domains the XMPP domains that are served, at least one
   */
  public GatewayUrls(URI base, List<String> domains) {
    String text = base.toString();
    this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.host = base.getAuthority().toLowerCase(Locale.ROOT);
    this.domains = List.copyOf(domains);
    this.homeDomain = domains.contains(base.getHost()) ? base.getHost() : domains.getFirst();
  }

  public String base() {
    return base;
  }

  public boolean isOurs(URI url) {
    return url.toString().startsWith(base + "/");
  }

  /** Host, and port where it is not the scheme's own, of our handles. */
  public String host() {
    return host;
  }

  /** The domain whose people have their plain names as handles. */
  public String homeDomain() {
    return homeDomain;
  }

  public boolean serves(Jid account) {
    return !account.isDomain()
        && account.isBare()
        && domains.contains(account.domain())
        && hasHandle(account);
  }

  /** Whoever has too long a name for a handle is nobody in the fediverse. */
  private boolean hasHandle(Jid account) {
    int atMost = ActorName.MAX_GROWTH * (account.local().length() + account.domain().length() + 1);
    return atMost <= Handle.MAX_USER || preferredUsername(account).length() <= Handle.MAX_USER;
  }

  /** True for a served domain and what lies below one, which the same people run. */
  public boolean isHome(String domain) {
    return domains.stream().anyMatch(home -> domain.equals(home) || domain.endsWith("." + home));
  }

  /** What an account's documents are written with. */
  public AccountUrls of(Jid account) {
    return new AccountUrls(
        account.isDomain()
            ? base + "/actor"
            : base + USERS + account.domain() + "/" + ActorName.escape(account.local()));
  }

  public URI actor(Jid account) {
    return URI.create(of(account).actor());
  }

  public URI inbox(Jid account) {
    return below(account, "/inbox");
  }

  public URI outbox(Jid account) {
    return below(account, "/outbox");
  }

  public URI followers(Jid account) {
    return URI.create(of(account).followers());
  }

  public URI following(Jid account) {
    return below(account, "/following");
  }

  public URI featured(Jid account) {
    return below(account, "/featured");
  }

  /** Who moderates a community (FEP-1b12). */
  public URI moderators(Jid account) {
    return below(account, "/moderators");
  }

  public URI post(Jid account, String key) {
    return URI.create(of(account).post(key));
  }

  /** Answers to a post. */
  public URI likes(Jid account, String key) {
    return URI.create(of(account).likes(key));
  }

  public URI replies(Jid account, String key) {
    return URI.create(of(account).replies(key));
  }

  /** Who comes to an event (FEP-8a8e). */
  public URI attendees(Jid account, String key) {
    return below(account, "/posts/" + key + "/attendees");
  }

  /** An event as a file for calendars. */
  public URI calendar(Jid account, String key) {
    return below(account, "/posts/" + key + "/event.ics");
  }

  /** All events of an account, likewise. */
  public URI calendar(Jid account) {
    return below(account, "/events.ics");
  }

  /** The whole discussion that a post began (FEP-7888). */
  public URI context(Jid account, String key) {
    return URI.create(of(account).context(key));
  }

  /** The leave to quote a post (FEP-044f). */
  public URI stamp(Jid account, String key) {
    return below(account, "/quotes/" + key);
  }

  /** A message to named people; nothing can be read there. */
  public URI message(Jid account, String key) {
    return below(account, "/messages/" + key);
  }

  /** Several messages that belong together; nothing can be read there. */
  public URI conversation(Jid account, String key) {
    return below(account, "/conversations/" + key);
  }

  /** Where somebody gets what is kept of them. */
  public URI export(Jid account, String secret) {
    return below(account, "/export/" + secret);
  }

  public URI avatar(Jid account, String sha1) {
    return below(account, "/avatar/" + sha1);
  }

  /** The first key of an actor. */
  public String keyId(Jid account) {
    return KeyIds.request(actor(account).toString(), 1);
  }

  public URI activity(String key) {
    return URI.create(activityId(key));
  }

  /** The same, as it is written into an activity. */
  public String activityId(String key) {
    return base + "/activities/" + key;
  }

  /** The key of the activity that a URL of ours names. */
  public Optional<String> activityKey(URI activity) {
    String prefix = base + "/activities/";
    return Optional.of(activity.toString())
        .filter(url -> url.startsWith(prefix))
        .map(url -> url.substring(prefix.length()));
  }

  /** Tells how to follow somebody from XMPP. */
  public URI followPage() {
    return URI.create(base + "/authorize_interaction");
  }

  public URI sharedInbox() {
    return URI.create(base + "/inbox");
  }

  /**
   * The actor that signs our GETs; {@link #instanceJid()} stands for it where a JID is asked for.
   */
  public URI instanceActor() {
    return URI.create(base + "/actor");
  }

  public Jid instanceJid() {
    return Jid.domain(homeDomain);
  }

  /** The account that an actor URL of ours names. */
  public Optional<Jid> account(URI actor) {
    return segments(actor).filter(s -> s.length == 2).flatMap(this::owner);
  }

  /** The post that a URL of ours names. */
  public Optional<PostRef> post(URI post) {
    return segments(post)
        .filter(s -> s.length == 4 && s[2].equals("posts"))
        .flatMap(s -> owner(s).map(account -> new PostRef(account, s[3])));
  }

  /** The account whose followers collection a URL is. */
  public Optional<Jid> accountOfFollowers(URI collection) {
    return segments(collection)
        .filter(s -> s.length == 3 && s[2].equals("followers"))
        .flatMap(this::owner);
  }

  public String preferredUsername(Jid account) {
    return ActorName.escape(
        account.domain().equals(homeDomain)
            ? account.local()
            : account.local() + "@" + account.domain());
  }

  public Handle handle(Jid account) {
    return new Handle(preferredUsername(account), host);
  }

  /** Whom a handle names: our own form of it, or, for each served domain, the JID itself. */
  public Optional<Jid> byHandle(Handle handle) {
    if (domains.contains(handle.host())) {
      Optional<Jid> direct =
          ActorName.unescape(handle.user())
              .or(() -> Optional.of(handle.user()))
              .flatMap(local -> Jid.parse(local + "@" + handle.host()))
              .filter(this::serves);
      if (direct.isPresent()) {
        return direct;
      }
    }
    if (!handle.host().equals(host)) {
      return Optional.empty();
    }
    return ActorName.unescape(handle.user())
        .flatMap(name -> Jid.parse(name.indexOf('@') < 0 ? name + "@" + homeDomain : name))
        .filter(this::serves);
  }

  private URI below(Jid account, String path) {
    return URI.create(of(account).actor() + path);
  }

  private Optional<String[]> segments(URI url) {
    String text = url.toString();
    String prefix = base + USERS;
    return text.startsWith(prefix)
        ? Optional.of(text.substring(prefix.length()).split("/", 6))
        : Optional.empty();
  }

  private Optional<Jid> owner(String[] segments) {
    return ActorName.unescape(segments[1])
        .flatMap(local -> Jid.parse(local + "@" + segments[0]))
        .filter(this::serves);
  }
}
