package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Ids;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.ReportBridge.Report;
import im.tombolo.core.port.Deliveries;
import im.tombolo.core.port.Deliveries.Delivery;
import im.tombolo.core.port.Deliveries.Progress;
import im.tombolo.core.port.Deliveries.Progress.State;
import java.net.URI;
import java.time.Duration;
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
      session.deliveries().claim(flows.now(), flows.now(), 100).stream()
          .filter(delivery -> delivery.inbox().equals(peer.serversInbox()))
          .forEach(delivery -> outcome.accept(session.deliveries(), delivery));
      return true;
    });
  }

  private List<Progress> servers(String id) {
    return flows.reports().of(ROMEO, address(id)).orElseThrow().servers();
  }

  @Test
  void aReportSaysWhoTookAPostWhoWaitsAndWhoIsDead() {
    work(ADA, (deliveries, row) -> deliveries.delivered(row.id()));
    work(BOB, (deliveries, row) -> deliveries.retry(row.id(), flows.now(), "HTTP 503"));
    work(EVE, (deliveries, row) -> deliveries.dead(row.id(), "HTTP 410"));

    assertThat(servers("p1"))
        .containsExactlyInAnyOrder(
            new Progress(BOB.serversInbox(), State.WAITING, Optional.of("HTTP 503")),
            new Progress(EVE.serversInbox(), State.DEAD, Optional.of("HTTP 410")),
            new Progress(ADA.serversInbox(), State.TAKEN, Optional.empty()));
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
    work(ADA, (deliveries, row) -> deliveries.delivered(row.id()));
    flows.advance(Duration.ofDays(29));
    assertThat(flows.reports().forgetOld()).isZero();

    flows.advance(Duration.ofDays(2));
    assertThat(flows.reports().forgetOld()).isEqualTo(1);
    assertThat(servers("p1")).extracting(Progress::state).doesNotContain(State.TAKEN);
  }

  @Test
  void onlySoManyDeliveriesOfAPostAreRemembered() {
    for (int i = 0; i < 120; i++) {
      flows.isFollowedBy(ROMEO, Peer.of("f", "s%03d.example".formatted(i)));
    }
    posts("p2");
    flows.ask(session -> {
      session
          .deliveries()
          .claim(flows.now(), flows.now(), 500)
          .forEach(row -> session.deliveries().delivered(row.id()));
      return true;
    });

    assertThat(flows.deliveries()).isEmpty();
    assertThat(servers("p2")).hasSize(Deliveries.MAX_REMEMBERED);
  }
}
