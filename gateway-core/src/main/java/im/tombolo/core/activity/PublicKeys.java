package im.tombolo.core.activity;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;

/**
 * What an actor's document shows of its keys.
 *
 * @param rsaPem SPKI, for signatures of requests
 * @param ed25519Pem SPKI, for proofs inside documents
 * @param since when the actor got them, which is when it came to be
 */
public record PublicKeys(String rsaPem, String ed25519Pem, Instant since) {
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger RADIX = BigInteger.valueOf(BASE58.length());
  private static final int KEY_BYTES = 32;

  /** The Ed25519 key as a multibase value: {@code z} and base58btc (FEP-521a). */
  String ed25519Multibase() {
    String base64 = ed25519Pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    byte[] spki = Base64.getDecoder().decode(base64);
    byte[] key = new byte[2 + KEY_BYTES];
    // The multicodec prefix of an Ed25519 public key; the key is the end of its SPKI form.
    key[0] = (byte) 0xed;
    key[1] = 0x01;
    System.arraycopy(spki, spki.length - KEY_BYTES, key, 2, KEY_BYTES);
    return "z" + base58(key);
  }

  /** Of bytes that do not begin with zero. */
  private static String base58(byte[] bytes) {
    StringBuilder digits = new StringBuilder();
    BigInteger rest = new BigInteger(1, bytes);
    while (rest.signum() > 0) {
      BigInteger[] parts = rest.divideAndRemainder(RADIX);
      digits.append(BASE58.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    return digits.reverse().toString();
  }
}
