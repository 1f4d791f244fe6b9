package im.tombolo.http.fake;

import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.http.signature.Message;
import im.tombolo.http.signature.Rsa;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request as a well-behaved server signs it by RFC 9421 (rsa-v1_5-sha256), of which a test can
 * spoil each part. It is written without the code that it tests, but for RSA itself.
 */
public final class SignedMessage {
  public static final KeyPairPem PAIR = KeyPairSource.rsa().generate();

  private static final Rsa RSA = new Rsa();

  private final String method;
  private final String target;
  private final byte[] body;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, String> later = new LinkedHashMap<>();
  private final Map<String, String> derived = new LinkedHashMap<>();
  private List<String> covered;
  private String parameters =
      ";created="
          + DrivenClock.START.getEpochSecond()
          + ";keyid=\""
          + SignedRequest.KEY_ID
          + "\";alg=\"rsa-v1_5-sha256\"";

  private SignedMessage(String method, String target, byte[] body) {
    this.method = method;
    this.target = target;
    this.body = body;
    headers.put("host", SignedRequest.HOST);
    this.covered = List.of("@method", "@target-uri");
    derived.put("@method", method);
    derived.put("@target-uri", SignedRequest.BASE + target);
    derived.put("@authority", SignedRequest.HOST);
    derived.put("@scheme", "https");
    derived.put("@request-target", target);
    derived.put("@path", target.split("\\?", 2)[0]);
    derived.put("@query", "?" + (target + "?").split("\\?", 3)[1]);
  }

  public static SignedMessage get(String target) {
    return new SignedMessage("GET", target, new byte[0]);
  }

  public static SignedMessage post(String target, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new SignedMessage("POST", target, bytes)
        .with("content-digest", "sha-256=:" + SignedRequest.hash("SHA-256", bytes) + ":")
        .covering("@method", "@target-uri", "content-digest");
  }

  /** Sets a header before it is signed. */
  public SignedMessage with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public SignedMessage without(String name) {
    headers.remove(name);
    return this;
  }

  /** Changes a header after it was signed. */
  public SignedMessage later(String name, String value) {
    later.put(name, value);
    return this;
  }

  public SignedMessage covering(String... names) {
    covered = List.of(names);
    return this;
  }

  /** Signs a component as this. */
  public SignedMessage derived(String name, String value) {
    derived.put(name, value);
    return this;
  }

  /** What follows the list of components. */
  public SignedMessage parameters(String written) {
    parameters = written;
    return this;
  }

  /** The parameters with this moment of creation. */
  public SignedMessage created(long seconds) {
    return parameters(";created=" + seconds + ";keyid=\"" + SignedRequest.KEY_ID + "\"");
  }

  public SignedMessage keyId(String keyId) {
    return parameters(
        ";created=" + DrivenClock.START.getEpochSecond() + ";keyid=\"" + keyId + "\"");
  }

  /** What goes over the wire; names are in lower case. */
  public Map<String, String> headers() {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("signature-input", "sig1=" + input());
    all.put("signature", "sig1=:" + signature() + ":");
    all.putAll(later);
    return all;
  }

  private String input() {
    return covered.stream().map(SignedMessage::quoted).collect(Collectors.joining(" ", "(", ")"))
        + parameters;
  }

  private static String quoted(String component) {
    int semicolon = component.indexOf(';');
    return semicolon < 0
        ? '"' + component + '"'
        : '"' + component.substring(0, semicolon) + '"' + component.substring(semicolon);
  }

  private String signature() {
    String text =
        covered.stream()
                .map(name ->
                    quoted(name)
                        + ": "
                        + derived.getOrDefault(name, headers.getOrDefault(name, ""))
                        + "\n")
                .collect(Collectors.joining())
            + "\"@signature-params\": "
            + input();
    return RSA.sign(PAIR.privatePem(), text.getBytes(StandardCharsets.UTF_8));
  }

  public Optional<byte[]> body() {
    return method.equals("POST") ? Optional.of(Arrays.copyOf(body, body.length)) : Optional.empty();
  }

  public Message message() {
    Map<String, String> all = headers();
    return new Message(
        method, target, name -> Optional.ofNullable(all.get(name.toLowerCase(Locale.ROOT))));
  }
}
