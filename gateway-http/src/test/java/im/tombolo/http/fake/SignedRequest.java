package im.tombolo.http.fake;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.bridge.SigningKey;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.core.port.Store;
import im.tombolo.http.signature.Dialects;
import im.tombolo.http.signature.Dialects.Preference;
import im.tombolo.http.signature.Message;
import im.tombolo.http.signature.Rsa;
import im.tombolo.http.signature.Signer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A request as a well-behaved server signs it (draft-cavage-12, rsa-sha256), of which a test can
 * spoil each part. It is written without the code that it tests, but for RSA itself.
 */
public final class SignedRequest {
  public static final KeyPairPem PAIR = KeyPairSource.rsa().generate();
  public static final String HOST = "example.org";
  public static final URI BASE = URI.create("https://" + HOST);
  public static final String KEY_ID = "https://social.example/users/ada#main-key";

  private static final Rsa RSA = new Rsa();
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Store NO_STORE =
      new Store() {
        @Override
        public <T> T inTransaction(Function<Session, T> work) {
          throw new AssertionError("nothing is to be kept");
        }
      };

  private final String method;
  private final String target;
  private final byte[] body;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, String> later = new LinkedHashMap<>();
  private String signedTarget;
  private List<String> covered;
  private String keyId = KEY_ID;
  private String privatePem = PAIR.privatePem();
  private String template =
      "keyId=\"{key}\",algorithm=\"rsa-sha256\",headers=\"{headers}\",signature=\"{signature}\"";
  private final Map<String, String> derived = new LinkedHashMap<>();

  private SignedRequest(String method, String target, byte[] body) {
    this.method = method;
    this.target = target;
    this.signedTarget = method.toLowerCase(Locale.ROOT) + " " + target;
    this.body = body;
    headers.put("host", HOST);
    headers.put("date", date(DrivenClock.START));
    this.covered = List.of("(request-target)", "host", "date");
  }

  public static SignedRequest get(String target) {
    return new SignedRequest("GET", target, new byte[0]);
  }

  public static SignedRequest post(String target, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    SignedRequest request = new SignedRequest("POST", target, bytes);
    return request
        .with("digest", "SHA-256=" + hash("SHA-256", bytes))
        .with("content-type", "application/activity+json")
        .covering("(request-target)", "host", "date", "digest", "content-type");
  }

  /** Signs with the same key for everybody, by draft-cavage-12. */
  public static Signer signer(GatewayUrls urls, InstantSource clock) {
    return signer(urls, clock, new Dialects(Preference.DRAFT_CAVAGE, NO_STORE, clock));
  }

  public static Signer signer(GatewayUrls urls, InstantSource clock, Dialects dialects) {
    return new Signer(
        jid -> List.of(new SigningKey(urls.keyId(jid), PAIR.privatePem())), RSA, clock, dialects);
  }

  public static String date(Instant at) {
    return DATE.format(at);
  }

  /** Base64 of a digest. */
  public static String hash(String algorithm, byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (NoSuchAlgorithmException unknown) {
      throw new IllegalArgumentException(unknown);
    }
  }

  /** Sets a header before it is signed. */
  public SignedRequest with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public SignedRequest without(String name) {
    headers.remove(name);
    return this;
  }

  /** Changes a header after it was signed. */
  public SignedRequest later(String name, String value) {
    later.put(name, value);
    return this;
  }

  public SignedRequest covering(String... names) {
    covered = List.of(names);
    return this;
  }

  /** Signs another {@code (request-target)} than that of the request. */
  public SignedRequest signingTarget(String methodAndTarget) {
    signedTarget = methodAndTarget;
    return this;
  }

  /** Signs {@code (created)} or {@code (expires)} as this. */
  public SignedRequest derived(String name, String value) {
    derived.put(name, value);
    return this;
  }

  public SignedRequest keyId(String id) {
    keyId = id;
    return this;
  }

  public SignedRequest signedWith(String pem) {
    privatePem = pem;
    return this;
  }

  /** The Signature header, with {@code {key}}, {@code {headers}} and {@code {signature}} in it. */
  public SignedRequest as(String signatureHeader) {
    template = signatureHeader;
    return this;
  }

  /** What goes over the wire; names are in lower case. */
  public Map<String, String> headers() {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(
        "signature",
        template
            .replace("{key}", keyId)
            .replace("{headers}", String.join(" ", covered))
            .replace("{signature}", signature()));
    all.putAll(later);
    return all;
  }

  private String signature() {
    String text =
        covered.stream().map(name -> name + ": " + value(name)).collect(Collectors.joining("\n"));
    return RSA.sign(privatePem, text.getBytes(StandardCharsets.UTF_8));
  }

  private String value(String name) {
    return name.equals("(request-target)")
        ? signedTarget
        : derived.getOrDefault(name, headers.getOrDefault(name, ""));
  }

  public String method() {
    return method;
  }

  public String target() {
    return target;
  }

  public byte[] body() {
    return body.clone();
  }

  public Message message() {
    Map<String, String> all = headers();
    return new Message(
        method, target, name -> Optional.ofNullable(all.get(name.toLowerCase(Locale.ROOT))));
  }
}
