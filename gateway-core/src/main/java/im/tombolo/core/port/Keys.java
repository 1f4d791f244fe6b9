package im.tombolo.core.port;

import java.time.Instant;
import java.util.Optional;

/**
 * Key pairs of the actors we speak for. They are made ahead of need and wait as spares, since
 * making an RSA pair takes about 100 ms.
 */
public interface Keys {
  /**
   * @param owner the actor's URL
   */
  Optional<Assigned> find(String owner);

  /**
   * Gives spare pairs to an owner that has none, and returns the owner's pairs; empty: no spare.
   */
  Optional<Assigned> assign(String owner);

  /**
   * Gives an owner that has pairs new ones out of the spares, and keeps those that it had as the
   * former ones; empty: no pairs, or no spare.
   */
  Optional<Assigned> rotate(String owner);

  /** Forgets former pairs that were replaced before that; how many. */
  int forgetFormer(Instant rotatedBefore);

  long spares();

  void addSpare(ActorPairs pairs);

  /**
   * @param since when the owner got its first ones: the moment since which the actor is there
   * @param version 1 for the first ones
   * @param former those before, as long as they are kept
   */
  record Assigned(ActorPairs pairs, Instant since, int version, Optional<Former> former) {}

  /**
   * @param rotatedAt when they were replaced
   */
  record Former(ActorPairs pairs, Instant rotatedAt) {}

  /**
   * @param rsa signs requests
   * @param ed25519 for proofs inside documents (FEP-8b32)
   */
  record ActorPairs(KeyPairPem rsa, KeyPairPem ed25519) {}

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
