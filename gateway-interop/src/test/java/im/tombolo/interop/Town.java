package im.tombolo.interop;

import static org.awaitility.Awaitility.await;

import im.tombolo.interop.stage.FedifyPeer;
import im.tombolo.interop.stage.FedifyPeer.Received;
import im.tombolo.interop.stage.Gateway;
import im.tombolo.interop.stage.PubSub;
import im.tombolo.interop.stage.ScriptedPeer;
import im.tombolo.interop.stage.Site;
import im.tombolo.interop.stage.SlixmppClient;
import im.tombolo.interop.stage.Stage;
import im.tombolo.interop.stage.TestPostgres;
import im.tombolo.interop.stage.Web;
import im.tombolo.interop.stage.Xml;
import im.tombolo.interop.stage.XmppServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;

/**
 * The gateway between one XMPP server and two fediverse servers, all running. romeo and benvolio
 * have open blogs, juliet reads; mercutio keeps to himself. Tests share one town, so each uses
 * fediverse names and texts of its own.
 */
final class Town implements AutoCloseable {
  static final String BLOG = "urn:xmpp:microblog:0";

  /** What the names of comments nodes begin with. */
  static final String COMMENTS = BLOG + ":comments/";

  final XmppServer xmpp;
  final TestPostgres postgres;
  final Gateway gateway;
  final FedifyPeer fedify;
  final FedifyPeer other;

  /** Communities and events, word for word. */
  final ScriptedPeer scripted;

  final SlixmppClient romeo;
  final SlixmppClient juliet;
  final SlixmppClient benvolio;
  final Web web;

  Town(String name, Function<Stage, XmppServer> server) {
    Stage stage = new Stage(name);
    Site home = stage.site(XmppServer.DOMAIN, "pubsub." + XmppServer.DOMAIN);
    Site fedifySite = stage.site("fedify.test");
    Site otherSite = stage.site("other.test");
    Site scriptedSite = stage.site("threads.test");
    xmpp = server.apply(stage);
    xmpp.start();
    romeo = new SlixmppClient(stage, xmpp, "romeo");
    juliet = new SlixmppClient(stage, xmpp, "juliet");
    benvolio = new SlixmppClient(stage, xmpp, "benvolio");
    openBlog(romeo);
    openBlog(benvolio);
    fedify = new FedifyPeer(stage, fedifySite);
    other = new FedifyPeer(stage, otherSite);
    scripted = new ScriptedPeer(stage, scriptedSite);
    web = new Web(stage);
    postgres = new TestPostgres(stage);
    gateway = new Gateway(stage, home, xmpp, postgres);
    gateway.start();
    eventually().until(gateway::ready);
    // Tests let so many follow him that nothing else would be told in that hour.
    romeo.send(
        "<message xmlns='jabber:client' type='chat' to='%s'><body>notify followers off</body></message>"
            .formatted(xmpp.componentDomain()));
  }

  private static void openBlog(SlixmppClient owner) {
    blog(owner)
        .create(
            BLOG,
            Map.of(
                "pubsub#access_model", "open",
                "pubsub#max_items", "200",
                "pubsub#persist_items", "1"));
  }

  /** Patience for what takes a few hops, a retry or a poll. */
  static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(250));
  }

  /** For what must stay as it is. */
  static ConditionFactory steadily() {
    return await()
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(8))
        .pollInterval(Duration.ofMillis(500));
  }

  /** A text or a name that nobody used before. */
  static String unique(String prefix) {
    return prefix + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
  }

  /** The owner's own PEP service. */
  static PubSub blog(SlixmppClient owner) {
    return owner.pubsub(owner.bareJid());
  }

  /** romeo publishes a plain post; the item's id is returned. */
  String romeoPosts(String text) {
    String id = unique("post-");
    blog(romeo).publish(BLOG, id, Entries.plain(id, text));
    return id;
  }

  /** romeo's post with a room for comments; the URL that the fediverse has for it. */
  String romeoPostsWithComments(String id, String text) {
    openNode(COMMENTS + id);
    String link =
        "<link rel='replies' title='comments' href='xmpp:%s?;node=%s'/>"
            .formatted(romeo.bareJid(), (COMMENTS + id).replace(":", "%3A").replace("/", "%2F"));
    blog(romeo).publish(BLOG, id, Entries.with(id, text, link));
    return eventuallyGets(fedify, "Create", text).objectId();
  }

  /** A node of romeo's in which everybody may publish. */
  void openNode(String node) {
    blog(romeo)
        .create(
            node,
            Map.of(
                "pubsub#access_model", "open",
                "pubsub#publish_model", "open",
                "pubsub#max_items", "100",
                "pubsub#persist_items", "1",
                "pubsub#itemreply", "publisher",
                "pubsub#notify_retract", "1",
                "pubsub#presence_based_delivery", "0"));
  }

  /** {@code as} at {@code peer} follows {@code person} and has the Accept. */
  void follow(FedifyPeer peer, String as, SlixmppClient person) {
    peer.follow(as, "acct:" + person.bareJid());
    String actor = actorOf(person);
    eventually().until(() -> "accepted".equals(peer.following(as).get(actor)));
  }

  /** The JID of a person of {@link #fedify}. */
  String jid(String user) {
    return fedify.jid(user, xmpp.componentDomain());
  }

  /** juliet's view of the virtual blog and profile of a person of {@link #fedify}. */
  PubSub julietSees(String user) {
    return juliet.pubsub(jid(user));
  }

  /** juliet subscribes to {@code user} of {@link #fedify}, and the Follow is accepted. */
  void julietSubscribes(String user) {
    julietSees(user).subscribe(BLOG);
    eventually()
        .until(
            () -> !juliet.events(subscriptionOf(user) + "[@subscription='subscribed']").isEmpty());
  }

  String subscriptionOf(String user) {
    return "/c:message[@from='%s']//ev:subscription[@node='%s']".formatted(jid(user), BLOG);
  }

  /** The notifications that juliet has of {@code user}'s posts which contain {@code text}. */
  List<Xml> julietGot(String user, String text) {
    return juliet.events(
        "/c:message[@from='%s']//ev:items[@node='%s']/ev:item[contains(.,'%s')]"
            .formatted(jid(user), BLOG, text));
  }

  Xml julietEventuallyGets(String user, String text) {
    return eventually().until(() -> julietGot(user, text), got -> !got.isEmpty()).getFirst();
  }

  /** What {@code peer} got of this type with {@code text} anywhere in it. */
  static List<Received> got(FedifyPeer peer, String type, String text) {
    return peer.received().stream()
        .filter(received -> received.type().equals(type))
        .filter(received -> received.json().toString().contains(text))
        .toList();
  }

  static Received eventuallyGets(FedifyPeer peer, String type, String text) {
    return eventually().until(() -> got(peer, type, text), got -> !got.isEmpty()).getFirst();
  }

  Web.Page webfinger(String address) {
    return web.get(
        gateway.origin() + "/.well-known/webfinger?resource=acct:" + address,
        "application/jrd+json");
  }

  /** The actor's URL, found as a fediverse server finds it. */
  String actorOf(SlixmppClient person) {
    Web.Page page = webfinger(person.bareJid());
    if (page.status() != 200) {
      throw new AssertionError("WebFinger of " + person.bareJid() + ": " + page.status());
    }
    return page.json()
        .path("links")
        .valueStream()
        .filter(link -> "self".equals(link.path("rel").asString("")))
        .map(link -> link.path("href").asString(""))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no self link: " + page.text()));
  }

  JsonNode activityJson(String url) {
    return web.get(url, Web.ACTIVITY).json();
  }

  /** Puts right what a test may have left broken. */
  void repair() {
    fedify.fail(0);
    fedify.hang(false);
    fedify.autoAccept(true);
    if (!gateway.alive()) {
      gateway.start();
    }
    eventually().until(gateway::ready);
  }

  void reconnectClients() {
    List.of(romeo, juliet, benvolio).forEach(SlixmppClient::reconnect);
  }

  @Override
  public void close() {
    gateway.close();
    List.of(romeo, juliet, benvolio).forEach(SlixmppClient::close);
    fedify.close();
    other.close();
    scripted.close();
    postgres.close();
    xmpp.close();
  }
}
