package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.InboxDoor;
import im.tombolo.core.bridge.InboxDoor.Verdict;
import im.tombolo.core.port.Peers.Failure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The door for activities, and the queue behind it. */
class InboxTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final int DAYS_OF_RETRIES = 2;

  @RegisterExtension private final Flows flows = new Flows();
  private URI romeo = URI.create("https://example.org/users/example.org/romeo");

  @BeforeEach
  void romeoHasABlog() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    ADA.joins(flows.fediverse());
    BOB.joins(flows.fediverse());
  }

  private long waiting() {
    return flows.ask(session -> session.inbox().waiting());
  }

  @Test
  void anActivityIsKeptBeforeItIsWorkedOn() {
    assertThat(flows.receive(ADA.follow("f", romeo), ADA.id())).isEqualTo(new Verdict.Accepted());

    assertThat(waiting()).isEqualTo(1);
    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void theSameActivityAgainIsTakenAndDoesNothing() {
    flows.receives(ADA.follow("f", romeo), ADA);
    flows.sent();

    assertThat(flows.receive(ADA.follow("f", romeo), ADA.id())).isEqualTo(new Verdict.Duplicate());
    flows.work();

    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void whatWasDoneIsForgottenAfterAMonth() {
    flows.receives(ADA.follow("f", romeo), ADA);
    flows.advance(Duration.ofDays(29));
    assertThat(flows.inbox().forgetOld()).isZero();

    flows.advance(Duration.ofDays(2));

    assertThat(flows.inbox().forgetOld()).isEqualTo(1);
    assertThat(flows.receive(ADA.follow("f", romeo), ADA.id())).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void anActivityOfSomebodyElseThanItsSignerIsUnauthorized() {
    assertThat(flows.receive(ADA.follow("f", romeo), BOB.id()))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.status()).isEqualTo(401));
    assertThat(waiting()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "not JSON",
        "{\"type\":\"Follow\",\"actor\":\"https://social.example/users/ada\",\"object\":\"x\"}",
        "{\"id\":null,\"type\":\"Follow\",\"actor\":\"https://social.example/users/ada\"}",
        "{\"id\":\"https://social.example/1\",\"type\":\"Follow\"}",
        "{\"id\":\"https://social.example/1\",\"actor\":\"https://social.example/users/ada\"}",
        "{\"id\":\"https://social.example/1\",\"type\":\"Follow\",\"actor\":"
            + "\"https://social.example/users/ada\",\"object\":{\"@graph\":[]}}",
      })
  void whatIsNoActivityIsABadRequest(String body) {
    assertThat(flows.receive(body, ADA.id()))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));
  }

  @Test
  void anActivityUnderTheAddressOfAnotherServerIsRefused() {
    String forged =
        ADA.follow("f", romeo).replace(ADA.activity("f").toString(), "https://x.example/f");

    assertThat(flows.receive(forged, ADA.id())).isInstanceOf(Verdict.Refused.class);
    assertThat(waiting()).isZero();
  }

  @Test
  void case88_whatDoesNotConcernUsIsDone() {
    flows.receives(ADA.says("l", "Like", "\"https://example.org/x\""), ADA);
    flows.receives(ADA.says("b", "Bite", "\"https://example.org/x\""), ADA);

    assertThat(waiting()).isZero();
    assertThat(flows.deliveries()).isEmpty();
    assertThat(flows.fediverse().asked()).isEmpty();
  }

  @Test
  void thatSomebodyEndsWhomNobodyHereKnowsIsNoNews() {
    assertThat(flows.isNoNews(ADA.deletes("d", ADA.id()))).isTrue();
    assertThat(flows.isNoNews(ADA.deletes("d", ADA.post("1")))).isTrue();
    assertThat(flows.isNoNews(ADA.follow("f", romeo))).as("another activity").isFalse();
    assertThat(flows.isNoNews("\"Delete\"")).as("none at all").isFalse();
  }

  @Test
  void thatSomebodyEndsWhoLeftATraceHereIsNews() {
    flows.receives(ADA.follow("f", romeo), ADA);

    assertThat(flows.isNoNews(ADA.deletes("d", ADA.id()))).isFalse();
    assertThat(flows.isNoNews(ADA.deletes("d", ADA.post("1")))).isFalse();
    assertThat(flows.isNoNews(BOB.deletes("d", BOB.id()))).isTrue();
  }

  @Test
  void case77_anActorWhoSendsTooMuchIsStoppedForAMinute() {
    InboxDoor door = flows.door(new InboxDoor.Limits(100, 9, 1));
    door.receive(ADA.follow("1", romeo), ADA.id());

    assertThat(door.receive(ADA.follow("2", romeo), ADA.id())).isEqualTo(new Verdict.TooMany());
    assertThat(door.receive(BOB.follow("1", romeo), BOB.id())).isEqualTo(new Verdict.Accepted());
    flows.advance(Duration.ofMinutes(1));
    assertThat(door.receive(ADA.follow("2", romeo), ADA.id())).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void case77_aServerThatSendsTooMuchIsStopped() {
    Peer neighbour = Peer.of("neighbour", ADA.host());
    InboxDoor door = flows.door(new InboxDoor.Limits(100, 1, 9));
    door.receive(ADA.follow("1", romeo), ADA.id());

    assertThat(door.receive(neighbour.follow("1", romeo), neighbour.id()))
        .isEqualTo(new Verdict.TooMany());
    assertThat(door.receive(BOB.follow("1", romeo), BOB.id())).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void case77_whoHasADomainHasOneShareForAllServersBelowIt() {
    Peer one = Peer.of("one", "a.flood.example");
    Peer other = Peer.of("other", "b.c.flood.example");
    InboxDoor door = flows.door(new InboxDoor.Limits(100, 1, 9));
    door.receive(one.follow("1", romeo), one.id());

    assertThat(door.receive(other.follow("1", romeo), other.id())).isEqualTo(new Verdict.TooMany());
  }

  @Test
  void nothingIsTakenWhileTooMuchWaits() {
    InboxDoor door = flows.door(new InboxDoor.Limits(1, 9, 9));
    door.receive(ADA.follow("1", romeo), ADA.id());
    flows.advance(Duration.ofSeconds(1));

    assertThat(door.receive(BOB.follow("1", romeo), BOB.id())).isEqualTo(new Verdict.Full());
    assertThat(waiting()).isEqualTo(1);

    flows.work();
    flows.advance(Duration.ofSeconds(1));
    assertThat(door.receive(BOB.follow("1", romeo), BOB.id())).isEqualTo(new Verdict.Accepted());
  }

  private long resting() {
    return flows.ask(session -> session.peers().resting(flows.now()));
  }

  @Test
  void aServerFromWhichSomethingComesRestsNoMore() {
    Instant then = flows.now();
    Failure failure =
        new Failure(3, then, then.plus(Duration.ofHours(1)), Optional.empty(), "down");
    flows.ask(session -> {
      session.peers().failed(ADA.host(), failure);
      session.peers().failed(BOB.host(), failure);
      return true;
    });
    flows.advance(Duration.ofMinutes(2));
    assertThat(resting()).isEqualTo(2);

    flows.receive(ADA.follow("f", romeo), ADA.id());

    assertThat(resting()).isEqualTo(1);
  }

  @Test
  void whatWaitsForOneActorHoldsUpNobodyElse() {
    flows.fediverse().goesDown(ADA.host());
    flows.receives(ADA.follow("f", romeo), ADA);

    flows.receives(BOB.follow("f", romeo), BOB);

    assertThat(flows.deliveries()).extracting(Delivery::inbox).containsExactly(BOB.inbox());
    assertThat(waiting()).isEqualTo(1);
  }

  @Test
  void whatCannotBeDoneIsGivenUpAfterAboutADay() {
    flows.fediverse().goesDown(ADA.host());
    flows.receives(ADA.follow("f", romeo), ADA);

    for (int hours = 0; hours < 20; hours++) {
      flows.advance(Duration.ofHours(1));
      flows.work();
    }
    assertThat(waiting()).as("after 20 hours").isEqualTo(1);
    for (int hours = 0; hours < 24 * DAYS_OF_RETRIES; hours++) {
      flows.advance(Duration.ofHours(1));
      flows.work();
    }

    assertThat(waiting()).as("after %d days", DAYS_OF_RETRIES).isZero();
  }
}
