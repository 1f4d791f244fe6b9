package im.tombolo.bench.peer;

import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.http.signature.Rsa;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The people of the stub fediverse: what their documents say, and requests with their signature. A
 * few key pairs serve all of them, under key ids of their own.
 */
public final class Actors {
  private static final int KEY_PAIRS = 4;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Rsa rsa = new Rsa();
  private final List<KeyPairPem> keys =
      Stream.generate(KeyPairSource.rsa()::generate).limit(KEY_PAIRS).toList();

  /**
   * The document of an actor.
   *
   * @param id its own address; a shared inbox is at {@code /inbox} of its host
   */
  public String document(String id) {
    String origin = id.substring(0, id.indexOf("/u/"));
    String number = id.substring(id.lastIndexOf('/') + 1);
    return """
    {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1"],\
    "id":"%1$s","type":"Person","preferredUsername":"u%2$s","name":"Person %2$s",\
    "inbox":"%1$s/inbox","outbox":"%1$s/outbox","followers":"%1$s/followers",\
    "endpoints":{"sharedInbox":"%3$s/inbox"},\
    "publicKey":{"id":"%1$s#main-key","owner":"%1$s","publicKeyPem":"%4$s"}}\
    """
        .formatted(id, number, origin, key(id).publicPem().replace("\n", "\\n"));
  }

  private KeyPairPem key(String id) {
    return keys.get(Math.floorMod(id.hashCode(), KEY_PAIRS));
  }

  /**
   * A whole HTTP/1.1 message that posts an activity, signed as Mastodon does.
   *
   * @param authority host and port of the inbox
   */
  public byte[] post(String actor, String authority, String path, String json) {
    return request(actor, authority, path, json, true);
  }

  /** The same with a signature that is none: for those whose key nobody asks for. */
  public byte[] forged(String actor, String authority, String path, String json) {
    return request(actor, authority, path, json, false);
  }

  private byte[] request(
      String actor, String authority, String path, String json, boolean isSigned) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String date = DATE.format(Instant.now());
    String digest = "SHA-256=" + Base64.getEncoder().encodeToString(sha256(body));
    String text =
        "(request-target): post %s\nhost: %s\ndate: %s\ndigest: %s"
            .formatted(path, authority, date, digest);
    String signature =
        isSigned
            ? rsa.sign(key(actor).privatePem(), text.getBytes(StandardCharsets.UTF_8))
            : Base64.getEncoder().encodeToString(new byte[256]);
    String head =
        """
        POST %s HTTP/1.1\r
        Host: %s\r
        Date: %s\r
        Digest: %s\r
        Content-Type: application/activity+json\r
        Content-Length: %d\r
        Signature: keyId="%s#main-key",algorithm="rsa-sha256",\
        headers="(request-target) host date digest",signature="%s"\r
        \r
        """
            .formatted(path, authority, date, digest, body.length, actor, signature);
    return Stream.of(head.getBytes(StandardCharsets.ISO_8859_1), body)
        .reduce(new byte[0], Actors::joined);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
