package im.tombolo.app.siege;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.app.Gateway;
import im.tombolo.app.config.Configuration;
import im.tombolo.app.config.ConfigurationReader;
import im.tombolo.app.config.ConfigurationReader.Outcome;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.port.Keys.KeyPairPem;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A gateway as it is run, with a peer that does as a test says and an XMPP server where romeo is.
 * Ada, who is on the peer, follows him, so that what is good demonstrably works.
 */
final class Siege implements AutoCloseable {
  /** How long a request may take, ours and theirs: short, so that tests are. */
  static final Duration REQUEST_TIME = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final KeyPairPem PAIR = KeyPairSource.rsa().generate();
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final EmbeddedPostgres postgres;
  private final Connection database;
  private final HomeServer home;
  private final HostilePeer peer;
  private final Gateway gateway;
  private final int port;

  /**
   * @param allowPrivate whether the gateway may ask the peer, which is on loopback
   */
  private Siege(Path directory, boolean allowPrivate) throws IOException, SQLException {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    String url = postgres.getJdbcUrl("postgres", "postgres");
    database = DriverManager.getConnection(url);
    home = new HomeServer();
    peer = new HostilePeer(PAIR.publicPem());
    port = freePort();
    gateway = new Gateway(configuration(directory, url, allowPrivate));
    gateway.start();
  }

  static Siege lay(Path directory) throws IOException, SQLException {
    Siege siege = new Siege(directory, true);
    siege.adaFollowsRomeo();
    return siege;
  }

  /** The same with the settings that the public internet needs. */
  static Siege careful(Path directory) throws IOException, SQLException {
    Siege siege = new Siege(directory, false);
    // It makes the key of its own with which it asks.
    siege.raw("GET /actor HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n");
    return siege;
  }

  private Configuration configuration(Path directory, String database, boolean allowPrivate)
      throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("tombolo.yml"),
            """
            xmpp:
              component: %s
              port: %d
              secret: "secret"
              domains: [%s]
            web:
              url: http://127.0.0.1:%d
              listen: 127.0.0.1:%d
            admin:
              listen: 127.0.0.1:%d
            database:
              url: "%s"
              user: postgres
            federation:
              allow-http: true
              allow-private-addresses: %s
            limits:
              spare-keys: 0
              http-connect-timeout: 1s
              http-request-timeout: %9$ds
              web-idle: %9$ds
              web-request-time: %9$ds
            """
                .formatted(
                    HomeServer.COMPONENT,
                    home.port(),
                    HomeServer.DOMAIN,
                    port,
                    port,
                    freePort(),
                    database,
                    allowPrivate,
                    REQUEST_TIME.toSeconds()));
    return switch (ConfigurationReader.read(file, Map.of())) {
      case Outcome.Good(Configuration configuration) -> configuration;
      case Outcome.Bad(List<String> mistakes) ->
          throw new IllegalStateException(String.join("; ", mistakes));
    };
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void adaFollowsRomeo() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(post("/inbox", follow("f1"))).isEqualTo(202);
          assertThat(peer.delivered()).anyMatch(body -> body.contains("\"Accept\""));
        });
  }

  HostilePeer peer() {
    return peer;
  }

  HomeServer home() {
    return home;
  }

  String romeo() {
    return "http://127.0.0.1:" + port + "/users/" + HomeServer.DOMAIN + "/romeo";
  }

  /** Who behaves at first. */
  String ada() {
    return peer.at("ada", "/users/ada").toString();
  }

  String follow(String activity) {
    return says(activity, "Follow", "\"" + romeo() + "\"");
  }

  /**
   * @param object JSON
   */
  String says(String activity, String type, String object) {
    return "{\"id\":\"%s/%s\",\"type\":\"%s\",\"actor\":\"%s\",\"object\":%s}"
        .formatted(ada(), activity, type, ada(), object);
  }

  /** A public note of ada's that speaks to romeo. */
  String note(String name, String more) {
    return """
    {"id":"%1$s/notes/%2$s","type":"Note","attributedTo":"%1$s","content":"<p>%2$s</p>",
     "published":"%3$s","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["%4$s"],
     "tag":[{"type":"Mention","href":"%4$s","name":"@romeo"}]%5$s}
    """
        .formatted(ada(), name, Instant.now(), romeo(), more);
  }

  /** Status of the answer to an activity that ada's key has signed. */
  int post(String path, String json) {
    return post(path, json, ada() + "#main-key");
  }

  int post(String path, String json, String keyId) {
    return status(raw(signed(path, json, keyId, path, Instant.now())));
  }

  /**
   * @param signedPath what the signature says of the path
   */
  byte[] signed(String path, String json, String keyId, String signedPath, Instant at) {
    try {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      String digest =
          "SHA-256="
              + Base64.getEncoder()
                  .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
      String host = "127.0.0.1:" + port;
      String date = DATE.format(at);
      String text =
          "(request-target): post %s\nhost: %s\ndate: %s\ndigest: %s"
              .formatted(signedPath, host, date, digest);
      String head =
          """
          POST %s HTTP/1.1
          Host: %s
          Date: %s
          Digest: %s
          Content-Type: application/activity+json
          Content-Length: %d
          Connection: close
          Signature: keyId="%s",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="%s"

          """
              .formatted(path, host, date, digest, body.length, keyId, signature(text));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      all.write(body);
      return all.toByteArray();
    } catch (GeneralSecurityException | IOException notHere) {
      throw new IllegalStateException(notHere);
    }
  }

  private static String signature(String text) throws GeneralSecurityException {
    String pem = PAIR.privatePem().replaceAll("-----[^-]+-----|\\s", "");
    PrivateKey key =
        KeyFactory.getInstance("RSA")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return Base64.getEncoder().encodeToString(signature.sign());
  }

  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    return socket;
  }

  /** All that is answered to some bytes until the connection ends. */
  String raw(byte[] bytes) {
    try (Socket socket = connect();
        InputStream in = socket.getInputStream()) {
      socket.getOutputStream().write(bytes);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException cut) {
      return "";
    }
  }

  String raw(String text) {
    return raw(text.replace("HOST", "127.0.0.1:" + port).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** 0 when the connection was cut without a word. */
  static int status(String answer) {
    return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  /** How many rows each table has; of who leads and who was asked for apart. */
  Map<String, Long> rows() {
    Map<String, Long> rows = new TreeMap<>();
    for (String table :
        list(
            "select table_name from information_schema.tables where table_schema = 'public'"
                + " and table_name not like 'flyway%' and table_name not in ('leader', 'lookup')")) {
      rows.put(table, Long.parseLong(list("select count(*) from " + table).getFirst()));
    }
    return rows;
  }

  List<String> list(String select) {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(select)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Everything that was accepted has been worked on. */
  void settle() {
    await()
        .atMost(PATIENCE)
        .until(() -> list("select count(*) from inbox where done_at is null").contains("0"));
  }

  @Override
  public void close() throws IOException, SQLException {
    gateway.close();
    home.close();
    peer.close();
    database.close();
    postgres.close();
  }
}
