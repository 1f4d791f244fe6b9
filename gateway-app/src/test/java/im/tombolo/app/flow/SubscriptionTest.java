package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Account;
import im.tombolo.core.model.FollowState;
import im.tombolo.core.model.Following;
import im.tombolo.core.port.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People here follow people there. */
class SubscriptionTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Jid ADA_HERE = Jid.of("ada\\40social.example@ap.example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "social.example");
  private static final Answer<FollowState> PENDING = Answer.got(FollowState.PENDING);
  private static final Answer<FollowState> ACCEPTED = Answer.got(FollowState.ACCEPTED);

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void meet() {
    ADA.joins(flows.fediverse());
    BOB.joins(flows.fediverse());
  }

  private Answer<FollowState> subscribe(Jid addressed) {
    return flows.subscriptions().subscribe(addressed, JULIET);
  }

  private List<Following> subscriptions() {
    return flows.subscriptions().subscriptions(JULIET, Optional.empty());
  }

  @Test
  void aSubscriptionIsAFollowThatWaitsForItsAnswer() {
    assertThat(subscribe(ADA_HERE)).isEqualTo(PENDING);

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(follow -> {
          assertThat(follow.type()).isEqualTo("Follow");
          assertThat(follow.signer()).isEqualTo(JULIET);
          assertThat(follow.inbox()).isEqualTo(ADA.inbox());
          assertThat(follow.text("/actor")).isEqualTo(flows.urls().actor(JULIET).toString());
          assertThat(follow.text("/object")).isEqualTo(ADA.id().toString());
          assertThat(follow.text("/id")).isEqualTo(flows.followId(JULIET, ADA).toString());
        });
    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void whoFollowsIsAnActorAlsoWithoutABlog() {
    subscribe(ADA_HERE);

    assertThat(flows.accounts().actor(JULIET).value()).map(Account::acts).contains(true);
    flows.compare();
    assertThat(flows.accounts().actor(JULIET).value()).map(Account::acts).contains(true);
  }

  @Test
  void aResourceSubscribesForItsPerson() {
    flows.subscriptions().subscribe(ADA_HERE, JULIET.withResource("phone"));

    assertThat(subscriptions()).extracting(Following::subscriber).containsExactly(JULIET);
  }

  @Test
  void anAcceptIsToldFromTheAddressThatWasWrittenTo() {
    subscribe(ADA_HERE);

    flows.receives(ADA.accept("a", flows.followId(JULIET, ADA)), ADA);

    assertThat(flows.notices())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.kind()).isEqualTo("subscribed");
          assertThat(notice.node()).isEqualTo(MICROBLOG);
          assertThat(notice.from()).isEqualTo(ADA_HERE.toString());
          assertThat(notice.to()).isEqualTo(JULIET.toString());
        });
    assertThat(subscribe(ADA_HERE)).isEqualTo(ACCEPTED);
  }

  @Test
  void anAcceptThatHoldsTheWholeFollowIsUnderstood() {
    subscribe(ADA_HERE);
    Delivery follow = flows.sent().getFirst();

    flows.receives(ADA.says("a", "Accept", follow.activity().toString()), ADA);

    assertThat(subscribe(ADA_HERE)).isEqualTo(ACCEPTED);
  }

  @Test
  void anAcceptIsToldOnce() {
    subscribe(ADA_HERE);
    flows.receives(ADA.accept("a1", flows.followId(JULIET, ADA)), ADA);
    flows.told();

    flows.receives(ADA.accept("a2", flows.followId(JULIET, ADA)), ADA);

    assertThat(flows.notices()).isEmpty();
  }

  @Test
  void case26_nobodyAcceptsForAnother() {
    subscribe(ADA_HERE);

    flows.receives(BOB.accept("a", flows.followId(JULIET, ADA)), BOB);

    assertThat(flows.notices()).isEmpty();
    assertThat(subscribe(ADA_HERE)).isEqualTo(PENDING);
  }

  @Test
  void nobodyRejectsForAnother() {
    flows.follows(JULIET, ADA);

    flows.receives(BOB.reject("r", flows.followId(JULIET, ADA)), BOB);

    assertThat(subscribe(ADA_HERE)).isEqualTo(ACCEPTED);
  }

  @Test
  void case26_anAcceptOfAFollowThatWasNeverSentIsNothing() {
    flows.receives(ADA.accept("a", URI.create("https://example.org/activities/never")), ADA);

    assertThat(flows.notices()).isEmpty();
    assertThat(subscriptions()).isEmpty();
  }

  @Test
  void anAcceptThatComesAfterTheSubscriptionEndedIsNothing() {
    subscribe(ADA_HERE);
    URI follow = flows.followId(JULIET, ADA);
    flows.subscriptions().unsubscribe(ADA_HERE, JULIET);

    flows.receives(ADA.accept("a", follow), ADA);

    assertThat(flows.notices()).isEmpty();
    assertThat(subscriptions()).isEmpty();
  }

  @Test
  void aRejectEndsAFollowThatWaits() {
    subscribe(ADA_HERE);

    flows.receives(ADA.reject("r", flows.followId(JULIET, ADA)), ADA);

    assertThat(flows.notices()).extracting(Notice::kind).containsExactly("none");
    assertThat(subscriptions()).isEmpty();
  }

  @Test
  void case26_aRejectEndsAFollowThatWasAccepted() {
    flows.follows(JULIET, ADA);

    flows.receives(ADA.reject("r", flows.followId(JULIET, ADA)), ADA);

    assertThat(flows.notices()).extracting(Notice::kind).containsExactly("none");
    assertThat(subscriptions()).isEmpty();
  }

  @Test
  void whoWasRejectedMayAskAgain() {
    subscribe(ADA_HERE);
    flows.receives(ADA.reject("r", flows.followId(JULIET, ADA)), ADA);
    URI first = URI.create(flows.sent().getFirst().text("/id"));
    flows.advance(Duration.ofSeconds(1));

    assertThat(subscribe(ADA_HERE)).isEqualTo(PENDING);

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Follow");
    assertThat(flows.followId(JULIET, ADA)).isNotEqualTo(first);
  }

  @Test
  void toSubscribeTwiceIsOneFollow() {
    subscribe(ADA_HERE);

    assertThat(subscribe(ADA_HERE)).isEqualTo(PENDING);

    assertThat(flows.deliveries()).hasSize(1);
  }

  @Test
  void theEndOfASubscriptionIsAnUndo() {
    flows.follows(JULIET, ADA);
    URI follow = flows.followId(JULIET, ADA);

    assertThat(flows.subscriptions().unsubscribe(ADA_HERE, JULIET)).isTrue();

    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(undo -> {
          assertThat(undo.type()).isEqualTo("Undo");
          assertThat(undo.inbox()).isEqualTo(ADA.inbox());
          assertThat(undo.text("/object/id")).isEqualTo(follow.toString());
          assertThat(undo.text("/object/type")).isEqualTo("Follow");
          assertThat(undo.text("/object/object")).isEqualTo(ADA.id().toString());
        });
    assertThat(subscriptions()).isEmpty();
    assertThat(flows.subscriptions().unsubscribe(ADA_HERE, JULIET)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada%social.example@ap.example.org",
        "ada%40social.example@ap.example.org",
        "ada%5c40social.example@ap.example.org",
        "Ada\\40Social.Example@ap.example.org",
      })
  void anotherSpellingIsTheSameAccountAndEventsComeFromIt(String spelling) {
    Jid alias = Jid.of(spelling);
    assertThat(subscribe(alias)).isEqualTo(PENDING);

    flows.receives(ADA.accept("a", flows.followId(JULIET, ADA)), ADA);

    assertThat(flows.notices()).extracting(Notice::from).containsExactly(alias.toString());
    assertThat(flows.subscriptions().subscriptions(JULIET, Optional.of(ADA_HERE))).hasSize(1);
    assertThat(flows.subscriptions().unsubscribe(ADA_HERE, JULIET)).isTrue();
  }

  @Test
  void eventsComeFromTheSpellingThatWasUsedLast() {
    flows.follows(JULIET, ADA);
    Jid alias = Jid.of("ada%social.example@ap.example.org");

    assertThat(subscribe(alias)).isEqualTo(ACCEPTED);
    flows.receives(ADA.creates("c", ADA.note("1", "Hello", flows.now())), ADA);

    assertThat(flows.notices()).extracting(Notice::from).containsExactly(alias.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ap.example.org", "ada@ap.example.org", "a\\40ap.example.org@ap.example.org"})
  void nobodyIsBehindAnAddressThatNamesNoAccount(String address) {
    assertThat(subscribe(Jid.of(address))).isInstanceOf(Answer.Missing.class);
    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void strangersMayNotSubscribe() {
    assertThat(flows.subscriptions().subscribe(ADA_HERE, Jid.of("tybalt@elsewhere.example")))
        .isInstanceOf(Answer.Closed.class);
    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.fediverse().asked()).isEmpty();
  }

  @Test
  void aServerThatDoesNotAnswerIsToldOf() {
    flows.fediverse().goesDown(ADA.host());

    assertThat(subscribe(ADA_HERE)).isInstanceOf(Answer.Unavailable.class);
    assertThat(subscriptions()).isEmpty();
  }

  @Test
  void aFollowThatCannotBeDeliveredEnds() {
    subscribe(ADA_HERE);

    giveUp();

    assertThat(flows.notices()).extracting(Notice::kind).containsExactly("none");
    assertThat(subscriptions()).isEmpty();
  }

  @Test
  void aFollowThatWasAcceptedOutlivesAnAttemptThatFailed() {
    subscribe(ADA_HERE);
    flows.receives(ADA.accept("a", flows.followId(JULIET, ADA)), ADA);

    giveUp();

    assertThat(subscribe(ADA_HERE)).isEqualTo(ACCEPTED);
  }

  private void giveUp() {
    String id = flows.sent().getFirst().text("/id");
    flows.ask(session -> {
      flows.subscriptions().givenUp(session, id.substring(id.lastIndexOf('/') + 1));
      return true;
    });
  }

  @Test
  void aLockedAccountMayTakeItsTime() {
    subscribe(ADA_HERE);
    flows.advance(Duration.ofDays(30));
    flows.restart();

    assertThat(subscribe(ADA_HERE)).isEqualTo(PENDING);
    flows.receives(ADA.accept("a", flows.followId(JULIET, ADA)), ADA);

    assertThat(subscribe(ADA_HERE)).isEqualTo(ACCEPTED);
  }

  /** So that ada's server can check the signature of the Undo. */
  @Test
  void whoFollowedRemainsAnActor() {
    flows.follows(JULIET, ADA);
    flows.subscriptions().unsubscribe(ADA_HERE, JULIET);
    flows.compare();

    assertThat(flows.accounts().actor(JULIET).value()).map(Account::acts).contains(true);
  }

  @Test
  void severalDevicesAtOnceMakeOneFollow() {
    flows.directory().byHandle(ADA.handle());
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 6; i++) {
        threads.submit(() -> {
          start.await();
          return subscribe(ADA_HERE);
        });
      }
      start.countDown();
    }

    assertThat(flows.deliveries()).hasSize(1);
  }
}
