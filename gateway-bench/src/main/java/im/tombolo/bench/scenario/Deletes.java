package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.HttpLoad;
import im.tombolo.bench.report.Result;
import im.tombolo.bench.report.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Deletes of people of whom the gateway never heard, 10,000 a second: what a large server tells
 * everybody when it removes an account. Their documents are gone, so there is nothing to fetch.
 */
public record Deletes() implements Scenario {
  private static final int HOSTS = 20;
  private static final int CONNECTIONS = 64;
  private static final double RATE = 10_000;
  private static final double SMALL_RATE = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public Result play(Scene scene) {
    Result result = new Result("deletes", "");
    int count = scene.size(200_000, 500);
    try (Stage stage = Stage.open(new Stage.Setup(scene.launcher(), HOSTS, 0, Map.of()))) {
      stage.gateway().start();
      // Written while the load runs: all together would need hundreds of megabytes.
      HttpLoad warm = load(stage, new HttpLoad.Plan(CONNECTIONS, count / 10, 0, PATIENCE), "early");
      warm.run();
      double rate = scene.isSmall() ? SMALL_RATE : RATE;
      HttpLoad load = load(stage, new HttpLoad.Plan(CONNECTIONS, count, rate, PATIENCE), "late");
      try (Sampler sampler = stage.sampler(load::answered)) {
        HttpLoad.Report report = load.run();
        result.equal("deletes answered", count, report.times().count());
        result.figure("connections that broke", report.broken(), "");
        report.statuses().forEach((status, number) -> result.figure("HTTP " + status, number, ""));
        result.atLeast("answers", rate * 0.98, report.perSecond(), "/s");
        result.times("answer", report.times());
        sampler.into(result);
        result.atMost("memory grows by", 10, Growth.of(result.samples(), 3).percent(), "%");
      }
      result.atMost("keys asked for", 0, stage.fediverse().documents(), "");
    }
    return result;
  }

  private static HttpLoad load(Stage stage, HttpLoad.Plan plan, String kind) {
    List<String> origins =
        IntStream.range(0, HOSTS)
            .mapToObj(stage.fediverse().hosts()::origin)
            .map(origin -> origin + "/gone/" + kind)
            .toList();
    return new HttpLoad(
        List.of(stage.gateway().web()),
        plan,
        i -> {
          String actor = origins.get(i % HOSTS) + i;
          return stage
              .fediverse()
              .actors()
              .forged(actor, stage.authority(), "/inbox", Posts.delete(actor));
        });
  }
}
