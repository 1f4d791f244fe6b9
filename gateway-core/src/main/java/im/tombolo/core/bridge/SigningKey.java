package im.tombolo.core.bridge;

/**
 * A key that signs requests.
 *
 * @param id as the actor shows it
 * @param privatePem RSA, PKCS#8
 */
public record SigningKey(String id, String privatePem) {
  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
