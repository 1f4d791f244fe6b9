package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.HttpLoad;
import im.tombolo.bench.report.Result;
import im.tombolo.bench.report.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Signed notes of people of whom the gateway never heard: each key has to be fetched, once. */
public record ColdKeys() implements Scenario {
  private static final int HOSTS = 500;
  private static final int NOTES_OF_EACH = 3;
  private static final int CONNECTIONS = 64;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Override
  public Result play(Scene scene) {
    Result result = new Result("inbox", "--cold-keys");
    int people = scene.size(5_000, 60);
    int hosts = scene.size(HOSTS, 20);
    try (Stage stage = Stage.open(new Stage.Setup(scene.launcher(), hosts, 0, Map.of()))) {
      List<String> actors = InboxLoad.actors(stage.fediverse().hosts(), people);
      stage.gateway().start();
      HttpLoad.Plan plan = new HttpLoad.Plan(CONNECTIONS, people * NOTES_OF_EACH, 0, PATIENCE);
      try (Sampler sampler = stage.sampler(stage.fediverse()::documents)) {
        HttpLoad.Report report = InboxLoad.signed(stage, actors, plan, 0).run();
        result.equal("notes answered 202", plan.count(), report.count(202));
        result.figure("durable 202s", report.perSecond(), "/s");
        result.figure("keys fetched", people * 1e9 / report.took().toNanos(), "/s");
        result.times("answer", report.times());
        sampler.into(result);
      }
      result.equal("each key fetched once", people, stage.fediverse().documents());
    }
    return result;
  }
}
