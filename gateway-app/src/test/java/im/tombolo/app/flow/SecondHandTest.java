package im.tombolo.app.flow;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.IntegrityProof;
import im.tombolo.core.bridge.InboxDoor.Verdict;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Keys.KeyPairPem;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Activities that somebody else than their actor brings. */
class SecondHandTest {
  private static final Peer ADA = Peer.of("ada", "social.example");
  private static final Peer EVE = Peer.of("eve", "evil.example");
  private static final KeyPairPem PAIR = KeyPairSource.ed25519().generate();
  private static final String KEY = ADA.id() + "#ed25519-key";

  @RegisterExtension private final Flows flows = new Flows();
  private String post = "";

  @BeforeEach
  void adaHasAKeyForProofs() {
    ADA.joins(flows.fediverse());
    EVE.joins(flows.fediverse());
    holds(ADA, KEY, PAIR);
    post = ADA.says("create", "Create", ADA.note("one", "Hello", flows.now()));
  }

  private void holds(Peer peer, String keyId, KeyPairPem pair) {
    String multikey = new KeyDocument(keyId, peer.id(), pair.publicPem()).json();
    flows
        .fediverse()
        .holds(peer.id(), peer.document("", "pem", ",\"assertionMethod\":[" + multikey + "]"));
  }

  /** A key as an actor shows it. */
  private record KeyDocument(String id, URI owner, String pem) {
    String json() {
      return "{\"id\":\"%s\",\"owner\":\"%s\",\"publicKeyPem\":\"%s\"}"
          .formatted(id, owner, pem.replace("\n", "\\n"));
    }
  }

  private String proved(String json, KeyPairPem pair, String keyId) {
    return IntegrityProof.prove(json, pair.privatePem(), keyId, flows.now());
  }

  private Verdict bringsEve(String json) {
    return flows.receive(json, EVE.id());
  }

  private void assertRefused(String json, int status) {
    assertThat(bringsEve(json))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.status()).isEqualTo(status));
    assertThat(flows.rows("inbox")).isZero();
  }

  @Test
  void case16_whatItsActorProvesIsTheActorsWhoeverBringsIt() {
    assertThat(bringsEve(proved(post, PAIR, KEY))).isEqualTo(new Verdict.Accepted());
    assertThat(flows.text("select actor from inbox")).isEqualTo(ADA.id().toString());
  }

  @Test
  void case16_aChangedWordIsRefused() {
    assertRefused(proved(post, PAIR, KEY).replace("Hello", "Hullo"), 401);
  }

  @Test
  void case16_aProofByTheKeyOfAnotherActorIsRefused() {
    KeyPairPem pair = KeyPairSource.ed25519().generate();
    holds(EVE, EVE.id() + "#ed25519-key", pair);
    assertRefused(proved(post, pair, EVE.id() + "#ed25519-key"), 401);
    assertRefused(proved(post, pair, KEY), 401);
  }

  @Test
  void case14_withoutAProofItIsReadAtItsOrigin() {
    flows.fediverse().holds(ADA.activity("create"), post);
    assertThat(bringsEve(post.replace("Hello", "Hullo"))).isEqualTo(new Verdict.Accepted());
    assertThat(flows.text("select json from inbox")).contains("Hello").doesNotContain("Hullo");
  }

  @Test
  void case14_aSignatureOfAJsonLdGraphChangesNothing() {
    assertRefused(post.replaceFirst("\\{", "{\"signature\":{\"type\":\"RsaSignature2017\"},"), 401);
  }

  @Test
  void case14_whatItsOriginDoesNotKnowIsRefused() {
    assertRefused(post, 401);
  }

  @Test
  void case14_whatItsOriginTellsOtherwiseIsRefused() {
    flows.fediverse().holds(ADA.activity("create"), ADA.says("other", "Create", "{}"));
    assertRefused(post, 401);
  }

  @Test
  void whileItsOriginIsDownNobodyKnows() {
    flows.fediverse().goesDown(ADA.host());
    assertRefused(post, 503);
    assertRefused(proved(post, PAIR, KEY), 503);
  }

  @Test
  void case58_aForwardedDeleteCountsOnceItsOriginSaysThatThePostIsGone() {
    String delete = ADA.says("delete", "Delete", "\"" + ADA.post("one") + "\"");
    flows.fediverse().answers(ADA.post("one"), new Answer.Gone<>());
    assertThat(bringsEve(delete)).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void case58_aForwardedDeleteOfWhatIsThereOrMayBeThereIsRefused() {
    String delete = ADA.says("delete", "Delete", "\"" + ADA.post("one") + "\"");
    assertRefused(delete, 401);

    flows.fediverse().holds(ADA.post("one"), ADA.note("one", "Hello", flows.now()));
    assertRefused(delete, 401);
  }

  @Test
  void case58_aForwardedDeleteWithAProofCounts() {
    String delete = ADA.says("delete", "Delete", "\"" + ADA.post("one") + "\"");
    assertThat(bringsEve(proved(delete, PAIR, KEY))).isEqualTo(new Verdict.Accepted());
  }

  @Test
  void anOriginIsAskedSoOftenOnly() {
    for (int i = 0; i < 400; i++) {
      bringsEve(ADA.says("create" + i, "Create", ADA.note("one", "Hello", flows.now())));
    }
    assertThat(flows.fediverse().asked()).hasSize(300);
    assertRefused(post, 503);
  }
}
