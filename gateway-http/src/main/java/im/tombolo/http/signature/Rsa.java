package im.tombolo.http.signature;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs by RSASSA-PKCS1-v1_5 with SHA-256, and verifies what others sign with. RSA by Amazon
 * Corretto's native provider where it loads and is healthy, four times as fast as the JDK's, which
 * stands in elsewhere. Safe for any thread.
 */
public final class Rsa {
  private static final Logger LOG = LoggerFactory.getLogger(Rsa.class);
  private static final long MAX_KEYS = 10_000;

  private final Optional<Provider> provider = nativeProvider();
  private final Cache<String, Optional<PublicKey>> publicKeys =
      Caffeine.newBuilder().maximumSize(MAX_KEYS).build();
  private final Cache<String, PrivateKey> privateKeys =
      Caffeine.newBuilder().maximumSize(MAX_KEYS).build();

  private static Optional<Provider> nativeProvider() {
    try {
      AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
      return Optional.of(AmazonCorrettoCryptoProvider.INSTANCE);
    } catch (Throwable notHere) { // a native library may fail in any way
      LOG.info(
          "signing with the JDK's own RSA, the native one does not load: {}", notHere.toString());
      return Optional.empty();
    }
  }

  /** The native one, where it loads. */
  public Optional<Provider> provider() {
    return provider;
  }

  /** Which implementation signs and verifies. */
  public String implementation() {
    return provider.map(Provider::getInfo).orElse("the JDK's own, which is slower");
  }

  /**
   * @param privatePem PKCS#8
   * @return base64
   */
  public String sign(String privatePem, byte[] text) {
    try {
      Signature signature = signature(Algorithm.RSA_SHA256);
      signature.initSign(privateKeys.get(privatePem, this::privateKey));
      signature.update(text);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException ownKeyIsBad) {
      throw new IllegalStateException("a key of ours cannot sign", ownKeyIsBad);
    }
  }

  /** False also for keys that are none, or weaker than 2048 bits. */
  boolean verify(String publicPem, byte[] text, byte[] signed) {
    return verify(Algorithm.RSA_SHA256, publicPem, text, signed);
  }

  /** False also for keys that are none, too weak, or for another algorithm. */
  boolean verify(Algorithm algorithm, String publicPem, byte[] text, byte[] signed) {
    Optional<PublicKey> key =
        publicKeys.get(publicPem, PublicKeyReader::read).filter(algorithm::fits);
    if (key.isEmpty()) {
      return false;
    }
    try {
      Signature signature = signature(algorithm);
      if (algorithm.parameters().isPresent()) {
        signature.setParameter(algorithm.parameters().get());
      }
      signature.initVerify(key.get());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException notASignature) {
      return false;
    }
  }

  private Signature signature(Algorithm algorithm) throws GeneralSecurityException {
    return provider.isPresent() && algorithm.isNative()
        ? Signature.getInstance(algorithm.jca(), provider.get())
        : Signature.getInstance(algorithm.jca());
  }

  private KeyFactory factory() throws GeneralSecurityException {
    return provider.isPresent()
        ? KeyFactory.getInstance("RSA", provider.get())
        : KeyFactory.getInstance("RSA");
  }

  private PrivateKey privateKey(String pem) {
    try {
      String base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
      return factory().generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException ownKeyIsBad) {
      throw new IllegalStateException("a key of ours cannot be read", ownKeyIsBad);
    }
  }
}
