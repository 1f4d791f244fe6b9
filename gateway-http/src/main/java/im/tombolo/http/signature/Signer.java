package im.tombolo.http.signature;

import im.tombolo.core.address.Authority;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.SigningKey;
import im.tombolo.core.port.Peers.Dialect;
import im.tombolo.http.signature.StructuredField.Bare;
import im.tombolo.http.signature.StructuredField.InnerList;
import im.tombolo.http.signature.StructuredField.Item;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes the headers that sign a request of ours, by draft-cavage-12 or by RFC 9421. Safe for any
 * thread.
 */
public final class Signer {
  // RFC 9110 §5.6.7 with two digits of the day, which RFC_1123_DATE_TIME does not give.
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Function<Jid, List<SigningKey>> keys;
  private final Rsa rsa;
  private final InstantSource clock;
  private final Dialects dialects;

  /**
   * @param keys those of an actor, the best first
   */
  public Signer(
      Function<Jid, List<SigningKey>> keys, Rsa rsa, InstantSource clock, Dialects dialects) {
    this.keys = keys;
    this.rsa = rsa;
    this.clock = clock;
    this.dialects = dialects;
  }

  /** One way of signing. */
  public record Knock(Dialect dialect, SigningKey key) {}

  /** The ways of signing for a host, the best first; the others are for when it was not read. */
  public List<Knock> knocks(URI target, Jid signer) {
    List<SigningKey> held = keys.apply(signer);
    List<Dialect> spoken = dialects.spoken(Authority.of(target));
    return Stream.concat(
            spoken.stream().map(dialect -> new Knock(dialect, held.getFirst())),
            held.stream().skip(1).map(key -> new Knock(spoken.getFirst(), key)))
        .toList();
  }

  /** Host, Date and Signature for a GET. */
  public Map<String, String> get(URI target, Knock knock) {
    return signed("GET", target, knock, start(target));
  }

  /** Host, Date, a digest, Content-Type and Signature for a POST. */
  public Map<String, String> post(URI target, Knock knock, String contentType, byte[] body) {
    Map<String, String> headers = start(target);
    switch (knock.dialect()) {
      case DRAFT_CAVAGE -> headers.put("Digest", Digests.of(body));
      case RFC_9421 -> headers.put("Content-Digest", ContentDigest.of(body));
    }
    headers.put("Content-Type", contentType);
    return signed("POST", target, knock, headers);
  }

  private Map<String, String> start(URI target) {
    Map<String, String> headers = new LinkedHashMap<>();
    // As servers know themselves; Misskey and others compare it with their own name.
    headers.put("Host", Authority.of(target));
    headers.put("Date", DATE.format(clock.instant()));
    return headers;
  }

  private Map<String, String> signed(
      String method, URI target, Knock knock, Map<String, String> headers) {
    switch (knock.dialect()) {
      case DRAFT_CAVAGE -> signByCavage(method, target, knock.key(), headers);
      case RFC_9421 -> signByRfc9421(method, target, knock.key(), headers);
    }
    return headers;
  }

  private void signByCavage(
      String method, URI target, SigningKey key, Map<String, String> headers) {
    StringBuilder names = new StringBuilder("(request-target)");
    StringBuilder text =
        new StringBuilder("(request-target): ")
            .append(method.toLowerCase(Locale.ROOT))
            .append(' ')
            .append(path(target));
    headers.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      names.append(' ').append(lower);
      text.append('\n').append(lower).append(": ").append(value);
    });
    headers.put(
        "Signature",
        "keyId=\""
            + key.id()
            + "\",algorithm=\"rsa-sha256\",headers=\""
            + names
            + "\",signature=\""
            + sign(key, text.toString())
            + "\"");
  }

  /** With {@code created}, and with method and target in one piece, as Mastodon wants them. */
  private void signByRfc9421(
      String method, URI target, SigningKey key, Map<String, String> headers) {
    Map<String, String> components = new LinkedHashMap<>();
    components.put("@method", method);
    components.put("@target-uri", target.getScheme() + "://" + Authority.of(target) + path(target));
    components.put("@authority", Authority.of(target));
    headers.forEach((name, value) -> components.put(name.toLowerCase(Locale.ROOT), value));
    String input = input(components.keySet().stream(), key).written();
    StringBuilder base = new StringBuilder();
    components.forEach(
        (name, value) -> base.append('"').append(name).append("\": ").append(value).append('\n'));
    base.append("\"@signature-params\": ").append(input);
    headers.put("Signature-Input", "sig1=" + input);
    headers.put("Signature", "sig1=:" + sign(key, base.toString()) + ":");
  }

  private InnerList input(Stream<String> components, SigningKey key) {
    SequencedMap<String, Bare> parameters = new LinkedHashMap<>();
    parameters.put("created", new Bare.Whole(clock.instant().getEpochSecond()));
    parameters.put("keyid", new Bare.Text(key.id()));
    parameters.put("alg", new Bare.Text("rsa-v1_5-sha256"));
    List<Item> items =
        components.map(name -> new Item(new Bare.Text(name), new LinkedHashMap<>())).toList();
    return new InnerList(items, parameters);
  }

  private String sign(SigningKey key, String text) {
    return rsa.sign(key.privatePem(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** What a host's answers say of how it reads signatures. */
  public Dialects dialects() {
    return dialects;
  }

  private static String path(URI target) {
    String path = target.getRawPath();
    String query = target.getRawQuery();
    return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }
}
