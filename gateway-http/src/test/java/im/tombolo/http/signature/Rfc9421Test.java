package im.tombolo.http.signature;

import static im.tombolo.http.fake.SignedMessage.get;
import static im.tombolo.http.fake.SignedMessage.post;
import static im.tombolo.http.fake.SignedRequest.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.port.Answer;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.SignedMessage;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.signature.SignatureCheck.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are signed by RFC 9421. */
class Rfc9421Test {
  private static final URI ADA = URI.create("https://social.example/users/ada");
  private static final String BODY = "{\"type\":\"Follow\"}";
  private static final byte[] BYTES = BODY.getBytes(StandardCharsets.UTF_8);
  private static final long NOW = DrivenClock.START.getEpochSecond();
  private static final String KEYID = ";keyid=\"" + SignedRequest.KEY_ID + "\"";

  private final DrivenClock clock = new DrivenClock();
  private final List<URI> asked = new ArrayList<>();

  private Answer<OwnedKey> key(URI keyId, boolean fresh) {
    asked.add(keyId);
    return Answer.got(new OwnedKey(keyId, ADA, SignedMessage.PAIR.publicPem()));
  }

  private Outcome check(SignedMessage request) {
    return new SignatureCheck(SignedRequest.BASE, this::key, new Rsa(), clock)
        .check(request.message(), request.body());
  }

  private void assertSigned(SignedMessage request) {
    assertThat(check(request)).isEqualTo(new Outcome.Signed(ADA));
  }

  private void assertBad(SignedMessage request) {
    assertThat(check(request)).isInstanceOf(Outcome.Bad.class);
  }

  private void assertBadWithoutAFetch(SignedMessage request) {
    assertBad(request);
    assertThat(asked).isEmpty();
  }

  @Test
  void aWellSignedPostIsItsOwners() {
    assertSigned(post("/inbox", BODY));
  }

  @Test
  void aWellSignedGetIsItsOwners() {
    assertSigned(get("/users/example.org/romeo?page=first"));
  }

  static Stream<List<String>> enough() {
    return Stream.of(
        List.of("@method", "@target-uri"),
        List.of("@method", "@authority", "@path", "@query"),
        List.of("@method", "@authority", "@request-target"),
        List.of("@target-uri", "host", "@scheme", "@method"));
  }

  @ParameterizedTest
  @MethodSource("enough")
  void theTargetMayBeCoveredInPieces(List<String> covered) {
    assertSigned(get("/a?b=c").covering(covered.toArray(String[]::new)));
  }

  static Stream<List<String>> tooLittle() {
    return Stream.of(
        List.of(),
        List.of("date"),
        List.of("@method"),
        List.of("@target-uri"),
        List.of("@method", "@authority"),
        List.of("@method", "@path", "@query"),
        List.of("@method", "@authority", "@path"),
        List.of("@method", "host", "@path", "@query"));
  }

  @ParameterizedTest
  @MethodSource("tooLittle")
  void case8_aSignatureThatCoversTooLittleIsBadAndNothingIsFetched(List<String> covered) {
    assertBadWithoutAFetch(get("/a?b=c").covering(covered.toArray(String[]::new)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@method;req",
        "@query-param;name=\"a\"",
        "@status",
        "@unknown",
        "x-lacking",
        "host;sf",
        "host;bs",
        "host;tr",
        "Host"
      })
  void case8_aComponentThatIsNotUnderstoodOrNotThereIsBadAndNothingIsFetched(String component) {
    assertBadWithoutAFetch(get("/a").covering("@method", "@target-uri", component));
  }

  @Test
  void case8_aComponentThatIsCoveredTwiceIsBad() {
    assertBadWithoutAFetch(get("/a").covering("@method", "@target-uri", "@method"));
  }

  @Test
  void case2_aDigestThatIsNotSignedIsBadAndNothingIsFetched() {
    assertBadWithoutAFetch(post("/inbox", BODY).covering("@method", "@target-uri"));
  }

  @Test
  void case2_aDigestThatIsMissingIsBadAndNothingIsFetched() {
    assertBadWithoutAFetch(
        post("/inbox", BODY).without("content-digest").covering("@method", "@target-uri"));
  }

  static Stream<Arguments> digests() {
    String right = "sha-256=:" + hash("SHA-256", BYTES) + ":";
    String right512 = "sha-512=:" + hash("SHA-512", BYTES) + ":";
    String wrong =
        "sha-256=:" + hash("SHA-256", (BODY + " ").getBytes(StandardCharsets.UTF_8)) + ":";
    return Stream.of(
        arguments(right, true),
        arguments(right512, true),
        arguments(right + ", " + right512, true),
        arguments("md5=:AAAA:, " + right, true),
        arguments(wrong, false),
        arguments(wrong + ", " + right512, false),
        arguments(right + ", " + right, false),
        arguments("md5=:AAAA:", false),
        arguments("SHA-256=" + hash("SHA-256", BYTES), false),
        arguments("sha-256=" + hash("SHA-256", BYTES), false),
        arguments("sha-256", false),
        arguments("", false));
  }

  @ParameterizedTest
  @MethodSource("digests")
  void case3_everyDigestHasToBeThatOfTheBody(String digest, boolean good) {
    Outcome outcome = check(post("/inbox", BODY).with("content-digest", digest));
    assertThat(outcome instanceof Outcome.Signed).isEqualTo(good);
  }

  @Test
  void case3_aDigestThatFitsButWasPutInAfterSigningIsBad() {
    assertBad(
        post("/inbox", BODY)
            .with("content-digest", "sha-256=:" + hash("SHA-256", new byte[0]) + ":")
            .later("content-digest", "sha-256=:" + hash("SHA-256", BYTES) + ":"));
  }

  @ParameterizedTest
  @CsvSource({
    "@target-uri, https://other.example/inbox",
    "@target-uri, http://example.org/inbox",
    "@target-uri, https://example.org/users/example.org/juliet/inbox",
    "@target-uri, https://example.org/inbox?a=b",
    "@method, GET",
  })
  void case7_aSignatureForAnotherTargetIsBad(String component, String signed) {
    assertBad(post("/inbox", BODY).derived(component, signed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.example", "example.org.evil.example", "example.org:8080", ""})
  void case7_aRequestForAnotherHostIsBadAndNothingIsFetched(String host) {
    assertBadWithoutAFetch(post("/inbox", BODY).with("host", host));
  }

  @ParameterizedTest
  @CsvSource({"-3600, true", "3600, true", "-3601, false", "3601, false", "2000000000, false"})
  void case9_theTimeOfCreationMayBeAnHourOff(long seconds, boolean good) {
    assertThat(check(get("/a").created(NOW + seconds)) instanceof Outcome.Signed).isEqualTo(good);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";created",
        ";created=\"1772366400\"",
        ";created=1772366400.5",
        ";created=999999999999999",
        ";created=-1",
        ";created=1772366400;created=1772366400",
      })
  void case9_aTimeOfCreationThatIsMissingOrNoneIsBadAndNothingIsFetched(String created) {
    assertBadWithoutAFetch(get("/a").parameters(created + KEYID));
  }

  @ParameterizedTest
  @CsvSource({"=-1, false", "=0, false", "=1772366399, false", "=1772366460, true", "=?1, false"})
  void case9_aSignatureCountsUntilItExpires(String expires, boolean good) {
    Outcome outcome = check(get("/a").parameters(";created=" + NOW + KEYID + ";expires" + expires));
    assertThat(outcome instanceof Outcome.Signed).isEqualTo(good);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hmac-sha256", "none", "", "rsa-sha256", "ecdsa-p384-sha384", "ed25519ph", "RSA"})
  void case11_anotherAlgorithmIsBadAndNothingIsFetched(String algorithm) {
    assertBadWithoutAFetch(
        get("/a").parameters(";created=" + NOW + KEYID + ";alg=\"" + algorithm + "\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-pss-sha512", "ed25519", "ecdsa-p256-sha256"})
  void case11_aKeyOfAnotherKindThanTheAlgorithmsIsBad(String algorithm) {
    assertBad(get("/a").parameters(";created=" + NOW + KEYID + ";alg=\"" + algorithm + "\""));
  }

  @Test
  void theAlgorithmMayBeLeftToTheKey() {
    assertSigned(get("/a").parameters(";created=" + NOW + KEYID));
  }

  @Test
  void aNonceAndATagAreSignedAlong() {
    assertSigned(get("/a").parameters(";created=" + NOW + KEYID + ";nonce=\"x\";tag=\"y\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acct:ada@social.example",
        "ada",
        "file:///etc/passwd",
        "https://victim.example@evil.example/ada#main-key",
        "https://bücher.example/users/ada",
      })
  void case10_anIdThatIsNoPlainWebAddressIsBadAndNothingIsFetched(String keyId) {
    assertBadWithoutAFetch(get("/a").keyId(keyId));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "sig1",
        "sig1=",
        "sig1=()",
        "sig1=(",
        "sig1=(\"@method\" ",
        "sig1=1",
        "sig1=(\"@method\"\"@target-uri\")",
        "=()",
        "SIG1=()",
        "sig1=(@method @target-uri)",
        "sig1=(\"@method\" \"@target-uri\");created",
        "sig1=();created=1,",
        "sig1=(:%%%:)"
      })
  void case1_anInputThatIsNoneIsBadAndNothingIsFetched(String input) {
    assertBadWithoutAFetch(get("/a").later("signature-input", input));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sig1",
        "sig1=AAAA",
        "sig1=:%%%:",
        "sig1=:AAAA",
        "sig2=:AAAA:",
        "sig1=(:AAAA:)",
        "sig1=\"AAAA\"",
        "keyId=\"https://social.example/users/ada#main-key\",signature=\"AAAA\""
      })
  void case1_aSignatureThatIsNoneIsBadAndNothingIsFetched(String signature) {
    assertBadWithoutAFetch(get("/a").later("signature", signature));
  }

  @Test
  void case1_anInputThatIsTooLongIsBadAndNothingIsFetched() {
    assertBadWithoutAFetch(get("/a").parameters(";created=1;x=\"" + "x".repeat(17_000) + "\""));
  }

  @Test
  void ofTwoSignaturesNoneCounts() {
    SignedMessage request = get("/a");
    String input = request.headers().get("signature-input");
    String signature = request.headers().get("signature");
    assertBadWithoutAFetch(
        request
            .later("signature-input", input + ", " + input.replace("sig1", "sig2"))
            .later("signature", signature + ", " + signature.replace("sig1", "sig2")));
  }

  @Test
  void aSignatureForAPurposeOfItsOwnIsPassedOver() {
    SignedMessage request = get("/a");
    assertSigned(
        request
            .later(
                "signature-input",
                "proxy=(\"@method\");created=1;tag=\"proxy\", "
                    + request.headers().get("signature-input"))
            .later("signature", "proxy=:AAAA:, " + request.headers().get("signature")));
  }

  @Test
  void theOldKindOfSignatureBesideAnInputCountsForNothing() {
    SignedRequest old = SignedRequest.get("/a");
    assertBadWithoutAFetch(
        get("/a")
            .with("date", SignedRequest.date(DrivenClock.START))
            .later("signature", old.headers().get("signature")));
  }
}
