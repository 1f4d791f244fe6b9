package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.Fediverse;
import im.tombolo.bench.peer.Receipts;
import im.tombolo.bench.report.Result;
import im.tombolo.bench.report.Sampler;
import im.tombolo.bench.xmpp.StubXmppServer;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.storage.DatabaseSettings;
import im.tombolo.storage.PostgresServer;
import im.tombolo.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A gateway in a process of its own, between a stub XMPP server and a stub fediverse in this one,
 * on a real PostgreSQL with a fresh directory. What it started it ends. One thread uses it.
 */
final class Stage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SAMPLE = Duration.ofMillis(200);
  private static final int CONNECTIONS = 4;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Receipts events = new Receipts();
  private final Setup setup;
  private final Path directory;
  private final PostgresServer postgres;
  private final Storage storage;
  private final StubXmppServer xmpp;
  private final Fediverse fediverse;
  private final GatewayProcess gateway;

  /**
   * @param launcher the file {@code tombolo}
   * @param hosts of the stub fediverse
   * @param illPercent of them
   * @param limits of the gateway that differ from the default
   * @param history posts in the outbox of each fediverse person
   */
  record Setup(Path launcher, int hosts, int illPercent, Map<String, String> limits, int history) {
    Setup(Path launcher, int hosts, int illPercent, Map<String, String> limits) {
      this(launcher, hosts, illPercent, limits, 0);
    }
  }

  private Stage(Setup setup) throws IOException {
    this.setup = setup;
    directory = Files.createTempDirectory("tombolo-bench");
    open.push(() -> delete(directory));
    try {
      postgres = opened(PostgresServer.start(directory.resolve("postgres"), 0));
      storage = opened(Storage.open(postgres.settings(CONNECTIONS), Clock.systemUTC()));
      xmpp =
          opened(
              new StubXmppServer(stanza ->
                  events.add(
                      stanza,
                      attribute(stanza, " to='"),
                      attribute(stanza, " id='"),
                      System.nanoTime())));
      fediverse = opened(new Fediverse(setup.hosts, setup.illPercent, setup.history));
      gateway = opened(process(0));
    } catch (IOException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  /** All but the gateway runs; {@link #gateway()} is not started yet. */
  static Stage open(Setup setup) {
    try {
      Stage stage = new Stage(setup);
      Runtime.getRuntime().addShutdownHook(new Thread(stage::close));
      return stage;
    } catch (IOException failed) {
      throw new ScenarioException("the stage cannot be set", failed);
    }
  }

  private static String attribute(String stanza, String start) {
    int from = stanza.indexOf(start) + start.length();
    return stanza.substring(from, stanza.indexOf('\'', from));
  }

  /** One more process on the same database, with the public address of the first. */
  GatewayProcess another() {
    try {
      return opened(process(gateway.webPort()));
    } catch (IOException failed) {
      throw new ScenarioException("no further process", failed);
    }
  }

  /**
   * @param publicPort that it shows in its addresses; 0: its own
   */
  private GatewayProcess process(int publicPort) throws IOException {
    DatabaseSettings database = postgres.settings(CONNECTIONS);
    String limits =
        setup.limits.entrySet().stream()
            .map(limit -> "\n  " + limit.getKey() + ": " + limit.getValue())
            .collect(Collectors.joining());
    return new GatewayProcess(
        setup.launcher,
        directory,
        """
        xmpp:
          component: %s
          host: 127.0.0.1
          port: %d
          secret: secret
          domains: [%s]
        database:
          url: %s
          user: %s
          password: unused
        federation:
          allow-http: true
          allow-private-addresses: true
        """
                .formatted(
                    StubXmppServer.COMPONENT,
                    xmpp.port(),
                    StubXmppServer.DOMAIN,
                    database.url(),
                    database.user())
            + (limits.isEmpty() ? "" : "limits:" + limits + "\n"),
        publicPort);
  }

  GatewayProcess gateway() {
    return gateway;
  }

  StubXmppServer xmpp() {
    return xmpp;
  }

  Fediverse fediverse() {
    return fediverse;
  }

  /** Events that came to XMPP clients. */
  Receipts events() {
    return events;
  }

  Storage storage() {
    return storage;
  }

  private DatabaseSettings database() {
    return postgres.settings(CONNECTIONS);
  }

  GatewayUrls urls() {
    return new GatewayUrls(URI.create("http://" + authority()), List.of(StubXmppServer.DOMAIN));
  }

  /** Host and port of the gateway, as it knows itself. */
  String authority() {
    return "127.0.0.1:" + gateway.webPort();
  }

  static Jid person(String name) {
    return Jid.of(name + "@" + StubXmppServer.DOMAIN);
  }

  /** Somebody has an open blog that the gateway has looked at: what they write now is news. */
  Jid author(String name) {
    Jid author = person(name);
    xmpp.blog(author.toString());
    int status = get(urls().actor(author)).statusCode();
    if (status != 200) {
      throw new ScenarioException("the actor of " + author + " is answered " + status);
    }
    Await.until(
        "the first look at the blog of " + author,
        PATIENCE,
        () ->
            storage.inTransaction(session ->
                session
                    .accounts()
                    .find(author)
                    .filter(account -> account.checkedAt().isAfter(Instant.EPOCH))
                    .isPresent()));
    return author;
  }

  /** Writes a post that can be found again; when, in nanoseconds. */
  long publish(Jid author, int mark) {
    long at = System.nanoTime();
    xmpp.publish(author.toString(), "item-" + mark, Posts.entry(mark));
    return at;
  }

  /** An ActivityPub document of the gateway. */
  HttpResponse<String> get(URI id) {
    try {
      return http.send(
          HttpRequest.newBuilder(id)
              .header("Accept", "application/activity+json")
              .timeout(PATIENCE)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new ScenarioException("no answer from " + id, failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ScenarioException("stopped");
    }
  }

  /** The processes of PostgreSQL are children of its first one, which is a child of this. */
  Sampler sampler(LongSupplier progress) {
    return new Sampler(gateway::pid, postgresPid(), progress, SAMPLE);
  }

  private long postgresPid() {
    try {
      return Long.parseLong(
          Files.readAllLines(directory.resolve("postgres/postmaster.pid")).getFirst().strip());
    } catch (IOException gone) {
      throw new ScenarioException("PostgreSQL is gone", gone);
    }
  }

  /** Looks at a sample of what peers got: whether it was signed by the author's key. */
  void checkSignatures(Result result) {
    new SignatureSample(this).check(fediverse.sampled(), result);
  }

  /** The one number that a query gives. */
  long number(String sql) {
    DatabaseSettings database = database();
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failed) {
      throw new ScenarioException("PostgreSQL does not say", failed);
    }
  }

  /** Rows that are still to be worked on, by queue. */
  Map<String, Long> waiting() {
    return storage.inTransaction(session ->
        Map.of(
            "delivery", session.deliveries().waiting(),
            "stanza", session.stanzas().waiting(),
            "inbox", session.inbox().waiting()));
  }

  /** What a table takes with its indexes. */
  double megabytes(String table) {
    return number("select pg_total_relation_size('" + table + "')") / 1e6;
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception failed) {
        System.err.println("did not end cleanly: " + failed);
      }
    }
  }
}
