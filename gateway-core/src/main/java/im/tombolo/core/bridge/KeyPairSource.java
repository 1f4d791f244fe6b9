package im.tombolo.core.bridge;

import im.tombolo.core.port.Keys.KeyPairPem;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Base64;
import java.util.Optional;

/** Makes key pairs. Safe for any thread. */
@FunctionalInterface
public interface KeyPairSource {
  KeyPairPem generate();

  /** RSA-2048, the only kind that every server on the fediverse takes. About 100 ms each. */
  static KeyPairSource rsa() {
    return rsa(Optional.empty());
  }

  /**
   * @param provider which makes them faster than the JDK
   */
  static KeyPairSource rsa(Optional<Provider> provider) {
    return of("RSA", 2048, provider);
  }

  static KeyPairSource ed25519() {
    return of("Ed25519", 255, Optional.empty());
  }

  private static KeyPairSource of(String algorithm, int bits, Optional<Provider> provider) {
    return () -> {
      try {
        KeyPairGenerator generator =
            provider.isPresent()
                ? KeyPairGenerator.getInstance(algorithm, provider.get())
                : KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        return new KeyPairPem(
            pem("PUBLIC KEY", pair.getPublic().getEncoded()),
            pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
      } catch (NoSuchAlgorithmException everyJavaHasIt) {
        throw new IllegalStateException(everyJavaHasIt);
      }
    };
  }

  private static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
