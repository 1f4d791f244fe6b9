package im.tombolo.bench.scenario;

import im.tombolo.bench.peer.HttpLoad;
import im.tombolo.bench.report.Result;
import im.tombolo.bench.report.Sampler;
import im.tombolo.core.address.Jid;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A post that all servers fetch at once: first when nobody did before, then again and again. */
public record ObjectGets() implements Scenario {
  private static final int CONNECTIONS = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  // PostgreSQL's sessions tell what they did about once a second.
  private static final Duration STATISTICS = Duration.ofSeconds(2);
  private static final Pattern POST = Pattern.compile("\"(http[^\"]*/posts/[^\"/]+)\"");

  @Override
  public Result play(Scene scene) {
    Result result = new Result("get", "");
    int connections = scene.size(CONNECTIONS, 100);
    Map<String, String> limits = Map.of("web-connections", "2000");
    try (Stage stage = Stage.open(new Stage.Setup(scene.launcher(), 1, 0, limits))) {
      stage.gateway().start();
      URI post = post(stage);
      byte[] request = HttpLoad.get(post, stage.authority());
      Cold one = cold(stage, 1, request);
      Cold all = cold(stage, connections, request);
      int warm = scene.size(300_000, 2_000);
      HttpLoad load = load(stage, new HttpLoad.Plan(connections, warm, 0, PATIENCE), request);
      try (Sampler sampler = stage.sampler(load::answered)) {
        HttpLoad.Report report = load.run();
        result.times("cold", all.report.times());
        result.times("warm", report.times());
        result.atMost(
            "loads of the post by " + connections + " at once",
            1,
            (double) all.looks / one.looks,
            "");
        result.atLeast("warm", 10_000, report.perSecond(), "/s");
        result.atMost("warm p99", 200, report.times().millis(0.99), "ms");
        result.equal("cold answers with the post", connections, all.report.count(200));
        result.equal("warm answers with the post", warm, report.count(200));
        sampler.into(result);
      }
    }
    return result;
  }

  /**
   * What a gateway answers that was just started.
   *
   * @param looks into the table of posts
   */
  private record Cold(HttpLoad.Report report, long looks) {}

  private static Cold cold(Stage stage, int connections, byte[] request) {
    stage.gateway().close();
    stage.gateway().start();
    long before = settled(stage);
    HttpLoad.Report report =
        load(stage, new HttpLoad.Plan(connections, connections, 0, PATIENCE), request).run();
    return new Cold(report, settled(stage) - before);
  }

  /** What else looks into it after a start has come to an end. */
  private static long settled(Stage stage) {
    long looks = looks(stage);
    for (long next = looks(stage); next != looks; next = looks(stage)) {
      looks = next;
    }
    return looks;
  }

  private static HttpLoad load(Stage stage, HttpLoad.Plan plan, byte[] request) {
    return new HttpLoad(List.of(stage.gateway().web()), plan, i -> request);
  }

  private static URI post(Stage stage) {
    Jid author = stage.author("louise");
    stage.publish(author, 1);
    URI page = URI.create(stage.urls().outbox(author) + "?page=first");
    Await.until(
        "the post in the outbox", PATIENCE, () -> POST.matcher(stage.get(page).body()).find());
    Matcher found = POST.matcher(stage.get(page).body());
    return found.results().findFirst().map(match -> URI.create(match.group(1))).orElseThrow();
  }

  /** How often the table of posts was looked into. */
  private static long looks(Stage stage) {
    Await.pause(STATISTICS);
    return stage.number(
        "select coalesce(seq_scan, 0) + coalesce(idx_scan, 0) from pg_stat_user_tables"
            + " where relname = 'local_post'");
  }
}
