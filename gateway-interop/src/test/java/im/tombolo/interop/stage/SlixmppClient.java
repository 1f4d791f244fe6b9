package im.tombolo.interop.stage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A user's client: slixmpp, driven through peers/slixmpp/client.py. Methods block; safe for any
 * thread. What came in is remembered over {@link #reconnect()}.
 */
public final class SlixmppClient implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final String bareJid;
  private final Program program;
  private final List<Xml> events = new CopyOnWriteArrayList<>();
  private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private volatile boolean ready;

  /** Logs in as {@code user} and returns when the session began and presence was sent. */
  public SlixmppClient(Stage stage, XmppServer server, String user) {
    bareJid = user + "@" + server.domain();
    Path directory = stage.directory("slixmpp-" + user);
    List<String> command =
        List.of(
            "/usr/bin/python3",
            Stage.module().resolve("peers/slixmpp/client.py").toString(),
            "127.0.0.1",
            Integer.toString(server.c2sPort()),
            bareJid,
            user);
    program = new Program(new Program.Spec("slixmpp-" + user, command, Map.of(), directory, true));
    connect();
  }

  private void connect() {
    ready = false;
    program.launch();
    Process process = program.process();
    Thread.ofVirtual().name(bareJid).start(() -> read(process));
    program.awaitReady(() -> ready);
  }

  private void read(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        accept(JSON.readTree(line));
      }
    } catch (IOException gone) {
      // The process was killed: those who wait are told below.
    } finally {
      waiting
          .values()
          .forEach(reply -> reply.completeExceptionally(new IOException("client is gone")));
    }
  }

  private void accept(JsonNode line) {
    if (line.has("event")) {
      events.add(Xml.parse(line.get("event").asString()));
    } else if (line.has("ready")) {
      ready = true;
    } else if (line.has("id")) {
      CompletableFuture<JsonNode> reply = waiting.remove(line.get("id").asLong());
      if (reply != null) {
        reply.complete(line);
      }
    }
  }

  public String bareJid() {
    return bareJid;
  }

  /** A new session, for after a restart of the server. */
  public void reconnect() {
    close();
    connect();
  }

  /** Sends an IQ and returns the reply, result or error, as it came. */
  public Xml iq(String type, String to, String payload) {
    JsonNode reply = command(Map.of("do", "iq", "type", type, "to", to, "payload", payload));
    return Xml.parse(reply.get("xml").asString());
  }

  /** Sends a message or a presence as it is. */
  public void send(String stanza) {
    command(Map.of("do", "send", "xml", stanza));
  }

  /**
   * The pubsub service at {@code jid}, a person's bare JID or a service's domain, as this user sees
   * it.
   */
  public PubSub pubsub(String jid) {
    return new PubSub(this, jid);
  }

  /** All messages, presences and IQ requests that came in, oldest first. */
  public List<Xml> events() {
    return List.copyOf(events);
  }

  /** Those of {@link #events()} that match {@code path}. */
  public List<Xml> events(String path) {
    return events.stream().filter(event -> event.has(path)).toList();
  }

  /** Waits up to 40 s for the first event that matches. */
  public Xml awaitEvent(Predicate<Xml> wanted) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> events.stream().filter(wanted).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  public Xml awaitEvent(String path) {
    return awaitEvent(event -> event.has(path));
  }

  private JsonNode command(Map<String, Object> content) {
    long id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    waiting.put(id, reply);
    var line = JSON.createObjectNode().put("id", id);
    content.forEach((key, value) -> line.putPOJO(key, value));
    try {
      write(JSON.writeValueAsString(line));
      JsonNode result = reply.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (result.has("error")) {
        throw new StageException(bareJid + " " + content + ": " + result.get("error").asString());
      }
      return result;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StageException("interrupted", interrupted);
    } catch (ExecutionException | TimeoutException | IOException problem) {
      throw new StageException(bareJid + " " + content + "\n" + program.logTail(), problem);
    }
  }

  private synchronized void write(String line) throws IOException {
    Writer out = program.process().outputWriter(StandardCharsets.UTF_8);
    out.write(line + "\n");
    out.flush();
  }

  @Override
  public void close() {
    program.kill9();
  }
}
