package im.tombolo.bench.scenario;

import im.tombolo.bench.report.ProcessStatus;
import im.tombolo.bench.report.Result;
import im.tombolo.bench.report.Times;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Activities.Sent;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * From the start of the process, by the launcher, until database and XMPP link are there; then what
 * it needs of memory while nothing happens. The database is full, and runs already.
 */
public record Start() implements Scenario {
  private static final int HOSTS = 1_000;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  @Override
  public Result play(Scene scene) {
    Result result = new Result("start", "");
    try (Stage stage = Stage.open(new Stage.Setup(scene.launcher(), HOSTS, 0, Map.of()))) {
      stage.gateway().start();
      fill(stage, scene.size(100_000, 1_000));
      stage.gateway().close();
      Times times = new Times();
      Times processor = new Times();
      int starts = scene.size(7, 1);
      for (int i = 0; i < starts; i++) {
        times.add(stage.gateway().start().toNanos());
        long spent = ProcessStatus.of(stage.gateway().pid()).processorMillis();
        processor.add(Duration.ofMillis(spent).toNanos());
        if (i < starts - 1) {
          stage.gateway().close();
        }
      }
      Await.pause(scene.time(Duration.ofSeconds(30), Duration.ofSeconds(1)));
      double idle = ProcessStatus.of(stage.gateway().pid()).memoryBytes() / BYTES_PER_MEGABYTE;
      result.figure("start to ready, fastest", times.millis(0), "ms");
      result.figure("processor until ready, median", processor.millis(0.5), "ms");
      result.times("start to ready", times);
      result.atMost("start to ready, median", 2_000, times.millis(0.5), "ms");
      result.atMost("memory while idle", 157, idle, "MB");
      result.check(
          "the account is still known",
          stage.get(stage.urls().actor(Stage.person("louise"))).statusCode() == 200,
          "after " + starts + " starts");
    }
    return result;
  }

  /** Followers, and activities that were sent. */
  private static void fill(Stage stage, int rows) {
    Jid author = stage.author("louise");
    new Seeds(stage).followers(author, IntStream.range(0, HOSTS).boxed().toList(), rows, true);
    String json = Posts.create(stage.urls().actor(author).toString(), 0);
    stage
        .storage()
        .inTransaction(session -> {
          for (int i = 0; i < rows; i++) {
            session.activities().add(new Sent("filled-" + i, author, true, json));
          }
          return true;
        });
  }
}
