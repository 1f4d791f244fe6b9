package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.ReportBridge.Report;
import im.tombolo.core.port.Deliveries;
import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Deliveries.Progress;
import im.tombolo.core.port.Deliveries.Step;
import im.tombolo.core.port.Deliveries.Step.State;
import im.tombolo.core.port.Peers.Failure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where posts went. */
class ReportTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final Peer EVE = Peer.of("eve", "third.example");

  @RegisterExtension private final Flows flows = new Flows();

  @BeforeEach
  void romeoHasThreeFollowers() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    List.of(ADA, BOB, EVE).forEach(peer -> flows.isFollowedBy(ROMEO, peer));
    posts("p1");
  }

  private void posts(String id) {
    flows.advance(Duration.ofMinutes(1));
    flows.publishes(ROMEO, Entries.item(id, "post " + id, flows.now()));
  }

  private URI address(String id) {
    return flows.urls().post(ROMEO, Ids.postKey(ROMEO, MICROBLOG, id));
  }

  private void work(Peer peer, BiConsumer<Deliveries, Delivery> outcome) {
    flows.ask(session -> {
      flows.due(session).stream()
          .filter(delivery -> delivery.inbox().equals(peer.serversInbox()))
          .forEach(delivery -> outcome.accept(session.deliveries(), delivery));
      return true;
    });
  }

  private Progress progress(String id) {
    return flows.reports().of(ROMEO, address(id)).orElseThrow().progress();
  }

  @Test
  void aReportSaysWhoTookAPostWhoWaitsAndWhoIsDead() {
    Instant later = flows.now().plusSeconds(90);
    work(ADA, (deliveries, row) -> deliveries.taken(List.of(row)));
    work(BOB, (deliveries, row) -> deliveries.retry(row.id(), later, "HTTP 500"));
    work(EVE, (deliveries, row) -> deliveries.dead(row.id(), "HTTP 410"));

    Progress progress = progress("p1");
    assertThat(List.of(progress.taken(), progress.waiting(), progress.dead()))
        .containsExactly(1L, 1L, 1L);
    assertThat(progress.some())
        .containsExactlyInAnyOrder(
            new Step(
                BOB.serversInbox(), State.WAITING, Optional.of("HTTP 500"), Optional.of(later)),
            new Step(EVE.serversInbox(), State.DEAD, Optional.of("HTTP 410"), Optional.empty()),
            new Step(ADA.serversInbox(), State.TAKEN, Optional.empty(), Optional.empty()));
  }

  @Test
  void aReportSaysWhyAWholeServerRestsAndUntilWhen() {
    Instant resume = flows.now().plusSeconds(600);
    flows.ask(session -> {
      session
          .peers()
          .failed(
              "other.example",
              new Failure(1, flows.now(), resume, Optional.empty(), "no answer in time"));
      return true;
    });

    assertThat(progress("p1").some())
        .contains(
            new Step(
                BOB.serversInbox(),
                State.WAITING,
                Optional.of("no answer in time"),
                Optional.of(resume)));
  }

  @Test
  void theNewestPostsAreReportedNewestFirst() {
    for (int i = 2; i < 8; i++) {
      posts("p" + i);
    }

    assertThat(flows.reports().newest(ROMEO))
        .extracting(Report::address)
        .containsExactly(address("p7"), address("p6"), address("p5"), address("p4"), address("p3"));
  }

  @Test
  void onlyOnesOwnPostsAreReported() {
    assertThat(flows.reports().of(Jid.of("juliet@example.org"), address("p1"))).isEmpty();
    assertThat(flows.reports().of(ROMEO, BOB.post("1"))).isEmpty();
    assertThat(flows.reports().of(ROMEO, address("other"))).isEmpty();
    flows.retracts(ROMEO, "p1");
    assertThat(flows.reports().of(ROMEO, address("p1"))).isEmpty();
  }

  @Test
  void whatWasDeliveredIsForgottenAfterAMonth() {
    work(ADA, (deliveries, row) -> deliveries.taken(List.of(row)));
    flows.advance(Duration.ofDays(29));
    assertThat(flows.reports().forgetOld()).isZero();

    flows.advance(Duration.ofDays(2));
    assertThat(flows.reports().forgetOld()).isEqualTo(1);
    assertThat(progress("p1").some()).extracting(Step::state).doesNotContain(State.TAKEN);
    assertThat(progress("p1").taken()).as("their number stays").isOne();
  }

  @Test
  void onlySoManyDeliveriesOfAPostAreRemembered() {
    for (int i = 0; i < 120; i++) {
      flows.isFollowedBy(ROMEO, Peer.of("f", "s%03d.example".formatted(i)));
    }
    posts("p2");
    flows.ask(session -> {
      session.deliveries().taken(flows.due(session));
      return true;
    });

    assertThat(flows.deliveries()).isEmpty();
    assertThat(progress("p2").some()).hasSize(Deliveries.MAX_REMEMBERED);
    assertThat(progress("p2").taken()).isEqualTo(123);
  }
}
