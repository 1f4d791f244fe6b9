package im.tombolo.http.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The {@code Digest} header (RFC 3230), SHA-256 only. */
final class Digests {
  private static final String PREFIX = "SHA-256=";

  private Digests() {}

  static String of(byte[] body) {
    return PREFIX + Base64.getEncoder().encodeToString(sha256(body));
  }

  static boolean matches(String header, byte[] body) {
    for (String one : header.split(",")) {
      String digest = one.strip();
      if (digest.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
        try {
          byte[] said = Base64.getDecoder().decode(digest.substring(PREFIX.length()));
          return MessageDigest.isEqual(said, sha256(body));
        } catch (IllegalArgumentException notBase64) {
          return false;
        }
      }
    }
    return false;
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
