package im.tombolo.core.activity;

import java.time.Instant;
import java.util.Optional;

/**
 * What an actor's document shows of its keys.
 *
 * @param rsaPem SPKI, for signatures of requests
 * @param ed25519Pem SPKI, for proofs inside documents
 * @param since when the actor got its first ones, which is when it came to be
 * @param version of the keys, 1 for the first ones
 * @param formerEd25519Pem the one before, while proofs by it still count
 */
public record PublicKeys(
    String rsaPem,
    String ed25519Pem,
    Instant since,
    int version,
    Optional<String> formerEd25519Pem) {}
