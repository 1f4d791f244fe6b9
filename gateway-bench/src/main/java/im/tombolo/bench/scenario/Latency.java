package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.HttpLoad;
import im.tombolo.bench.peer.Receipts.Arrivals;
import im.tombolo.bench.report.Result;
import im.tombolo.bench.report.Sampler;
import im.tombolo.bench.report.Times;
import im.tombolo.core.address.Jid;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How long one thing takes on a gateway that has nothing else to do, each way. */
public record Latency() implements Scenario {
  // Who posts more than 300 times a minute has to wait.
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public Result play(Scene scene) {
    Result result = new Result("latency", "");
    int warm = scene.size(200, 2);
    int count = scene.size(300, 10);
    try (Stage stage = Stage.open(new Stage.Setup(scene.launcher(), 2, 0, Map.of()))) {
      stage.gateway().start();
      Jid author = stage.author("louise");
      new Seeds(stage).followers(author, List.of(0), 1, true);
      String actor = stage.fediverse().hosts().actor(1, 0);
      new Seeds(stage).readers(List.of(actor), 1);
      try (Sampler sampler =
          stage.sampler(() -> stage.events().total() + stage.fediverse().receipts().total())) {
        out(stage, author, 0, warm, new Times());
        Times out = new Times();
        out(stage, author, warm, count, out);
        in(stage, actor, 0, warm, new Times());
        Times in = new Times();
        in(stage, actor, warm, count, in);
        result.times("publication to remote inbox", out);
        result.times("remote note to XMPP client", in);
        result.equal("posts at the remote inbox", count, out.count());
        result.equal("notes at the XMPP client", count, in.count());
        result.atMost("publication to remote inbox, p50", 30, out.millis(0.5), "ms");
        result.atMost("publication to remote inbox, p99", 150, out.millis(0.99), "ms");
        result.atMost("remote note to XMPP client, p50", 30, in.millis(0.5), "ms");
        result.atMost("remote note to XMPP client, p99", 150, in.millis(0.99), "ms");
        sampler.into(result);
      }
    }
    return result;
  }

  private static void out(Stage stage, Jid author, int first, int count, Times times) {
    for (int mark = first; mark < first + count; mark++) {
      Arrivals arrivals = stage.fediverse().receipts().of(mark);
      long begun = stage.publish(author, mark);
      measure(arrivals, begun, times);
    }
  }

  private static void in(Stage stage, String actor, int first, int count, Times times) {
    for (int mark = first; mark < first + count; mark++) {
      int number = mark;
      Arrivals arrivals = stage.events().of(mark);
      byte[] request =
          stage
              .fediverse()
              .actors()
              .post(actor, stage.authority(), "/inbox", Posts.create(actor, number));
      long begun = System.nanoTime();
      new HttpLoad(
              List.of(stage.gateway().web()),
              new HttpLoad.Plan(1, 1, 0, PATIENCE),
              ignored -> request)
          .run();
      measure(arrivals, begun, times);
    }
  }

  private static void measure(Arrivals arrivals, long begun, Times times) {
    if (Await.within(PATIENCE, () -> arrivals.places() > 0)) {
      times.add(arrivals.nanos().values().iterator().next() - begun);
    }
    Await.pause(PAUSE);
  }
}
