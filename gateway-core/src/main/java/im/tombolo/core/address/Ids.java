package im.tombolo.core.address;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids that follow from what they name, so that doing something twice is harmless: 130 bits of
 * SHA-256 in 26 characters of {@code [a-z2-7]}.
 */
public final class Ids {
  private static final int LENGTH = 26;
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private Ids() {}

  /** The id of a list of strings; ("ab", "c") and ("a", "bc") differ. */
  public static String key(String... parts) {
    MessageDigest sha256 = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        sha256.update((byte) (bytes.length >>> shift));
      }
      sha256.update(bytes);
    }
    return base32(sha256.digest());
  }

  /** Names an item of an account's node in our URLs. */
  public static String postKey(Jid account, String node, String itemId) {
    return key("post", account.bare().toString(), node, itemId);
  }

  /** Names a fediverse post as a pubsub item. */
  public static String itemId(URI post) {
    return key("item", post.toString());
  }

  private static String base32(byte[] bytes) {
    byte[] out = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      int bit = i * 5;
      int window = (bytes[bit / 8] & 0xff) << 8 | (bytes[bit / 8 + 1] & 0xff);
      out[i] = (byte) BASE32.charAt(window >> (11 - bit % 8) & 31);
    }
    return new String(out, StandardCharsets.ISO_8859_1);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
