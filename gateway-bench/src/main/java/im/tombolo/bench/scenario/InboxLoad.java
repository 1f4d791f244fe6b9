package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.Actors;
import im.tombolo.bench.peer.Hosts;
import im.tombolo.bench.peer.HttpLoad;
import im.tombolo.bench.report.Result;
import im.tombolo.bench.report.Sampler;
import im.tombolo.bench.report.SigningLimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Distinct signed notes from people whom somebody here follows, as many a second as go, until the
 * readers' XMPP clients have all of them; then 500 a second, for how long an answer takes.
 */
public record InboxLoad() implements Scenario {
  private static final int HOSTS = 50;
  private static final int READERS = 100;
  private static final int CONNECTIONS = 64;
  private static final int CALM = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Override
  public Result play(Scene scene) {
    Result result = new Result("inbox", "");
    SigningLimit limit = scene.signingLimit(result);
    try (Stage stage = Stage.open(new Stage.Setup(scene.launcher(), HOSTS, 0, Map.of()))) {
      List<String> actors = actors(stage.fediverse().hosts(), scene.size(1_000, 50));
      stage.gateway().start();
      new Seeds(stage).readers(actors, READERS);
      int warm = scene.size(5_000, 50);
      int many = scene.size(30_000, 300);
      int calm = scene.size(10_000, 100);
      send(stage, actors, result, new HttpLoad.Plan(CONNECTIONS, warm, 0, PATIENCE), 0);
      awaitEvents(stage, result, warm);
      try (Sampler sampler = stage.sampler(stage.events()::total)) {
        long begun = System.nanoTime();
        HttpLoad.Report fast =
            send(stage, actors, result, new HttpLoad.Plan(CONNECTIONS, many, 0, PATIENCE), warm);
        awaitEvents(stage, result, warm + many);
        double events = many * 1e9 / (System.nanoTime() - begun);
        result.times("answer under full load", fast.times());
        result.atLeast("durable 202s", 3_000, fast.perSecond(), "/s");
        result.atLeast("through to XMPP events", 1_500, events, "/s");
        result.figure("202s to signatures", 100 * fast.perSecond() / limit.perSecond(), "%");
        HttpLoad.Report slow =
            send(
                stage,
                actors,
                result,
                new HttpLoad.Plan(CONNECTIONS, calm, CALM, PATIENCE),
                warm + many);
        awaitEvents(stage, result, warm + many + calm);
        result.times("answer at 500/s", slow.times());
        result.atMost("answer at 500/s, p99", 50, slow.times().millis(0.99), "ms");
        sampler.into(result);
      }
      result.equal(
          "events that came twice", 0, stage.events().doubled() + stage.events().repeated());
      result.equal("keys asked for", 0, stage.fediverse().documents());
    }
    return result;
  }

  static List<String> actors(Hosts hosts, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> hosts.actor(i % hosts.count(), i / hosts.count()))
        .toList();
  }

  /** Signs all first, since that takes longer than checking. */
  static HttpLoad.Report send(
      Stage stage, List<String> actors, Result result, HttpLoad.Plan plan, int firstMark) {
    Actors signing = stage.fediverse().actors();
    List<byte[]> requests =
        IntStream.range(0, plan.count())
            .parallel()
            .mapToObj(i -> {
              String actor = actors.get(i % actors.size());
              String json = Posts.create(actor, firstMark + i);
              return signing.post(actor, stage.authority(), "/inbox", json);
            })
            .toList();
    HttpLoad.Report report =
        new HttpLoad(List.of(stage.gateway().web()), plan, requests::get).run();
    result.equal("notes answered 202", plan.count(), report.count(202));
    return report;
  }

  private static void awaitEvents(Stage stage, Result result, int wanted) {
    Await.within(PATIENCE, () -> stage.events().total() >= wanted);
    result.equal("notes at XMPP clients", wanted, stage.events().total());
  }
}
