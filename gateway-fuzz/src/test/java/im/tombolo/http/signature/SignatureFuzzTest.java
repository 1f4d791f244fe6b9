package im.tombolo.http.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.bridge.SigningKey;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.core.port.Peers.Dialect;
import im.tombolo.core.port.Store;
import im.tombolo.fuzz.Bounded;
import im.tombolo.http.signature.SignatureCheck.Outcome;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Signed requests, as text: a line with method and target, headers, an empty line, the body. */
class SignatureFuzzTest {
  private static final Instant NOW = Instant.parse("2026-01-02T10:00:00Z");
  private static final URI BASE = URI.create("https://example.org");
  private static final URI ADA = URI.create("https://social.example/users/ada");
  private static final KeyPairPem OWN = KeyPairSource.rsa().generate();
  private static final KeyPairPem OTHER = KeyPairSource.rsa().generate();
  private static final SigningKey KEY = new SigningKey(ADA + "#main-key", OWN.privatePem());
  private static final Rsa RSA = new Rsa();
  private static final Signer SIGNER =
      new Signer(
          jid -> List.of(KEY),
          RSA,
          () -> NOW,
          new Dialects(Dialects.Preference.AUTO, new NoStore(), () -> NOW));

  private static final class NoStore implements Store {
    @Override
    public <T> T inTransaction(Function<Session, T> work) {
      throw new AssertionError("nothing is to be kept");
    }
  }

  /** What arrives. */
  private record Request(String method, String target, Map<String, String> headers, byte[] body) {
    static Request of(String text) {
      String[] parts = text.split("\n\n", 2);
      String[] lines = parts[0].split("\n", -1);
      String[] first = lines[0].split(" ", 2);
      Map<String, String> headers = new HashMap<>();
      for (String line : Arrays.asList(lines).subList(1, lines.length)) {
        String[] header = line.split(": ", 2);
        headers.merge(
            header[0].toLowerCase(Locale.ROOT),
            header.length < 2 ? "" : header[1],
            (one, more) -> one + ", " + more);
      }
      return new Request(
          first[0],
          first.length < 2 ? "/" : first[1],
          headers,
          (parts.length < 2 ? "" : parts[1]).getBytes(StandardCharsets.UTF_8));
    }

    Request with(Map<String, String> others) {
      Map<String, String> lower = new HashMap<>();
      others.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
      return new Request(method, target, lower, body);
    }

    Request saying(byte[] otherBody) {
      return new Request(method, target, headers, otherBody);
    }

    boolean isPost() {
      return method.equals("POST");
    }

    Message message() {
      return new Message(method, target, name -> Optional.ofNullable(headers.get(name)));
    }

    Outcome checked(KeyPairPem pair) {
      return new SignatureCheck(
              BASE,
              (keyId, fresh) -> Answer.got(new OwnedKey(keyId, ADA, pair.publicPem())),
              RSA,
              () -> NOW)
          .check(message(), isPost() ? Optional.of(body) : Optional.empty());
    }
  }

  @DictionaryEntries({
    "keyId=\"",
    "algorithm=\"hs2019\"",
    "headers=\"(request-target) host date digest\"",
    "(created)",
    "created=",
    "expires=",
    "signature=\"",
    "sig1=(",
    "\"@method\"",
    "\"@target-uri\"",
    "\"@authority\"",
    "\"@path\"",
    "\"@query\"",
    ";keyid=\"",
    ";alg=\"",
    ";tag=\"",
    "sha-256=:",
    "SHA-256=",
    "Signature-Input: "
  })
  @FuzzTest(maxDuration = "3s")
  void requests(byte[] data) {
    Request request = Request.of(new String(data, StandardCharsets.UTF_8));
    // Nobody has signed it with this key.
    assertThat(Bounded.work(() -> request.checked(OTHER))).isNotInstanceOf(Outcome.Signed.class);
    request.headers().values().forEach(SignatureFuzzTest::fields);
    digests(request);
    // Now and then: to sign takes longer than all else.
    if (data.length % 8 == 0) {
      ownSignaturesAreGood(request);
    }
  }

  /** What is read of structured fields is written as it is read again. */
  private static void fields(String header) {
    DictionaryReader.read(header)
        .value()
        .filter(fields -> !fields.isEmpty())
        .ifPresent(fields -> {
          String written = written(fields);
          assertThat(DictionaryReader.read(written).value().map(SignatureFuzzTest::written))
              .contains(written);
        });
  }

  private static String written(SequencedMap<String, StructuredField> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue().written())
        .collect(Collectors.joining(", "));
  }

  /** No digest is that of two bodies. */
  private static void digests(Request request) {
    byte[] other = Arrays.copyOf(request.body(), request.body().length + 1);
    for (String header : request.headers().values()) {
      assertThat(
              Digests.matches(header, request.body()) && Digests.matches(header, other)
                  || ContentDigest.matches(header, request.body())
                      && ContentDigest.matches(header, other))
          .isFalse();
    }
    assertThat(Digests.matches(Digests.of(other), other)).isTrue();
    assertThat(ContentDigest.matches(ContentDigest.of(other), other)).isTrue();
  }

  /** Signed by us it is ours, by this key, with this body and for this target only. */
  private static void ownSignaturesAreGood(Request request) {
    Optional<URI> target = target(request.target());
    if (target.isEmpty() || !(request.isPost() || request.method().equals("GET"))) {
      return;
    }
    for (Dialect dialect : Dialect.values()) {
      Signer.Knock knock = new Signer.Knock(dialect, KEY);
      Request signed =
          request.with(
              request.isPost()
                  ? SIGNER.post(target.get(), knock, "application/json", request.body())
                  : SIGNER.get(target.get(), knock));
      assertThat(signed.checked(OWN)).isEqualTo(new Outcome.Signed(ADA));
      assertThat(signed.checked(OTHER)).isInstanceOf(Outcome.Bad.class);
      if (request.isPost()) {
        assertThat(signed.saying(Arrays.copyOf(request.body(), request.body().length + 1)))
            .extracting(changed -> changed.checked(OWN))
            .isInstanceOf(Outcome.Bad.class);
      }
    }
  }

  /** The address that a client asks to send this target; empty when none would. */
  private static Optional<URI> target(String target) {
    try {
      URI url = new URI(BASE + target);
      String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
      return Optional.of(url)
          .filter(known -> target.startsWith("/") && path.equals(target))
          .filter(known -> target.chars().allMatch(c -> c < 0x80));
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }
}
