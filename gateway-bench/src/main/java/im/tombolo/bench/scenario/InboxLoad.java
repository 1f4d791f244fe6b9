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
      int many = scene.size(30_000, 300);
      int calm = scene.size(10_000, 100);
      try (Sampler sampler = stage.sampler(stage.events()::total)) {
        Run run = new Run(stage, actors, result);
        // A gateway has run for days when many write at once: then the compiler has seen all.
        Through started = run.load(many, 0);
        result.figure("just started: durable 202s", started.answers().perSecond(), "/s");
        result.figure("just started: through to XMPP events", started.perSecond(), "/s");
        Through fast = run.load(many, 0);
        result.times("answer under full load", fast.answers().times());
        result.atLeast("durable 202s", 3_000, fast.answers().perSecond(), "/s");
        result.atLeast("through to XMPP events", 1_500, fast.perSecond(), "/s");
        result.figure(
            "202s to signatures", 100 * fast.answers().perSecond() / limit.perSecond(), "%");
        Through slow = run.load(calm, CALM);
        result.times("answer at 500/s", slow.answers().times());
        result.atMost("answer at 500/s, p99", 50, slow.answers().times().millis(0.99), "ms");
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
  static HttpLoad signed(Stage stage, List<String> actors, HttpLoad.Plan plan, int firstMark) {
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
    return new HttpLoad(List.of(stage.gateway().web()), plan, requests::get);
  }

  /**
   * @param perSecond notes that readers had, from the first request to the last event
   */
  private record Through(HttpLoad.Report answers, double perSecond) {}

  /** Loads one after another, each of notes that were not sent yet. */
  private static final class Run {
    private final Stage stage;
    private final List<String> actors;
    private final Result result;
    private int sent;

    Run(Stage stage, List<String> actors, Result result) {
      this.stage = stage;
      this.actors = actors;
      this.result = result;
    }

    /**
     * @param rate requests a second, 0 for as many as go
     */
    Through load(int count, int rate) {
      HttpLoad load =
          signed(stage, actors, new HttpLoad.Plan(CONNECTIONS, count, rate, PATIENCE), sent);
      sent += count;
      long begun = System.nanoTime();
      HttpLoad.Report answers = load.run();
      Await.within(PATIENCE, () -> stage.events().total() >= sent);
      double seconds = (System.nanoTime() - begun) / 1e9;
      result.equal("notes answered 202", count, answers.count(202));
      result.equal("notes at XMPP clients", sent, stage.events().total());
      return new Through(answers, count / seconds);
    }
  }
}
