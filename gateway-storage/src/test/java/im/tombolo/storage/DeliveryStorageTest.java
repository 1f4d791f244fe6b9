package im.tombolo.storage;

import static im.tombolo.core.model.Turn.Urgency.LATER;
import static im.tombolo.core.model.Turn.Urgency.URGENT;
import static im.tombolo.core.model.Turn.Urgency.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Follower;
import im.tombolo.core.model.Turn;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Deliveries.Round;
import im.tombolo.core.port.Peers.Failure;
import im.tombolo.core.port.Peers.Health;
import im.tombolo.core.port.Peers.Leased;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is handed out of the outbox towards the fediverse, and in which order. */
class DeliveryStorageTest extends OnStorage {
  private static final Instant LATE = NOW.plusSeconds(60);
  private static final AtomicInteger INBOXES = new AtomicInteger();

  @BeforeEach
  void empty() {
    for (String table : List.of("activity", "follower", "peer")) {
      ask(session -> ((SqlSession) session).sql().update("delete from " + table));
    }
  }

  /** To an inbox of its own. */
  private static void queue(String key, Turn turn, String host) {
    queue(key, turn, URI.create("https://" + host + "/" + INBOXES.incrementAndGet()));
  }

  private static void queue(String key, Turn turn, URI inbox) {
    act(session -> {
      session.activities().add(new Sent(key, ROMEO, true, "{}", turn));
      session.deliveries().add(key, inbox);
    });
  }

  private static List<String> hosts(Instant at) {
    return ask(session -> session.deliveries().hostsDue(at, "", 100).hosts());
  }

  private static List<Delivery> due(Instant at, String host) {
    return ask(session -> session.deliveries().due(at, List.of(host), 100));
  }

  private static List<String> keys(String host) {
    return due(NOW, host).stream().map(Delivery::activityKey).toList();
  }

  private static List<Leased> lease(Instant at, Instant until, String... hosts) {
    return ask(session -> session.peers().lease(List.of(hosts), at, until));
  }

  private static void fails(String host, Instant resume, Optional<Instant> asked) {
    lease(NOW, LATE, host);
    act(session ->
        session.peers().failed(host, new Failure(1, NOW, resume, asked, "no answer in time")));
  }

  @Test
  void theMoreUrgentGoFirstAndWithinTheSameTheOlder() {
    queue("profile", Turn.of("me", LATER), "one.example");
    queue("post 1", Turn.of("1", USUAL), "one.example");
    queue("post 2", Turn.of("2", USUAL), "one.example");
    queue("accept", Turn.of("follow", URGENT), "one.example");

    assertThat(keys("one.example")).containsExactly("accept", "post 1", "post 2", "profile");
  }

  @Test
  void whatIsAboutTheSameGoesOneAfterTheOtherHoweverUrgent() {
    queue("create", Turn.of("post", USUAL), "one.example");
    queue("delete", Turn.of("post", URGENT), "one.example");
    queue("delete elsewhere", Turn.of("post", URGENT), "two.example");

    assertThat(keys("one.example")).containsExactly("create");
    assertThat(keys("two.example")).containsExactly("delete elsewhere");
    act(session -> session.deliveries().taken(due(NOW, "one.example")));
    assertThat(keys("one.example")).containsExactly("delete");
  }

  @Test
  void anAnswerGoesAfterWhatItAnswers() {
    queue("post", Turn.of("1", USUAL), "one.example");
    queue("reply", Turn.of("2", USUAL).after(Optional.of(URI.create("1"))), "one.example");
    queue("other", Turn.of("3", USUAL), "one.example");

    assertThat(keys("one.example")).containsExactly("post", "other");
  }

  @Test
  void whatIsTriedAgainHoldsUpOnlyWhatIsAboutTheSame() {
    queue("create", Turn.of("post", USUAL), "one.example");
    queue("delete", Turn.of("post", USUAL), "one.example");
    queue("other", Turn.of("other", USUAL), "one.example");
    long create = due(NOW, "one.example").getFirst().id();
    act(session -> session.deliveries().retry(create, LATE, "HTTP 500"));

    assertThat(keys("one.example")).containsExactly("other");
    assertThat(due(LATE, "one.example"))
        .extracting(Delivery::activityKey)
        .containsExactly("other", "create");
  }

  @Test
  void aHostWhereNothingIsDueIsNotNamed() {
    queue("create", Turn.of("post", USUAL), "one.example");
    queue("delete", Turn.of("post", USUAL), "one.example");
    long create = due(NOW, "one.example").getFirst().id();
    act(session -> session.deliveries().retry(create, LATE, "HTTP 500"));

    assertThat(hosts(NOW)).isEmpty();
    assertThat(hosts(LATE)).containsExactly("one.example");
  }

  @Test
  void whatIsGivenUpHoldsUpNothingAndIsKept() {
    queue("create", Turn.of("post", USUAL), "one.example");
    queue("delete", Turn.of("post", USUAL), "one.example");
    long create = due(NOW, "one.example").getFirst().id();
    act(session -> session.deliveries().dead(create, "HTTP 400"));

    assertThat(keys("one.example")).containsExactly("delete");
    assertThat(ask(session -> session.deliveries().dead()).longValue()).isOne();
  }

  @Test
  void oneActivityToManyInboxesOfAHostIsHandedOutAtOnce() {
    queue("post", Turn.of("1", USUAL), "one.example");
    queue("post", Turn.of("1", USUAL), "one.example");

    assertThat(keys("one.example")).containsExactly("post", "post");
  }

  @Test
  void aHostIsNamedByItsAuthority() {
    queue("a", Turn.of("a", USUAL), URI.create("https://One.Example:443/inbox"));
    queue("b", Turn.of("b", USUAL), URI.create("http://one.example:8080/inbox"));

    assertThat(hosts(NOW)).containsExactly("one.example", "one.example:8080");
  }

  @Test
  void hostsWithSomethingUrgentAreNamedFirst() {
    queue("a", Turn.of("a", USUAL), "a.example");
    queue("b", Turn.of("b", USUAL), "b.example");
    queue("c", Turn.of("c", URGENT), "c.example");

    Round round = ask(session -> session.deliveries().hostsDue(NOW, "", 2));
    assertThat(round.hosts()).containsExactly("c.example", "a.example");
  }

  @Test
  void hostsAreNamedInARound() {
    for (String host : List.of("a.example", "b.example", "c.example")) {
      queue(host, Turn.of(host, USUAL), host);
    }
    List<String> named = new ArrayList<>();
    String next = "";
    for (int i = 0; i < 4; i++) {
      String after = next;
      Round round = ask(session -> session.deliveries().hostsDue(NOW, after, 2));
      named.addAll(round.hosts());
      next = round.next();
    }

    assertThat(named)
        .containsExactly(
            "a.example", "b.example", "c.example", "a.example", "b.example", "c.example");
    assertThat(next).isEmpty();
  }

  @Test
  void aHostIsLeasedToOneAtATime() {
    queue("a", Turn.of("a", USUAL), "one.example");

    assertThat(lease(NOW, LATE, "one.example")).containsExactly(leased(0));
    assertThat(hosts(NOW)).isEmpty();
    assertThat(lease(NOW, LATE, "one.example")).isEmpty();
    act(session -> session.peers().release(List.of("one.example")));
    assertThat(hosts(NOW)).containsExactly("one.example");
  }

  @Test
  void aLeaseRunsOutUnlessItIsRenewed() {
    queue("a", Turn.of("a", USUAL), "one.example");
    lease(NOW, LATE, "one.example");
    act(session -> session.peers().renew(List.of("one.example"), LATE.plusSeconds(60)));

    assertThat(lease(LATE, LATE, "one.example")).isEmpty();
    assertThat(lease(LATE.plusSeconds(60), LATE, "one.example")).hasSize(1);
  }

  @Test
  void whatWasGivenBackIsNotLeasedByARenewal() {
    queue("a", Turn.of("a", USUAL), "one.example");
    lease(NOW, LATE, "one.example");
    act(session -> session.peers().well(List.of("one.example"), NOW));
    act(session -> session.peers().renew(List.of("one.example"), LATE));

    assertThat(lease(NOW, LATE, "one.example")).hasSize(1);
  }

  @Test
  void whatOneTransactionLeasesAnotherDoesNotWaitFor() {
    lease(NOW, NOW, "one.example", "two.example");
    storage.inTransaction(session -> {
      session.peers().lease(List.of("one.example"), NOW, LATE);
      assertThat(lease(NOW, LATE, "one.example", "two.example"))
          .extracting(Leased::host)
          .containsExactly("two.example");
      return true;
    });
  }

  @Test
  void aHostThatFailedRestsAndRemembersWhy() {
    queue("a", Turn.of("a", USUAL), "one.example");
    fails("one.example", LATE, Optional.empty());

    assertThat(hosts(LATE.minusMillis(1))).isEmpty();
    assertThat(lease(LATE.minusMillis(1), LATE, "one.example")).isEmpty();
    assertThat(ask(session -> session.peers().resting(NOW)).longValue()).isOne();
    assertThat(health("one.example"))
        .contains(
            new Health(
                Optional.empty(),
                Optional.of(new Failure(1, NOW, LATE, Optional.empty(), "no answer in time"))));
    assertThat(hosts(LATE)).containsExactly("one.example");
    assertThat(lease(LATE, LATE, "one.example")).containsExactly(leased(1));
  }

  private static Optional<Health> health(String host) {
    return ask(session -> session.peers().health(host));
  }

  @Test
  void aHostThatIsWellAgainHasNoFailures() {
    fails("one.example", LATE, Optional.empty());
    act(session -> session.peers().well(List.of("one.example"), LATE));

    assertThat(health("one.example")).contains(new Health(Optional.of(LATE), Optional.empty()));
    assertThat(lease(NOW, LATE, "one.example")).containsExactly(leased(0));
  }

  /** Of the clock of the storage, which stands still at {@link #NOW}. */
  private static void failedBefore(Duration time, Optional<Instant> asked) {
    queue("a", Turn.of("a", USUAL), "one.example");
    lease(NOW, LATE, "one.example");
    Failure failure = new Failure(1, NOW.minus(time), NOW.plusSeconds(3_600), asked, "away");
    act(session -> session.peers().failed("one.example", failure));
    act(session -> session.peers().heardFrom("one.example"));
  }

  @Test
  void aHostThatIsHeardFromIsTriedAgain() {
    failedBefore(Duration.ofMinutes(10), Optional.empty());
    assertThat(hosts(NOW)).containsExactly("one.example");
    assertThat(lease(NOW, LATE, "one.example")).as("carefully").containsExactly(leased(1));
  }

  @Test
  void aHostThatTalksButDoesNotListenIsNotTriedAtEachOfItsWords() {
    failedBefore(Duration.ofSeconds(59), Optional.empty());
    assertThat(hosts(NOW)).isEmpty();
  }

  @Test
  void aHostThatAskedForAWaitIsNotTriedBefore() {
    failedBefore(Duration.ofMinutes(10), Optional.of(LATE));
    assertThat(hosts(NOW)).isEmpty();
  }

  @Test
  void hearingFromAHostThatIsNotKnownOrWellChangesNothing() {
    lease(NOW, LATE, "one.example");
    act(session -> session.peers().well(List.of("one.example"), NOW));
    act(session -> session.peers().heardFrom("one.example"));
    act(session -> session.peers().heardFrom("two.example"));

    assertThat(health("one.example")).contains(new Health(Optional.of(NOW), Optional.empty()));
    assertThat(health("two.example")).isEmpty();
  }

  @Test
  void whatIsTooOldIsGivenUpTogether() {
    queue("a", Turn.of("a", USUAL), "one.example");
    queue("b", Turn.of("b", USUAL), "one.example");
    queue("c", Turn.of("c", USUAL), "two.example");

    assertThat(expired(NOW, 10)).isEmpty();
    assertThat(expired(LATE, 1)).hasSize(1);
    assertThat(expired(LATE, 10)).hasSize(1);
    assertThat(hosts(NOW)).containsExactly("two.example");
  }

  private static List<Delivery> expired(Instant queued, int max) {
    return ask(session -> session.deliveries().expire("one.example", queued, max));
  }

  @Test
  void followsEndAtAnInboxThatIsGone() {
    act(session -> {
      follows(session, "a", "https://one.example/a/inbox", Optional.of("https://one.example/all"));
      follows(session, "b", "https://one.example/b/inbox", Optional.of("https://one.example/all"));
      follows(session, "c", "https://one.example/c/inbox", Optional.empty());
    });

    assertThat(goneAt("https://one.example/a/inbox")).isOne();
    assertThat(goneAt("https://one.example/all")).isOne();
    assertThat(ask(session -> session.followers().count(ROMEO)).longValue()).isOne();
  }

  private static int goneAt(String inbox) {
    return ask(session -> session.followers().removeByInbox(URI.create(inbox)));
  }

  private static void follows(Session session, String who, String inbox, Optional<String> shared) {
    session
        .followers()
        .add(
            ROMEO,
            new Follower(
                URI.create("https://one.example/" + who),
                URI.create(inbox),
                shared.map(URI::create),
                URI.create("https://one.example/follows/" + who)));
  }

  @Test
  void whoeverWaitsForDeliveriesIsToldAfterTheCommit() {
    List<List<String>> seen = new ArrayList<>();
    storage.onQueued(Queue.DELIVERIES, () -> seen.add(hosts(NOW)));
    try {
      queue("a", Turn.of("a", USUAL), "one.example");
      act(session -> session.activities().find("a"));
      assertThat(seen).containsExactly(List.of("one.example"));
    } finally {
      storage.onQueued(Queue.DELIVERIES, () -> {});
    }
  }

  private static Leased leased(int failures) {
    return new Leased("one.example", failures, Optional.empty());
  }
}
