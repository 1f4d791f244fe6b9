package im.tombolo.http.signature;

import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Keys.KeyPairPem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Makes the headers that sign a request of ours. Safe for any thread. */
public final class Signer {
  // RFC 9110 §5.6.7 with two digits of the day, which RFC_1123_DATE_TIME does not give.
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final GatewayUrls urls;
  private final Function<Jid, KeyPairPem> keys;
  private final Rsa rsa;
  private final InstantSource clock;

  public Signer(GatewayUrls urls, Function<Jid, KeyPairPem> keys, Rsa rsa, InstantSource clock) {
    this.urls = urls;
    this.keys = keys;
    this.rsa = rsa;
    this.clock = clock;
  }

  /** Host, Date and Signature for a GET. */
  public Map<String, String> get(URI target, Jid signer) {
    Map<String, String> headers = start(target);
    return signed("get", target, signer, headers);
  }

  /** Host, Date, Digest, Content-Type and Signature for a POST. */
  public Map<String, String> post(URI target, Jid signer, String contentType, byte[] body) {
    Map<String, String> headers = start(target);
    headers.put("Digest", Digests.of(body));
    headers.put("Content-Type", contentType);
    return signed("post", target, signer, headers);
  }

  private Map<String, String> start(URI target) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", host(target));
    headers.put("Date", DATE.format(clock.instant()));
    return headers;
  }

  /** As servers know themselves; Misskey and others compare it with their own name. */
  private static String host(URI target) {
    String host = target.getHost().toLowerCase(Locale.ROOT);
    int port = target.getPort();
    boolean isOwn = port < 0 || port == ("http".equals(target.getScheme()) ? 80 : 443);
    return isOwn ? host : host + ":" + port;
  }

  private Map<String, String> signed(
      String method, URI target, Jid signer, Map<String, String> headers) {
    StringBuilder names = new StringBuilder("(request-target)");
    StringBuilder text =
        new StringBuilder("(request-target): ").append(method).append(' ').append(path(target));
    headers.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      names.append(' ').append(lower);
      text.append('\n').append(lower).append(": ").append(value);
    });
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    headers.put(
        "Signature",
        "keyId=\""
            + urls.keyId(signer)
            + "\",algorithm=\"rsa-sha256\",headers=\""
            + names
            + "\",signature=\""
            + rsa.sign(keys.apply(signer).privatePem(), bytes)
            + "\"");
    return headers;
  }

  private static String path(URI target) {
    String path = target.getRawPath();
    String query = target.getRawQuery();
    return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }
}
