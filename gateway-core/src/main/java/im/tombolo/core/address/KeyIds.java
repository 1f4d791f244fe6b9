package im.tombolo.core.address;

/**
 * How the keys of our actors are called: by the actor's id and a fragment, another after each
 * rotation.
 */
public final class KeyIds {
  private KeyIds() {}

  /**
   * The RSA key, for signatures of requests. Lemmy wants a {@code #} in it.
   *
   * @param version 1 for an actor's first one
   */
  public static String request(String actor, int version) {
    return actor + "#main-key" + suffix(version);
  }

  /** The Ed25519 key, for proofs inside documents. */
  public static String proof(String actor, int version) {
    return actor + "#ed25519-key" + suffix(version);
  }

  private static String suffix(int version) {
    return version == 1 ? "" : "-" + version;
  }
}
