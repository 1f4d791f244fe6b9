package im.tombolo.http.signature;

import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out who signed a request. The signature has to cover the target, our host, a time of the
 * last or next hour, and, where there is a body, its digest. Safe for any thread.
 */
public final class SignatureCheck {
  private static final Duration WINDOW = Duration.ofHours(1);

  private final String host;
  private final KeySource keys;
  private final Rsa rsa;
  private final InstantSource clock;

  /** Where public keys come from. */
  @FunctionalInterface
  public interface KeySource {
    /**
     * @param fresh ask the owner's server even if a key is known
     */
    Answer<OwnedKey> key(URI keyId, boolean fresh);
  }

  /**
   * @param host our public host, and port where it is not the scheme's own
   */
  public SignatureCheck(String host, KeySource keys, Rsa rsa, InstantSource clock) {
    this.host = host;
    this.keys = keys;
    this.rsa = rsa;
    this.clock = clock;
  }

  /** What a check found. */
  public sealed interface Outcome {
    /**
     * @param owner the actor whose key it is
     */
    record Signed(URI owner) implements Outcome {}

    record Bad(String reason) implements Outcome {}

    /** The key's server does not answer, so nobody knows. */
    record Unknown(String reason) implements Outcome {}
  }

  /**
   * @param body of a POST; empty for a GET
   */
  public Outcome check(Message message, Optional<byte[]> body) {
    Optional<String> header = message.value("signature");
    if (header.isEmpty()) {
      return new Outcome.Bad("no Signature header");
    }
    if (message.value("signature-input").isPresent()) {
      return new Outcome.Bad("a signature by RFC 9421, which is not supported");
    }
    return switch (CavageSignature.read(header.get())) {
      case Reading.Refused<CavageSignature>(String reason) -> new Outcome.Bad(reason);
      case Reading.Of<CavageSignature>(CavageSignature signature) ->
          fault(message, signature, body)
              .<Outcome>map(Outcome.Bad::new)
              .orElseGet(() -> byKey(message, signature));
    };
  }

  private Optional<String> fault(
      Message message, CavageSignature signature, Optional<byte[]> body) {
    List<String> covered = signature.covered();
    if (!covered.contains("(request-target)") || !covered.contains("host")) {
      return Optional.of("a signature that does not cover target and host");
    }
    if (message.value("host").filter(this::isOurs).isEmpty()) {
      return Optional.of("a request for another host");
    }
    if (!isRecent(message, signature)) {
      return Optional.of("a signature that covers no time of this hour");
    }
    if (body.isPresent()
        && (!covered.contains("digest")
            || message
                .value("digest")
                .filter(digest -> Digests.matches(digest, body.get()))
                .isEmpty())) {
      return Optional.of("a digest that is missing, not signed or wrong");
    }
    return Optional.empty();
  }

  /** Some clients write the port also where it is the scheme's own. */
  private boolean isOurs(String asked) {
    String lower = asked.toLowerCase(Locale.ROOT);
    return lower.equals(host) || lower.equals(host + ":443") || lower.equals(host + ":80");
  }

  private boolean isRecent(Message message, CavageSignature signature) {
    Instant now = clock.instant();
    if (signature.expires().filter(end -> Instant.ofEpochSecond(end).isBefore(now)).isPresent()) {
      return false;
    }
    Optional<Instant> made =
        signature.covered().contains("(created)")
            ? signature.created().map(Instant::ofEpochSecond)
            : Optional.of("date")
                .filter(signature.covered()::contains)
                .flatMap(message::value)
                .flatMap(SignatureCheck::date);
    return made.filter(at -> Duration.between(at, now).abs().compareTo(WINDOW) <= 0).isPresent();
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  /** A key that does not fit may have been replaced: then its owner's server is asked once more. */
  private Outcome byKey(Message message, CavageSignature signature) {
    Optional<String> text = signature.signedText(message);
    if (text.isEmpty()) {
      return new Outcome.Bad("a signature that covers what is not there");
    }
    byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
    Outcome first = byKey(signature, bytes, false);
    return first instanceof Outcome.Bad ? byKey(signature, bytes, true) : first;
  }

  private Outcome byKey(CavageSignature signature, byte[] text, boolean fresh) {
    return switch (keys.key(signature.keyId(), fresh)) {
      case Answer.Got<OwnedKey>(OwnedKey key) ->
          rsa.verify(key.pem(), text, signature.signature())
              ? new Outcome.Signed(key.owner())
              : new Outcome.Bad("a signature that does not fit its key");
      case Answer.Unavailable<OwnedKey>(String reason) -> new Outcome.Unknown(reason);
      case Answer<OwnedKey> none -> new Outcome.Bad("a key that is not there");
    };
  }
}
