package im.tombolo.http.client;

import static im.tombolo.http.fake.Peer.answer;
import static im.tombolo.http.fake.Peer.oneByOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Store.Session;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.Peer;
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
                8, 16, 4_096, 3, Duration.ofSeconds(5), Duration.ofSeconds(15))),
        SignedRequest.signer(URLS, clock),
        URLS.instanceJid(),
        clock);
  }

  private DeliveryWork work(int atOnce) {
    return new DeliveryWork(
        storage,
        client,
        clock,
        UNLUCKY,
        new DeliveryWork.Limits(atOnce, GIVE_UP),
        new DeliveryWork.Ends() {
          @Override
          public void taken(Session session, Delivery delivery) {
            taken.add(delivery.activityKey());
          }

          @Override
          public void givenUp(Session session, Delivery delivery, boolean isRefused) {
            givenUp.add(delivery.activityKey() + (isRefused ? " refused" : ""));
          }
        });
  }

  private void act(Consumer<Session> change) {
    storage.inTransaction(session -> {
      change.accept(session);
      return true;
    });
  }

  /** An activity in the outbox; its JSON is its key. */
  private void queue(String key, String path) {
    act(session -> {
      session.activities().add(new Sent(key, ROMEO, true, "\"" + key + "\""));
      session.deliveries().add(key, peer.uri(path));
    });
  }

  private long waiting() {
    return storage.inTransaction(session -> session.deliveries().waiting());
  }

  /** Hands out what is due and waits until each has come to its end. */
  private int run() {
    try (DeliveryWork once = work(64)) {
      return once.runDue();
    }
  }

  /** What is due at a time, without taking it for longer than that. */
  private List<Delivery> dueAt(Instant at) {
    return storage.inTransaction(session -> session.deliveries().claim(at, at, 100));
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
  @ValueSource(ints = {400, 404, 405, 410, 413, 422})
  void anActivityThatWillNeverBeTakenIsNotSentAgain(int status) {
    peer.on("/inbox", answer(status, Map.of()));
    queue("a", "/inbox");
    run();
    clock.pass(Duration.ofDays(30));
    assertThat(run()).isZero();
    assertThat(peer.seen()).hasSize(1);
    assertThat(waiting()).isZero();
    assertThat(givenUp).containsExactly("a refused");
    assertThat(taken).isEmpty();
  }

  @Test
  void anActivityAfterOneThatIsGivenUpIsSent() {
    peer.on("/inbox", oneByOne(answer(400, Map.of()), answer(202, Map.of())));
    queue("a", "/inbox");
    queue("b", "/inbox");
    run();
    run();
    assertThat(peer.seen(Seen::body)).containsExactly("\"a\"", "\"b\"");
    assertThat(waiting()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 408, 429, 500, 503})
  void anActivityThatIsNotTakenNowStaysAndIsSentAgain(int status) {
    peer.on("/inbox", oneByOne(answer(status, Map.of()), answer(202, Map.of())));
    queue("a", "/inbox");
    run();
    assertThat(waiting()).isEqualTo(1);
    assertThat(givenUp).isEmpty();
    clock.pass(Duration.ofSeconds(15));
    run();
    assertThat(peer.seen(Seen::body)).containsExactly("\"a\"", "\"a\"");
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

  @Test
  void theWaitDoublesUpToSixHours() {
    peer.on("/inbox", answer(503, Map.of()));
    queue("a", "/inbox");
    for (int seconds : List.of(15, 30, 60, 120, 240, 480, 960, 1_920, 3_840, 7_680, 15_360)) {
      run();
      Duration wait = Duration.ofSeconds(seconds);
      assertThat(dueAt(clock.instant().plus(wait).minusMillis(1))).isEmpty();
      clock.pass(wait);
    }
    for (int again = 0; again < 3; again++) {
      run();
      assertThat(dueAt(clock.instant().plus(Duration.ofHours(6)).minusMillis(1))).isEmpty();
      clock.pass(Duration.ofHours(6));
    }
    assertThat(peer.seen()).hasSize(14);
  }

  @Test
  void aPeerThatAsksForALongerWaitIsLeftAlone() {
    peer.on("/inbox", answer(429, Map.of("Retry-After", "3600")));
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
  void anActivityIsGivenUpWhenItIsTooOld() {
    peer.on("/inbox", answer(503, Map.of()));
    queue("a", "/inbox");
    clock.pass(GIVE_UP);
    run();
    assertThat(waiting()).as("as old as allowed").isEqualTo(1);
    clock.pass(Duration.ofDays(1));
    run();
    assertThat(waiting()).as("older").isZero();
    clock.pass(Duration.ofDays(30));
    assertThat(run()).isZero();
  }

  @Test
  void anOldActivityThatIsTakenAfterAllIsNotGivenUp() {
    peer.on("/inbox", answer(202, Map.of()));
    queue("a", "/inbox");
    clock.pass(GIVE_UP.multipliedBy(2));
    run();
    assertThat(peer.seen()).hasSize(1);
    assertThat(waiting()).isZero();
  }

  @Test
  void activitiesOfOneInboxGoOneAfterTheOtherAlsoWhenTheFirstFails() {
    peer.on("/inbox", oneByOne(answer(503, Map.of()), answer(202, Map.of())));
    queue("create", "/inbox");
    queue("delete", "/inbox");
    run();
    assertThat(run()).isZero();
    clock.pass(Duration.ofSeconds(15));
    run();
    run();
    assertThat(peer.seen(Seen::body)).containsExactly("\"create\"", "\"create\"", "\"delete\"");
  }

  @Test
  void anInboxThatFailsDoesNotHoldUpOthers() {
    peer.on("/a", answer(503, Map.of())).on("/b", answer(202, Map.of()));
    queue("one", "/a");
    queue("two", "/b");
    assertThat(run()).isEqualTo(2);
    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  void noMoreAreUnderWayThanThereArePlaces() {
    CountDownLatch open = new CountDownLatch(1);
    holdUntil(open, "/a", "/b", "/c");
    queue("one", "/a");
    queue("two", "/b");
    queue("three", "/c");
    assertThat(work.runDue()).isEqualTo(2);
    assertThat(work.runDue()).isZero();
    open.countDown();
    await().untilAsserted(() -> assertThat(waiting()).isEqualTo(1));
    await().until(() -> work.runDue() == 1);
    await().untilAsserted(() -> assertThat(waiting()).isZero());
  }

  private void holdUntil(CountDownLatch open, String... paths) {
    for (String path : paths) {
      peer.on(
          path,
          (request, response, callback) -> {
            try {
              open.await();
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
            answer(202, Map.of()).answer(request, response, callback);
          });
    }
  }

  @Test
  void whatIsUnderWayIsNotHandedOutAgain() {
    CountDownLatch open = new CountDownLatch(1);
    holdUntil(open, "/a");
    queue("one", "/a");
    work.runDue();
    assertThat(run()).isZero();
    open.countDown();
    work.close();
    assertThat(peer.seen()).hasSize(1);
    assertThat(waiting()).isZero();
  }

  @Test
  void whatAKilledProcessHadUnderWayIsTakenUpWhenItsLeaseHasRunOut() {
    peer.on("/inbox", answer(202, Map.of()));
    queue("a", "/inbox");
    Instant leaseUntil = clock.instant().plus(client.longestDelivery());
    assertThat(dueAt(clock.instant())).hasSize(1);
    act(session -> session.deliveries().claim(clock.instant(), leaseUntil, 1));
    assertThat(run()).isZero();
    clock.set(leaseUntil);
    assertThat(run()).isEqualTo(1);
    assertThat(waiting()).isZero();
  }

  @Test
  void theLeaseIsLongerThanAnyAttempt() {
    assertThat(client.longestDelivery()).isGreaterThan(Duration.ofSeconds(30));
  }

  @Test
  void anInboxWhereWeDoNotAskIsGivenUpAtOnce() {
    act(session -> {
      session.activities().add(new Sent("a", ROMEO, true, "{}"));
      session.deliveries().add("a", URI.create("ftp://127.0.0.1/inbox"));
    });
    run();
    assertThat(waiting()).isZero();
  }

  @Test
  void closingWaitsForWhatIsUnderWay() {
    peer.on("/inbox", answer(202, Map.of()));
    queue("a", "/inbox");
    work.runDue();
    work.close();
    assertThat(waiting()).isZero();
  }
}
