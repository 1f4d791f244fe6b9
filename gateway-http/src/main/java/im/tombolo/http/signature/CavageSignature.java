package im.tombolo.http.signature;

import im.tombolo.core.model.Reading;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a {@code Signature} header (draft-cavage-http-signatures-12 §2.1, §4.1).
 *
 * @param keyId http or https address of the key
 * @param algorithms that the name given stands for
 * @param covered names of what is signed, lower case, in order
 * @param signature raw bytes; not changed after construction
 * @param created seconds, where given
 * @param expires seconds, where given
 */
@SuppressWarnings("ArrayRecordComponent") // read once, by the check
record CavageSignature(
    URI keyId,
    List<Algorithm> algorithms,
    List<String> covered,
    byte[] signature,
    Optional<Long> created,
    Optional<Long> expires) {
  private static final int MAX_HEADER = 8_192;
  private static final Pattern SECONDS = Pattern.compile("([0-9]{1,12})(?:\\.[0-9]+)?");
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z]+)\\s*=\\s*(?:\"([^\"]*)\"|([0-9]+(?:\\.[0-9]+)?))\\s*(?:,|$)");

  static Reading<CavageSignature> read(String header) {
    if (header.length() > MAX_HEADER) {
      return Reading.refused("a Signature header that is too long");
    }
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(header);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      String value = quoted == null ? matcher.group(3) : quoted;
      if (value == null || parameters.put(matcher.group(1), value) != null) {
        return Reading.refused("a Signature header with a parameter twice");
      }
    }
    Optional<URI> keyId = Optional.ofNullable(parameters.get("keyId")).flatMap(Claim::keyAddress);
    String algorithm = parameters.getOrDefault("algorithm", "hs2019").toLowerCase(Locale.ROOT);
    if (Algorithm.ofCavage(algorithm).isEmpty()) {
      return Reading.refused("a signature algorithm that is not known");
    }
    if (keyId.isEmpty()) {
      return Reading.refused("a signature without a key that can be fetched");
    }
    List<String> covered = covered(parameters);
    // Draft-cavage-12 §2.3: the algorithms of old sign no times of their own.
    if (algorithm.startsWith("rsa-")
        && (covered.contains("(created)") || covered.contains("(expires)"))) {
      return Reading.refused("a signature by RSA of old that covers (created) or (expires)");
    }
    return of(keyId.get(), Algorithm.ofCavage(algorithm), covered, parameters);
  }

  private static Reading<CavageSignature> of(
      URI keyId, List<Algorithm> algorithms, List<String> covered, Map<String, String> parameters) {
    try {
      byte[] signature = Base64.getDecoder().decode(parameters.getOrDefault("signature", ""));
      return signature.length == 0
          ? Reading.refused("a Signature header without a signature")
          : Reading.of(
              new CavageSignature(
                  keyId,
                  algorithms,
                  covered,
                  signature,
                  seconds(parameters, "created"),
                  seconds(parameters, "expires")));
    } catch (IllegalArgumentException malformed) {
      return Reading.refused("a Signature header that cannot be read");
    }
  }

  private static List<String> covered(Map<String, String> parameters) {
    String names = parameters.getOrDefault("headers", "date").toLowerCase(Locale.ROOT).strip();
    return List.of(names.split("\\s+"));
  }

  private static Optional<Long> seconds(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.get(name)).map(CavageSignature::seconds);
  }

  private static long seconds(String text) {
    Matcher matcher = SECONDS.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a time");
    }
    return Long.parseLong(matcher.group(1));
  }

  /**
   * The text that was signed; empty when the message lacks something that is covered.
   *
   * @param target raw path, and query if that is taken to be signed
   */
  Optional<String> signedText(Message message, String target) {
    StringBuilder out = new StringBuilder();
    for (String name : covered) {
      Optional<String> value =
          switch (name) {
            case "(request-target)" ->
                Optional.of(message.method().toLowerCase(Locale.ROOT) + " " + target);
            case "(created)" -> created.map(String::valueOf);
            case "(expires)" -> expires.map(String::valueOf);
            default -> message.value(name);
          };
      if (value.isEmpty()) {
        return Optional.empty();
      }
      out.append(out.isEmpty() ? "" : "\n").append(name).append(": ").append(value.get());
    }
    return Optional.of(out.toString());
  }
}
