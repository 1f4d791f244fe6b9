package im.tombolo.bench;

import com.sun.management.OperatingSystemMXBean;
import im.tombolo.app.Core;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.bridge.BridgeSettings;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.bridge.Keyring;
import im.tombolo.storage.PostgresServer;
import im.tombolo.storage.Storage;
import im.tombolo.xmpp.ComponentLink;
import im.tombolo.xmpp.Incoming;
import im.tombolo.xmpp.LinkSettings;
import im.tombolo.xmpp.Network;
import im.tombolo.xmpp.service.VirtualService;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Clients that page through a long history, all at once: through a real component stream and a real
 * PostgreSQL, everything on one machine. Arguments: clients, posts, pages that each client asks for
 * in a second (0: the next as soon as it has the last), seconds. Prints a line for each ten
 * seconds.
 */
public final class PagingLoad {
  private static final String BLOG = "urn:xmpp:microblog:0";
  private static final int PAGE = 20;
  private static final Pattern FIRST = Pattern.compile("<first[^>]*>([^<]*)</first>");
  private static final Pattern LAST = Pattern.compile("<last>([^<]*)</last>");
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final LoopbackServer server;
  private final String ada;

  private PagingLoad(LoopbackServer server, String ada) {
    this.server = server;
    this.ada = ada;
  }

  public static void main(String... arguments) throws Exception {
    int clients = argument(arguments, 0, 200);
    int posts = argument(arguments, 1, 10_000);
    double perSecond = argument(arguments, 2, 1);
    Duration time = Duration.ofSeconds(argument(arguments, 3, 60));
    Path directory = Files.createTempDirectory("tombolo-bench");
    try (PostgresServer postgres = PostgresServer.start(directory.resolve("data"), 0);
        Storage storage = Storage.open(postgres.settings(16), Clock.systemUTC());
        LoopbackServer server = new LoopbackServer();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      VirtualJids virtual = new VirtualJids(Jid.domain("ap.example.org"));
      BridgeSettings settings =
          new BridgeSettings(
              new GatewayUrls(URI.create("https://example.org"), List.of("example.org")),
              virtual,
              Clock.systemUTC(),
              BridgeSettings.Limits.DEFAULT);
      LinkSettings link = link(server, virtual);
      try (ComponentLink component = new ComponentLink(link, RandomGenerator.getDefault())) {
        Core core =
            new Core(
                storage,
                new HistoryPeer(posts),
                new Network(component),
                new Keyring(storage, settings.urls(), KeyPairSource.rsa()),
                settings);
        VirtualService service = new VirtualService(core.bridges, virtual);
        component.start(new Incoming(component, service, core.reconciler, threads));
        new PagingLoad(server, virtual.of(HistoryPeer.ADA).toString())
            .run(clients, perSecond, time);
      }
    } finally {
      delete(directory);
    }
  }

  private static LinkSettings link(LoopbackServer server, VirtualJids virtual) {
    return new LinkSettings(
        "127.0.0.1",
        server.port(),
        virtual.component(),
        "secret",
        List.of(Jid.domain("example.org")),
        LinkSettings.Limits.DEFAULT);
  }

  private static int argument(String[] arguments, int at, int otherwise) {
    return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
  }

  private void run(int clients, double perSecond, Duration time) throws Exception {
    long begun = System.nanoTime();
    System.out.printf(
        "%,d posts read from the fediverse and paged through once in %,d ms%n",
        walk(), (System.nanoTime() - begun) / 1_000_000);
    load(clients, perSecond, WARM_UP);
    System.out.printf("%d clients, pages of %d, milliseconds for a page:%n", clients, PAGE);
    for (Duration left = time; left.isPositive(); left = left.minus(WINDOW)) {
      long busy = busy();
      long[] nanos = load(clients, perSecond, WINDOW);
      System.out.printf(
          "%,7d pages   p50 %7.1f   p90 %7.1f   p99 %7.1f   longest %7.1f   processor %.1f%n",
          nanos.length,
          millis(nanos, 0.5),
          millis(nanos, 0.9),
          millis(nanos, 0.99),
          millis(nanos, 1),
          (busy() - busy) / 1e6 / nanos.length);
    }
  }

  /** Processor time of this process, clients included and the database not, in nanoseconds. */
  private static long busy() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** From the newest to the oldest; how many there were. */
  private int walk() {
    int seen = 0;
    String page = ask("juliet@example.org/x", "<max>100</max><before/>");
    while (page.contains("<item ")) {
      seen += items(page);
      page =
          ask("juliet@example.org/x", "<max>100</max><before>" + cursor(FIRST, page) + "</before>");
    }
    return seen;
  }

  private static int items(String page) {
    return page.split("<item ", -1).length - 1;
  }

  private long[] load(int clients, double perSecond, Duration time) throws Exception {
    List<Future<long[]>> all = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        int number = i;
        all.add(threads.submit(() -> client(number, clients, perSecond, end)));
      }
    }
    List<Long> nanos = new ArrayList<>();
    for (Future<long[]> one : all) {
      Arrays.stream(one.get()).forEach(nanos::add);
    }
    return nanos.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** How long each page took, from when it was due; every other client starts at the old end. */
  private long[] client(int number, int clients, double perSecond, long end)
      throws InterruptedException {
    String self = "reader" + number + "@example.org/x";
    boolean fromOld = number % 2 == 0;
    long pause = perSecond == 0 ? 0 : (long) (1e9 / perSecond);
    long due = System.nanoTime() + pause * number / clients;
    List<Long> nanos = new ArrayList<>();
    String beside = "";
    while (due < end) {
      long early = due - System.nanoTime();
      if (early > 0) {
        Thread.sleep(Duration.ofNanos(early));
      }
      String where = fromOld ? "after" : "before";
      String page = ask(self, "<max>%d</max><%s>%s</%s>".formatted(PAGE, where, beside, where));
      nanos.add(System.nanoTime() - due);
      beside = page.contains("<item ") ? cursor(fromOld ? LAST : FIRST, page) : "";
      due = pause == 0 ? System.nanoTime() : due + pause;
    }
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }

  private String ask(String from, String set) {
    String answer =
        server.ask(
            from,
            ada,
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='"
                + BLOG
                + "'/><set xmlns='http://jabber.org/protocol/rsm'>"
                + set
                + "</set></pubsub>");
    if (!answer.contains("type='result'")) {
      throw new IllegalStateException(answer);
    }
    return answer;
  }

  private static String cursor(Pattern pattern, String page) {
    Matcher matcher = pattern.matcher(page);
    return Optional.of(matcher).filter(Matcher::find).map(found -> found.group(1)).orElseThrow();
  }

  private static double millis(long[] sorted, double part) {
    int at = (int) Math.min(sorted.length - 1L, Math.round(sorted.length * part));
    return sorted[at] / 1e6;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
