package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as servers show them, by each id that they sign with. */
class KeyReaderTest {
  private static final String ADA = "https://social.example/users/ada";
  private static final String MULTIKEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

  private static String key(String id, String owner) {
    return "{\"id\":\"%s\",\"owner\":\"%s\",\"publicKeyPem\":\"pem\"}".formatted(id, owner);
  }

  private static String actor(String id, String keys) {
    return "{\"id\":\"%s\",\"type\":\"Person\",\"publicKey\":%s}".formatted(id, keys);
  }

  private static OwnedKey read(String json, String keyId) {
    return KeyReader.read(json, URI.create(keyId)).value().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "https://social.example/users/ada, https://social.example/users/ada#main-key",
    "https://social.example/users/ada, https://social.example/users/ada/main-key",
    "https://social.example/users/ada, https://social.example/users/ada/publickey",
    "https://social.example/?author=1, https://social.example/?author=1#main-key",
  })
  void aKeyIsReadFromItsActor(String actor, String keyId) {
    assertThat(read(actor(actor, key(keyId, actor)), keyId))
        .isEqualTo(new OwnedKey(URI.create(keyId), URI.create(actor), "pem"));
  }

  @Test
  void aKeyIsReadFromADocumentOfItsOwn() {
    String keyId = "https://social.example/keys/1";
    assertThat(read(key(keyId, ADA), keyId).owner()).isEqualTo(URI.create(ADA));
  }

  @Test
  void theIdOfAnActorStandsForItsKeyAsOldPeerTubeHasIt() {
    assertThat(read(actor(ADA, key(ADA + "#main-key", ADA)), ADA))
        .isEqualTo(new OwnedKey(URI.create(ADA), URI.create(ADA), "pem"));
  }

  @Test
  void ofSeveralKeysTheNamedOneIsRead() {
    String keys = "[" + key(ADA + "#old", ADA) + "," + key(ADA + "#new", ADA) + "]";
    assertThat(read(actor(ADA, keys), ADA + "#new").id()).isEqualTo(URI.create(ADA + "#new"));
  }

  @Test
  void aKeyThatIsNotInTheDocumentIsNotThere() {
    assertThat(
            KeyReader.read(actor(ADA, key(ADA + "#main-key", ADA)), URI.create(ADA + "#other"))
                .value())
        .isEmpty();
  }

  @Test
  void case6_aDocumentOfAnotherIdThanWasAskedForHoldsNoKey() {
    assertThat(
            KeyReader.read(
                    key("https://victim.example/key", "https://victim.example/bob"),
                    URI.create("https://evil.example/key"))
                .value())
        .isEmpty();
  }

  @Test
  void anEd25519KeyForProofsIsReadAsPem() {
    String actor =
        """
        {"id":"%1$s","type":"Person","assertionMethod":[
          {"id":"%1$s#rsa","type":"Multikey","controller":"%1$s","publicKeyMultibase":"zgghBUVkqmWS8e1i"},
          {"id":"%1$s#ed","type":"Multikey","controller":"%1$s","publicKeyMultibase":"%2$s"}]}
        """
            .formatted(ADA, MULTIKEY);
    assertThat(read(actor, ADA + "#ed").pem()).startsWith("-----BEGIN PUBLIC KEY-----");
    assertThat(KeyReader.read(actor, URI.create(ADA + "#rsa")).value()).isEmpty();
  }
}
