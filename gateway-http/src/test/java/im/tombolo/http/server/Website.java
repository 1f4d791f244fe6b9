package im.tombolo.http.server;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.ItemAddress;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.bridge.ActorDirectory;
import im.tombolo.core.bridge.BridgeSettings;
import im.tombolo.core.bridge.DiscussionBridge;
import im.tombolo.core.bridge.ExportBridge;
import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.core.bridge.Keyring;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.bridge.SecondHand;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.ActorKind;
import im.tombolo.core.model.Affiliation;
import im.tombolo.core.model.Content;
import im.tombolo.core.model.Dates;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.policy.Moderation;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Fediverse;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork;
import im.tombolo.core.text.Html;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.Namespaces;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.fake.WithStorage.Database;
import im.tombolo.http.media.MediaProxy;
import im.tombolo.http.signature.Rsa;
import im.tombolo.http.signature.SignatureCheck;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The whole web server on loopback, over real storage, between two networks that are not real. */
final class Website implements AutoCloseable {
  static final Jid ROMEO = Jid.of("romeo@example.org");
  static final Jid NEWS = Jid.of("news@pubsub.example.org");
  static final int PAGE = 3;
  static final int MAX_BYTES = 8_192;

  private static final InetSocketAddress ANYWHERE = new InetSocketAddress("127.0.0.1", 0);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What the XMPP side says of nodes; others are not there. */
  final Map<String, Answer<List<XmppNetwork.Item>>> nodes = new ConcurrentHashMap<>();

  /** Documents on the fediverse; others are not there. */
  final Map<URI, Answer<Fediverse.Document>> documents = new ConcurrentHashMap<>();

  /** What was asked for on the fediverse. */
  final List<URI> asked = new CopyOnWriteArrayList<>();

  final GatewayUrls urls;
  final Keyring keyring;
  final ExportBridge exports;
  private final Database database;
  private final WebServer server;

  Website(Database database) {
    this(database, "https://example.org", false, List.of());
  }

  Website(Database database, String base, boolean authorizedFetch, List<String> trustedProxies) {
    this(
        database,
        base,
        new ServerSettings(ANYWHERE, trustedProxies, authorizedFetch, limits(PATIENCE)),
        InboxDoor.Limits.DEFAULT,
        Optional.empty());
  }

  /** With limits that a test chooses. */
  Website(
      Database database,
      boolean authorizedFetch,
      ServerSettings.Limits limits,
      InboxDoor.Limits inbox) {
    this(
        database,
        "https://example.org",
        new ServerSettings(ANYWHERE, List.of(), authorizedFetch, limits),
        inbox,
        Optional.empty());
  }

  /** With the media proxy, and a patience of its own for silent connections. */
  Website(Database database, Duration idle, MediaProxy media) {
    this(
        database,
        "https://example.org",
        new ServerSettings(ANYWHERE, List.of(), false, limits(idle)),
        InboxDoor.Limits.DEFAULT,
        Optional.of(media));
  }

  /** Where the administrator does not want everybody. */
  Website(Database database, boolean authorizedFetch, Moderation moderation) {
    this(
        database,
        "https://example.org",
        new ServerSettings(
            ANYWHERE,
            List.of(),
            authorizedFetch,
            limits(PATIENCE),
            Optional.of(URI.create("mailto:security@example.org"))),
        InboxDoor.Limits.DEFAULT,
        Optional.empty(),
        moderation);
  }

  private Website(
      Database database,
      String base,
      ServerSettings settings,
      InboxDoor.Limits inbox,
      Optional<MediaProxy> media) {
    this(database, base, settings, inbox, media, new Moderation(Moderation.Choices.NONE));
  }

  private Website(
      Database database,
      String base,
      ServerSettings settings,
      InboxDoor.Limits inbox,
      Optional<MediaProxy> media,
      Moderation moderation) {
    this.database = database;
    this.urls = new GatewayUrls(URI.create(base), List.of("example.org", "pubsub.example.org"));
    DrivenClock clock = database.clock();
    BridgeSettings bridge =
        new BridgeSettings(
            urls,
            new VirtualJids(Jid.domain("ap.example.org")),
            clock,
            BridgeSettings.Limits.DEFAULT,
            Optional.empty(),
            BridgeSettings.Choices.DEFAULT,
            moderation);
    this.keyring = new Keyring(database.storage(), urls, () -> SignedRequest.PAIR, clock);
    this.exports = new ExportBridge(database.storage(), keyring, bridge, new SecureRandom());
    LocalAccounts accounts = new LocalAccounts(database.storage(), new Xmpp(), bridge);
    ActorDirectory directory = new ActorDirectory(database.storage(), new Web(), bridge);
    this.server =
        new WebServer(
            settings,
            new Site(
                urls,
                bridge.virtual(),
                database.storage(),
                accounts,
                keyring,
                new InboxDoor(
                    database.storage(),
                    new SecondHand(new Web(), directory, bridge),
                    bridge,
                    inbox),
                discussions(directory, bridge),
                new SignatureCheck(
                    URI.create(urls.base()),
                    directory::key,
                    new Rsa(),
                    clock,
                    (owner, dialect) -> {},
                    moderation::refuses),
                exports,
                "1.2.3"),
            media);
    server.start();
  }

  /** Without any memory for answers: tests change what is there. */
  private static ServerSettings.Limits limits(Duration idle) {
    return new ServerSettings.Limits(
        MAX_BYTES, 1 << 20, 100, idle, idle.multipliedBy(2), PAGE, Duration.ZERO);
  }

  private DiscussionBridge discussions(ActorDirectory directory, BridgeSettings settings) {
    Web web = new Web();
    return new DiscussionBridge(
        database.storage(),
        web,
        directory,
        new TimelineBridge(database.storage(), web, directory, settings),
        settings);
  }

  private final class Xmpp implements XmppNetwork {
    @Override
    public Optional<Privileged> privileged(Jid account) {
      return Optional.empty();
    }

    @Override
    public boolean connected() {
      return true;
    }

    @Override
    public Answer<List<Item>> newestItems(Jid service, String node, int max) {
      return nodes.getOrDefault(service + "#" + node, new Answer.Missing<>());
    }

    @Override
    public Answer<Subscribed> subscribe(Jid service, String node) {
      return Answer.got(new Subscribed());
    }

    @Override
    public Answer<Done> publish(Jid as, ItemAddress item, Element payload) {
      return new Answer.Missing<>();
    }

    @Override
    public Answer<Done> retract(Jid as, ItemAddress item) {
      return new Answer.Missing<>();
    }

    @Override
    public Answer<List<String>> identities(Jid address) {
      return Answer.got(
          List.of(address.domain().startsWith("pubsub.") ? "pubsub/service" : "server/im"));
    }

    @Override
    public Answer<NodeMetadata> metadata(Jid service, String node) {
      return new Answer.Missing<>();
    }

    @Override
    public Answer<Map<Jid, Affiliation>> affiliations(Jid service, String node) {
      return new Answer.Missing<>();
    }

    @Override
    public Answer<Element> vcardTemp(Jid account) {
      return new Answer.Missing<>();
    }
  }

  private final class Web implements Fediverse {
    @Override
    public Answer<Document> document(URI id) {
      asked.add(id);
      return documents.getOrDefault(id, new Answer.Missing<>());
    }

    @Override
    public Answer<Finger> finger(Handle handle) {
      return new Answer.Missing<>();
    }

    @Override
    public Answer<File> picture(URI href, int maxBytes) {
      return new Answer.Missing<>();
    }
  }

  // The state

  void act(Consumer<Session> change) {
    database
        .storage()
        .inTransaction(session -> {
          change.accept(session);
          return true;
        });
  }

  static Account account(Jid address, ActorKind kind, Account.Face face) {
    return new Account(address, kind, Account.Blog.OPEN, false, face, DrivenClock.START);
  }

  /** An open blog of a person without a face. */
  Website withRomeo() {
    act(session -> session.accounts().save(account(ROMEO, ActorKind.PERSON, Account.Face.EMPTY)));
    return this;
  }

  static LocalPost post(String key, Instant at, Content content) {
    return new LocalPost(
        ROMEO,
        key,
        new ItemAddress(ROMEO, Namespaces.MICROBLOG, "item-" + key),
        content,
        new Dates(at, at),
        Optional.empty());
  }

  static LocalPost post(String key, int minute) {
    return post(
        key,
        DrivenClock.START.plus(Duration.ofMinutes(minute)),
        Content.of(Html.clean("<p>Post " + key + "</p>", Optional.empty())));
  }

  void publish(LocalPost post) {
    act(session -> session.localPosts().save(post, "digest"));
  }

  // Requests

  /** The path and query below the host of one of our addresses. */
  static String path(String url) {
    URI uri = URI.create(url);
    return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  /** As another ActivityPub server asks. */
  Received document(String target) {
    return get(target, "Accept: application/activity+json");
  }

  Received document(URI url) {
    return document(path(url.toString()));
  }

  Received get(String target, String... headers) {
    return ask("GET", target, headers);
  }

  Received ask(String method, String target, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Host: " + urls.host());
    return send(method + " " + target + " HTTP/1.1", all, new byte[0]);
  }

  Received send(SignedRequest request) {
    List<String> headers = new ArrayList<>();
    request.headers().forEach((name, value) -> headers.add(name + ": " + value));
    byte[] body = request.body();
    if (request.method().equals("POST")) {
      headers.add("content-length: " + body.length);
    }
    return send(request.method() + " " + request.target() + " HTTP/1.1", headers, body);
  }

  Received send(String line, List<String> headers, byte[] body) {
    String head = line + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    all.writeBytes(body);
    return Received.to(server.port(), all.toByteArray());
  }

  @Override
  public void close() {
    server.close();
  }
}
