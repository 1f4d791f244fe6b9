package im.tombolo.http.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.tombolo.http.fake.SignedRequest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaTest {
  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

  private final Rsa rsa = new Rsa();

  private static KeyPair pair(String algorithm, int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static byte[] signed(KeyPair pair, String algorithm) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(pair.getPrivate());
    signature.update(TEXT);
    return signature.sign();
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static String spki(Key key) {
    return pem("PUBLIC KEY", key.getEncoded());
  }

  @Test
  void whatOneKeySignsItsPublicHalfVerifies() {
    byte[] signature = Base64.getDecoder().decode(rsa.sign(SignedRequest.PAIR.privatePem(), TEXT));
    assertThat(rsa.verify(SignedRequest.PAIR.publicPem(), TEXT, signature)).isTrue();
  }

  @Test
  void theJdkReadsWhatWeSign() throws GeneralSecurityException {
    KeyPair pair = pair("RSA", 2_048);
    String signature = rsa.sign(pem("PRIVATE KEY", pair.getPrivate().getEncoded()), TEXT);
    Signature jdk = Signature.getInstance("SHA256withRSA");
    jdk.initVerify(pair.getPublic());
    jdk.update(TEXT);
    assertThat(jdk.verify(Base64.getDecoder().decode(signature))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {2_048, 3_072, 4_096})
  void keysOfUsualSizesAreTaken(int bits) throws GeneralSecurityException {
    KeyPair pair = pair("RSA", bits);
    assertThat(rsa.verify(spki(pair.getPublic()), TEXT, signed(pair, "SHA256withRSA"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1_024, 2_040})
  void case11_weakKeysAreRefused(int bits) throws GeneralSecurityException {
    KeyPair pair = pair("RSA", bits);
    assertThat(rsa.verify(spki(pair.getPublic()), TEXT, signed(pair, "SHA256withRSA"))).isFalse();
  }

  @Test
  void case11_aKeyThatCostsTooMuchToCheckIsRefused() throws GeneralSecurityException {
    BigInteger modulus = BigInteger.ONE.shiftLeft(16_383).setBit(0);
    PublicKey huge =
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));
    assertThat(rsa.verify(spki(huge), TEXT, new byte[2_048])).isFalse();
  }

  @Test
  void case11_aPublicKeyInTheOldFormOfPkcs1IsTaken() throws Exception {
    KeyPair pair = pair("RSA", 2_048);
    byte[] pkcs1 =
        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded())
            .parsePublicKey()
            .getEncoded();
    assertThat(rsa.verify(pem("RSA PUBLIC KEY", pkcs1), TEXT, signed(pair, "SHA256withRSA")))
        .isTrue();
  }

  @Test
  void case11_aKeyOfAnotherAlgorithmIsRefused() throws GeneralSecurityException {
    KeyPair pair = pair("EC", 256);
    assertThat(rsa.verify(spki(pair.getPublic()), TEXT, signed(pair, "SHA256withECDSA"))).isFalse();
  }

  @Test
  void aSignatureWithAnotherHashIsRefused() throws GeneralSecurityException {
    KeyPair pair = pair("RSA", 2_048);
    assertThat(rsa.verify(spki(pair.getPublic()), TEXT, signed(pair, "SHA512withRSA"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no PEM at all",
        "-----BEGIN PUBLIC KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN SECRET-----\nAAAA\n-----END SECRET-----\n"
      })
  void case11_whatIsNoKeyVerifiesNothing(String pem) {
    assertThat(rsa.verify(pem, TEXT, new byte[256])).isFalse();
  }

  @Test
  void aPrivateKeyInPlaceOfAPublicOneVerifiesNothing() {
    byte[] signature = Base64.getDecoder().decode(rsa.sign(SignedRequest.PAIR.privatePem(), TEXT));
    assertThat(rsa.verify(SignedRequest.PAIR.privatePem(), TEXT, signature)).isFalse();
  }

  @Test
  void aKeyInADocumentThatIsTooLongIsNotRead() {
    String padded = SignedRequest.PAIR.publicPem() + " ".repeat(20_000);
    byte[] signature = Base64.getDecoder().decode(rsa.sign(SignedRequest.PAIR.privatePem(), TEXT));
    assertThat(rsa.verify(padded, TEXT, signature)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 4_096})
  void bytesOfAnyLengthThatAreNoSignatureAreRefused(int length) {
    assertThat(rsa.verify(SignedRequest.PAIR.publicPem(), TEXT, new byte[length])).isFalse();
  }

  @Test
  void aKeyOfOursThatIsBrokenIsSaidSo() {
    assertThatThrownBy(() -> rsa.sign(pem("PRIVATE KEY", new byte[] {1, 2, 3}), TEXT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a key of ours");
  }
}
