package im.tombolo.http.client;

import static im.tombolo.http.fake.Peer.answer;
import static im.tombolo.http.fake.Peer.oneByOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.model.Follower;
import im.tombolo.core.model.Turn;
import im.tombolo.core.model.Turn.Urgency;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Deliveries.Mine;
import im.tombolo.core.port.Store.Session;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.Peer;
import im.tombolo.http.fake.Peer.Answering;
import im.tombolo.http.fake.Peer.Seen;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import im.tombolo.storage.Storage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithStorage.class)
class DeliveryWorkTest {
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Duration GIVE_UP = Duration.ofDays(7);

  /** The longest that jitter allows. */
  private static final RandomGenerator UNLUCKY =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  private final Storage storage;
  private final DrivenClock clock;
  private Peer peer;
  private FediverseClient client;
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<String> givenUp = new CopyOnWriteArrayList<>();
  private boolean isBroken;
  private DeliveryWork work;

  DeliveryWorkTest(Database database) {
    this.storage = database.storage();
    this.clock = database.clock();
  }

  @BeforeEach
  void start() {
    peer = Peer.start();
    client = client(clock);
    work = work(2);
  }

  @AfterEach
  void stop() {
    work.close();
    client.close();
    peer.close();
  }

  private static FediverseClient client(DrivenClock clock) {
    return new FediverseClient(
        new ClientSettings(
            true,
            true,
            Optional.empty(),
            "Tombolo",
            new ClientSettings.Limits(
                8, 100, 16, 4_096, 3, Duration.ofSeconds(5), Duration.ofSeconds(15))),
        SignedRequest.signer(URLS, clock),
        URLS.instanceJid(),
        clock);
  }

  private DeliveryWork work(int atOnce) {
    return work(atOnce, 1);
  }

  private DeliveryWork work(int atOnce, int perHost) {
    return work(new DeliveryWork.Limits(atOnce, perHost, GIVE_UP));
  }

  private DeliveryWork work(DeliveryWork.Limits limits) {
    DeliveryLedger.Ends ends =
        new DeliveryLedger.Ends() {
          @Override
          public void taken(Session session, List<Delivery> deliveries) {
            if (isBroken) {
              throw new IllegalStateException("as if the process had been killed");
            }
            deliveries.forEach(delivery -> taken.add(delivery.activityKey()));
          }

          @Override
          public void givenUp(Session session, Delivery delivery, boolean isRefused) {
            givenUp.add(delivery.activityKey() + (isRefused ? " refused" : ""));
          }
        };
    return new DeliveryWork(
        storage, client, new DeliveryLedger(clock, UNLUCKY, GIVE_UP, ends), limits, clock);
  }

  private void act(Consumer<Session> change) {
    storage.inTransaction(session -> {
      change.accept(session);
      return true;
    });
  }

  /** An activity about nothing else in the outbox; its JSON is its key. */
  private void queue(String key, String path) {
    queue(Turn.of(key, Urgency.USUAL), key, peer.uri(path));
  }

  private void queue(Turn turn, String key, URI inbox) {
    act(session -> {
      session.activities().add(new Sent(key, ROMEO, true, "\"" + key + "\"", turn));
      session.deliveries().add(key, inbox);
    });
  }

  /** About the same thing. */
  private void queueAbout(String topic, String key) {
    queue(Turn.of(topic, Urgency.USUAL), key, peer.uri("/inbox"));
  }

  private long waiting() {
    return storage.inTransaction(session -> session.deliveries().waiting());
  }

  private long dead() {
    return storage.inTransaction(session -> session.deliveries().dead());
  }

  /** Hands out what is due and waits until each has come to its end. */
  private int run() {
    try (DeliveryWork once = work(64)) {
      return run(once);
    }
  }

  private static int run(DeliveryWork work) {
    int due = work.runDue();
    await().pollInterval(Duration.ofMillis(1)).until(work::isIdle);
    return due;
  }

  private List<String> bodies() {
    return peer.seen(Seen::body);
  }

  private boolean isDueAt(Instant at) {
    return storage.inTransaction(
        session -> !session.deliveries().hostsDue(at, Mine.ALL, "", 1).stops().isEmpty());
  }

  @Test
  void anActivityThatIsTakenLeavesTheOutbox() {
    peer.on("/inbox", answer(202, Map.of()));
    queue("a", "/inbox");
    assertThat(run()).isEqualTo(1);
    assertThat(peer.seen(Seen::body)).containsExactly("\"a\"");
    assertThat(waiting()).isZero();
    assertThat(taken).containsExactly("a");
    assertThat(givenUp).isEmpty();
  }

  @Test
  void anActivityIsSignedByTheOneWhoDidIt() {
    peer.on("/inbox", answer(202, Map.of()));
    queue("a", "/inbox");
    run();
    assertThat(peer.seen(seen -> seen.header("Signature").orElse("")))
        .singleElement()
        .asString()
        .startsWith("keyId=\"" + URLS.keyId(ROMEO) + "\"");
  }

  @Test
  void nothingIsDoneWhenNothingIsDue() {
    assertThat(run()).isZero();
    assertThat(peer.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 413, 422, 501})
  void anActivityThatWillNeverBeTakenIsNotSentAgain(int status) {
    peer.on("/inbox", answer(status, Map.of()));
    queue("a", "/inbox");
    run();
    clock.pass(Duration.ofDays(30));
    assertThat(run()).isZero();
    assertThat(peer.seen()).hasSize(1);
    assertThat(waiting()).isZero();
    assertThat(dead()).isOne();
    assertThat(givenUp).containsExactly("a refused");
    assertThat(taken).isEmpty();
  }

  @Test
  void anActivityAfterOneThatIsGivenUpIsSent() {
    peer.on("/inbox", oneByOne(answer(400, Map.of()), answer(202, Map.of())));
    queueAbout("post", "a");
    queueAbout("post", "b");
    run();
    run();
    assertThat(bodies()).containsExactly("\"a\"", "\"b\"");
    assertThat(waiting()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 408, 425, 429, 500, 503})
  void anActivityThatIsNotTakenNowStaysAndIsSentAgain(int status) {
    peer.on("/inbox", oneByOne(answer(status, Map.of()), answer(202, Map.of())));
    queue("a", "/inbox");
    run();
    assertThat(waiting()).isEqualTo(1);
    assertThat(givenUp).isEmpty();
    clock.pass(Duration.ofSeconds(15));
    run();
    assertThat(bodies()).containsExactly("\"a\"", "\"a\"");
    assertThat(waiting()).isZero();
  }

  @Test
  void aSecondTryHasADateAndASignatureOfItsOwn() {
    peer.on("/inbox", answer(503, Map.of()));
    queue("a", "/inbox");
    run();
    clock.pass(Duration.ofHours(2));
    run();
    assertThat(peer.seen(seen -> seen.header("Date").orElse("")))
        .containsExactly("Sun, 01 Mar 2026 12:00:00 GMT", "Sun, 01 Mar 2026 14:00:00 GMT");
    assertThat(peer.seen(seen -> seen.header("Signature"))).doesNotHaveDuplicates();
  }

  /** One that refuses a single activity, and one that takes nothing. */
  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void theWaitDoublesUpToSixHours(int status) {
    peer.on("/inbox", answer(status, Map.of()));
    queue("a", "/inbox");
    for (int seconds : List.of(15, 30, 60, 120, 240, 480, 960, 1_920, 3_840, 7_680, 15_360)) {
      run();
      Duration wait = Duration.ofSeconds(seconds);
      assertThat(isDueAt(clock.instant().plus(wait).minusMillis(1))).isFalse();
      clock.pass(wait);
    }
    for (int again = 0; again < 3; again++) {
      run();
      assertThat(isDueAt(clock.instant().plus(Duration.ofHours(6)).minusMillis(1))).isFalse();
      clock.pass(Duration.ofHours(6));
    }
    assertThat(peer.seen()).hasSize(14);
  }

  @ParameterizedTest
  @CsvSource({
    "429, 3600",
    "503, 'Sun, 01 Mar 2026 13:00:00 GMT'",
    "403, 3600",
    "500, 'Sun, 01 Mar 2026 13:00:00 GMT'"
  })
  void case56_aPeerThatAsksForALongerWaitIsLeftAlone(int status, String retryAfter) {
    peer.on("/inbox", answer(status, Map.of("Retry-After", retryAfter)));
    queue("a", "/inbox");
    run();
    clock.pass(Duration.ofSeconds(3_599));
    assertThat(run()).isZero();
    clock.pass(Duration.ofSeconds(1));
    assertThat(run()).isEqualTo(1);
  }

  @Test
  void aPeerThatAsksForAShorterWaitIsNotRushed() {
    peer.on("/inbox", answer(429, Map.of("Retry-After", "1")));
    queue("a", "/inbox");
    run();
    clock.pass(Duration.ofSeconds(14));
    assertThat(run()).isZero();
  }

  @Test
  void case57_anActivityIsGivenUpWhenItIsTooOld() {
    peer.on("/inbox", answer(500, Map.of()));
    queue("a", "/inbox");
    clock.pass(GIVE_UP);
    run();
    assertThat(waiting()).as("as old as allowed").isEqualTo(1);
    clock.pass(Duration.ofDays(1));
    run();
    assertThat(waiting()).as("older").isZero();
    assertThat(givenUp).containsExactly("a");
    clock.pass(Duration.ofDays(30));
    assertThat(run()).isZero();
  }

  @Test
  void whatIsTooOldForAHostThatIsAwayIsGivenUpWithoutATryOfItsOwn() {
    peer.on("/inbox", answer(503, Map.of()));
    queue("a", "/inbox");
    queue("b", "/inbox");
    clock.pass(GIVE_UP.plusDays(1));
    queue("c", "/inbox");
    run();
    assertThat(bodies()).containsExactly("\"a\"");
    assertThat(givenUp).containsExactlyInAnyOrder("a", "b");
    assertThat(waiting()).isOne();
  }

  @Test
  void anOldActivityThatIsTakenAfterAllIsNotGivenUp() {
    peer.on("/inbox", answer(202, Map.of()));
    queue("a", "/inbox");
    clock.pass(GIVE_UP.multipliedBy(2));
    run();
    assertThat(peer.seen()).hasSize(1);
    assertThat(waiting()).isZero();
    assertThat(dead()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void aDeleteNeverOvertakesItsCreateAlsoWhenThatIsTriedAgain(int status) {
    peer.on("/inbox", oneByOne(answer(status, Map.of()), answer(202, Map.of())));
    queueAbout("post", "create");
    queueAbout("post", "delete");
    run();
    assertThat(run()).isZero();
    clock.pass(Duration.ofSeconds(15));
    run();
    run();
    assertThat(bodies()).containsExactly("\"create\"", "\"create\"", "\"delete\"");
  }

  @Test
  void anActivityThatIsRefusedForNowHoldsUpNoOther() {
    peer.on("/a", answer(500, Map.of())).on("/b", answer(202, Map.of()));
    queue("one", "/a");
    queue("two", "/b");
    assertThat(run()).isEqualTo(2);
    assertThat(taken).containsExactly("two");
    queue("three", "/b");
    run();
    assertThat(taken).containsExactly("two", "three");
  }

  @Test
  void aHostThatIsDownHoldsUpNoOtherAndCostsOneTryForAllThatWaits() {
    peer.on("/inbox", answer(503, Map.of()));
    try (Peer other = Peer.start()) {
      other.on("/inbox", answer(202, Map.of()));
      for (int i = 0; i < 10; i++) {
        queue("here " + i, "/inbox");
        queue(Turn.of("there " + i, Urgency.USUAL), "there " + i, other.uri("/inbox"));
      }
      run();
      assertThat(other.seen()).hasSize(10);
    }
    assertThat(peer.seen()).hasSize(1);
    assertThat(waiting()).isEqualTo(10);
  }

  @Test
  void aHostThatWasDownIsTriedWithOneBeforeItGetsTheOthers() {
    peer.on(
        "/inbox", oneByOne(answer(503, Map.of()), answer(503, Map.of()), answer(202, Map.of())));
    for (int i = 0; i < 5; i++) {
      queue("a" + i, "/inbox");
    }
    run();
    clock.pass(Duration.ofSeconds(15));
    assertThat(run()).as("still down").isOne();
    clock.pass(Duration.ofSeconds(30));
    assertThat(run()).as("a probe").isOne();
    assertThat(run()).as("the others").isEqualTo(4);
    assertThat(waiting()).isZero();
  }

  @Test
  void theActivityThatAHostFailedAtGoesBehindTheOthers() {
    peer.on("/bad", answer(503, Map.of())).on("/good", answer(202, Map.of()));
    queue("bad", "/bad");
    queue("good", "/good");
    clock.pass(Duration.ofSeconds(1));
    run();
    clock.pass(Duration.ofSeconds(15));
    run();
    assertThat(taken).containsExactly("good");
  }

  @Test
  void aHostThatRefusesAllThatItGetsRests() {
    peer.on("/inbox", answer(401, Map.of()));
    for (int i = 0; i < 4; i++) {
      queue("a" + i, "/inbox");
    }
    run();
    queue("b", "/inbox");
    assertThat(run()).isZero();
    clock.pass(Duration.ofSeconds(15));
    assertThat(run()).isOne();
  }

  @Test
  void aHostThatRefusesOnePostAfterAnotherRests() {
    peer.on("/inbox", answer(500, Map.of()));
    for (int i = 0; i < 4; i++) {
      queue("a" + i, "/inbox");
      assertThat(run()).isOne();
    }
    queue("b", "/inbox");
    assertThat(run()).isZero();
    clock.pass(Duration.ofSeconds(15));
    assertThat(run()).isOne();
  }

  @Test
  void aHostThatRefusesSomePostsAndTakesOthersInBetweenDoesNotRest() {
    peer.on("/bad", answer(500, Map.of())).on("/good", answer(202, Map.of()));
    for (int i = 0; i < 5; i++) {
      queue("bad " + i, "/bad");
      run();
      clock.pass(Duration.ofMillis(1));
      queue("good " + i, "/good");
      assertThat(run()).isOne();
      clock.pass(Duration.ofMillis(1));
    }
    assertThat(taken).hasSize(5);
  }

  @Test
  void case57_aHostThatIsHeardFromIsTriedAtOnce() {
    Answering away = answer(503, Map.of());
    peer.on("/inbox", oneByOne(away, away, away, away, answer(202, Map.of())));
    queue("a", "/inbox");
    for (int i = 0; i < 4; i++) {
      run();
      clock.pass(Duration.ofSeconds(60));
    }
    assertThat(run()).as("it rests for two minutes").isZero();
    act(session -> session.peers().heardFrom(peer.authority()));
    assertThat(run()).isOne();
    assertThat(waiting()).isZero();
  }

  private List<URI> followers() {
    return storage.inTransaction(session -> session.followers().page(ROMEO, Optional.empty(), 9));
  }

  @Test
  void case56_followsEndWhenTheirInboxIsGoneTwice() {
    peer.on("/inbox", answer(410, Map.of()));
    Follower gone =
        new Follower(
            peer.uri("/ada"),
            peer.uri("/ada/inbox"),
            Optional.of(peer.uri("/inbox")),
            peer.uri("/f"));
    Follower there =
        new Follower(peer.uri("/bob"), peer.uri("/bob/inbox"), Optional.empty(), peer.uri("/g"));
    act(session -> {
      session.followers().add(ROMEO, gone);
      session.followers().add(ROMEO, there);
      session.followRequests().add(ROMEO, gone);
    });
    queue("a", "/inbox");
    run();
    assertThat(followers()).containsExactlyInAnyOrder(gone.actor(), there.actor());
    clock.pass(Duration.ofHours(1));
    run();
    assertThat(followers()).containsExactly(there.actor());
    long requests = storage.inTransaction(session -> session.followRequests().count(ROMEO));
    assertThat(requests).isZero();
  }

  @Test
  void whatIsUrgentGoesFirst() {
    peer.on("/inbox", answer(202, Map.of()));
    queue("post", "/inbox");
    queue(Turn.of("accept", Urgency.URGENT), "accept", peer.uri("/inbox"));
    run();
    run();
    assertThat(bodies()).containsExactly("\"accept\"", "\"post\"");
  }

  @Test
  void noMoreAreUnderWayThanThereArePlaces() {
    CountDownLatch open = new CountDownLatch(1);
    holdUntil(open, "/inbox");
    try (Peer second = Peer.start();
        DeliveryWork one = work(1)) {
      second.on("/inbox", answer(202, Map.of()));
      queue("one", "/inbox");
      queue(Turn.of("two", Urgency.USUAL), "two", second.uri("/inbox"));
      assertThat(one.runDue()).isEqualTo(1);
      assertThat(one.runDue()).isZero();
      open.countDown();
      await().until(() -> one.runDue() == 1);
      await().untilAsserted(() -> assertThat(waiting()).isZero());
    }
  }

  @Test
  void oneHostGetsNoMoreAtATimeThanItsConnections() {
    CountDownLatch open = new CountDownLatch(1);
    peer.on("/inbox", oneByOne(answer(202, Map.of()), heldUntil(open)));
    for (int i = 0; i < 6; i++) {
      queue("a" + i, "/inbox");
    }
    try (DeliveryWork two = work(64, 2)) {
      two.runDue();
      await().untilAsserted(() -> assertThat(peer.seen()).as("one, then two").hasSize(3));
      open.countDown();
      await().untilAsserted(() -> assertThat(waiting()).isZero());
    }
  }

  private void holdUntil(CountDownLatch open, String path) {
    peer.on(path, heldUntil(open));
  }

  private static Answering heldUntil(CountDownLatch open) {
    return (request, response, callback) -> {
      try {
        open.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      answer(202, Map.of()).answer(request, response, callback);
    };
  }

  @Test
  void aHostThatLetsUsWaitMakesRoomForOthers() {
    CountDownLatch open = new CountDownLatch(1);
    holdUntil(open, "/inbox");
    try (Peer second = Peer.start();
        DeliveryWork one = work(1)) {
      second.on("/inbox", answer(202, Map.of()));
      queue("slow", "/inbox");
      assertThat(one.runDue()).isOne();
      queue(Turn.of("quick", Urgency.USUAL), "quick", second.uri("/inbox"));
      clock.pass(Duration.ofSeconds(2));
      assertThat(one.runDue()).isOne();
      await().untilAsserted(() -> assertThat(taken).containsExactly("quick"));
      open.countDown();
      await().untilAsserted(() -> assertThat(waiting()).isZero());
    }
  }

  @Test
  void whatOneProcessHasUnderWayAnotherLeavesAlone() {
    CountDownLatch open = new CountDownLatch(1);
    holdUntil(open, "/inbox");
    queue("one", "/inbox");
    work.runDue();
    assertThat(run()).isZero();
    clock.pass(DeliveryWork.LEASE.dividedBy(2));
    work.runDue();
    clock.pass(DeliveryWork.LEASE.dividedBy(2));
    assertThat(run()).as("the lease was renewed").isZero();
    open.countDown();
    work.close();
    assertThat(peer.seen()).hasSize(1);
    assertThat(waiting()).isZero();
  }

  @Test
  void whatAKilledProcessHadUnderWayIsTakenUpWhenItsLeaseHasRunOut() {
    peer.on("/inbox", answer(202, Map.of()));
    queue("a", "/inbox");
    act(session ->
        session
            .deliveryShards()
            .hold("killed", clock.instant(), clock.instant().plus(DeliveryWork.LEASE), List.of()));
    assertThat(run()).isZero();
    clock.pass(DeliveryWork.LEASE);
    assertThat(run()).isEqualTo(1);
    assertThat(waiting()).isZero();
  }

  @Test
  void whatWasPostedButNotWrittenDownIsPostedAgain() {
    peer.on("/inbox", answer(202, Map.of()));
    queue("a", "/inbox");
    isBroken = true;
    run();
    assertThat(waiting()).isOne();
    isBroken = false;
    run();
    assertThat(bodies()).containsExactly("\"a\"", "\"a\"");
    assertThat(waiting()).isZero();
  }

  @Test
  void anInboxWhereWeDoNotAskIsGivenUpAtOnce() {
    queue(Turn.of("a", Urgency.USUAL), "a", URI.create("ftp://127.0.0.1/inbox"));
    run();
    assertThat(waiting()).isZero();
  }

  @Test
  void whoeverHandsOutIsToldWhenThereIsMoreToDo() {
    int moreThanAVisit = 40;
    peer.on("/inbox", answer(202, Map.of()));
    for (int i = 0; i < moreThanAVisit; i++) {
      queue("post " + i, "/inbox");
    }
    work.onRoom(work::runDue);
    work.runDue();
    await().untilAsserted(() -> assertThat(waiting()).isZero());
    assertThat(bodies()).hasSize(moreThanAVisit);
  }

  @Test
  void whatWaitedForAnOlderOneIsFoundByTheNextLook() {
    peer.on("/inbox", answer(202, Map.of()));
    queueAbout("post", "create");
    queueAbout("post", "delete");
    assertThat(run()).isOne();
    assertThat(run()).isOne();
    assertThat(bodies()).containsExactly("\"create\"", "\"delete\"");
  }

  @Test
  void attemptsAreCountedByTheirEnds() {
    peer.on("/good", answer(202, Map.of())).on("/bad", answer(400, Map.of()));
    queue("a", "/good");
    queue("b", "/bad");
    run(work);
    DeliveryCounts counts = work.counts();
    assertThat(List.of(counts.taken(), counts.refused(), counts.putOff()))
        .containsExactly(1L, 1L, 0L);
  }

  @Test
  void whereNothingIsDueAllIsLookedThroughOnceASecond() {
    peer.on("/inbox", answer(503, Map.of()));
    queue("a", "/inbox");
    run(work);
    assertThat(run(work)).as("the host rests").isZero();

    act(session -> session.peers().well(List.of(peer.authority())));
    assertThat(run(work)).isZero();
    clock.pass(Duration.ofSeconds(1));
    assertThat(run(work)).isOne();
  }

  @Test
  void whatOthersQueueIsSeenAtTheNextLook() {
    peer.on("/inbox", answer(202, Map.of()));
    assertThat(run(work)).isZero();
    queue("a", "/inbox");
    assertThat(run(work)).isOne();
  }

  @Test
  void whatWaitedForADeliveryGoesNextWithoutAnotherLookAtAllHosts() {
    CountDownLatch open = new CountDownLatch(1);
    holdUntil(open, "/inbox");
    queueAbout("thing", "a");
    queueAbout("thing", "b");
    assertThat(work.runDue()).isOne();
    assertThat(work.runDue()).as("nothing else is due").isZero();
    open.countDown();
    await().until(work::isIdle);
    await().until(() -> work.runDue() == 1);
    await().untilAsserted(() -> assertThat(taken).containsExactly("a", "b"));
  }

  @Test
  void closingWaitsForWhatIsUnderWay() {
    CountDownLatch open = new CountDownLatch(1);
    holdUntil(open, "/inbox");
    queue("a", "/inbox");
    work.runDue();
    await().until(() -> !peer.seen().isEmpty());
    Thread.ofVirtual().start(open::countDown);
    work.close();
    assertThat(waiting()).isZero();
  }

  @Test
  void closingLeavesWhatNeverEndsAndHoldsNothingAgainstItsHost() {
    CountDownLatch open = new CountDownLatch(1);
    peer.on("/quick", answer(202, Map.of()));
    holdUntil(open, "/inbox");
    work.close();
    work = work(new DeliveryWork.Limits(4, 2, GIVE_UP, Duration.ofMillis(200)));
    queue("first", "/quick");
    queue("one", "/inbox");
    queue("other", "/inbox");
    work.runDue();
    await().until(() -> peer.seen().size() == 3);

    assertTimeoutPreemptively(Duration.ofSeconds(5), work::close);

    assertThat(taken).containsExactly("first");
    assertThat(waiting()).isEqualTo(2);
    assertThat(isDueAt(clock.instant())).isTrue();
    open.countDown();
  }
}
