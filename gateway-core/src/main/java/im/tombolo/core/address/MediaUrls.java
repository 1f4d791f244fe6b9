package im.tombolo.core.address;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The media proxy's addresses: {@code BASE/media/KEY/SOURCE}. The key is an HMAC-SHA256 of the
 * source, so that nobody gets anything through us but what we gave an address ourselves.
 */
public final class MediaUrls {
  /** The first segment below the base. */
  public static final String SEGMENT = "media";

  /** Name of the secret in {@link im.tombolo.core.port.Secrets}. */
  public static final String SECRET = "media";

  /** Bytes of a new secret. */
  public static final int SECRET_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  // 128 bits, as nobody can try keys but by asking us.
  private static final int KEY_BYTES = 16;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String base;
  private final SecretKeySpec secret;

  public MediaUrls(GatewayUrls urls, byte[] secret) {
    this.base = urls.base() + "/";
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  /** Where we serve a file of somebody else; what we serve anyway stays where it is. */
  public URI of(URI source) {
    String text = source.toString();
    return text.startsWith(base)
        ? source
        : URI.create(
            base
                + SEGMENT
                + "/"
                + BASE64.encodeToString(key(text))
                + "/"
                + BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * What the segments behind {@link #SEGMENT} stand for; empty when it was not us who wrote them.
   */
  public Optional<URI> source(String key, String source) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(source), StandardCharsets.UTF_8);
      return MessageDigest.isEqual(key(text), Base64.getUrlDecoder().decode(key))
          ? Optional.of(URI.create(text))
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private byte[] key(String source) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return Arrays.copyOf(mac.doFinal(source.getBytes(StandardCharsets.UTF_8)), KEY_BYTES);
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
