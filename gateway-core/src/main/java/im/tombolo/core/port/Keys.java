package im.tombolo.core.port;

import java.util.Optional;

/**
 * RSA key pairs of the actors we speak for. Pairs are made ahead of need and wait as spares, since
 * making one takes about 100 ms.
 */
public interface Keys {
  /**
   * @param owner the actor's URL
   */
  Optional<KeyPairPem> find(String owner);

  /**
   * Gives a spare pair to an owner that has none, and returns the owner's pair; empty: no spare.
   */
  Optional<KeyPairPem> assign(String owner);

  long spares();

  void addSpare(KeyPairPem pair);

  /**
   * @param publicPem {@code BEGIN PUBLIC KEY} (SPKI)
   * @param privatePem {@code BEGIN PRIVATE KEY} (PKCS#8)
   */
  record KeyPairPem(String publicPem, String privatePem) {
    @Override
    public String toString() {
      return "KeyPairPem[…]";
    }
  }
}
