package im.tombolo.http.signature;

import im.tombolo.core.model.Reading;
import im.tombolo.http.signature.StructuredField.Bare;
import im.tombolo.http.signature.StructuredField.Item;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The {@code Content-Digest} header (RFC 9530 §2) with SHA-256 or SHA-512. */
final class ContentDigest {
  private ContentDigest() {}

  static String of(byte[] body) {
    return "sha-256=" + new Bare.Bytes(Digests.hash("SHA-256", body)).written();
  }

  /** Every digest that is understood has to be that of the body, and one has to be there. */
  static boolean matches(String header, byte[] body) {
    return switch (DictionaryReader.read(header)) {
      case Reading.Refused<SequencedMap<String, StructuredField>> refused -> false;
      case Reading.Of<SequencedMap<String, StructuredField>>(var digests) -> {
        List<Boolean> known =
            digests.entrySet().stream()
                .flatMap(digest ->
                    algorithm(digest.getKey()).stream()
                        .map(algorithm -> isSame(algorithm, digest.getValue(), body)))
                .toList();
        yield !known.isEmpty() && known.stream().allMatch(good -> good);
      }
    };
  }

  private static Optional<String> algorithm(String name) {
    return switch (name) {
      case "sha-256" -> Optional.of("SHA-256");
      case "sha-512" -> Optional.of("SHA-512");
      default -> Optional.empty();
    };
  }

  private static boolean isSame(String algorithm, StructuredField given, byte[] body) {
    return given instanceof Item(Bare.Bytes(byte[] digest), var none)
        && MessageDigest.isEqual(digest, Digests.hash(algorithm, body));
  }
}
