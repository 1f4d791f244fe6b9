package im.tombolo.http.signature;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RSASSA-PKCS1-v1_5 with SHA-256. By Amazon Corretto's native provider where it loads and is
 * healthy, four times as fast as the JDK's, which stands in elsewhere. Safe for any thread.
 */
public final class Rsa {
  private static final Logger LOG = LoggerFactory.getLogger(Rsa.class);
  private static final String ALGORITHM = "SHA256withRSA";
  private static final int MIN_BITS = 2_048;
  private static final int MAX_BITS = 8_192;
  private static final int MAX_PEM = 16_384;
  private static final long MAX_KEYS = 10_000;

  private final Optional<Provider> provider = nativeProvider();
  private final Cache<String, Optional<RSAPublicKey>> publicKeys =
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

  /**
   * @param privatePem PKCS#8
   * @return base64
   */
  public String sign(String privatePem, byte[] text) {
    try {
      Signature signature = signature();
      signature.initSign(privateKeys.get(privatePem, this::privateKey));
      signature.update(text);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException ownKeyIsBad) {
      throw new IllegalStateException("a key of ours cannot sign", ownKeyIsBad);
    }
  }

  /** False also for keys that are none, or weaker than 2048 bits. */
  boolean verify(String publicPem, byte[] text, byte[] signed) {
    Optional<RSAPublicKey> key = publicKeys.get(publicPem, this::publicKey);
    if (key.isEmpty()) {
      return false;
    }
    try {
      Signature signature = signature();
      signature.initVerify(key.get());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException notASignature) {
      return false;
    }
  }

  private Signature signature() throws GeneralSecurityException {
    return provider.isPresent()
        ? Signature.getInstance(ALGORITHM, provider.get())
        : Signature.getInstance(ALGORITHM);
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

  /** SPKI or, as old servers have it, PKCS#1. */
  private Optional<RSAPublicKey> publicKey(String pem) {
    if (pem.length() > MAX_PEM) {
      return Optional.empty();
    }
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      if (!(parser.readObject() instanceof SubjectPublicKeyInfo info)) {
        return Optional.empty();
      }
      return factory().generatePublic(new X509EncodedKeySpec(info.getEncoded()))
              instanceof RSAPublicKey key
          ? Optional.of(key).filter(Rsa::isStrong)
          : Optional.empty();
    } catch (IOException | GeneralSecurityException | RuntimeException notAKey) {
      // Bouncy Castle throws unchecked exceptions on some malformed ASN.1.
      return Optional.empty();
    }
  }

  private static boolean isStrong(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    return bits >= MIN_BITS && bits <= MAX_BITS;
  }
}
