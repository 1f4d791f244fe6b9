package im.tombolo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.bridge.SigningKey;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.core.port.Peers.Dialect;
import im.tombolo.core.port.Store;
import im.tombolo.http.signature.Dialects;
import im.tombolo.http.signature.Message;
import im.tombolo.http.signature.Rsa;
import im.tombolo.http.signature.SignatureCheck;
import im.tombolo.http.signature.SignatureCheck.Outcome;
import im.tombolo.http.signature.Signer;
import im.tombolo.http.signature.Signer.Knock;
import im.tombolo.interop.stage.SignatureLibraries;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the libraries of Misskey and PeerTube, and one for RFC 9421, sign is read by us, and back.
 */
class SignatureLibrariesIT {
  private static final String ACTIVITY = "application/activity+json";
  private static final URI PLACE = URI.create("https://example.org/users/a/inbox?b=%20c");
  private static final URI ADA = URI.create("https://social.example/users/ada");
  private static final String KEY_ID = ADA + "#main-key";
  private static final byte[] BODY = "{\"type\":\"Follow\"}".getBytes(StandardCharsets.UTF_8);
  private static final KeyPairPem RSA = KeyPairSource.rsa().generate();
  private static final KeyPairPem ED25519 = KeyPairSource.ed25519().generate();
  private static final Store NO_STORE =
      new Store() {
        @Override
        public <T> T inTransaction(Function<Session, T> work) {
          throw new AssertionError("nothing is to be kept");
        }
      };

  private static SignatureLibraries libraries;

  @BeforeAll
  static void start(@TempDir Path directory) {
    libraries = new SignatureLibraries(directory);
  }

  @AfterAll
  static void stop() {
    libraries.close();
  }

  private static Map<String, Object> command(String what, String library, String method) {
    Map<String, Object> command = new HashMap<>();
    command.put("do", what);
    command.put("library", library);
    command.put("method", method);
    command.put("url", PLACE.toString());
    command.put("body", Base64.getEncoder().encodeToString(BODY));
    command.put("keyId", KEY_ID);
    return command;
  }

  private static Map<String, String> headers(String method, String digest) throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", "example.org");
    headers.put(
        "date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    if (method.equals("POST")) {
      String base64 =
          Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(BODY));
      headers.put(
          digest, digest.equals("digest") ? "SHA-256=" + base64 : "sha-256=:" + base64 + ":");
      headers.put("content-type", ACTIVITY);
    }
    return headers;
  }

  private static Outcome check(String method, Map<String, String> given, String publicPem) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(given);
    return new SignatureCheck(
            URI.create("https://example.org"),
            (keyId, fresh) -> Answer.got(new OwnedKey(keyId, ADA, publicPem)),
            new Rsa(),
            Clock.systemUTC())
        .check(
            new Message(
                method,
                PLACE.getRawPath() + "?" + PLACE.getRawQuery(),
                name -> Optional.ofNullable(headers.get(name))),
            method.equals("POST") ? Optional.of(BODY) : Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "misskey, POST, digest, RSA, rsa-sha256",
    "misskey, GET, digest, RSA, rsa-sha256",
    "misskey, POST, digest, Ed25519, ed25519-sha512",
    "peertube, POST, digest, RSA, rsa-sha256",
    "peertube, GET, digest, RSA, rsa-sha256",
    "httpbis, POST, content-digest, RSA, rsa-v1_5-sha256",
    "httpbis, GET, content-digest, RSA, rsa-v1_5-sha256",
    "httpbis, POST, content-digest, Ed25519, ed25519",
  })
  void whatALibrarySignsIsItsSigners(
      String library, String method, String digest, String kind, String algorithm)
      throws Exception {
    KeyPairPem pair = kind.equals("RSA") ? RSA : ED25519;
    Map<String, Object> command = command("sign", library, method);
    command.put("headers", headers(method, digest));
    command.put("privatePem", pair.privatePem());
    command.put("algorithm", algorithm);
    Map<String, String> signed = new HashMap<>();
    libraries
        .ask(command)
        .get("headers")
        .properties()
        .forEach(header -> signed.put(header.getKey(), header.getValue().stringValue()));

    assertThat(check(method, signed, pair.publicPem())).isEqualTo(new Outcome.Signed(ADA));
  }

  @ParameterizedTest
  @CsvSource({
    "misskey, POST, DRAFT_CAVAGE",
    "misskey, GET, DRAFT_CAVAGE",
    "peertube, POST, DRAFT_CAVAGE",
    "peertube, GET, DRAFT_CAVAGE",
    "httpbis, POST, RFC_9421",
    "httpbis, GET, RFC_9421",
  })
  void whatWeSignIsGoodToALibrary(String library, String method, Dialect dialect) {
    SigningKey key = new SigningKey(KEY_ID, RSA.privatePem());
    Signer signer =
        new Signer(
            jid -> List.of(key),
            new Rsa(),
            Clock.systemUTC(),
            new Dialects(Dialects.Preference.DRAFT_CAVAGE, NO_STORE, Clock.systemUTC()));
    Knock knock = new Knock(dialect, key);
    Map<String, Object> command = command("verify", library, method);
    command.put(
        "headers",
        method.equals("GET")
            ? signer.get(PLACE, knock)
            : signer.post(PLACE, knock, ACTIVITY, BODY));
    command.put("publicPem", RSA.publicPem());
    command.put("algorithm", "rsa-v1_5-sha256");

    assertThat(libraries.ask(command).get("good").booleanValue()).isTrue();
  }
}
