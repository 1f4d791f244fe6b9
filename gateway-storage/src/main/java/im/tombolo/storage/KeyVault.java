package im.tombolo.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts private keys before they are stored (AES-256-GCM, by a key that PBKDF2 derives from the
 * administrator's secret), or leaves them as they are where there is no secret. Safe for any
 * thread.
 */
final class KeyVault {
  /** Leaves everything as it is. */
  static final KeyVault OPEN = new KeyVault(Optional.empty());

  private static final String CLOSED = "aes-gcm:";
  private static final String CHECK = "the key encryption secret is right";
  private static final String CHECK_NAME = "key-encryption-check";
  private static final String SALT_NAME = "key-encryption-salt";
  private static final List<String> TABLES = List.of("actor_key", "former_key", "spare_key");
  private static final List<String> COLUMNS = List.of("rsa_private", "ed25519_private");
  // OWASP's number for PBKDF2 with SHA-256; it is computed once a start.
  private static final int ROUNDS = 600_000;
  private static final int KEY_BITS = 256;
  private static final int SALT_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Optional<SecretKey> key;
  private final SecureRandom random = new SecureRandom();

  private KeyVault(Optional<SecretKey> key) {
    this.key = key;
  }

  /**
   * The vault that this database's keys are in. The first time that there is a secret, what is
   * stored is encrypted.
   *
   * @throws StorageException when the secret is another than that of before, or is missing
   */
  static KeyVault unlock(Sql sql, Optional<String> secret) {
    // Two processes that start at once shall not encrypt the same twice.
    sql.update("lock table actor_key, former_key, spare_key in exclusive mode");
    Optional<byte[]> check = bytes(sql, CHECK_NAME);
    if (secret.isEmpty()) {
      if (check.isPresent()) {
        throw new StorageException(
            "the private keys in the database are encrypted;"
                + " set database.key-encryption-secret to the secret that they were encrypted with");
      }
      return OPEN;
    }
    byte[] salt = bytes(sql, SALT_NAME).orElseGet(() -> keep(sql, SALT_NAME, freshSalt()));
    KeyVault vault = new KeyVault(Optional.of(derive(secret.get(), salt)));
    if (check.isEmpty()) {
      keep(sql, CHECK_NAME, vault.close(CHECK).getBytes(StandardCharsets.US_ASCII));
      vault.closeAll(sql);
    } else {
      vault.open(new String(check.get(), StandardCharsets.US_ASCII));
    }
    return vault;
  }

  private void closeAll(Sql sql) {
    for (String table : TABLES) {
      for (String column : COLUMNS) {
        sql.list("select " + column + " from " + table, row -> row.text(1)).stream()
            .filter(plain -> !plain.startsWith(CLOSED))
            .forEach(plain ->
                sql.update(
                    "update " + table + " set " + column + " = ? where " + column + " = ?",
                    close(plain),
                    plain));
      }
    }
  }

  String close(String text) {
    if (key.isEmpty()) {
      return text;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] closed =
          cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] both =
          ByteBuffer.allocate(nonce.length + closed.length).put(nonce).put(closed).array();
      return CLOSED + Base64.getEncoder().encodeToString(both);
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new StorageException("a private key cannot be encrypted", everyJavaHasIt);
    }
  }

  /** What was stored before there was a secret is as it is. */
  String open(String stored) {
    if (!stored.startsWith(CLOSED)) {
      return stored;
    }
    try {
      byte[] both = Base64.getDecoder().decode(stored.substring(CLOSED.length()));
      byte[] open =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(both, NONCE_BYTES))
              .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
      return new String(open, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
      throw new StorageException(
          "the private keys in the database were encrypted with another secret than"
              + " database.key-encryption-secret",
          notOurs);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        key.orElseThrow(() -> new StorageException("private keys are encrypted since the start")),
        new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static SecretKey derive(String secret, byte[] salt) {
    try {
      byte[] derived =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, ROUNDS, KEY_BITS))
              .getEncoded();
      return new SecretKeySpec(derived, "AES");
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new StorageException("no key can be derived from a secret", everyJavaHasIt);
    }
  }

  private static byte[] freshSalt() {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return salt;
  }

  private static Optional<byte[]> bytes(Sql sql, String name) {
    return sql.one("select bytes from secret where name = ?", row -> row.bytes(1), name);
  }

  private static byte[] keep(Sql sql, String name, byte[] fresh) {
    return new SqlSecrets(sql).keep(name, fresh);
  }
}
