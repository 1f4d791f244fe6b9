package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Keys.KeyPairPem;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrityProofTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ALICE = "https://server.example/users/alice";
  private static final String KEY = ALICE + "#ed25519-key";
  private static final KeyPairPem PAIR = KeyPairSource.ed25519().generate();
  private static final OwnedKey OWNED =
      new OwnedKey(URI.create(KEY), URI.create(ALICE), PAIR.publicPem());

  /** The test vector of FEP-8b32. */
  private static final String VECTOR =
      """
      {
        "@context": [
          "https://www.w3.org/ns/activitystreams",
          "https://w3id.org/security/data-integrity/v1"
        ],
        "type": "Create",
        "actor": "https://server.example/users/alice",
        "object": {"type": "Note", "content": "Hello world"},
        "proof": {
          "type": "DataIntegrityProof",
          "cryptosuite": "eddsa-jcs-2022",
          "verificationMethod": "https://server.example/users/alice#ed25519-key",
          "proofPurpose": "assertionMethod",
          "proofValue": "z3sXaxjKs4M3BRicwWA9peyNPJvJqxtGsDmpt1jjoHCjgeUf71TRFz56osPSfDErszyLp5Ks1EhYSgpDaNM977Rg2",
          "created": "2023-02-24T23:36:38Z"
        }
      }
      """;

  private static final OwnedKey VECTOR_KEY =
      new OwnedKey(
          URI.create(KEY),
          URI.create(ALICE),
          Multikey.pem("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2").orElseThrow());

  private static final String PROVED =
      IntegrityProof.prove(
          """
          {"@context":["https://www.w3.org/ns/activitystreams",{"sensitive":"as:sensitive"}],
          "id":"https://server.example/1","type":"Create","actor":"https://server.example/users/alice",
          "object":{"id":"https://server.example/2","type":"Note","content":"Hello","size":1.50}}
          """,
          PAIR.privatePem(),
          KEY,
          NOW);

  private static boolean isGood(String json, OwnedKey key) {
    return IntegrityProof.read(json, NOW).value().filter(proof -> proof.isBy(key)).isPresent();
  }

  private static void assertUnread(String json) {
    assertThat(IntegrityProof.read(json, NOW)).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void case16_theVectorOfTheSpecificationIsGood() {
    assertThat(isGood(VECTOR, VECTOR_KEY)).isTrue();
  }

  @Test
  void case16_aProofOfOursIsGood() {
    assertThat(isGood(PROVED, OWNED)).isTrue();
  }

  @Test
  void aProofOfOursSaysInTheContextWhatItsTermsMean() {
    assertThat(PROVED)
        .startsWith(
            "{\"@context\":[\"https://www.w3.org/ns/activitystreams\","
                + "\"https://w3id.org/security/data-integrity/v1\",{\"sensitive\"");
  }

  @Test
  void case16_aChangedByteIsBad() {
    assertThat(isGood(VECTOR.replace("Hello", "hello"), VECTOR_KEY)).isFalse();
    assertThat(isGood(PROVED.replace("Hello", "hello"), OWNED)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "created\":\"2026-03-01T12:00:00Z, created\":\"2026-03-01T12:00:01Z",
    "Hello, Hello\",\"tag\":\"x",
    "\"type\":\"Create\", \"type\":\"Update\"",
  })
  void case16_whatWasPutInOrChangedAfterwardsIsBad(String from, String to) {
    assertThat(isGood(PROVED.replace(from, to), OWNED)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "assertionMethod, authentication",
    "assertionMethod, keyAgreement",
    "eddsa-jcs-2022, eddsa-rdfc-2022",
    "DataIntegrityProof, RsaSignature2017",
    "\"proof\":, \"evidence\":",
  })
  void case16_aProofOfAnotherKindOrPurposeIsNone(String from, String to) {
    assertUnread(PROVED.replace(from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T11:59:59Z, false",
    "2026-03-01T12:00:00Z, false",
    "soon, false",
    "2026-03-01T12:00:01Z, true"
  })
  void case16_aProofCountsUntilItExpires(String expires, boolean read) {
    String json =
        VECTOR.replace("\"proofPurpose\"", "\"expires\":\"" + expires + "\",\"proofPurpose\"");
    assertThat(IntegrityProof.read(json, NOW).value().isPresent()).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-01T13:00:01Z", "2999-01-01T00:00:00Z", "never", ""})
  void case16_aProofFromTheFutureIsNone(String created) {
    assertUnread(PROVED.replace("created\":\"2026-03-01T12:00:00Z", "created\":\"" + created));
  }

  @Test
  void case16_theKeyOfAnotherActorIsBad() {
    URI eve = URI.create("https://server.example/users/eve");
    assertThat(isGood(PROVED, new OwnedKey(OWNED.id(), eve, PAIR.publicPem()))).isFalse();
  }

  @Test
  void case16_anotherKeyOfTheActorThanTheNamedOneIsBad() {
    URI other = URI.create(ALICE + "#other");
    assertThat(isGood(PROVED, new OwnedKey(other, OWNED.owner(), PAIR.publicPem()))).isFalse();
  }

  @Test
  void case16_aKeyThatIsNotForProofsIsBad() {
    String rsa = KeyPairSource.rsa().generate().publicPem();
    assertThat(isGood(PROVED, new OwnedKey(OWNED.id(), OWNED.owner(), rsa))).isFalse();
  }

  @Test
  void case16_aProofOnTheEmbeddedObjectOnlyIsNone() {
    assertUnread(
        "{\"id\":\"https://server.example/9\",\"type\":\"Announce\",\"actor\":\""
            + ALICE
            + "\",\"object\":"
            + PROVED
            + "}");
  }

  @Test
  void case16_twoProofsAreNone() {
    String proof = PROVED.substring(PROVED.indexOf("\"proof\":") + 8, PROVED.length() - 1);
    assertUnread(
        PROVED.substring(0, PROVED.indexOf("\"proof\":"))
            + "\"proof\":["
            + proof
            + ","
            + proof
            + "]}");
  }

  @Test
  void case14_aSignatureOfAJsonLdGraphBesideTheProofIsPassedOver() {
    String both =
        PROVED.replaceFirst(
            "\\{", "{\"signature\":{\"type\":\"RsaSignature2017\",\"signatureValue\":\"AAAA\"},");
    assertThat(isGood(both, OWNED)).isTrue();
    assertUnread(both.replace("\"proof\":", "\"evidence\":"));
  }

  @Test
  void case15_aProofWithOtherTermsThanItsDocumentIsNone() {
    assertUnread(PROVED.replaceFirst("as:sensitive", "as:actor"));
  }
}
