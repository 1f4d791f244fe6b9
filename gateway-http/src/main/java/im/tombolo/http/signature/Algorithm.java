package im.tombolo.http.signature;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a signature can be made with. A key fits its own family only, so that nobody has a key read
 * as one of another kind.
 */
enum Algorithm {
  RSA_SHA256("rsa-sha256", "rsa-v1_5-sha256", "SHA256withRSA", RSAPublicKey.class),
  RSA_SHA512("rsa-sha512", "", "SHA512withRSA", RSAPublicKey.class),
  RSA_PSS_SHA512("", "rsa-pss-sha512", "RSASSA-PSS", RSAPublicKey.class),
  ECDSA_P256("", "ecdsa-p256-sha256", "SHA256withECDSAinP1363Format", ECPublicKey.class),
  ED25519("ed25519", "ed25519", "Ed25519", EdECPublicKey.class);

  private static final int SHA512_BYTES = 64;

  private final String cavage;
  private final String rfc9421;
  private final String jca;
  private final Class<? extends PublicKey> family;

  Algorithm(String cavage, String rfc9421, String jca, Class<? extends PublicKey> family) {
    this.cavage = cavage;
    this.rfc9421 = rfc9421;
    this.jca = jca;
    this.family = family;
  }

  /**
   * By the name of draft-cavage-12 §E.2. Behind {@code hs2019} stands whatever the key is for, and
   * with RSA nearly everybody signs as by {@code rsa-sha256}.
   */
  static List<Algorithm> ofCavage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "hs2019" -> List.of(RSA_SHA256, RSA_SHA512, ED25519);
      // Misskey's library.
      case "ed25519-sha512" -> List.of(ED25519);
      default -> named(lower, one -> one.cavage);
    };
  }

  /** By the name of RFC 9421 §6.2.2; without one by the kind of the key. */
  static List<Algorithm> ofRfc9421(Optional<String> name) {
    return name.map(given -> named(given, one -> one.rfc9421))
        .orElseGet(() -> List.of(RSA_SHA256, RSA_PSS_SHA512, ECDSA_P256, ED25519));
  }

  private static List<Algorithm> named(String name, Function<Algorithm, String> naming) {
    return Arrays.stream(values())
        .filter(one -> !name.isEmpty() && naming.apply(one).equals(name))
        .toList();
  }

  boolean fits(PublicKey key) {
    return family.isInstance(key);
  }

  boolean isNative() {
    return this == RSA_SHA256 || this == RSA_SHA512;
  }

  String jca() {
    return jca;
  }

  Optional<AlgorithmParameterSpec> parameters() {
    return this == RSA_PSS_SHA512
        ? Optional.of(
            new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, SHA512_BYTES, 1))
        : Optional.empty();
  }
}
