package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.HttpLoad;
import im.tombolo.bench.report.Result;
import im.tombolo.bench.report.Sampler;
import im.tombolo.core.address.Jid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Notes, posts, Deletes of strangers and visits, for long: what waits and the memory must not grow.
 *
 * @param time of the load
 */
public record Soak(Duration time) implements Scenario {
  private static final int HOSTS = 200;
  private static final int CONNECTIONS = 16;
  private static final double EACH_PER_SECOND = 50;
  private static final Duration BETWEEN_POSTS = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int PARTS = 6;
  private static final List<String> TABLES =
      List.of("delivery", "delivered", "stanza", "inbox", "activity", "remote_post");

  @Override
  public Result play(Scene scene) {
    Duration whole = scene.time(time, Duration.ofSeconds(5));
    Result result = new Result("soak", "--minutes " + time.toMinutes());
    int each = (int) (whole.toSeconds() * EACH_PER_SECOND);
    int posts = (int) whole.toSeconds();
    try (Stage stage = Stage.open(new Stage.Setup(scene.launcher(), HOSTS, 0, Map.of()));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      stage.gateway().start();
      Jid author = stage.author("louise");
      List<String> actors = InboxLoad.actors(stage.fediverse().hosts(), 1_000);
      new Seeds(stage).readers(actors, 100);
      new Seeds(stage)
          .followers(author, IntStream.range(0, HOSTS).boxed().toList(), HOSTS * 10, true);
      Run run =
          new Run(
              stage,
              threads,
              new HttpLoad.Plan(CONNECTIONS, each, EACH_PER_SECOND, whole.plus(PATIENCE)));
      try (Sampler sampler =
          stage.sampler(() -> stage.events().total() + stage.fediverse().receipts().total())) {
        var notes = run.load(i -> run.note(actors.get(i % actors.size()), i));
        var deletes = run.load(run::delete);
        var visits = run.load(i -> run.visit(author));
        for (int mark = 0; mark < posts; mark++) {
          stage.publish(author, mark);
          Await.pause(BETWEEN_POSTS);
        }
        result.times("answer to a note", notes.join().times());
        result.times("answer to a Delete", deletes.join().times());
        result.times("answer to a visit", visits.join().times());
        Await.within(
            PATIENCE,
            () ->
                stage.events().total() >= each
                    && stage.fediverse().receipts().total() >= (long) posts * HOSTS);
        sampler.into(result);
      }
      result.equal("notes at XMPP clients", each, stage.events().total());
      result.equal("posts at peers", (long) posts * HOSTS, stage.fediverse().receipts().total());
      Growth growth = Growth.of(result.samples(), PARTS);
      result.atMost("memory grows by", 10, growth.percent(), "%");
      stage.waiting().forEach((queue, rows) -> result.equal("rows left in " + queue, 0, rows));
      for (String table : TABLES) {
        result.figure("size of " + table, stage.megabytes(table), "MB");
      }
    }
    return result;
  }

  private record Run(Stage stage, ExecutorService threads, HttpLoad.Plan plan) {
    CompletableFuture<HttpLoad.Report> load(IntFunction<byte[]> requests) {
      HttpLoad load = new HttpLoad(List.of(stage.gateway().web()), plan, requests);
      return CompletableFuture.supplyAsync(load::run, threads);
    }

    byte[] note(String actor, int mark) {
      return stage
          .fediverse()
          .actors()
          .post(actor, stage.authority(), "/inbox", Posts.create(actor, mark));
    }

    byte[] delete(int number) {
      String actor = stage.fediverse().hosts().origin(number % HOSTS) + "/gone/" + number;
      return stage
          .fediverse()
          .actors()
          .forged(actor, stage.authority(), "/inbox", Posts.delete(actor));
    }

    byte[] visit(Jid author) {
      return HttpLoad.get(stage.urls().actor(author), stage.authority());
    }
  }
}
