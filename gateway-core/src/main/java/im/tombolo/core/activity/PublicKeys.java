package im.tombolo.core.activity;

import java.time.Instant;

/**
 * What an actor's document shows of its keys.
 *
 * @param rsaPem SPKI, for signatures of requests
 * @param ed25519Pem SPKI, for proofs inside documents
 * @param since when the actor got them, which is when it came to be
 */
public record PublicKeys(String rsaPem, String ed25519Pem, Instant since) {
  /** The Ed25519 key as a multibase value: {@code z} and base58btc (FEP-521a). */
  String ed25519Multibase() {
    return Multikey.ofEd25519(ed25519Pem);
  }
}
