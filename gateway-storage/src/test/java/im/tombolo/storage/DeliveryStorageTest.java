package im.tombolo.storage;

import static im.tombolo.core.model.Turn.Urgency.LATER;
import static im.tombolo.core.model.Turn.Urgency.URGENT;
import static im.tombolo.core.model.Turn.Urgency.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.model.Follower;
import im.tombolo.core.model.Turn;
import im.tombolo.core.port.Activities.Sent;
import im.tombolo.core.port.Deliveries;
import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Deliveries.Mine;
import im.tombolo.core.port.Deliveries.Round;
import im.tombolo.core.port.DeliveryShards.Share;
import im.tombolo.core.port.Peers.Failure;
import im.tombolo.core.port.Peers.Standing;
import im.tombolo.core.port.QueuedDeliveries.Selection;
import im.tombolo.core.port.Store.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
      sql("delete from " + table);
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
    return hosts(at, Mine.ALL);
  }

  private static List<String> hosts(Instant at, Mine mine) {
    return names(ask(session -> session.deliveries().hostsDue(at, mine, "", 100)));
  }

  private static List<String> names(Round round) {
    return round.stops().stream().map(stop -> stop.peer().host()).toList();
  }

  private static Standing standing(Instant at) {
    return ask(
        session -> session.deliveries().hostsDue(at, Mine.ALL, "", 100).stops().getFirst().peer());
  }

  private static List<Delivery> due(Instant at, String host) {
    Standing peer = new Standing(host, 0, 0, 0, Optional.empty());
    return ask(session ->
        session.deliveries().due(at, List.of(peer)).stream()
            .flatMap(stop -> stop.due().stream())
            .toList());
  }

  private static List<String> keys(String host) {
    return due(NOW, host).stream().map(Delivery::activityKey).toList();
  }

  private static void fails(String host, Instant resume, Optional<Instant> asked) {
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

    Round round = ask(session -> session.deliveries().hostsDue(NOW, Mine.ALL, "", 2));
    assertThat(names(round)).containsExactly("c.example", "a.example");
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
      Round round = ask(session -> session.deliveries().hostsDue(NOW, Mine.ALL, after, 2));
      named.addAll(names(round));
      next = round.next();
    }

    assertThat(named)
        .containsExactly(
            "a.example", "b.example", "c.example", "a.example", "b.example", "c.example");
    assertThat(next).isEmpty();
  }

  @Test
  void noMoreIsHandedOutThanWasAskedFor() {
    for (int i = 0; i < Deliveries.MAX_OF_HOST + 1; i++) {
      queue("a" + i, Turn.of("a" + i, USUAL), "a.example");
    }
    queue("b", Turn.of("b", USUAL), "b.example");

    assertThat(handedOut(100)).isEqualTo(Deliveries.MAX_OF_HOST + 1);
    assertThat(handedOut(3)).isEqualTo(3);
    assertThat(due(NOW, "a.example")).hasSize(Deliveries.MAX_OF_HOST);
  }

  private static int handedOut(int max) {
    return ask(session -> session.deliveries().hostsDue(NOW, Mine.ALL, "", max)).stops().stream()
        .mapToInt(stop -> stop.due().size())
        .sum();
  }

  @Test
  void aHostThatIsBusyIsNotNamed() {
    for (String host : List.of("a.example", "b.example", "c.example")) {
      queue(host, Turn.of(host, USUAL), host);
    }
    Mine mine = new Mine(Share.ALL, Set.of("a.example", "c.example"));

    Round round = ask(session -> session.deliveries().hostsDue(NOW, mine, "", 1));
    assertThat(names(round)).containsExactly("b.example");
    assertThat(hosts(NOW, mine)).containsExactly("b.example");
  }

  @Test
  void aHostThatFailedRestsAndRemembersWhy() {
    queue("a", Turn.of("a", USUAL), "one.example");
    fails("one.example", LATE, Optional.empty());

    assertThat(hosts(LATE.minusMillis(1))).isEmpty();
    assertThat(ask(session -> session.peers().resting(NOW)).longValue()).isOne();
    assertThat(hosts(LATE)).containsExactly("one.example");
    assertThat(standing(LATE).failures()).isOne();
    assertThat(errors()).containsExactly("no answer in time");
  }

  private static List<String> errors() {
    return ask(session ->
        session.queuedDeliveries().hosts(new Selection(Optional.empty(), false), "", 9).stream()
            .flatMap(host -> host.error().stream())
            .toList());
  }

  @Test
  void aHostThatIsWellAgainHasNoFailures() {
    queue("a", Turn.of("a", USUAL), "one.example");
    fails("one.example", LATE, Optional.empty());
    act(session -> session.peers().refused("one.example", 2));
    act(session -> session.peers().well(List.of("one.example", "unknown.example")));

    assertThat(standing(NOW).failures()).isZero();
    assertThat(standing(NOW).refused()).isZero();
    assertThat(errors()).isEmpty();
  }

  @Test
  void whatAHostRefusedIsAddedUp() {
    queue("a", Turn.of("a", USUAL), "one.example");
    act(session -> session.peers().refused("one.example", 2));
    act(session -> session.peers().refused("one.example", 1));

    assertThat(standing(NOW).refused()).isEqualTo(3);
  }

  /** Of the clock of the storage, which stands still at {@link #NOW}. */
  private static void failedBefore(Duration time, Optional<Instant> asked) {
    queue("a", Turn.of("a", USUAL), "one.example");
    Failure failure = new Failure(1, NOW.minus(time), NOW.plusSeconds(3_600), asked, "away");
    act(session -> session.peers().failed("one.example", failure));
    act(session -> session.peers().heardFrom("one.example"));
  }

  @Test
  void aHostThatIsHeardFromIsTriedAgain() {
    failedBefore(Duration.ofMinutes(10), Optional.empty());
    assertThat(hosts(NOW)).containsExactly("one.example");
    assertThat(standing(NOW).failures()).as("it is tried carefully").isOne();
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
    act(session -> session.peers().refused("one.example", 1));
    act(session -> session.peers().heardFrom("one.example"));
    act(session -> session.peers().heardFrom("two.example"));

    assertThat(ask(session -> session.peers().resting(NOW)).longValue()).isZero();
    assertThat(
            ask(session -> ((SqlSession) session).sql().number("select count(*) from peer"))
                .longValue())
        .isOne();
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
  void hostsWithSomethingDueRemain() {
    queue("a", Turn.of("a", USUAL), "one.example");
    queue("b", Turn.of("b", URGENT), "two.example");
    long id = due(NOW, "two.example").getFirst().id();
    act(session -> session.deliveries().retry(id, LATE, "busy"));

    assertThat(remaining(NOW)).containsExactly("one.example");
    assertThat(remaining(LATE)).containsExactlyInAnyOrder("one.example", "two.example");
  }

  private static Set<String> remaining(Instant at) {
    List<String> hosts = List.of("one.example", "two.example", "three.example");
    return ask(session -> session.deliveries().remaining(at, hosts));
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
}
