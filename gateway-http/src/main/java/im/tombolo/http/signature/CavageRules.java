package im.tombolo.http.signature;

import im.tombolo.core.model.Reading;
import im.tombolo.core.port.Peers.Dialect;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a signature by draft-cavage-12 has to cover: the target, our host, a time of the last or
 * next hour, and, where there is a body, its digest.
 */
record CavageRules(PublicOrigin origin) {
  /**
   * @param body of a POST; empty for a GET
   */
  Reading<Claim> claim(Message message, Optional<byte[]> body, Instant now) {
    return switch (CavageSignature.read(message.value("signature").orElse(""))) {
      case Reading.Refused<CavageSignature>(String reason) -> Reading.refused(reason);
      case Reading.Of<CavageSignature>(CavageSignature signature) -> {
        Optional<String> fault = fault(message, signature, body, now);
        List<String> texts = texts(message, signature);
        if (fault.isPresent()) {
          yield Reading.refused(fault.get());
        }
        yield texts.isEmpty()
            ? Reading.refused("a signature that covers what is not there")
            : Reading.of(
                new Claim(
                    signature.keyId(),
                    signature.algorithms(),
                    texts,
                    signature.signature(),
                    Dialect.DRAFT_CAVAGE));
      }
    };
  }

  /** With the query, and without: Pixelfed and older servers leave it out. */
  private static List<String> texts(Message message, CavageSignature signature) {
    String target = message.target();
    int query = target.indexOf('?');
    return Stream.of(target, query < 0 ? target : target.substring(0, query))
        .distinct()
        .flatMap(one -> signature.signedText(message, one).stream())
        .toList();
  }

  private Optional<String> fault(
      Message message, CavageSignature signature, Optional<byte[]> body, Instant now) {
    List<String> covered = signature.covered();
    if (!covered.contains("(request-target)") || !covered.contains("host")) {
      return Optional.of("a signature that does not cover target and host");
    }
    if (!origin.isAskedBy(message)) {
      return Optional.of("a request for another host");
    }
    if (!isRecent(message, signature, now)) {
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

  private static boolean isRecent(Message message, CavageSignature signature, Instant now) {
    if (signature.expires().filter(end -> Instant.ofEpochSecond(end).isBefore(now)).isPresent()) {
      return false;
    }
    Optional<Instant> made =
        signature.covered().contains("(created)")
            ? signature.created().map(Instant::ofEpochSecond)
            : Optional.of("date")
                .filter(signature.covered()::contains)
                .flatMap(message::value)
                .flatMap(CavageRules::date);
    return made.filter(at -> Claim.isRecent(at, now)).isPresent();
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
