package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.LocalAccounts.Publication;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.XmppNetwork.Item;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is published in a blog here reaches those there who follow it. */
class PublishingTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "social.example");
  private static final Peer CARL = new Peer("carl", "single.example", false);
  private static final Instant THEN = Flows.START.minus(Duration.ofDays(1));

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void romeoHasABlogThatAdaFollows() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, ADA);
    flows.compare();
    flows.sent();
    flows.advance(Duration.ofMinutes(1));
  }

  private List<LocalPost> page() {
    return flows.ask(session -> session.localPosts().page(ROMEO, false, Optional.empty(), 9));
  }

  private Publication at(URI post) {
    return flows
        .urls()
        .post(post)
        .map(ref -> flows.accounts().post(ref.account(), ref.key()))
        .orElseThrow();
  }

  @Test
  void aPostIsSentToWhoFollows() {
    flows.publishes(ROMEO, Entries.item("1", "Soft, what light", flows.now()));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(create -> {
          assertThat(create.type()).isEqualTo("Create");
          assertThat(create.signer()).isEqualTo(ROMEO);
          assertThat(create.text("/actor")).isEqualTo(flows.urls().actor(ROMEO).toString());
          assertThat(create.text("/object/attributedTo")).isEqualTo(create.text("/actor"));
          assertThat(create.text("/object/content")).isEqualTo("<p>Soft, what light</p>");
          assertThat(create.text("/object/published")).isEqualTo(flows.now().toString());
          assertThat(create.activity().at("/object/updated").isMissingNode()).isTrue();
          assertThat(create.text("/to/0")).endsWith("#Public");
          assertThat(create.text("/object/cc/0"))
              .isEqualTo(flows.urls().followers(ROMEO).toString());
          assertThat(at(URI.create(create.text("/object/id"))))
              .isInstanceOf(Publication.Live.class);
        });
  }

  @Test
  void aPostIsSentOnceToEachServerThatHasASharedInbox() {
    flows.isFollowedBy(ROMEO, BOB);
    flows.isFollowedBy(ROMEO, CARL);

    flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));

    assertThat(flows.deliveries())
        .extracting(Delivery::inbox)
        .containsExactlyInAnyOrder(ADA.serversInbox(), CARL.inbox());
  }

  @Test
  void whoFollowsNoMoreIsSentNothing() {
    flows.receives(ADA.undoFollow("u", "follows-romeo", flows.urls().actor(ROMEO)), ADA);

    flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));

    assertThat(flows.deliveries()).isEmpty();
    assertThat(page()).hasSize(1);
  }

  @Test
  void anOldEntryThatIsPublishedTodayIsSent() {
    flows.publishes(ROMEO, Entries.item("1", "Soft", THEN));

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
  }

  @Test
  void anEditIsSentAsAnUpdateThatIsLater() {
    flows.publishes(ROMEO, Entries.item("1", "Soft", THEN));
    String post = flows.sent().getFirst().text("/object/id");

    Instant edited = THEN.plusSeconds(60);
    flows.publishes(ROMEO, Entries.item("1", "Loud", THEN, edited));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(update -> {
          assertThat(update.type()).isEqualTo("Update");
          assertThat(update.text("/object/id")).isEqualTo(post);
          assertThat(update.text("/object/content")).isEqualTo("<p>Loud</p>");
          assertThat(update.text("/object/published")).isEqualTo(THEN.toString());
          assertThat(update.text("/object/updated")).isEqualTo(edited.toString());
        });
  }

  @Test
  void anEditUnderTheOldDateIsDatedNow() {
    flows.publishes(ROMEO, Entries.item("1", "Soft", THEN));
    flows.sent();

    flows.publishes(ROMEO, Entries.item("1", "Loud", THEN));

    assertThat(flows.deliveries())
        .extracting(update -> update.text("/object/updated"))
        .containsExactly(flows.now().toString());
  }

  @Test
  void theSameWordsInALaterEditAreAnotherUpdate() {
    flows.publishes(ROMEO, Entries.item("1", "Soft", THEN));
    flows.publishes(ROMEO, Entries.item("1", "Loud", THEN));
    flows.advance(Duration.ofSeconds(1));
    flows.publishes(ROMEO, Entries.item("1", "Soft", THEN));
    flows.advance(Duration.ofSeconds(1));
    flows.publishes(ROMEO, Entries.item("1", "Loud", THEN));

    assertThat(flows.deliveries())
        .extracting(Delivery::type)
        .containsExactly("Create", "Update", "Update", "Update");
    assertThat(flows.deliveries()).extracting(update -> update.text("/id")).doesNotHaveDuplicates();
  }

  @Test
  void anItemThatSaysTheSameAgainIsNoEdit() {
    Item item = Entries.item("1", "Soft", THEN);
    flows.publishes(ROMEO, item);
    flows.sent();

    flows.publishes(ROMEO, item);

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void aRetractIsSentAsADeleteAndLeavesAGrave() {
    flows.publishes(ROMEO, Entries.item("1", "Soft", THEN));
    String post = flows.sent().getFirst().text("/object/id");

    flows.retracts(ROMEO, "1");

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(delete -> {
          assertThat(delete.type()).isEqualTo("Delete");
          assertThat(delete.inbox()).isEqualTo(ADA.serversInbox());
          assertThat(delete.text("/object/id")).isEqualTo(post);
          assertThat(delete.text("/object/type")).isEqualTo("Tombstone");
        });
    assertThat(at(URI.create(post))).isEqualTo(new Publication.Gone(flows.now()));
    assertThat(page()).isEmpty();
  }

  @Test
  void aRetractIsToldOnce() {
    flows.publishes(ROMEO, Entries.item("1", "Soft", THEN));
    flows.sent();

    flows.retracts(ROMEO, "1");
    flows.retracts(ROMEO, "1");
    flows.retracts(ROMEO, "never-there");

    assertThat(flows.deliveries()).hasSize(1);
  }

  @Test
  void whatWasRetractedNeverComesBack() {
    flows.publishes(ROMEO, Entries.item("1", "Soft", THEN));
    flows.retracts(ROMEO, "1");
    flows.sent();

    flows.publishes(ROMEO, Entries.item("1", "Soft", THEN));
    flows.publishes(ROMEO, Entries.item("1", "Loud", flows.now()));
    flows.advance(Duration.ofDays(1));
    flows.compare();

    assertThat(flows.deliveries()).isEmpty();
    assertThat(page()).isEmpty();
  }

  private static Stream<Arguments> noPosts() {
    String entry = "<title>Soft</title>";
    return Stream.of(
        Arguments.of("Movim's probe of a community", Entries.with("test_post", entry)),
        Arguments.of("the metadata of the feed", Entries.with("0", entry)),
        Arguments.of("an item without payload", new Item("1", Optional.empty())),
        Arguments.of("an entry without text", Entries.with("1", "<title> </title>")),
        Arguments.of("an entry without anything", Entries.with("1", "")),
        Arguments.of("something else than an entry", Entries.payload("1", "<story xmlns='x'/>")),
        Arguments.of(
            "a signed and encrypted item (XEP-0473)",
            Entries.payload("1", "<encrypted xmlns='urn:xmpp:openpgp:0'>c2VjcmV0</encrypted>")),
        Arguments.of(
            "an encrypted item with a notice for humans",
            Entries.with(
                "1", entry + "<encrypted xmlns='urn:xmpp:openpgp:0'>c2VjcmV0</encrypted>")));
  }

  private static Stream<Arguments> madeUnreadable() {
    return noPosts()
        .filter(row -> row.get()[1] instanceof Item item && item.id().equals("1"))
        .filter(row -> row.get()[1] instanceof Item item && item.payload().isPresent());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("madeUnreadable")
  void aPostThatIsOverwrittenByNoneIsDeleted(String what, Item item) {
    flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));
    flows.sent();
    flows.publishes(ROMEO, item);

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Delete");
    assertThat(page()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noPosts")
  void whatIsNoPostStaysAtHome(String what, Item item) {
    flows.publishes(ROMEO, item);
    flows.advance(Duration.ofDays(1));
    flows.compare();

    assertThat(flows.deliveries()).isEmpty();
    assertThat(page()).isEmpty();
  }

  @Test
  void aPostThatNamesSomebodyElseIsItsBlogsNevertheless() {
    flows.publishes(
        ROMEO,
        Entries.with(
            "1",
            """
            <title>Soft</title>
            <author><name>Mercutio</name><uri>xmpp:mercutio@example.org</uri></author>
            """));

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(create -> {
          assertThat(create.text("/object/attributedTo"))
              .isEqualTo(flows.urls().actor(ROMEO).toString());
          assertThat(create.activity().toString()).doesNotContainIgnoringCase("mercutio");
        });
  }

  @Test
  void aPostOfANodeIsSentInItsName() {
    Jid service = Jid.domain("pubsub.example.org");
    Jid news = Jid.of("news@pubsub.example.org");
    flows.xmpp().isA(service, "pubsub/service");
    flows.xmpp().opens(service, "news");
    flows.isFollowedBy(news, ADA);
    flows.compare();
    flows.sent();

    Item item = Entries.item("1", "Extra", flows.now());
    flows.xmpp().holds(service, "news", item);
    flows.reconciler().event(service, "news", List.of(item), List.of());

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Create");
    assertThat(flows.deliveries()).extracting(Delivery::signer).containsExactly(news);
  }

  @Test
  void nobodySpeaksForTheBlogOfAnother() {
    Jid mallory = Jid.of("mallory@example.org");
    Item item = Entries.item("1", "Soft", flows.now());
    flows.xmpp().opens(mallory, MICROBLOG);

    flows.publishes(mallory, item);
    flows.reconciler().event(mallory, "romeo", List.of(item), List.of());
    flows.reconciler().event(Jid.domain("example.org"), "romeo", List.of(item), List.of());

    assertThat(flows.deliveries()).isEmpty();
    assertThat(page()).isEmpty();
  }
}
