package im.tombolo.bench.scenario;

import im.tombolo.bench.report.Result;
import im.tombolo.bench.report.Sampler;
import im.tombolo.bench.report.Times;
import im.tombolo.bench.xmpp.StubXmppServer;
import im.tombolo.core.address.Handle;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * XMPP clients that page through a long history, all at once, half of them from the old end: a page
 * a second each. Before, one of them walks through all of it, and it is read from the fediverse.
 */
public record Paging() implements Scenario {
  /** Posts of the one who wrote much. */
  static final int POSTS = 10_000;

  private static final int PAGE = 20;
  private static final String NODE = "urn:xmpp:microblog:0";
  private static final Pattern FIRST = Pattern.compile("<first[^>]*>([^<]*)</first>");
  private static final Pattern LAST = Pattern.compile("<last>([^<]*)</last>");

  @Override
  public Result play(Scene scene) {
    Result result = new Result("paging", "");
    int posts = scene.size(POSTS, 200);
    Stage.Setup setup = new Stage.Setup(scene.launcher(), 1, 0, Map.of(), posts);
    try (Stage stage = Stage.open(setup)) {
      stage.gateway().start();
      String actor = stage.fediverse().hosts().actor(0, 0);
      new Seeds(stage).readers(List.of(actor), 1);
      Handle handle = new Handle("u0", URI.create(actor).getAuthority());
      Jid blog = new VirtualJids(Jid.domain(StubXmppServer.COMPONENT)).of(handle);
      new Run(stage, blog.toString()).play(scene, posts, result);
    }
    return result;
  }

  /** What one play holds on to. */
  private static final class Run {
    private final Stage stage;
    private final String blog;
    private final AtomicLong pages = new AtomicLong();

    Run(Stage stage, String blog) {
      this.stage = stage;
      this.blog = blog;
    }

    void play(Scene scene, int posts, Result result) {
      long begun = System.nanoTime();
      result.equal("posts seen by who walks through all", posts, walk());
      result.figure("reading all from the fediverse", (System.nanoTime() - begun) / 1e6, "ms");
      int clients = scene.size(200, 20);
      load(clients, scene.time(Duration.ofSeconds(30), Duration.ofSeconds(1)));
      try (Sampler sampler = stage.sampler(pages::get)) {
        Times times = load(clients, scene.time(Duration.ofSeconds(60), Duration.ofSeconds(2)));
        result.figure("pages", times.count(), "");
        result.times("warm page", times);
        result.atMost("warm page, p99", 20, times.millis(0.99), "ms");
        sampler.into(result);
      }
    }

    /** From the newest to the oldest; how many there were. */
    private int walk() {
      String self = "reader@" + StubXmppServer.DOMAIN + "/x";
      int seen = 0;
      String page = ask(self, "<max>100</max><before/>");
      while (page.contains("<item ")) {
        seen += page.split("<item ", -1).length - 1;
        page = ask(self, "<max>100</max><before>" + cursor(FIRST, page) + "</before>");
      }
      return seen;
    }

    private Times load(int clients, Duration time) {
      List<Future<List<Long>>> all = new ArrayList<>();
      long end = System.nanoTime() + time.toNanos();
      Times times = new Times();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < clients; i++) {
          int number = i;
          all.add(threads.submit(() -> client(number, clients, end)));
        }
        for (Future<List<Long>> one : all) {
          one.get().forEach(times::add);
        }
      } catch (ExecutionException failed) {
        throw new ScenarioException("a client failed", failed.getCause());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new ScenarioException("stopped");
      }
      return times;
    }

    /** How long each page took, from when it was due. */
    private List<Long> client(int number, int clients, long end) {
      String self = "reader" + number + "@" + StubXmppServer.DOMAIN + "/x";
      boolean fromOld = number % 2 == 0;
      String where = fromOld ? "after" : "before";
      long pause = Duration.ofSeconds(1).toNanos();
      long due = System.nanoTime() + pause * number / clients;
      List<Long> nanos = new ArrayList<>();
      String beside = "";
      while (due < end) {
        Await.pause(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        String page = ask(self, "<max>%d</max><%s>%s</%s>".formatted(PAGE, where, beside, where));
        nanos.add(System.nanoTime() - due);
        pages.incrementAndGet();
        beside = page.contains("<item ") ? cursor(fromOld ? LAST : FIRST, page) : "";
        due += pause;
      }
      return nanos;
    }

    private String ask(String from, String set) {
      String answer =
          stage
              .xmpp()
              .ask(
                  from,
                  blog,
                  ("<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='%s'/>"
                          + "<set xmlns='http://jabber.org/protocol/rsm'>%s</set></pubsub>")
                      .formatted(NODE, set));
      if (!answer.contains("type='result'")) {
        throw new ScenarioException("a page is answered " + answer);
      }
      return answer;
    }
  }

  private static String cursor(Pattern pattern, String page) {
    Matcher matcher = pattern.matcher(page);
    if (!matcher.find()) {
      throw new ScenarioException("a page without an end");
    }
    return matcher.group(1);
  }
}
