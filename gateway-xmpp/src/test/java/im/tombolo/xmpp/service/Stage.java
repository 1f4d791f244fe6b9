package im.tombolo.xmpp.service;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.bridge.ActorDirectory;
import im.tombolo.core.bridge.AddressBridge;
import im.tombolo.core.bridge.ApprovalBridge;
import im.tombolo.core.bridge.AttachmentBridge;
import im.tombolo.core.bridge.BlockBridge;
import im.tombolo.core.bridge.BridgeSettings;
import im.tombolo.core.bridge.BridgeSettings.Choices;
import im.tombolo.core.bridge.ClosedBlogBridge;
import im.tombolo.core.bridge.CommentBridge;
import im.tombolo.core.bridge.CommunityModeration;
import im.tombolo.core.bridge.CommunityPosts;
import im.tombolo.core.bridge.ConnectionBridge;
import im.tombolo.core.bridge.DiscussionBridge;
import im.tombolo.core.bridge.EventBridge;
import im.tombolo.core.bridge.ExportBridge;
import im.tombolo.core.bridge.Keyring;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.bridge.MembershipBridge;
import im.tombolo.core.bridge.MessageBridge;
import im.tombolo.core.bridge.NoticeBridge;
import im.tombolo.core.bridge.OwnFlags;
import im.tombolo.core.bridge.PollBridge;
import im.tombolo.core.bridge.PresenceBridge;
import im.tombolo.core.bridge.References;
import im.tombolo.core.bridge.ReportBridge;
import im.tombolo.core.bridge.SubscriptionBridge;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.bridge.VoteBridge;
import im.tombolo.core.fake.FakeXmppNetwork;
import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.core.port.Store;
import im.tombolo.core.xml.Element;
import im.tombolo.core.xml.XmlReader;
import im.tombolo.core.xml.XmlWriter;
import im.tombolo.storage.DatabaseSettings;
import im.tombolo.storage.PostgresServer;
import im.tombolo.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.StanzaError.Condition;

/** The service for virtual JIDs over a real, empty database and fake peers. */
public final class Stage {
  public static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  public static final Jid JULIET = Jid.of("juliet@example.org/balcony");
  private static final String EMPTY =
      """
      set synchronous_commit = off;
      set session_replication_role = replica;
      do $$ declare name text; begin
        for name in select tablename from pg_tables
          where schemaname = 'public' and tablename <> 'flyway_schema_history'
        loop execute 'delete from ' || name; end loop;
      end $$
      """;

  public final FakePeers peers = new FakePeers();
  public final Store store = Database.STORAGE;
  public final FakeXmppNetwork network = new FakeXmppNetwork();
  public final BridgeSettings settings;
  public final ActorDirectory directory;
  public final TimelineBridge timelines;
  public final LocalAccounts accounts;
  public final MembershipBridge membership;
  public final VirtualService service;

  public Stage() {
    this("example.org");
  }

  /** Where several domains are served. */
  public Stage(String... domains) {
    this(Choices.DEFAULT, domains);
  }

  /** Where an administrator chose something. */
  public Stage(Choices choices, String... domains) {
    Database.empty();
    settings =
        new BridgeSettings(
            new GatewayUrls(URI.create("https://example.org"), List.of(domains)),
            new VirtualJids(Jid.of("ap.example.org")),
            () -> NOW,
            BridgeSettings.Limits.DEFAULT,
            Optional.empty(),
            choices);
    directory = new ActorDirectory(store, peers, settings);
    timelines = new TimelineBridge(store, peers, directory, settings);
    accounts = new LocalAccounts(store, network, settings);
    References references =
        new References(
            directory, timelines, settings, questions -> questions.forEach(Runnable::run));
    PollBridge polls = new PollBridge(store, references, timelines, settings);
    SubscriptionBridge subscriptions = new SubscriptionBridge(store, directory, settings);
    AddressBridge addresses = new AddressBridge(directory, accounts, settings);
    VoteBridge votes = new VoteBridge(store, peers, directory, timelines, polls, settings);
    Keyring keyring =
        new Keyring(
            store, settings.urls(), () -> new KeyPairPem("public", "private"), settings.clock());
    ApprovalBridge approvals = new ApprovalBridge(store, keyring, settings);
    membership = new MembershipBridge(store, subscriptions, references, settings);
    service =
        new VirtualService(
            new Bridges(
                timelines,
                subscriptions,
                new CommentBridge(store, network, references, timelines, polls, settings),
                new CommunityPosts(store, timelines, references, settings),
                new DiscussionBridge(store, peers, directory, timelines, settings),
                polls,
                new AttachmentBridge(store, timelines, settings),
                new ConnectionBridge(
                    store,
                    peers,
                    directory,
                    settings,
                    questions -> questions.forEach(Runnable::run)),
                new PresenceBridge(subscriptions, settings),
                new MessageBridge(store, directory, settings),
                new PersonalBridges(
                    addresses,
                    accounts,
                    membership,
                    approvals,
                    new ClosedBlogBridge(store, network, approvals, settings),
                    new BlockBridge(store, addresses, subscriptions, settings),
                    new OwnFlags(store, votes, addresses, settings),
                    new ReportBridge(store, settings),
                    votes,
                    new EventBridge(store, votes, addresses, settings),
                    new CommunityModeration(store, settings),
                    new NoticeBridge(store, settings),
                    new ExportBridge(store, keyring, settings, new SecureRandom()))),
            settings.virtual());
  }

  /** One server for all tests of this process. */
  private static final class Database {
    private static final Path DIRECTORY = directory();
    private static final PostgresServer SERVER = PostgresServer.start(DIRECTORY.resolve("data"), 0);
    private static final DatabaseSettings SETTINGS = SERVER.settings(8);
    private static final Storage STORAGE = Storage.open(SETTINGS, () -> NOW);
    private static final Connection CLEANER = connect();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(Database::stop));
    }

    private static Path directory() {
      try {
        return Files.createTempDirectory("tombolo-xmpp");
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    static synchronized void empty() {
      try (Statement statement = CLEANER.createStatement()) {
        statement.execute(EMPTY);
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
    }

    private static Connection connect() {
      try {
        return DriverManager.getConnection(SETTINGS.url(), SETTINGS.user(), SETTINGS.password());
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
    }

    private static void stop() {
      STORAGE.close();
      SERVER.close();
      try (Stream<Path> files = Files.walk(DIRECTORY)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException left) {
        throw new UncheckedIOException(left);
      }
    }
  }

  /** The JID of somebody on the fediverse. */
  public static String jid(String name) {
    return name + "\\40" + FakePeers.HOST + "@ap.example.org";
  }

  /** Item ids, as readers of tests understand them. */
  public static String item(String name, int number) {
    return Ids.itemId(FakePeers.post(name, number));
  }

  public IqReply get(String to, String payload) {
    return ask(JULIET, to, false, payload);
  }

  public IqReply set(String to, String payload) {
    return ask(JULIET, to, true, payload);
  }

  public IqReply ask(Jid from, String to, boolean set, String payload) {
    return service.answer(new IqRequest(from, Jid.of(to), set, xml(payload)));
  }

  public static Element xml(String text) {
    return switch (XmlReader.strict().read(text)) {
      case Reading.Of<Element>(Element element) -> element;
      case Reading.Refused<Element>(String reason) -> throw new AssertionError(reason);
    };
  }

  /** The payload of a result. */
  public static Element payload(IqReply reply) {
    if (reply instanceof IqReply.Result(var payload)) {
      return payload.orElseThrow(() -> new AssertionError("an empty result"));
    }
    throw new AssertionError(reply.toString());
  }

  /** A reply in a few words: its XML, {@code done}, or the conditions of an error. */
  public static String words(IqReply reply) {
    return switch (reply) {
      case IqReply.Result(var payload) -> payload.map(XmlWriter::write).orElse("done");
      case IqReply.Refused(Condition condition, var detail) ->
          condition
              + detail
                  .map(own ->
                      " " + own.name() + own.attribute("feature").map(f -> " " + f).orElse(""))
                  .orElse("");
    };
  }
}
