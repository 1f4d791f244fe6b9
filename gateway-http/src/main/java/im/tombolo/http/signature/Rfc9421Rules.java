package im.tombolo.http.signature;

import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Peers.Dialect;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a signature by RFC 9421 has to cover, as Mastodon has it: the method, the whole target, and,
 * where there is a body, its digest (RFC 9530). It has to say when it was made.
 */
record Rfc9421Rules(PublicOrigin origin) {
  /**
   * @param body of a POST; empty for a GET
   */
  Reading<Claim> claim(Message message, Optional<byte[]> body, Instant now) {
    return switch (MessageSignature.read(
        message.value("signature-input").orElse(""), message.value("signature").orElse(""))) {
      case Reading.Refused<MessageSignature>(String reason) -> Reading.refused(reason);
      case Reading.Of<MessageSignature>(MessageSignature signature) -> {
        Optional<String> fault = fault(message, signature, body, now);
        yield fault.isPresent() ? Reading.refused(fault.get()) : claim(message, signature);
      }
    };
  }

  private Reading<Claim> claim(Message message, MessageSignature signature) {
    Optional<URI> keyId = signature.text("keyid").flatMap(Claim::keyAddress);
    List<Algorithm> algorithms = Algorithm.ofRfc9421(signature.text("alg"));
    Optional<String> base = signature.base(message, origin);
    if (keyId.isEmpty()) {
      return Reading.refused("a signature without a key that can be fetched");
    }
    if (algorithms.isEmpty() || signature.has("alg") != signature.text("alg").isPresent()) {
      return Reading.refused("a signature algorithm that is not known");
    }
    return base.isEmpty()
        ? Reading.refused("a signature that covers what is not there")
        : Reading.of(
            new Claim(
                keyId.get(),
                algorithms,
                List.of(base.get()),
                signature.signature(),
                Dialect.RFC_9421));
  }

  private Optional<String> fault(
      Message message, MessageSignature signature, Optional<byte[]> body, Instant now) {
    if (!coversTarget(signature.covered(), message.target())) {
      return Optional.of("a signature that does not cover method and target");
    }
    if (!origin.isAskedBy(message)) {
      return Optional.of("a request for another host");
    }
    if (!isRecent(signature, now)) {
      return Optional.of("a signature that is not of this hour");
    }
    if (body.isPresent()
        && (!signature.covered().contains("content-digest")
            || message
                .value("content-digest")
                .filter(digest -> ContentDigest.matches(digest, body.get()))
                .isEmpty())) {
      return Optional.of("a content digest that is missing, not signed or wrong");
    }
    return Optional.empty();
  }

  /** In one piece, or in pieces that leave nothing out. */
  private static boolean coversTarget(List<String> covered, String target) {
    boolean parts =
        covered.contains("@authority")
            && (covered.contains("@request-target")
                || (covered.contains("@path")
                    && (covered.contains("@query") || target.indexOf('?') < 0)));
    return covered.contains("@method") && (covered.contains("@target-uri") || parts);
  }

  private static boolean isRecent(MessageSignature signature, Instant now) {
    boolean isOver =
        signature.has("expires")
            && signature
                .seconds("expires")
                .filter(end -> !Instant.ofEpochSecond(end).isBefore(now))
                .isEmpty();
    return !isOver
        && signature
            .seconds("created")
            .filter(made -> Claim.isRecent(Instant.ofEpochSecond(made), now))
            .isPresent();
  }
}
