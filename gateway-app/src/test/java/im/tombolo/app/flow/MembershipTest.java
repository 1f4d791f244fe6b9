package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.BridgeSettings.Choices;
import im.tombolo.core.bridge.BridgeSettings.Consent;
import im.tombolo.core.bridge.LocalAccounts.Publication;
import im.tombolo.core.bridge.MembershipBridge.Joined;
import im.tombolo.core.bridge.MembershipBridge.Left;
import im.tombolo.core.bridge.PollBridge.Draft;
import im.tombolo.core.model.Following;
import im.tombolo.core.model.LocalPost;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Polls;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People come to the fediverse and leave it. */
class MembershipTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final URI ROMEO_THERE = URI.create("https://example.org/users/example.org/romeo");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");

  @RegisterExtension private final Flows flows = new Flows();

  private static String key(String itemId) {
    return Ids.postKey(ROMEO, MICROBLOG, itemId);
  }

  /** romeo has posts and a poll; ada follows him, he follows bob. */
  private void romeoIsThere(int posts) {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, ADA);
    for (int i = 0; i < posts; i++) {
      flows.advance(Duration.ofMinutes(1));
      flows.publishes(ROMEO, Entries.item("p" + i, "post " + i, flows.now()));
    }
    flows.polls().start(ROMEO, new Draft("Tea?", List.of("Yes", "No"), false, Duration.ofDays(1)));
    flows.follows(ROMEO, BOB);
  }

  private void romeoLeaves() {
    assertThat(flows.membership().leave(ROMEO)).isEqualTo(Answer.got(Left.ERASING));
  }

  private List<Delivery> sent(URI inbox, String type) {
    return flows.deliveries().stream()
        .filter(delivery -> delivery.inbox().equals(inbox) && delivery.type().equals(type))
        .toList();
  }

  private List<LocalPost> live() {
    return flows.ask(session -> session.localPosts().live(ROMEO, 1_000));
  }

  @Test
  void case75_whoLeavesIsDeletedEverywhereWithAllPosts() {
    romeoIsThere(2);

    romeoLeaves();
    flows.erase();

    assertThat(sent(ADA.serversInbox(), "Delete"))
        .hasSize(4)
        .last()
        .satisfies(
            farewell -> assertThat(farewell.text("/object")).isEqualTo(ROMEO_THERE.toString()));
    assertThat(sent(BOB.serversInbox(), "Delete"))
        .extracting(delivery -> delivery.text("/object"))
        .containsExactly(ROMEO_THERE.toString());
    assertThat(sent(BOB.inbox(), "Undo"))
        .extracting(undo -> undo.text("/object/type"))
        .containsExactly("Follow");
    assertThat(flows.told()).extracting(Notice::kind).contains("none");
  }

  @Test
  void case75_whoLeavesIsGoneAtOnceAndForGood() {
    romeoIsThere(1);

    romeoLeaves();
    assertThat(flows.accounts().actor(ROMEO)).isInstanceOf(Answer.Gone.class);
    flows.erase();

    assertThat(flows.accounts().actor(ROMEO)).isInstanceOf(Answer.Gone.class);
    assertThat(flows.accounts().post(ROMEO, key("p0"))).isInstanceOf(Publication.Gone.class);
    flows.restart();
    assertThat(flows.accounts().actor(ROMEO)).isInstanceOf(Answer.Gone.class);
  }

  @Test
  void nothingOfThemIsKept() {
    romeoIsThere(1);
    flows.publishes(ROMEO, Entries.item("last", "last", flows.now()));
    String create =
        flows.sent().stream()
            .filter(delivery -> delivery.type().equals("Create"))
            .map(delivery -> delivery.text("/id").replaceFirst(".*/", ""))
            .findFirst()
            .orElseThrow();

    romeoLeaves();
    flows.erase();
    flows.sent();
    flows.advance(Duration.ofHours(2));
    flows.erase();

    assertThat(flows.find(session -> session.accounts().find(ROMEO))).isEmpty();
    assertThat(flows.<Long>ask(session -> session.followers().count(ROMEO)).longValue()).isZero();
    List<Following> followings = flows.ask(session -> session.followings().ofSubscriber(ROMEO));
    assertThat(followings).isEmpty();
    List<Polls.Poll> polls = flows.ask(session -> session.polls().ofAccount(ROMEO, 10));
    assertThat(polls).isEmpty();
    assertThat(live()).isEmpty();
    assertThat(flows.find(session -> session.activities().find(create))).isEmpty();
  }

  @Test
  void whatIsStillToBeDeliveredIsKeptUntilThen() {
    romeoIsThere(1);

    romeoLeaves();
    flows.erase();
    int waiting = flows.deliveries().size();
    flows.advance(Duration.ofHours(2));
    flows.erase();

    assertThat(flows.deliveries()).hasSize(waiting).isNotEmpty();
  }

  @Test
  void manyPostsAreErasedPieceByPieceAlsoAfterACrash() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    flows.isFollowedBy(ROMEO, ADA);
    for (int i = 0; i < 150; i++) {
      flows.publishes(ROMEO, Entries.item("p" + i, "post " + i, flows.now()));
    }

    romeoLeaves();
    flows.membership().runDue();
    assertThat(live()).hasSize(50);
    flows.restart();
    flows.erase();

    assertThat(sent(ADA.serversInbox(), "Delete")).hasSize(151);
  }

  @Test
  void aCommentOfWhoLeftIsDeletedWithTheRest() {
    flows.follows(ROMEO, ADA);
    String note = ADA.note("n1", "Hello", flows.now());
    flows.receives(ADA.creates("c1", note), ADA);
    flows
        .comments()
        .publish(
            flows.virtual(ADA),
            ROMEO,
            Ids.itemId(ADA.post("n1")),
            Entries.item("", "Hi", flows.now()));
    flows.sent();

    romeoLeaves();
    flows.erase();

    assertThat(flows.deliveries()).extracting(Delivery::type).contains("Delete", "Undo");
    assertThat(sent(ADA.serversInbox(), "Delete")).hasSize(2);
  }

  @Test
  void whoLeftDoesNothingThereUntilTheyJoinAgain() {
    romeoIsThere(1);
    romeoLeaves();
    flows.erase();
    flows.sent();

    flows.publishes(ROMEO, Entries.item("later", "later", flows.now()));
    flows.compare();
    assertThat(flows.subscriptions().subscribe(flows.virtual(BOB), ROMEO))
        .isInstanceOf(Answer.Closed.class);
    assertThat(
            flows
                .polls()
                .start(ROMEO, new Draft("Tea?", List.of("a", "b"), false, Duration.ofDays(1))))
        .isInstanceOf(Answer.Closed.class);
    flows.receives(ADA.follow("again", ROMEO_THERE), ADA);
    assertThat(flows.deliveries()).isEmpty();
    assertThat(live()).isEmpty();

    assertThat(flows.membership().join(ROMEO)).isEqualTo(Answer.got(Joined.WELCOME));
    flows.receives(ADA.follow("once-more", ROMEO_THERE), ADA);
    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Accept");
    flows.compare();
    assertThat(flows.accounts().post(ROMEO, key("p0"))).isInstanceOf(Publication.Gone.class);
    assertThat(flows.accounts().post(ROMEO, key("later"))).isInstanceOf(Publication.Live.class);
  }

  @Test
  void whoWasNeverThereIsNotShownToHaveLeft() {
    flows.xmpp().opens(ROMEO, MICROBLOG);

    assertThat(flows.membership().leave(ROMEO)).isEqualTo(Answer.got(Left.NOTED));
    assertThat(flows.membership().leave(ROMEO)).isEqualTo(Answer.got(Left.ALREADY));

    assertThat(flows.accounts().actor(ROMEO)).isInstanceOf(Answer.Missing.class);
    flows.erase();
    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void joiningIsNotNeededWhereOpenBlogsAreBridged() {
    assertThat(flows.membership().join(ROMEO)).isEqualTo(Answer.got(Joined.NOT_NEEDED));
    assertThat(flows.membership().join(Jid.of("iago@elsewhere.example")))
        .isInstanceOf(Answer.Closed.class);
  }

  @Test
  void nobodyComesBackBeforeTheyAreErased() {
    romeoIsThere(1);
    romeoLeaves();
    assertThat(flows.membership().join(ROMEO)).isEqualTo(Answer.got(Joined.NOT_YET));
  }

  @Test
  void withOptInOnlyWhoJoinedIsBridged() {
    flows.restart(new Choices(Consent.OPT_IN, true));
    flows.xmpp().opens(ROMEO, MICROBLOG);
    BOB.joins(flows.fediverse());
    assertThat(flows.accounts().actor(ROMEO)).isInstanceOf(Answer.Missing.class);
    assertThat(flows.subscriptions().subscribe(flows.virtual(BOB), ROMEO))
        .isInstanceOf(Answer.Closed.class);
    assertThat(flows.membership().isMember(ROMEO)).isFalse();

    assertThat(flows.membership().join(ROMEO)).isEqualTo(Answer.got(Joined.WELCOME));
    assertThat(flows.membership().join(ROMEO)).isEqualTo(Answer.got(Joined.ALREADY));

    assertThat(flows.accounts().actor(ROMEO)).isInstanceOf(Answer.Got.class);
    assertThat(flows.membership().isMember(ROMEO)).isTrue();
  }

  @Test
  void blogsFromBeforeOptInAreTakenBack() {
    romeoIsThere(1);
    flows.sent();

    flows.restart(new Choices(Consent.OPT_IN, true));
    flows.advance(Duration.ofDays(1));
    flows.compare();

    assertThat(flows.accounts().actor(ROMEO)).isInstanceOf(Answer.Missing.class);
    assertThat(sent(ADA.serversInbox(), "Delete")).hasSize(1);
  }
}
