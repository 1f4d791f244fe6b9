package im.tombolo.storage;

import java.util.Optional;

/**
 * Where the database is.
 *
 * @param url {@code jdbc:postgresql://…}
 * @param user empty when the URL says it
 * @param password never printed
 * @param connections most connections at a time, at least 2
 * @param keyEncryptionSecret what private keys are encrypted with; never printed
 */
public record DatabaseSettings(
    String url,
    String user,
    String password,
    int connections,
    Optional<String> keyEncryptionSecret) {

  public DatabaseSettings(String url, String user, String password, int connections) {
    this(url, user, password, connections, Optional.empty());
  }

  public DatabaseSettings withKeyEncryption(Optional<String> secret) {
    return new DatabaseSettings(url, user, password, connections, secret);
  }

  @Override
  public String toString() {
    return "DatabaseSettings[" + user + ", " + connections + " connections]";
  }
}
