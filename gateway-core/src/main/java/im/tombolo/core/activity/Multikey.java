package im.tombolo.core.activity;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Ed25519 public keys as multibase values: {@code z} and base58btc (FEP-521a). */
final class Multikey {
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger RADIX = BigInteger.valueOf(BASE58.length());
  private static final int KEY_BYTES = 32;
  // The multicodec prefix of an Ed25519 public key.
  private static final byte[] CODEC = {(byte) 0xed, 0x01};
  // What stands before the key in its SPKI form (RFC 8410 §4).
  private static final byte[] SPKI = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };
  private static final int MAX_CHARS = 128;

  private Multikey() {}

  /**
   * @param pem SPKI
   */
  static String ofEd25519(String pem) {
    String base64 = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    byte[] spki = Base64.getDecoder().decode(base64);
    byte[] key = Arrays.copyOf(CODEC, CODEC.length + KEY_BYTES);
    System.arraycopy(spki, spki.length - KEY_BYTES, key, CODEC.length, KEY_BYTES);
    return base58(key);
  }

  /** The SPKI form, PEM; empty for keys of other kinds. */
  static Optional<String> pem(String multibase) {
    return bytes(multibase)
        .filter(key ->
            key.length == CODEC.length + KEY_BYTES
                && Arrays.equals(CODEC, Arrays.copyOf(key, CODEC.length)))
        .map(key -> {
          byte[] spki = Arrays.copyOf(SPKI, SPKI.length + KEY_BYTES);
          System.arraycopy(key, CODEC.length, spki, SPKI.length, KEY_BYTES);
          return "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getEncoder().encodeToString(spki)
              + "\n-----END PUBLIC KEY-----\n";
        });
  }

  /** A multibase value of any bytes. */
  static String base58(byte[] bytes) {
    StringBuilder digits = new StringBuilder();
    BigInteger rest = new BigInteger(1, bytes);
    while (rest.signum() > 0) {
      BigInteger[] parts = rest.divideAndRemainder(RADIX);
      digits.append(BASE58.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      digits.append(BASE58.charAt(0));
    }
    return digits.append('z').reverse().toString();
  }

  /** What a multibase value in base58btc stands for; empty for what is too long or none. */
  static Optional<byte[]> bytes(String multibase) {
    if (!multibase.startsWith("z") || multibase.length() > MAX_CHARS) {
      return Optional.empty();
    }
    BigInteger number = BigInteger.ZERO;
    int zeros = 0;
    for (char digit : multibase.substring(1).toCharArray()) {
      int value = BASE58.indexOf(digit);
      if (value < 0) {
        return Optional.empty();
      }
      number = number.multiply(RADIX).add(BigInteger.valueOf(value));
      zeros += number.signum() == 0 ? 1 : 0;
    }
    byte[] signed = number.signum() == 0 ? new byte[0] : number.toByteArray();
    int sign = signed.length > 0 && signed[0] == 0 ? 1 : 0;
    byte[] bytes = new byte[zeros + signed.length - sign];
    System.arraycopy(signed, sign, bytes, zeros, signed.length - sign);
    return Optional.of(bytes);
  }
}
