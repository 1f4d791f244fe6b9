package im.tombolo.app.flow;

import static im.tombolo.core.xml.Namespaces.MICROBLOG;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.ActorWriter;
import im.tombolo.core.activity.IntegrityProof;
import im.tombolo.core.activity.KeyReader;
import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.KeyRotation;
import im.tombolo.core.bridge.Keyring;
import im.tombolo.core.bridge.SigningKey;
import im.tombolo.core.model.Account;
import im.tombolo.core.port.Keys.KeyPairPem;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** New keys for an actor of ours, while others still hold the old ones. */
class KeyRotationTest {
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final String ACTOR = "https://example.org/users/example.org/romeo";
  private static final String FIRST = ACTOR + "#main-key";
  private static final String SECOND = ACTOR + "#main-key-2";
  private static final Peer ADA = Peer.of("ada", "social.example");

  @RegisterExtension private final Flows flows = new Flows();
  private final AtomicInteger made = new AtomicInteger();

  @BeforeEach
  void adaFollowsRomeo() {
    flows.xmpp().opens(ROMEO, MICROBLOG);
    ADA.joins(flows.fediverse());
    flows.receives(ADA.follow("f", URI.create(ACTOR)), ADA);
    flows.sent();
  }

  private Keyring keyring() {
    return new Keyring(
        flows.store(),
        flows.urls(),
        () -> new KeyPairPem("public" + made.get(), "private" + made.incrementAndGet()),
        flows::now);
  }

  private void rotate() {
    keyring().signing(ROMEO);
    assertThat(new KeyRotation(flows.store(), keyring(), flows.settings()).rotate(ROMEO))
        .hasValueSatisfying(shown -> assertThat(shown.requestId()).isEqualTo(SECOND));
  }

  private List<String> signing() {
    return keyring().signing(ROMEO).stream().map(SigningKey::id).toList();
  }

  private OwnedKey shown(String keyId) {
    Account account = flows.find(session -> session.accounts().find(ROMEO)).orElseThrow();
    String json = new ActorWriter(flows.urls()).write(account, keyring().publicKeys(ROMEO));
    return KeyReader.read(json, URI.create(keyId)).value().orElseThrow();
  }

  @Test
  void theOldKeySignsTheNewsAndTheNewOneWhatComesAfter() {
    assertThat(signing()).containsExactly(FIRST);
    rotate();
    assertThat(signing()).containsExactly(FIRST, SECOND);

    flows.advance(Duration.ofMinutes(2));
    assertThat(signing()).containsExactly(SECOND, FIRST);

    flows.advance(Duration.ofDays(7));
    assertThat(signing()).containsExactly(SECOND);
  }

  @Test
  void followersAreToldOfTheNewKey() {
    rotate();
    assertThat(flows.deliveries())
        .singleElement()
        .satisfies(delivery ->
            assertThat(delivery.activity().toString())
                .contains("\"type\":\"Update\"")
                .contains(SECOND));
  }

  @Test
  void theActorShowsTheNewKeyForRequestsAndBothForProofs() {
    rotate();
    assertThat(shown(SECOND).owner()).isEqualTo(URI.create(ACTOR));
    assertThat(shown(ACTOR + "#ed25519-key-2").pem())
        .isNotEqualTo(shown(ACTOR + "#ed25519-key").pem());
  }

  @Test
  void theNewsCarriesAProofByTheNewKey() {
    rotate();
    String json = flows.deliveries().getFirst().activity().toString();
    assertThat(IntegrityProof.read(json, flows.now()).value().orElseThrow())
        .satisfies(proof -> {
          assertThat(proof.key()).isEqualTo(URI.create(ACTOR + "#ed25519-key-2"));
          assertThat(proof.isBy(shown(ACTOR + "#ed25519-key-2"))).isTrue();
        });
  }

  @Test
  void theOldKeyIsForgottenOnceNothingOfItsTimeIsSentAnyMore() {
    rotate();
    flows.advance(Duration.ofDays(7).plusSeconds(1));
    assertThat(keyring().forgetFormer()).isEqualTo(1);
    assertThat(flows.rows("former_key")).isZero();
  }

  @Test
  void nobodyWithoutKeysGetsNewOnes() {
    Jid nobody = Jid.of("nobody@example.org");
    assertThat(new KeyRotation(flows.store(), keyring(), flows.settings()).rotate(nobody))
        .isEmpty();
    assertThat(flows.rows("actor_key where owner like '%nobody'")).isZero();
  }
}
