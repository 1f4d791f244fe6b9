package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.PresenceBridge;
import im.tombolo.core.bridge.PresenceBridge.Reply;
import im.tombolo.core.model.Following;
import im.tombolo.core.port.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People here have people there in their contact lists. */
class PresenceTest {
  private static final Jid JULIET = Jid.of("juliet@example.org");
  private static final Jid ADA_HERE = Jid.of("ada\\40social.example@ap.example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void meet() {
    ADA.joins(flows.fediverse());
  }

  private Reply subscribe() {
    return flows.presences().subscribe(ADA_HERE, JULIET);
  }

  private void accept() {
    flows.receives(ADA.accept("a", flows.followId(JULIET, ADA)), ADA);
  }

  private List<String> told() {
    return flows.told().stream().map(Notice::kind).toList();
  }

  private List<Following> subscriptions() {
    return flows.subscriptions().subscriptions(JULIET, Optional.empty());
  }

  @Test
  void aPresenceSubscriptionIsAFollowThatIsConsentedToWhenItIsAccepted() {
    assertThat(subscribe()).isEqualTo(Reply.NOTHING);
    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Follow");
    assertThat(told()).isEmpty();

    accept();

    assertThat(flows.notices())
        .allSatisfy(notice -> {
          assertThat(notice.from()).isEqualTo(ADA_HERE.toString());
          assertThat(notice.to()).isEqualTo(JULIET.toString());
        });
    assertThat(told()).containsExactly("subscribed", "presence subscribed");
  }

  @Test
  void whoFollowsAlreadyIsConsentedToAtOnce() {
    flows.follows(JULIET, ADA);

    assertThat(subscribe()).isEqualTo(Reply.NOTHING);

    assertThat(told()).containsExactly("presence subscribed");
    assertThat(flows.sent()).isEmpty();
  }

  @Test
  void aRejectRefusesThePresenceToo() {
    subscribe();
    flows.receives(ADA.reject("r", flows.followId(JULIET, ADA)), ADA);

    assertThat(told()).containsExactly("none", "presence unsubscribed");
    assertThat(subscriptions()).isEmpty();
  }

  @Test
  void anActorThatIsDeletedIsNoContactAnyMore() {
    subscribe();
    accept();
    told();
    flows.fediverse().answers(ADA.id(), new Answer.Gone<>());
    flows.receives(ADA.deletes("d", ADA.id()), ADA);

    assertThat(told()).containsExactly("none", "presence unsubscribed");
  }

  @Test
  void whoTakesAContactAwayUnfollows() {
    subscribe();
    accept();
    flows.sent();
    told();

    assertThat(flows.presences().unsubscribe(ADA_HERE, JULIET)).isEqualTo(Reply.NOTHING);

    assertThat(flows.sent()).extracting(Delivery::type).containsExactly("Undo");
    assertThat(told()).containsExactly("none");
    flows.presences().unsubscribe(ADA_HERE, JULIET);
    assertThat(flows.sent()).isEmpty();
  }

  @Test
  void theEndOfASubscriptionTakesConsentBack() {
    subscribe();
    accept();
    told();

    flows.subscriptions().unsubscribe(ADA_HERE, JULIET);

    assertThat(told()).containsExactly("presence unsubscribed");
  }

  @Test
  void nobodyIsToldOfPresenceWhoOnlySubscribed() {
    flows.subscriptions().subscribe(ADA_HERE, JULIET);
    accept();
    flows.subscriptions().unsubscribe(ADA_HERE, JULIET);

    assertThat(told()).containsExactly("subscribed");
  }

  @Test
  void nobodyIsBehindSomeAddresses() {
    assertThat(flows.presences().subscribe(Jid.of("x@ap.example.org"), JULIET))
        .isEqualTo(Reply.UNSUBSCRIBED);
    assertThat(flows.presences().subscribe(ADA_HERE, Jid.of("tybalt@elsewhere.example")))
        .isEqualTo(Reply.UNSUBSCRIBED);
    flows.fediverse().goesDown(ADA.host());
    assertThat(subscribe()).isEqualTo(Reply.LATER);
    assertThat(subscriptions()).isEmpty();
  }

  @Test
  void aVirtualJidShowsItselfToItsFollowersOnly() {
    assertThat(flows.presences().probe(ADA_HERE, JULIET)).isEqualTo(Reply.UNSUBSCRIBED);
    subscribe();
    assertThat(flows.presences().probe(ADA_HERE, JULIET)).isEqualTo(Reply.NOTHING);
    accept();

    assertThat(flows.presences().probe(ADA_HERE, JULIET.withResource("phone")))
        .isEqualTo(Reply.AVAILABLE);
    assertThat(flows.presences().probe(ADA_HERE, Jid.of("tybalt@elsewhere.example")))
        .isEqualTo(Reply.NOTHING);
  }

  @Test
  void tenThousandContactsThatComeBackAtOnceMakeNoStorm() {
    flows.follows(JULIET, ADA);

    long answers =
        IntStream.range(0, 10_000)
            .filter(i -> flows.presences().probe(ADA_HERE, JULIET) == Reply.AVAILABLE)
            .count();

    assertThat(answers).isEqualTo(PresenceBridge.PROBES_A_SECOND);
    assertThat(flows.notices()).isEmpty();
    flows.advance(Duration.ofSeconds(2));
    assertThat(flows.presences().probe(ADA_HERE, JULIET)).isEqualTo(Reply.AVAILABLE);
  }
}
