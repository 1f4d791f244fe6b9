package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.JABBER_CLIENT;
import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.flow.Flows.Delivery;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.LocalAccounts.FollowedBy;
import im.tombolo.core.model.Account;
import im.tombolo.core.port.Answer;
import im.tombolo.core.xml.Element;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People here decide who follows them. */
class ApprovalTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer BOB = Peer.of("bob", "other.example");
  private static final URI ROMEO_THERE = URI.create("https://example.org/users/example.org/romeo");

  @RegisterExtension final Flows flows = new Flows();

  @BeforeEach
  void romeoWantsToBeAsked() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    ADA.joins(flows.fediverse());
    flows.isFollowedBy(ROMEO, BOB);
    flows.approvals().choose(ROMEO, true);
  }

  private void adaAsks() {
    flows.sent();
    flows.receives(ADA.follow("f1", ROMEO_THERE), ADA);
  }

  private boolean isFollower(Peer peer) {
    return flows.find(session -> session.followers().find(ROMEO, peer.id())).isPresent();
  }

  private List<URI> waiting() {
    return flows.approvals().waiting(ROMEO, Optional.empty(), 9).stream()
        .map(FollowedBy::actor)
        .toList();
  }

  @Test
  void followersAreToldThatHeWantsToBeAsked() {
    assertThat(flows.sent())
        .singleElement()
        .satisfies(update -> {
          assertThat(update.type()).isEqualTo("Update");
          assertThat(update.text("/object/manuallyApprovesFollowers")).isEqualTo("true");
        });
    Optional<Account> account = flows.find(session -> session.accounts().find(ROMEO));
    assertThat(account).map(Account::approves).contains(true);
    flows.approvals().choose(ROMEO, true);
    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void aFollowWaitsAndHeIsAsked() {
    adaAsks();

    assertThat(flows.deliveries()).isEmpty();
    assertThat(isFollower(ADA)).isFalse();
    assertThat(waiting()).containsExactly(ADA.id());
    assertThat(flows.told())
        .singleElement()
        .satisfies(message -> {
          assertThat(message.from()).isEqualTo(flows.virtual(ADA).toString());
          assertThat(message.message().child("body", JABBER_CLIENT).map(Element::text))
              .contains(
                  "You are asked by ada the first (@ada@social.example) for leave to follow you.\n"
                      + ADA.id()
                      + "\nTo answer write to ap.example.org: approve ada@social.example,"
                      + " or reject ada@social.example");
        });
  }

  @Test
  void aFollowThatIsRepeatedAsksOnce() {
    adaAsks();
    flows.told();
    flows.receives(ADA.follow("f2", ROMEO_THERE), ADA);

    assertThat(flows.told()).isEmpty();
    flows.approvals().approve(ROMEO, ADA.id());
    assertThat(flows.deliveries())
        .extracting(accept -> accept.text("/object/id"))
        .containsExactly(ADA.activity("f2").toString());
  }

  @Test
  void case60_whoWaitsGetsNothing() {
    adaAsks();
    flows.compare();
    flows.advance(Duration.ofMinutes(1));
    flows.publishes(ROMEO, Entries.item("1", "Soft", flows.now()));

    assertThat(flows.deliveries()).extracting(Delivery::inbox).containsOnly(BOB.serversInbox());
  }

  @Test
  void whoIsApprovedFollows() {
    adaAsks();

    assertThat(flows.approvals().approve(ROMEO, ADA.id())).isTrue();
    assertThat(flows.sent())
        .singleElement()
        .satisfies(accept -> {
          assertThat(accept.type()).isEqualTo("Accept");
          assertThat(accept.inbox()).isEqualTo(ADA.inbox());
          assertThat(accept.text("/object/id")).isEqualTo(ADA.activity("f1").toString());
        });
    assertThat(isFollower(ADA)).isTrue();
    assertThat(waiting()).isEmpty();
    assertThat(flows.approvals().approve(ROMEO, ADA.id())).isFalse();
    assertThat(flows.deliveries()).isEmpty();
  }

  @Test
  void whoIsRejectedDoesNot() {
    adaAsks();

    assertThat(flows.approvals().reject(ROMEO, ADA.id())).isTrue();
    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Reject");
    assertThat(isFollower(ADA)).isFalse();
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whoFollowsCanBeRejectedLater() {
    flows.sent();

    assertThat(flows.approvals().reject(ROMEO, BOB.id())).isTrue();
    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Reject");
    assertThat(isFollower(BOB)).isFalse();
  }

  @Test
  void whoFollowsIsNotAskedForAgain() {
    flows.sent();
    flows.receives(BOB.follow("again", ROMEO_THERE), BOB);

    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Accept");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whoUndoesTheFollowDoesNotWait() {
    adaAsks();
    flows.receives(ADA.undoFollow("u1", "f1", ROMEO_THERE), ADA);
    assertThat(waiting()).isEmpty();

    flows.receives(ADA.follow("f2", ROMEO_THERE), ADA);
    flows.receives(ADA.says("u2", "Undo", "\"" + ADA.activity("f2") + "\""), ADA);
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whoIsBlockedIsRejected() {
    adaAsks();
    flows.blocks().block(ROMEO, "social.example");

    assertThat(waiting()).isEmpty();
    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Reject");
  }

  @Test
  void whoWaitsGoesOnWaitingWhenEverybodyMayFollow() {
    adaAsks();
    flows.approvals().choose(ROMEO, false);
    flows.sent();

    assertThat(waiting()).containsExactly(ADA.id());
    flows.receives(ADA.follow("f2", ROMEO_THERE), ADA);
    assertThat(flows.deliveries()).extracting(Delivery::type).containsExactly("Accept");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void whoIsNotServedHereDecidesNothing() {
    assertThat(flows.approvals().choose(Jid.of("iago@elsewhere.example"), true))
        .isInstanceOf(Answer.Closed.class);
  }
}
