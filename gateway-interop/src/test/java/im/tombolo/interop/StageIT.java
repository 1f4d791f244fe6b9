package im.tombolo.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import im.tombolo.interop.stage.Ejabberd;
import im.tombolo.interop.stage.FedifyPeer;
import im.tombolo.interop.stage.Ports;
import im.tombolo.interop.stage.Prosody;
import im.tombolo.interop.stage.PubSub;
import im.tombolo.interop.stage.Site;
import im.tombolo.interop.stage.SlixmppClient;
import im.tombolo.interop.stage.Stage;
import im.tombolo.interop.stage.TestPostgres;
import im.tombolo.interop.stage.TlsFront;
import im.tombolo.interop.stage.Web;
import im.tombolo.interop.stage.XmppServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stage stands without the product: each foreign program starts, does its work and survives a
 * restart.
 */
class StageIT {
  private static final String BLOG = "urn:xmpp:microblog:0";

  static Stream<Named<Function<Stage, XmppServer>>> servers() {
    return Stream.of(Named.of("Prosody", Prosody::new), Named.of("ejabberd", Ejabberd::new));
  }

  @Test
  void aNameMeansTheNewestStage() throws IOException {
    for (int i = 0; i < 2; i++) {
      Site site = new Stage("names").site("moved.test");

      assertThat(InetAddress.getByName("moved.test").getHostAddress()).isEqualTo(site.address());
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aPostOutlivesARestartOfTheXmppServer(Function<Stage, XmppServer> kind) {
    Stage stage = new Stage("server");
    try (XmppServer server = kind.apply(stage)) {
      server.start();
      try (SlixmppClient romeo = new SlixmppClient(stage, server, "romeo");
          SlixmppClient juliet = new SlixmppClient(stage, server, "juliet")) {
        PubSub own = romeo.pubsub(romeo.bareJid());
        own.create(BLOG, Map.of("pubsub#access_model", "open", "pubsub#max_items", "100"));
        own.publish(BLOG, "one", Entries.plain("one", "first"));
        own.publish(BLOG, "two", Entries.plain("two", "second"));

        server.restart();
        juliet.reconnect();

        assertThat(juliet.pubsub(romeo.bareJid()).items(BLOG).texts("//a:title"))
            .containsExactlyInAnyOrder("first", "second");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aPostOutlivesAKillOfTheXmppServer(Function<Stage, XmppServer> kind) {
    Stage stage = new Stage("server");
    try (XmppServer server = kind.apply(stage)) {
      server.start();
      try (SlixmppClient romeo = new SlixmppClient(stage, server, "romeo")) {
        romeo.pubsub(romeo.bareJid()).publish(BLOG, "one", Entries.plain("one", "first"));
        server.stop();
        server.start();
        server.kill9();
        server.start();
        romeo.reconnect();

        assertThat(romeo.pubsub(romeo.bareJid()).items(BLOG).texts("//a:title"))
            .containsExactly("first");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void usersCanMakeOpenNodesOnThePubsubService(Function<Stage, XmppServer> kind) {
    Stage stage = new Stage("server");
    try (XmppServer server = kind.apply(stage)) {
      server.start();
      try (SlixmppClient romeo = new SlixmppClient(stage, server, "romeo");
          SlixmppClient juliet = new SlixmppClient(stage, server, "juliet")) {
        romeo.pubsub(server.pubsubDomain()).create("verona", Map.of("pubsub#access_model", "open"));
        juliet.pubsub(server.pubsubDomain()).subscribe("verona");
        romeo.pubsub(server.pubsubDomain()).publish("verona", "one", Entries.plain("one", "news"));

        assertThat(juliet.awaitEvent("//ev:items[@node='verona']/ev:item").text("//a:title"))
            .isEqualTo("news");
      }
    }
  }

  @Test
  void twoFediversePeersFollowEachOtherAndAPostGoesAcross() {
    Stage stage = new Stage("fediverse");
    var here = stage.site("fedify.test");
    var there = stage.site("other.test");
    try (FedifyPeer fedify = new FedifyPeer(stage, here);
        FedifyPeer other = new FedifyPeer(stage, there)) {
      other.follow("bob", "acct:" + fedify.handle("ada"));
      fedify.follow("ada", other.actor("bob"));
      await().until(() -> other.following("bob").get(fedify.actor("ada")), "accepted"::equals);
      await().until(() -> fedify.following("ada").get(other.actor("bob")), "accepted"::equals);
      FedifyPeer.Post post =
          fedify.post("ada", "<p>Hello</p>", Map.of("title", "Greeting", "tags", List.of("hello")));

      FedifyPeer.Received create = awaitOne(other, "Create");
      assertThat(create.id()).isEqualTo(post.create());
      assertThat(create.object().path("name").asString()).isEqualTo("Greeting");
    }
  }

  @Test
  void aFollowCanWaitAndBeRefused() {
    Stage stage = new Stage("fediverse");
    var here = stage.site("fedify.test");
    try (FedifyPeer fedify = new FedifyPeer(stage, here)) {
      fedify.autoAccept(false);
      fedify.follow("bob", "acct:" + fedify.handle("ada"));
      await().until(() -> fedify.pendingFollows("ada").size() == 1);
      fedify.reject(fedify.pendingFollows("ada").getFirst());

      await().until(() -> fedify.following("bob").get(fedify.actor("ada")), "rejected"::equals);
    }
  }

  @Test
  void aPeerThatRefusesDeliveriesGetsThemLater() {
    Stage stage = new Stage("fediverse");
    var here = stage.site("fedify.test");
    var there = stage.site("other.test");
    try (FedifyPeer fedify = new FedifyPeer(stage, here);
        FedifyPeer other = new FedifyPeer(stage, there)) {
      other.follow("bob", "acct:" + fedify.handle("ada"));
      await().until(() -> other.following("bob").get(fedify.actor("ada")), "accepted"::equals);
      other.fail(2);
      fedify.post("ada", "<p>Hello</p>");

      awaitOne(other, "Create");
      assertThat(other.posted()).extracting(FedifyPeer.Posted::status).contains(503);
    }
  }

  @Test
  void thePeersHistoryCanBeWalkedAndItsPicturesLoaded() {
    Stage stage = new Stage("fediverse");
    var here = stage.site("fedify.test");
    try (FedifyPeer fedify = new FedifyPeer(stage, here)) {
      for (int i = 0; i < 7; i++) {
        fedify.post("ada", "<p>" + i + "</p>", Map.of("quiet", true));
      }
      String icon = fedify.lookup(fedify.actor("ada")).path("icon").path("url").asString();

      assertThat(fedify.collection(fedify.actor("ada"), "outbox")).hasSize(7);
      assertThat(new Web(stage).get(icon, "image/*").type()).isEqualTo("image/png");
    }
  }

  @Test
  void theFrontForwardsAsAProxyDoesAndAnswersForAMissingServer() throws IOException {
    Stage stage = new Stage("front");
    var site = stage.site("xmpp.test");
    int port = Ports.free();
    try (TlsFront front = new TlsFront(site, stage.ca().issue(site.name()), port)) {
      Web web = new Web(stage);
      assertThat(web.get(site.origin() + "/early", "*/*").status()).isEqualTo(502);

      HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
      server.createContext("/", StageIT::tellHeaders);
      server.start();
      try {
        assertThat(web.get(site.origin() + "/late", "*/*").text())
            .isEqualTo(site.authority() + " https 127.0.0.1");
      } finally {
        server.stop(0);
      }
      assertThat(front.answers()).extracting(TlsFront.Answer::status).containsExactly(502, 200);
    }
  }

  private static void tellHeaders(HttpExchange exchange) throws IOException {
    byte[] told =
        Stream.of("Host", "X-Forwarded-Proto", "X-Forwarded-For")
            .map(exchange.getRequestHeaders()::getFirst)
            .collect(Collectors.joining(" "))
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, told.length);
    exchange.getResponseBody().write(told);
    exchange.close();
  }

  @Test
  void aPeerTellsWhatSoftwareItIs() {
    Stage stage = new Stage("fediverse");
    var here = stage.site("fedify.test");
    try (FedifyPeer fedify = new FedifyPeer(stage, here)) {
      assertThat(fedify.nodeinfo(here.origin()).path("software").path("name").asString())
          .isEqualTo("tombolo-test-peer");
    }
  }

  @Test
  void postgresKeepsItsDataAndItsPort() throws SQLException {
    Stage stage = new Stage("postgres");
    try (TestPostgres postgres = new TestPostgres(stage)) {
      try (var link = DriverManager.getConnection(postgres.url(), postgres.user(), "");
          var statement = link.createStatement()) {
        statement.execute("create table kept as select 42 as answer");
      }
      postgres.restart();
      try (var link = DriverManager.getConnection(postgres.url(), postgres.user(), "");
          var statement = link.createStatement();
          ResultSet rows = statement.executeQuery("select answer from kept")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  private static FedifyPeer.Received awaitOne(FedifyPeer peer, String type) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> peer.received().stream().filter(r -> r.type().equals(type)).toList(),
            found -> found.size() == 1)
        .getFirst();
  }
}
