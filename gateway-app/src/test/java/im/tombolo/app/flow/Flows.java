package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.address.VirtualJids;
import im.tombolo.core.bridge.ActorDirectory;
import im.tombolo.core.bridge.AddressBridge;
import im.tombolo.core.bridge.ApprovalBridge;
import im.tombolo.core.bridge.AttachmentBridge;
import im.tombolo.core.bridge.BlockBridge;
import im.tombolo.core.bridge.BridgeSettings;
import im.tombolo.core.bridge.BridgeSettings.Choices;
import im.tombolo.core.bridge.CatchUpBridge;
import im.tombolo.core.bridge.ClosedBlogBridge;
import im.tombolo.core.bridge.CommentBridge;
import im.tombolo.core.bridge.CommunityPosts;
import im.tombolo.core.bridge.ConnectionBridge;
import im.tombolo.core.bridge.DiscussionBridge;
import im.tombolo.core.bridge.Forgetting;
import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.core.bridge.InboxDoor.Verdict;
import im.tombolo.core.bridge.InboxWork;
import im.tombolo.core.bridge.Keyring;
import im.tombolo.core.bridge.LocalAccounts;
import im.tombolo.core.bridge.MembershipBridge;
import im.tombolo.core.bridge.MessageBridge;
import im.tombolo.core.bridge.MessageEnds;
import im.tombolo.core.bridge.NoticeBridge;
import im.tombolo.core.bridge.PollBridge;
import im.tombolo.core.bridge.PresenceBridge;
import im.tombolo.core.bridge.PubsubWork;
import im.tombolo.core.bridge.Reconciler;
import im.tombolo.core.bridge.References;
import im.tombolo.core.bridge.ReportBridge;
import im.tombolo.core.bridge.SecondHand;
import im.tombolo.core.bridge.SubscriptionBridge;
import im.tombolo.core.bridge.TimelineBridge;
import im.tombolo.core.fake.DrivenClock;
import im.tombolo.core.fake.FakeFediverse;
import im.tombolo.core.fake.FakeXmppNetwork;
import im.tombolo.core.policy.Moderation;
import im.tombolo.core.port.Deliveries;
import im.tombolo.core.port.Deliveries.Mine;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.core.port.Store;
import im.tombolo.core.port.Store.Session;
import im.tombolo.core.port.XmppNetwork.Item;
import im.tombolo.core.xml.Namespaces;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All flows, wired as in the gateway, between fakes of the two networks and a database that is
 * empty before each test. Nothing runs by itself: a test says what comes in and when it is worked
 * on.
 */
final class Flows implements BeforeEachCallback {
  static final Instant START = Instant.parse("2026-01-02T10:00:00Z");
  static final Jid COMPONENT = Jid.domain("ap.example.org");

  private static final int MANY = 500;

  private Wiring wired;

  /** An activity on its way to a server. */
  record Delivery(URI inbox, Jid signer, JsonNode activity) {
    String type() {
      return activity.path("type").asString();
    }

    String text(String pointer) {
      return activity.at(pointer).asString();
    }
  }

  private record Wiring(
      Database database,
      Store store,
      DrivenClock clock,
      FakeXmppNetwork xmpp,
      FakeFediverse fediverse,
      BridgeSettings settings,
      ActorDirectory directory,
      LocalAccounts accounts,
      Reconciler reconciler,
      SubscriptionBridge subscriptions,
      PresenceBridge presences,
      ConnectionBridge connections,
      TimelineBridge timelines,
      CommentBridge comments,
      CommunityPosts communities,
      PollBridge polls,
      DiscussionBridge discussions,
      AttachmentBridge attachments,
      PubsubWork pubsub,
      InboxDoor door,
      InboxWork inbox,
      MembershipBridge membership,
      ApprovalBridge approvals,
      ClosedBlogBridge closedBlogs,
      BlockBridge blocks,
      ReportBridge reports,
      NoticeBridge personal,
      MessageBridge messages,
      MessageEnds ends,
      CatchUpBridge catchUp,
      Forgetting forgetting) {}

  @Override
  public void beforeEach(ExtensionContext context) {
    Database database = Database.ofProcess();
    DrivenClock clock = new DrivenClock(START);
    Store store = database.emptyStore(clock);
    wired =
        wire(
            database,
            store,
            clock,
            new FakeXmppNetwork(),
            new FakeFediverse(),
            new BridgeSettings.Limits(Duration.ofMinutes(5), Duration.ofHours(24), 200, 40),
            Choices.DEFAULT,
            Moderation.Choices.NONE);
  }

  private static Wiring wire(
      Database database,
      Store store,
      DrivenClock clock,
      FakeXmppNetwork xmpp,
      FakeFediverse fediverse,
      BridgeSettings.Limits limits,
      Choices choices,
      Moderation.Choices moderation) {
    GatewayUrls urls =
        new GatewayUrls(
            URI.create("https://example.org"), List.of("example.org", "pubsub.example.org"));
    BridgeSettings settings =
        new BridgeSettings(
            urls,
            new VirtualJids(COMPONENT),
            clock,
            limits,
            Optional.empty(),
            choices,
            new Moderation(moderation));
    ActorDirectory directory = new ActorDirectory(store, fediverse, settings);
    LocalAccounts accounts = new LocalAccounts(store, xmpp, settings);
    TimelineBridge timelines = new TimelineBridge(store, fediverse, directory, settings);
    References references =
        new References(
            directory, timelines, settings, questions -> questions.forEach(Runnable::run));
    PollBridge polls = new PollBridge(store, references, timelines, settings);
    SubscriptionBridge subscriptions = new SubscriptionBridge(store, directory, settings);
    CommentBridge comments = new CommentBridge(store, xmpp, references, timelines, polls, settings);
    Keyring keyring = new Keyring(store, urls, () -> new KeyPairPem("public", "private"), clock);
    ApprovalBridge approvals = new ApprovalBridge(store, keyring, settings);
    return new Wiring(
        database,
        store,
        clock,
        xmpp,
        fediverse,
        settings,
        directory,
        accounts,
        new Reconciler(store, xmpp, accounts, keyring, references, comments, settings),
        subscriptions,
        new PresenceBridge(subscriptions, settings),
        new ConnectionBridge(
            store, fediverse, directory, settings, questions -> questions.forEach(Runnable::run)),
        timelines,
        comments,
        new CommunityPosts(store, timelines, references, settings),
        polls,
        new DiscussionBridge(store, fediverse, directory, timelines, settings),
        new AttachmentBridge(store, timelines, settings),
        new PubsubWork(store, xmpp, settings),
        door(store, fediverse, directory, settings, InboxDoor.Limits.DEFAULT),
        new InboxWork(
            store, fediverse, directory, accounts, subscriptions, polls, references, settings),
        new MembershipBridge(store, subscriptions, references, settings),
        approvals,
        new ClosedBlogBridge(store, xmpp, approvals, settings),
        new BlockBridge(
            store, new AddressBridge(directory, accounts, settings), subscriptions, settings),
        new ReportBridge(store, settings),
        new NoticeBridge(store, settings),
        new MessageBridge(store, directory, settings),
        new MessageEnds(store, settings),
        new CatchUpBridge(store, fediverse, directory, settings),
        new Forgetting(store, settings, Forgetting.Ages.DEFAULT));
  }

  /** A process that was killed comes back: all that it did not write down is forgotten. */
  void restart() {
    restart(wired.settings().choices());
  }

  /** The same, after the administrator made other choices. */
  void restart(Choices choices) {
    restart(choices, wired.settings().moderation().choices());
  }

  /** The same, after the administrator chose whom they want. */
  void restart(Moderation.Choices moderation) {
    restart(wired.settings().choices(), moderation);
  }

  private void restart(Choices choices, Moderation.Choices moderation) {
    wired =
        wire(
            wired.database(),
            wired.store(),
            wired.clock(),
            wired.xmpp(),
            wired.fediverse(),
            wired.settings().limits(),
            choices,
            moderation);
  }

  FakeXmppNetwork xmpp() {
    return wired.xmpp();
  }

  FakeFediverse fediverse() {
    return wired.fediverse();
  }

  ActorDirectory directory() {
    return wired.directory();
  }

  LocalAccounts accounts() {
    return wired.accounts();
  }

  Reconciler reconciler() {
    return wired.reconciler();
  }

  SubscriptionBridge subscriptions() {
    return wired.subscriptions();
  }

  PresenceBridge presences() {
    return wired.presences();
  }

  ConnectionBridge connections() {
    return wired.connections();
  }

  TimelineBridge timelines() {
    return wired.timelines();
  }

  CommentBridge comments() {
    return wired.comments();
  }

  CommunityPosts communities() {
    return wired.communities();
  }

  PollBridge polls() {
    return wired.polls();
  }

  DiscussionBridge discussions() {
    return wired.discussions();
  }

  AttachmentBridge attachments() {
    return wired.attachments();
  }

  /** Does what is to be done in nodes of XMPP services. */
  void publish() {
    while (wired.pubsub().runDue() > 0) {
      // The next batch.
    }
  }

  ApprovalBridge approvals() {
    return wired.approvals();
  }

  ClosedBlogBridge closedBlogs() {
    return wired.closedBlogs();
  }

  BlockBridge blocks() {
    return wired.blocks();
  }

  ReportBridge reports() {
    return wired.reports();
  }

  NoticeBridge personal() {
    return wired.personal();
  }

  MessageBridge messages() {
    return wired.messages();
  }

  MessageEnds ends() {
    return wired.ends();
  }

  CatchUpBridge catchUp() {
    return wired.catchUp();
  }

  Forgetting forgetting() {
    return wired.forgetting();
  }

  /** Ends all deliveries that are due, as the workers do. */
  void ends(BiConsumer<Session, Deliveries.Delivery> end) {
    ask(session -> {
      for (Deliveries.Delivery delivery : due(session)) {
        session.deliveries().taken(List.of(delivery));
        end.accept(session, delivery);
      }
      return true;
    });
  }

  /** The first value that a query gives. */
  String text(String sql) {
    return wired.database().list(sql, row -> row.getString(1)).getFirst();
  }

  /** What could be delivered now. */
  List<Deliveries.Delivery> due(Session session) {
    return session.deliveries().hostsDue(now(), Mine.ALL, "", MANY).stops().stream()
        .flatMap(stop -> stop.due().stream())
        .toList();
  }

  /** How many there are of a table, or of those in it that a condition leaves. */
  long rows(String from) {
    return wired.database().list("select count(*) from " + from, row -> row.getLong(1)).getFirst();
  }

  MembershipBridge membership() {
    return wired.membership();
  }

  /** Goes on with those who leave, until nothing is to be done now. */
  void erase() {
    while (wired.membership().runDue() > 0) {
      // The next piece.
    }
  }

  InboxWork inbox() {
    return wired.inbox();
  }

  Store store() {
    return wired.store();
  }

  BridgeSettings settings() {
    return wired.settings();
  }

  GatewayUrls urls() {
    return wired.settings().urls();
  }

  Instant now() {
    return wired.clock().instant();
  }

  // AssertJ has an assertThat for each kind of answer, which ask() leaves open.
  <T> Optional<T> find(Function<Session, Optional<T>> question) {
    return ask(question);
  }

  void advance(Duration time) {
    wired.clock().advance(time);
  }

  <T> T ask(Function<Session, T> question) {
    return wired.store().inTransaction(question);
  }

  /** Another door to the same inbox. */
  InboxDoor door(InboxDoor.Limits limits) {
    return door(wired.store(), wired.fediverse(), wired.directory(), wired.settings(), limits);
  }

  private static InboxDoor door(
      Store store,
      FakeFediverse fediverse,
      ActorDirectory directory,
      BridgeSettings settings,
      InboxDoor.Limits limits) {
    return new InboxDoor(store, new SecondHand(fediverse, directory, settings), settings, limits);
  }

  boolean isNoNews(String activity) {
    return wired.door().isNoNews(activity);
  }

  Verdict receive(String activity, URI signer) {
    return wired.door().receive(activity, signer);
  }

  /** Works on all of the inbox that is due. */
  void work() {
    int done;
    do {
      done = wired.inbox().runDue() + wired.inbox().runAsking();
    } while (done > 0);
  }

  /** What an actor sends: it is accepted and worked on. */
  void receives(String activity, Peer from) {
    assertThat(receive(activity, from.id())).isEqualTo(new Verdict.Accepted());
    work();
  }

  /** Somebody there follows a blog here; of what is said about it nothing is left. */
  void isFollowedBy(Jid account, Peer follower) {
    follower.joins(wired.fediverse());
    receives(follower.follow("follows-" + account.local(), urls().actor(account)), follower);
    sent();
    told();
  }

  /** Somebody here follows somebody there, who agrees; of the asking nothing is left. */
  void follows(Jid subscriber, Peer whom) {
    whom.joins(wired.fediverse());
    subscriptions().subscribe(virtual(whom), subscriber);
    receives(whom.accept("accepts-" + subscriber.local(), followId(subscriber, whom)), whom);
    sent();
    told();
  }

  URI followId(Jid subscriber, Peer whom) {
    return ask(
        session -> session.followings().find(subscriber, whom.id()).orElseThrow().followId());
  }

  Jid virtual(Peer peer) {
    return wired.settings().virtual().of(peer.handle());
  }

  /** An item comes to a blog, of which its server tells us. */
  void publishes(Jid account, Item item) {
    wired.xmpp().holds(account, Namespaces.MICROBLOG, item);
    tells(account, item);
  }

  /** A server tells of an item, whether it is there or not. */
  void tells(Jid account, Item item) {
    reconciler().event(account, Namespaces.MICROBLOG, List.of(item), List.of());
  }

  /** An item goes from a blog, of which its server tells us. */
  void retracts(Jid account, String itemId) {
    wired.xmpp().drops(account, Namespaces.MICROBLOG, itemId);
    reconciler().event(account, Namespaces.MICROBLOG, List.of(), List.of(itemId));
  }

  /** Compares all blogs that are due, until none is; how many comparisons it took. */
  int compare() {
    int total = 0;
    int done;
    do {
      done = wired.reconciler().runDue();
      total += done;
    } while (done > 0);
    return total;
  }

  /** The outbox towards the fediverse, in order. */
  List<Delivery> deliveries() {
    JsonMapper mapper = new JsonMapper();
    return wired
        .database()
        .list(
            "select d.inbox, a.actor, a.json from delivery d join activity a on a.key ="
                + " d.activity_key order by d.id",
            row ->
                new Delivery(
                    URI.create(row.getString(1)),
                    Jid.of(row.getString(2)),
                    mapper.readTree(row.getString(3))));
  }

  /** What was put into the outbox since the last time, which is taken for delivered. */
  List<Delivery> sent() {
    List<Delivery> waiting = deliveries();
    wired.database().execute("delete from delivery");
    return waiting;
  }

  /** The outbox towards XMPP, in order. */
  List<Notice> notices() {
    return ask(session -> session.stanzas().next(List.of(), MANY)).stream()
        .map(row -> Notice.of(row.xml()))
        .toList();
  }

  /** What was put into the outbox since the last time, which is taken for sent. */
  List<Notice> told() {
    List<Notice> waiting = notices();
    wired.database().execute("delete from stanza");
    return waiting;
  }
}
