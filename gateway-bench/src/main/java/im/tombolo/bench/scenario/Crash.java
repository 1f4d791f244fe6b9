package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.HttpLoad;
import im.tombolo.bench.report.Result;
import im.tombolo.bench.report.Sampler;
import im.tombolo.core.address.Jid;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Load both ways while one process after the other is killed without warning and started again.
 * What was accepted has to arrive, and nothing may be shown twice: what comes again has to have the
 * id that it had, by which those who get it know it.
 *
 * @param processes on one database
 */
public record Crash(int processes) implements Scenario {
  private static final int HOSTS = 20;
  private static final int READERS = 20;
  private static final int CONNECTIONS = 16;
  private static final double NOTES_PER_SECOND = 100;
  private static final double SMALL_NOTES_PER_SECOND = 20;
  private static final double POSTS_PER_SECOND = 2;
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Map<String, String> LIMITS =
      Map.of("reconcile-soonest", "2s", "reconcile-latest", "5s");

  @Override
  public Result play(Scene scene) {
    Result result = new Result("crash", "--processes " + processes);
    Duration time = scene.time(Duration.ofMinutes(2), Duration.ofSeconds(6));
    try (Stage stage = Stage.open(new Stage.Setup(scene.launcher(), HOSTS, 0, LIMITS));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<GatewayProcess> gateways = gateways(stage);
      gateways.forEach(GatewayProcess::start);
      Jid author = stage.author("louise");
      List<String> actors = InboxLoad.actors(stage.fediverse().hosts(), 200);
      new Seeds(stage).readers(actors, READERS);
      new Seeds(stage)
          .followers(author, IntStream.range(0, HOSTS).boxed().toList(), HOSTS * 10, true);
      double rate = scene.isSmall() ? SMALL_NOTES_PER_SECOND : NOTES_PER_SECOND;
      int notes = (int) (time.toSeconds() * rate);
      int posts = (int) (time.toSeconds() * POSTS_PER_SECOND);
      try (Sampler sampler =
          stage.sampler(() -> stage.events().total() + stage.fediverse().receipts().total())) {
        CompletableFuture<HttpLoad.Report> load =
            CompletableFuture.supplyAsync(
                () -> send(stage, gateways, actors, notes, rate), threads);
        CompletableFuture<Void> writing =
            CompletableFuture.runAsync(() -> publish(stage, author, posts), threads);
        result.figure("kills", kill(gateways, scene.isSmall() ? 1 : 24), "");
        writing.join();
        result.equal("notes answered 202", notes, load.join().count(202));
        awaitAll(stage, notes, (long) posts * HOSTS);
        sampler.into(result);
      }
      judge(stage, result, notes, posts);
      gateways.stream().skip(1).forEach(GatewayProcess::close);
    }
    return result;
  }

  private List<GatewayProcess> gateways(Stage stage) {
    return IntStream.range(0, processes)
        .mapToObj(i -> i == 0 ? stage.gateway() : stage.another())
        .toList();
  }

  private static HttpLoad.Report send(
      Stage stage, List<GatewayProcess> gateways, List<String> actors, int notes, double rate) {
    List<InetSocketAddress> targets =
        gateways.stream()
            .map(one -> new InetSocketAddress(InetAddress.getLoopbackAddress(), one.webPort()))
            .toList();
    HttpLoad.Plan plan = new HttpLoad.Plan(CONNECTIONS, notes, rate, PATIENCE);
    return new HttpLoad(
            targets,
            plan,
            i -> {
              String actor = actors.get(i % actors.size());
              return stage
                  .fediverse()
                  .actors()
                  .post(actor, stage.authority(), "/inbox", Posts.create(actor, i));
            })
        .run();
  }

  private static void publish(Stage stage, Jid author, int posts) {
    for (int mark = 0; mark < posts; mark++) {
      stage.publish(author, mark);
      Await.pause(Duration.ofNanos((long) (1e9 / POSTS_PER_SECOND)));
    }
  }

  /** One after the other; each is started again at once. */
  private static int kill(List<GatewayProcess> gateways, int times) {
    for (int i = 0; i < times; i++) {
      Await.pause(PAUSE);
      GatewayProcess victim = gateways.get(i % gateways.size());
      victim.kill();
      victim.launch();
    }
    return times;
  }

  private static void awaitAll(Stage stage, long events, long deliveries) {
    Await.within(
        PATIENCE,
        () ->
            stage.events().total() >= events && stage.fediverse().receipts().total() >= deliveries);
  }

  private static void judge(Stage stage, Result result, long notes, long posts) {
    result.equal("notes at XMPP clients", notes, stage.events().total());
    result.equal("posts at peers", posts * HOSTS, stage.fediverse().receipts().total());
    result.equal("events under a second id", 0, stage.events().doubled());
    result.equal("activities under a second id", 0, stage.fediverse().receipts().doubled());
    result.figure("events sent again under their id", stage.events().repeated(), "");
    result.figure(
        "activities sent again under their id", stage.fediverse().receipts().repeated(), "");
  }
}
