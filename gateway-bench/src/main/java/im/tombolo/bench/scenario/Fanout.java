package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.Hosts;
import im.tombolo.bench.peer.Receipts.Arrivals;
import im.tombolo.bench.report.Result;
import im.tombolo.bench.report.Sampler;
import im.tombolo.bench.report.SigningLimit;
import im.tombolo.bench.report.Times;
import im.tombolo.core.address.Jid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A post of somebody with many followers, until all hosts have it. With ill hosts, first without
 * them: what they cost those that are well is the difference.
 *
 * @param illPercent of the hosts, each kind of illness in turn
 * @param shared whether followers share an inbox with all of their host
 * @param processes of the gateway, on one database; the figures of a process are the first's
 */
public record Fanout(int illPercent, boolean shared, int processes) implements Scenario {
  private static final int FULL_HOSTS = 5_000;
  private static final int SMALL_HOSTS = 60;
  private static final int PER_HOST = 10;
  // A gateway has run for days when somebody famous posts.
  // Deliveries, after which the compiler has seen what there is.
  private static final int WARM_UP = 100_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  // Who is ill has been so for longer than the gateway takes to see it.
  private static final int POSTS_BEFORE = 4;
  private static final Duration LEARNING = Duration.ofMinutes(2);
  private static final double MEMORY_MB = 268;

  /**
   * One post.
   *
   * @param first from the publication to the first POST, in nanoseconds
   * @param all until the last
   * @param limit signatures a second just before
   */
  private record Spread(int places, long first, long all, double limit) {
    double perSecond() {
      return places * 1e9 / Math.max(1, all - first);
    }

    /** Signatures that could have been made meanwhile: what it took, however fast the machine. */
    double cost() {
      return all * limit;
    }

    double ofLimit() {
      return 100 * perSecond() / limit;
    }
  }

  @Override
  public Result play(Scene scene) {
    Result result = new Result("fanout", options());
    int count = scene.size(FULL_HOSTS, SMALL_HOSTS);
    try (Stage stage = Stage.open(new Stage.Setup(scene.launcher(), count, illPercent, Map.of()))) {
      stage.gateway().start();
      for (int i = 1; i < processes; i++) {
        stage.another().start();
      }
      Run run = new Run(stage, stage.author("louise"), scene, result);
      run.play();
      stage.checkSignatures(result);
    }
    return result;
  }

  private String options() {
    return String.join(
        " ",
        Stream.of(
                illPercent == 0 ? "" : "--dead " + illPercent + "%",
                shared ? "" : "--own-inboxes",
                processes == 1 ? "" : "--processes " + processes)
            .filter(option -> !option.isEmpty())
            .toList());
  }

  /** What one play holds on to. */
  private final class Run {
    private final Stage stage;
    private final Jid author;
    private final Scene scene;
    private final Result result;
    private final Hosts hosts;
    private final Times times = new Times();
    private int mark;

    Run(Stage stage, Jid author, Scene scene, Result result) {
      this.stage = stage;
      this.author = author;
      this.scene = scene;
      this.result = result;
      this.hosts = stage.fediverse().hosts();
    }

    void play() {
      List<Integer> well = IntStream.range(0, hosts.count()).filter(hosts::isWell).boxed().toList();
      List<Integer> ill =
          IntStream.range(0, hosts.count()).filter(host -> !hosts.isWell(host)).boxed().toList();
      new Seeds(stage).followers(author, well, well.size() * PER_HOST, shared);
      int places = shared ? well.size() : well.size() * PER_HOST;
      int posts = scene.size(5, 2);
      try (Sampler sampler = stage.sampler(stage.fediverse().receipts()::total)) {
        for (int i = 0; i < scene.size(WARM_UP / places, 0); i++) {
          publish(places, new Times(), 0);
        }
        scene.signingLimit(result);
        tellWhatIsPossible();
        List<Spread> healthy = new ArrayList<>();
        for (int i = 0; i < posts; i++) {
          healthy.add(publish(places, times, limit()));
        }
        tell(healthy);
        if (!ill.isEmpty()) {
          new Seeds(stage).followers(author, ill, ill.size() * PER_HOST, shared);
          Spread unknown = publish(places, new Times(), 0);
          for (int i = 1; i < scene.size(POSTS_BEFORE, 1); i++) {
            publish(places, new Times(), 0);
          }
          Await.pause(scene.time(LEARNING, Duration.ofSeconds(1)));
          List<Spread> among = new ArrayList<>();
          for (int i = 0; i < posts; i++) {
            // With the same pauses as before, for the same speed of the machine.
            among.add(publish(places, new Times(), limit()));
          }
          result.figure(
              "the first post to ill hosts, of which nobody knows", unknown.all / 1e6, "ms");
          compare(healthy, among);
        }
        result.equal(
            "deliveries that came twice",
            0,
            stage.fediverse().receipts().doubled() + stage.fediverse().receipts().repeated());
        result.atMost("gateway memory", MEMORY_MB, sampler.gatewayMegabytes(), "MB");
        sampler.into(result);
      }
    }

    private void tellWhatIsPossible() {
      double limit = limit();
      double bare = new BareDeliveries(hosts.well()).perSecond();
      result.figure("a program that only signs and posts", bare, "/s");
      result.figure("that to signatures", 100 * bare / limit, "%");
    }

    /** Machines are not always as fast, so each post is compared with what went just before it. */
    private double limit() {
      return SigningLimit.measure(scene.time(Duration.ofSeconds(1), Duration.ofMillis(300)), false)
          .perSecond();
    }

    private Spread publish(int places, Times into, double limit) {
      int number = mark++;
      Arrivals arrivals = stage.fediverse().receipts().of(number);
      long begun = stage.publish(author, number);
      boolean isAll = Await.within(PATIENCE, () -> arrivals.places() >= places);
      result.check(
          "post " + number + " at all well hosts",
          isAll && arrivals.places() == places,
          arrivals.places() + " of " + places);
      long first = Long.MAX_VALUE;
      long last = begun;
      for (long at : arrivals.nanos().values()) {
        into.add(at - begun);
        first = Math.min(first, at);
        last = Math.max(last, at);
      }
      return new Spread(arrivals.places(), first - begun, last - begun, limit);
    }

    private void tell(List<Spread> spreads) {
      double perSecond = median(spreads.stream().map(Spread::perSecond).toList());
      double first = median(spreads.stream().map(spread -> spread.first / 1e6).toList());
      result.figure("followers", hosts.well() * (double) PER_HOST, "");
      result.figure("inboxes", spreads.getFirst().places, "");
      result.figure("deliveries", perSecond, "/s");
      result.figure("all delivered after", median(allMillis(spreads)), "ms");
      result.times("publication to a delivery", times);
      result.atMost("publication to first delivery", 1_000, first, "ms");
      result.atLeast(
          "deliveries to signatures",
          50,
          median(spreads.stream().map(Spread::ofLimit).toList()),
          "%");
    }

    private void compare(List<Spread> healthy, List<Spread> among) {
      double before = median(healthy.stream().map(Spread::cost).toList());
      double after = median(among.stream().map(Spread::cost).toList());
      double worst = allMillis(among).stream().mapToDouble(Double::doubleValue).max().orElse(0);
      double usual = median(allMillis(among));
      result.figure("well hosts done after, ill ones among them", usual, "ms");
      result.figure("the same, for the slowest post", worst, "ms");
      result.atMost("longer by ill hosts", 5, 100 * (after / before - 1), "%");
    }

    private static List<Double> allMillis(List<Spread> spreads) {
      return spreads.stream().map(spread -> spread.all / 1e6).toList();
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0.0);
  }
}
