package im.tombolo.http.signature;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;

/** Reads the public keys of others, and none that is too weak or costs too much to check. */
final class PublicKeyReader {
  private static final int MIN_RSA_BITS = 2_048;
  private static final int MAX_RSA_BITS = 8_192;
  private static final int P256_BITS = 256;
  private static final int MAX_PEM = 16_384;

  private PublicKeyReader() {}

  /** SPKI or, as old servers have it of RSA, PKCS#1. */
  static Optional<PublicKey> read(String pem) {
    if (pem.length() > MAX_PEM) {
      return Optional.empty();
    }
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      return parser.readObject() instanceof SubjectPublicKeyInfo info
          ? key(info).filter(PublicKeyReader::isFit)
          : Optional.empty();
    } catch (IOException | GeneralSecurityException | RuntimeException notAKey) {
      // Bouncy Castle throws unchecked exceptions on some malformed ASN.1.
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> key(SubjectPublicKeyInfo info)
      throws IOException, GeneralSecurityException {
    Optional<String> family =
        switch (info.getAlgorithm().getAlgorithm().getId()) {
          case "1.2.840.113549.1.1.1" -> Optional.of("RSA");
          case "1.2.840.10045.2.1" -> Optional.of("EC");
          case "1.3.101.112" -> Optional.of("Ed25519");
          default -> Optional.empty();
        };
    return family.isEmpty()
        ? Optional.empty()
        : Optional.of(
            KeyFactory.getInstance(family.get())
                .generatePublic(new X509EncodedKeySpec(info.getEncoded())));
  }

  private static boolean isFit(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> {
        int bits = rsa.getModulus().bitLength();
        yield bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS;
      }
      case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize() == P256_BITS;
      case EdECPublicKey ed ->
          ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
      default -> false;
    };
  }
}
