package im.tombolo.http.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The {@code Digest} header (RFC 3230), SHA-256 only. */
final class Digests {
  private static final String PREFIX = "SHA-256=";

  private Digests() {}

  static String of(byte[] body) {
    return PREFIX + Base64.getEncoder().encodeToString(hash("SHA-256", body));
  }

  /** Every SHA-256 of the header has to be that of the body, and one has to be there. */
  static boolean matches(String header, byte[] body) {
    List<String> digests =
        Arrays.stream(header.split(","))
            .map(String::strip)
            .filter(digest -> digest.regionMatches(true, 0, PREFIX, 0, PREFIX.length()))
            .map(digest -> digest.substring(PREFIX.length()))
            .toList();
    byte[] sha256 = hash("SHA-256", body);
    return !digests.isEmpty() && digests.stream().allMatch(digest -> isSame(digest, sha256));
  }

  private static boolean isSame(String base64, byte[] sha256) {
    try {
      return MessageDigest.isEqual(Base64.getDecoder().decode(base64), sha256);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  static byte[] hash(String algorithm, byte[] body) {
    try {
      return MessageDigest.getInstance(algorithm).digest(body);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
