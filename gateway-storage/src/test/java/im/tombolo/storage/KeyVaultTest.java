package im.tombolo.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.tombolo.core.port.Keys.ActorPairs;
import im.tombolo.core.port.Keys.KeyPairPem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Private keys at rest. */
class KeyVaultTest extends OnStorage {
  private static final ActorPairs PAIRS =
      new ActorPairs(
          new KeyPairPem("public", "-----PRIVATE-----"), new KeyPairPem("ed", "-----ED-----"));

  @BeforeEach
  void empty() {
    for (String table : List.of("actor_key", "former_key", "spare_key", "secret")) {
      act(session -> ((SqlSession) session).sql().update("delete from " + table));
    }
  }

  private static Storage open(Optional<String> secret) {
    return Storage.open(server.settings(2).withKeyEncryption(secret), () -> NOW);
  }

  private static Storage open(String secret) {
    return open(Optional.of(secret));
  }

  private static void assign(Storage storage) {
    storage.inTransaction(session -> {
      session.keys().addSpare(PAIRS);
      return session.keys().assign("ada");
    });
  }

  private static Optional<ActorPairs> find(Storage storage) {
    return storage.inTransaction(session -> session.keys().find("ada")).map(found -> found.pairs());
  }

  private static List<String> stored() {
    return list(
        "select rsa_private from actor_key union all select ed25519_private from actor_key");
  }

  private static List<String> spares() {
    return list("select rsa_private from spare_key");
  }

  private static List<String> list(String sql) {
    return ask(session -> ((SqlSession) session).sql().list(sql, row -> row.text(1)));
  }

  @Test
  void withASecretWhatIsStoredIsEncryptedAndWhatIsReadIsNot() {
    try (Storage locked = open("sesame")) {
      assign(locked);
      assertThat(stored()).hasSize(2).allMatch(text -> text.startsWith("aes-gcm:"));
      assertThat(find(locked)).contains(PAIRS);
    }
    try (Storage again = open("sesame")) {
      assertThat(find(again)).contains(PAIRS);
    }
  }

  @Test
  void aSecretThatComesLaterEncryptsWhatIsThere() {
    assign(storage);
    act(session -> session.keys().addSpare(PAIRS));
    assertThat(stored()).contains("-----PRIVATE-----", "-----ED-----");
    try (Storage locked = open("sesame")) {
      assertThat(stored()).allMatch(text -> text.startsWith("aes-gcm:"));
      assertThat(find(locked)).contains(PAIRS);
      assertThat(spares()).allMatch(text -> text.startsWith("aes-gcm:"));
    }
  }

  @Test
  void anotherSecretIsRefusedAtTheStartAndChangesNothing() {
    try (Storage locked = open("sesame")) {
      assign(locked);
    }
    List<String> before = stored();
    assertThatThrownBy(() -> open("poppy").close())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("another secret than database.key-encryption-secret");
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void noSecretIsRefusedAtTheStartOnceThereWasOne() {
    open("sesame").close();
    assertThatThrownBy(() -> open(Optional.empty()).close())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("set database.key-encryption-secret");
  }

  @Test
  void theSameKeyIsNeverStoredTheSame() {
    try (Storage locked = open("sesame")) {
      locked.inTransaction(session -> {
        session.keys().addSpare(PAIRS);
        session.keys().addSpare(PAIRS);
        return true;
      });
      assertThat(spares()).doesNotHaveDuplicates();
    }
  }

  @Test
  void aSecretIsNeverPrinted() {
    assertThat(server.settings(2).withKeyEncryption(Optional.of("sesame")).toString())
        .doesNotContain("sesame");
  }
}
