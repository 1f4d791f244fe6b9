package im.tombolo.http.signature;

import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Peers.Dialect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds out who signed a request, by draft-cavage-12 or by RFC 9421. A request that has {@code
 * Signature-Input} is of the latter. Safe for any thread.
 */
public final class SignatureCheck {
  private final CavageRules cavage;
  private final Rfc9421Rules rfc9421;
  private final KeySource keys;
  private final Rsa rsa;
  private final InstantSource clock;
  private final Witness witness;
  private final Predicate<URI> unwelcome;

  /** Where public keys come from. */
  @FunctionalInterface
  public interface KeySource {
    /**
     * @param fresh ask the owner's server even if a key is known
     */
    Answer<OwnedKey> key(URI keyId, boolean fresh);
  }

  /** Is told how a host signs. */
  @FunctionalInterface
  public interface Witness {
    void signed(URI owner, Dialect dialect);
  }

  public SignatureCheck(URI base, KeySource keys, Rsa rsa, InstantSource clock) {
    this(base, keys, rsa, clock, (owner, dialect) -> {});
  }

  /**
   * @param base our public address
   */
  public SignatureCheck(URI base, KeySource keys, Rsa rsa, InstantSource clock, Witness witness) {
    this(base, keys, rsa, clock, witness, keyId -> false);
  }

  /**
   * @param base our public address
   * @param unwelcome whose keys are not even asked for
   */
  public SignatureCheck(
      URI base,
      KeySource keys,
      Rsa rsa,
      InstantSource clock,
      Witness witness,
      Predicate<URI> unwelcome) {
    this.unwelcome = unwelcome;
    PublicOrigin origin = PublicOrigin.of(base);
    this.cavage = new CavageRules(origin);
    this.rfc9421 = new Rfc9421Rules(origin);
    this.keys = keys;
    this.rsa = rsa;
    this.clock = clock;
    this.witness = witness;
  }

  /** What a check found. */
  public sealed interface Outcome {
    /**
     * @param owner the actor whose key it is
     */
    record Signed(URI owner) implements Outcome {}

    record Bad(String reason) implements Outcome {}

    /** It says that it is of somebody who is not talked to; whether that is so nobody asked. */
    record Unwelcome() implements Outcome {}

    /** The key's server does not answer, so nobody knows. */
    record Unknown(String reason) implements Outcome {}
  }

  /**
   * @param body of a POST; empty for a GET
   */
  public Outcome check(Message message, Optional<byte[]> body) {
    if (message.value("signature").isEmpty()) {
      return new Outcome.Bad("no Signature header");
    }
    return switch (claim(message, body)) {
      case Reading.Refused<Claim>(String reason) -> new Outcome.Bad(reason);
      case Reading.Of<Claim>(Claim read) when unwelcome.test(read.keyId()) ->
          new Outcome.Unwelcome();
      case Reading.Of<Claim>(Claim read) -> byKey(read);
    };
  }

  /** Whether a request that need not be signed says that it is of somebody who is not talked to. */
  public boolean isUnwelcome(Message message) {
    return message.value("signature").isPresent()
        && claim(message, Optional.empty())
            .value()
            .filter(claim -> unwelcome.test(claim.keyId()))
            .isPresent();
  }

  private Reading<Claim> claim(Message message, Optional<byte[]> body) {
    Instant now = clock.instant();
    return message.value("signature-input").isPresent()
        ? rfc9421.claim(message, body, now)
        : cavage.claim(message, body, now);
  }

  /** A key that does not fit may have been replaced: then its owner's server is asked once more. */
  private Outcome byKey(Claim claim) {
    Outcome first = byKey(claim, false);
    return first instanceof Outcome.Bad ? byKey(claim, true) : first;
  }

  private Outcome byKey(Claim claim, boolean fresh) {
    return switch (keys.key(claim.keyId(), fresh)) {
      case Answer.Got<OwnedKey>(OwnedKey key) ->
          isBy(key, claim)
              ? signed(key.owner(), claim)
              : new Outcome.Bad("a signature that does not fit its key");
      case Answer.Unavailable<OwnedKey>(String reason) -> new Outcome.Unknown(reason);
      case Answer<OwnedKey> none -> new Outcome.Bad("a key that is not there");
    };
  }

  private Outcome signed(URI owner, Claim claim) {
    witness.signed(owner, claim.dialect());
    return new Outcome.Signed(owner);
  }

  private boolean isBy(OwnedKey key, Claim claim) {
    return claim.texts().stream()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .anyMatch(text ->
            claim.algorithms().stream()
                .anyMatch(one -> rsa.verify(one, key.pem(), text, claim.signature())));
  }
}
