package im.tombolo.interop.stage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fediverse server that a test plays word for word: it serves the documents that it was given,
 * remembers what it is sent without checking it, and sends what it is told to, signed as most
 * servers do (draft-cavage-http-signatures). Methods block; safe for any thread.
 */
public final class ScriptedPeer implements AutoCloseable {
  private static final String JSON = "application/activity+json";
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private final Site site;
  private final HttpsServer server;
  private final HttpClient client;
  private final KeyPair keys = keys();
  private final Map<String, String> documents = new ConcurrentHashMap<>();
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();

  public ScriptedPeer(Stage stage, Site site) {
    this.site = site;
    this.client =
        HttpClient.newBuilder()
            .sslContext(stage.ca().trusting())
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    try {
      server =
          HttpsServer.create(
              new InetSocketAddress(InetAddress.getByName(site.address()), site.port()), 100);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    server.setHttpsConfigurator(
        new HttpsConfigurator(TestCa.serving(stage.ca().issue(site.name()))));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException problem) {
      throw new StageException("no RSA", problem);
    }
  }

  /** An address on this server. */
  public String on(String path) {
    return site.origin() + path;
  }

  /** The JID of one of its actors behind the gateway at {@code component} (XEP-0106). */
  public String jid(String user, String component) {
    return user + "\\40" + site.authority().replace(":", "\\3a") + "@" + component;
  }

  /** Serves a document at its id from now on. */
  public void holds(String id, String json) {
    documents.put(URI.create(id).getPath(), json);
  }

  /**
   * Has an actor, who is found by WebFinger; returns the id.
   *
   * @param path of the id, whose last segment is the user
   * @param more JSON properties, with a comma before each
   */
  public String actor(String type, String path, String more) {
    String id = on(path);
    String user = path.substring(path.lastIndexOf('/') + 1);
    String pem =
        "-----BEGIN PUBLIC KEY-----\\n"
            + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\\n-----END PUBLIC KEY-----\\n";
    holds(
        id,
        """
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1"],
         "id":"%1$s","type":"%2$s","preferredUsername":"%3$s","name":"The %3$s",
         "inbox":"%1$s/inbox","outbox":"%1$s/outbox","followers":"%1$s/followers",
         "publicKey":{"id":"%1$s#main-key","owner":"%1$s","publicKeyPem":"%4$s"}%5$s}
        """
            .formatted(id, type, user, pem, more));
    documents.put(
        "acct:" + user + "@" + site.authority(),
        """
        {"subject":"acct:%s@%s","links":[{"rel":"self","type":"%s","href":"%s"}]}
        """
            .formatted(user, site.authority(), JSON, id));
    return id;
  }

  /** All that came to any inbox, oldest first. */
  public List<JsonNode> received() {
    return List.copyOf(received);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestMethod().equals("POST")) {
        received.add(JsonMapper.shared().readTree(body));
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      URI uri = exchange.getRequestURI();
      boolean isFinger = uri.getPath().equals("/.well-known/webfinger");
      String name = isFinger ? uri.getQuery().replaceFirst("^resource=", "") : uri.getPath();
      String document = documents.get(name);
      if (document == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", isFinger ? "application/jrd+json" : JSON);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /**
   * Sends an activity in the name of one of its actors; insists that it is taken.
   *
   * @param inbox of the gateway
   */
  public void send(String actor, String inbox, String activity) {
    byte[] body = activity.getBytes(StandardCharsets.UTF_8);
    URI to = URI.create(inbox);
    String date = HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
    String digest = "SHA-256=" + base64(sha256(body));
    String signed =
        "(request-target): post %s\nhost: %s\ndate: %s\ndigest: %s"
            .formatted(to.getPath(), to.getAuthority(), date, digest);
    HttpRequest request =
        HttpRequest.newBuilder(to)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", JSON)
            .header("Date", date)
            .header("Digest", digest)
            .header(
                "Signature",
                "keyId=\"%s#main-key\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date digest\",signature=\"%s\""
                    .formatted(actor, base64(sign(signed))))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<String> answer =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() != 202) {
        throw new StageException(
            inbox + " answered " + answer.statusCode() + ": " + answer.body() + "\n" + activity);
      }
    } catch (IOException problem) {
      throw new StageException("POST " + inbox, problem);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StageException("interrupted", interrupted);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException problem) {
      throw new StageException("no SHA-256", problem);
    }
  }

  private byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException problem) {
      throw new StageException("cannot sign", problem);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
