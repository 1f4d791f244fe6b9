package im.tombolo.app;

import im.tombolo.app.admin.AdminPages;
import im.tombolo.app.admin.AdminServer;
import im.tombolo.app.admin.BlockDesk;
import im.tombolo.app.admin.BlockPages;
import im.tombolo.app.admin.DeliveryDesk;
import im.tombolo.app.admin.DeliveryPages;
import im.tombolo.app.admin.FlagPages;
import im.tombolo.app.admin.KeyPages;
import im.tombolo.app.admin.Metrics;
import im.tombolo.app.admin.ReportPages;
import im.tombolo.app.admin.StatusReader;
import im.tombolo.app.cluster.Leadership;
import im.tombolo.app.cluster.LinkDuties;
import im.tombolo.app.cluster.ProcessName;
import im.tombolo.app.cluster.SharedLookups;
import im.tombolo.app.config.Configuration;
import im.tombolo.app.config.Configuration.Database;
import im.tombolo.app.config.Secret;
import im.tombolo.core.address.Authority;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.MediaUrls;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.bridge.BridgeSettings;
import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.bridge.KeyRotation;
import im.tombolo.core.bridge.Keyring;
import im.tombolo.core.bridge.SecondHand;
import im.tombolo.core.policy.Moderation;
import im.tombolo.core.port.Peers.Dialect;
import im.tombolo.core.port.Store;
import im.tombolo.http.client.DeliveryCounts;
import im.tombolo.http.client.DeliveryLedger;
import im.tombolo.http.client.DeliveryWork;
import im.tombolo.http.client.FediverseClient;
import im.tombolo.http.media.MediaProxy;
import im.tombolo.http.server.Site;
import im.tombolo.http.server.WebServer;
import im.tombolo.http.signature.Dialects;
import im.tombolo.http.signature.Rsa;
import im.tombolo.http.signature.SignatureCheck;
import im.tombolo.http.signature.Signer;
import im.tombolo.storage.DatabaseSettings;
import im.tombolo.storage.LeaderSeat;
import im.tombolo.storage.PostgresServer;
import im.tombolo.storage.Queue;
import im.tombolo.storage.Storage;
import im.tombolo.xmpp.ComponentLink;
import im.tombolo.xmpp.Incoming;
import im.tombolo.xmpp.Network;
import im.tombolo.xmpp.StanzaSender;
import im.tombolo.xmpp.service.VirtualService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole gateway: opens everything in order, and closes it the other way round. */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int CATCH_UP_WORKERS = 2;
  private static final Duration SOON = Duration.ofMillis(100);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration FEW_SECONDS = Duration.ofSeconds(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Configuration configuration;
  private final RoomSettings rooms;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean isClosed;
  private volatile Optional<String> unready = Optional.of("starting");

  public Gateway(Configuration configuration) {
    this.configuration = configuration;
    this.rooms = new RoomSettings(configuration);
  }

  /**
   * Makes ready what no configuration decides and each start needs, while the main thread reads one
   * and waits for the database: a native library, which is unpacked and loaded, and the parts of
   * the HTTP client.
   */
  static void warmUp() {
    new Rsa();
    FediverseClient.warmUp();
  }

  /**
   * Starts all. Returns once the web answers; the XMPP link may come up later.
   *
   * @throws RuntimeException when something cannot be opened; what was opened before is closed
   */
  public synchronized void start() {
    if (isClosed) {
      throw new IllegalStateException("stopped before the start");
    }
    try {
      wire();
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private void wire() {
    InstantSource clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    Configuration.Limits limits = configuration.limits();
    GatewayUrls urls = new GatewayUrls(configuration.web().url(), configuration.xmpp().domains());
    Jid component = Jid.domain(configuration.xmpp().component());
    DatabaseSettings database = database();
    Storage storage = opened(Storage.open(database, clock));
    Optional<MediaUrls> mediaUrls = mediaUrls(storage, urls, random);
    BridgeSettings settings =
        new BridgeSettings(
            urls,
            new VirtualJids(component),
            clock,
            limits.bridge(),
            mediaUrls,
            configuration.choices(),
            new Moderation(rooms.moderation(urls)));
    Moderation moderation = settings.moderation();
    moderation.refresh(storage);

    Rsa rsa = new Rsa();
    Keyring keyring = new Keyring(storage, urls, KeyPairSource.rsa(rsa.provider()), clock);
    LOG.info("RSA signatures by {}", rsa.implementation());
    Dialects dialects = new Dialects(configuration.federation().signatures(), storage, clock);
    FediverseClient client =
        opened(
            new FediverseClient(
                rooms.client(urls, moderation),
                new Signer(keyring::signing, rsa, clock, dialects),
                urls.instanceJid(),
                clock));
    ComponentLink link = new ComponentLink(rooms.link(component), random);
    Leadership leadership = new Leadership(() -> LeaderSeat.open(database, ProcessName.own()));
    SharedLookups lookups = opened(new SharedLookups(storage, clock, leadership::isHeld));
    Core core =
        new Core(storage, client, new Network(link), lookups, keyring, settings, limits.ages());
    Optional<MediaProxy> media =
        mediaUrls.map(proxied -> media(proxied, client, clock, moderation));
    SignatureCheck signatures =
        new SignatureCheck(
            configuration.web().url(),
            core.directory::key,
            rsa,
            clock,
            (owner, dialect) -> {
              if (dialect == Dialect.RFC_9421) {
                dialects.understands(Authority.of(owner), dialect);
              }
            },
            moderation::refuses);
    InboxDoor door =
        new InboxDoor(
            storage, new SecondHand(client, core.directory, settings), settings, limits.inbox());
    WebServer web =
        new WebServer(
            rooms.server(), site(settings, storage, core, keyring, signatures, door), media);
    VirtualService service = new VirtualService(core.bridges, settings.virtual());
    DeliveryWork deliveries = opened(deliveries(storage, client, core, random, clock));

    startAdmin(
        storage,
        link,
        leadership,
        deliveries.counts(),
        new AdminPages(
            new DeliveryPages(new DeliveryDesk(storage, core)),
            new ReportPages(core.reports),
            new KeyPages(new KeyRotation(storage, keyring, settings), urls),
            new BlockPages(new BlockDesk(storage, moderation, core.addresses, urls)),
            new FlagPages(storage)));
    opened(web).start();
    Incoming incoming = new Incoming(link, service, core.reconciler, opened(newThreads()));
    opened(leadership).start(new LinkDuties(link, incoming, core.catchUp::wereAway));
    Loops loops = opened(new Loops(leadership::isHeld));
    addLoops(loops, core, keyring);
    loops.add(
        "moderation",
        FEW_SECONDS,
        () -> {
          moderation.refresh(storage);
          return 0;
        });
    loops.addForLeader("severance", FEW_SECONDS, core.severance::runDue);
    startDeliveries(loops, deliveries, storage);
    new InboxLoops(core.inbox, door).start(loops, storage);
    storage.onQueued(
        Queue.STANZAS,
        loops.addForLeader("stanzas", SOON, new StanzaSender(storage, link)::runDue));
    loops.addForLeader("lookups", SOON, () -> lookups.runDue(core.accounts));
    loops.addForLeader("forget-lookups", MINUTE, lookups::forgetOld);
    media.ifPresent(proxy -> loops.add("media", MINUTE, proxy::forgetOld));
    LOG.info("Tombolo {} serves {}", Version.read(), urls.base());
  }

  private DeliveryWork deliveries(
      Storage storage,
      FediverseClient client,
      Core core,
      SecureRandom random,
      InstantSource clock) {
    DeliveryWork.Limits limits = configuration.limits().deliveries();
    DeliveryLedger ledger = new DeliveryLedger(clock, random, limits.giveUpAfter(), core);
    return new DeliveryWork(storage, client, ledger, limits, clock);
  }

  private static Site site(
      BridgeSettings settings,
      Storage storage,
      Core core,
      Keyring keyring,
      SignatureCheck signatures,
      InboxDoor door) {
    return new Site(
        settings.urls(),
        settings.virtual(),
        storage,
        core.accounts,
        keyring,
        door,
        core.discussions,
        signatures,
        core.exports,
        Version.read());
  }

  private MediaProxy media(
      MediaUrls urls, FediverseClient client, InstantSource clock, Moderation moderation) {
    return new MediaProxy(
        urls,
        client::download,
        configuration.media().directory(),
        configuration.limits().media(),
        clock,
        moderation::refusesMedia);
  }

  private void startAdmin(
      Storage storage,
      ComponentLink link,
      Leadership leadership,
      DeliveryCounts delivered,
      AdminPages pages) {
    StatusReader status =
        new StatusReader(
            storage,
            new StatusReader.Own(
                ProcessName.own(), Version.read(), leadership::isHeld, link::connected),
            Clock.systemUTC());
    PrometheusMeterRegistry metrics = metrics(storage, status, link);
    DeliveryMetrics.register(metrics, storage, delivered);
    unready = Optional.empty();
    opened(
            new AdminServer(
                configuration.admin(),
                new AdminServer.Sources(
                    metrics, () -> unready(storage, status), () -> lent(link), status),
                pages.deliveries(),
                pages.reports(),
                pages.keys(),
                pages.blocks(),
                pages.flags()))
        .start();
  }

  private static String lent(ComponentLink link) {
    return link.lent().stream().map(line -> "lent " + line + "\n").collect(Collectors.joining());
  }

  private static void startDeliveries(Loops loops, DeliveryWork deliveries, Storage storage) {
    Runnable wake = loops.add("deliveries", SOON, deliveries::runDue);
    storage.onQueued(
        Queue.DELIVERIES,
        () -> {
          deliveries.queued();
          wake.run();
        });
    deliveries.onRoom(wake);
  }

  /** What is not for the leader alone is claimed row by row. */
  private void addLoops(Loops loops, Core core, Keyring keyring) {
    loops.addForLeader("pubsub", SOON, core.pubsub::runDue);
    loops.addForLeader("polls", SECOND, core.polls::runDue);
    loops.addForLeader("leaving", SECOND, core.membership::runDue);
    loops.addForLeader("reconcile", SECOND, core.reconciler::runDue);
    loops.addForLeader("forget", HOUR, core.inbox::forgetOld);
    loops.addForLeader("forget-messages", HOUR, core.messages::forgetOld);
    loops.addForLeader("forget-delivered", HOUR, core.reports::forgetOld);
    loops.addForLeader("forget-keys", HOUR, keyring::forgetFormer);
    loops.addForLeader("forget-content", FEW_SECONDS, core.forgetting::content);
    loops.addForLeader("forget-sent", HOUR, core.forgetting::sent);
    for (int i = 0; i < CATCH_UP_WORKERS; i++) {
      loops.add("catch-up-" + i, SECOND, core.catchUp::runDue);
    }
    loops.add(
        "spare-keys",
        MINUTE,
        () -> {
          keyring.fillSpares(configuration.limits().spareKeys());
          return 0;
        });
  }

  /** Addresses of the media proxy outlive a restart, so their secret does. */
  private Optional<MediaUrls> mediaUrls(Store store, GatewayUrls urls, SecureRandom random) {
    if (!configuration.media().proxy()) {
      return Optional.empty();
    }
    byte[] fresh = new byte[MediaUrls.SECRET_BYTES];
    random.nextBytes(fresh);
    return Optional.of(
        new MediaUrls(
            urls, store.inTransaction(session -> session.secrets().keep(MediaUrls.SECRET, fresh))));
  }

  private static ExecutorService newThreads() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }

  private DatabaseSettings database() {
    int connections = configuration.limits().databaseConnections();
    Optional<String> secret = configuration.keyEncryptionSecret().map(Secret::value);
    return switch (configuration.database()) {
      case Database.Embedded embedded ->
          opened(PostgresServer.start(embedded.directory(), embedded.port()))
              .settings(connections)
              .withKeyEncryption(secret);
      case Database.External external ->
          new DatabaseSettings(
              external.url(), external.user(), external.password().value(), connections, secret);
    };
  }

  private Optional<String> unready(Storage storage, StatusReader status) {
    if (unready.isPresent()) {
      return unready;
    }
    if (!storage.healthy()) {
      return Optional.of("the database does not answer");
    }
    return status.isLinkUp() ? Optional.empty() : Optional.of("the XMPP link is down");
  }

  private static PrometheusMeterRegistry metrics(
      Storage storage, StatusReader status, ComponentLink link) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Gauge.builder("tombolo_xmpp_link_up", () -> link.connected() ? 1 : 0)
        .description("1 while this process has the component link, and it is up")
        .register(metrics);
    Metrics.register(storage, status, metrics);
    return metrics;
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /** Lets what is under way end, then closes all. */
  @Override
  public synchronized void close() {
    isClosed = true;
    unready = Optional.of("stopping");
    while (!open.isEmpty()) {
      AutoCloseable part = open.pop();
      try {
        part.close();
      } catch (Exception failed) {
        LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), failed);
      }
    }
  }
}
