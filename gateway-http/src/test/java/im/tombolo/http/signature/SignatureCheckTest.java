package im.tombolo.http.signature;

import static im.tombolo.http.fake.SignedRequest.get;
import static im.tombolo.http.fake.SignedRequest.hash;
import static im.tombolo.http.fake.SignedRequest.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Keys.KeyPairPem;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.signature.SignatureCheck.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {
  private static final URI ADA = URI.create("https://social.example/users/ada");
  private static final String BODY = "{\"type\":\"Follow\"}";
  private static final byte[] BYTES = BODY.getBytes(StandardCharsets.UTF_8);
  private static final KeyPairPem OTHER = KeyPairSource.rsa().generate();
  private static final Instant NOW = DrivenClock.START;

  private final DrivenClock clock = new DrivenClock();
  private final List<String> asked = new ArrayList<>();
  private String stored = SignedRequest.PAIR.publicPem();
  private String published = SignedRequest.PAIR.publicPem();

  private Answer<OwnedKey> key(URI keyId, boolean fresh) {
    asked.add((fresh ? "fresh " : "known ") + keyId);
    return Answer.got(new OwnedKey(keyId, ADA, fresh ? published : stored));
  }

  private Outcome check(SignatureCheck.KeySource keys, SignedRequest request) {
    Optional<byte[]> body =
        request.method().equals("POST") ? Optional.of(request.body()) : Optional.empty();
    return new SignatureCheck(SignedRequest.BASE, keys, new Rsa(), clock)
        .check(request.message(), body);
  }

  private Outcome check(SignedRequest request) {
    return check(this::key, request);
  }

  private void assertSigned(SignedRequest request) {
    assertThat(check(request)).isEqualTo(new Outcome.Signed(ADA));
  }

  private void assertBad(SignedRequest request) {
    assertThat(check(request)).isInstanceOf(Outcome.Bad.class);
  }

  private void assertBadWithoutAFetch(SignedRequest request) {
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

  @Test
  void case1_anUnsignedRequestIsBad() {
    Message unsigned = new Message("POST", "/inbox", name -> Optional.empty());
    assertThat(
            new SignatureCheck(SignedRequest.BASE, this::key, new Rsa(), clock)
                .check(unsigned, Optional.of(BYTES)))
        .isEqualTo(new Outcome.Bad("no Signature header"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "=,=,=\"\"",
        "keyId",
        "keyId=https://social.example/users/ada#main-key",
        "keyId=\"{key}\"",
        "keyId=\"{key}\",headers=\"{headers}\"",
        "keyId=\"{key}\",headers=\"{headers}\",signature=\"\"",
        "keyId=\"{key}\",headers=\"{headers}\",signature=\"%%%\"",
        "headers=\"{headers}\",signature=\"{signature}\"",
        "keyId=\"{key}\",headers=\"\",signature=\"{signature}\"",
        "keyId=\"{key}\",keyId=\"{key}\",headers=\"{headers}\",signature=\"{signature}\"",
        "keyId=\"{key}\",headers=\"{headers}\",signature=\"{signature}\",signature=\"AAAA\"",
      })
  void case1_aHeaderThatIsNoSignatureIsBadAndNothingIsFetched(String header) {
    assertBadWithoutAFetch(post("/inbox", BODY).as(header));
  }

  @Test
  void case1_aHeaderThatIsTooLongIsBadAndNothingIsFetched() {
    assertBadWithoutAFetch(
        post("/inbox", BODY)
            .as(
                "keyId=\"{key}\",headers=\"{headers}\",signature=\"{signature}\",pad=\""
                    + "x".repeat(9_000)
                    + "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keyId=\"{key}\",algorithm=\"rsa-sha256\",headers=\"{headers}\",signature=\"{signature}\"",
        "signature=\"{signature}\",headers=\"{headers}\",keyId=\"{key}\"",
        "keyId=\"{key}\", algorithm=\"RSA-SHA256\", headers=\"{headers}\", signature=\"{signature}\"",
        "keyId = \"{key}\" , headers = \"{headers}\" , signature = \"{signature}\"",
        "Signature keyId=\"{key}\",headers=\"{headers}\",signature=\"{signature}\"",
        "keyId=\"{key}\",algorithm=\"hs2019\",headers=\"{headers}\",signature=\"{signature}\"",
        "keyId=\"{key}\",headers=\"{headers}\",signature=\"{signature}\",opaque=\"x\"",
      })
  void theOrderAndTheSpacesOfParametersDoNotMatter(String header) {
    assertSigned(post("/inbox", BODY).as(header));
  }

  @Test
  void namesOfCoveredHeadersAreReadInAnyCase() {
    assertSigned(
        get("/a")
            .as(
                "keyId=\"{key}\",headers=\"(Request-Target) Host  Date\",signature=\"{signature}\""));
  }

  static Stream<Arguments> digests() {
    String right = hash("SHA-256", BYTES);
    String wrong = hash("SHA-256", (BODY + " ").getBytes(StandardCharsets.UTF_8));
    return Stream.of(
        arguments("SHA-256=" + right, true),
        arguments("sha-256=" + right, true),
        arguments("SHA-512=" + hash("SHA-512", BYTES) + ",SHA-256=" + right, true),
        arguments("SHA-256=" + right + ", SHA-512=" + hash("SHA-512", BYTES), true),
        arguments("SHA-256=" + wrong, false),
        arguments("SHA-512=" + hash("SHA-512", BYTES), false),
        arguments("MD5=" + hash("MD5", BYTES), false),
        arguments("SHA-256=" + wrong + ",SHA-256=" + right, false),
        arguments("SHA-256=" + right + ",SHA-256=" + wrong, false),
        arguments("SHA-256=", false),
        arguments("SHA-256=%%%", false),
        arguments(right, false),
        arguments("", false));
  }

  @ParameterizedTest
  @MethodSource("digests")
  void case3_theDigestHasToBeThatOfTheBody(String digest, boolean good) {
    Outcome outcome = check(post("/inbox", BODY).with("digest", digest));
    assertThat(outcome instanceof Outcome.Signed).isEqualTo(good);
  }

  @Test
  void case2_aPostWithoutDigestIsBad() {
    assertBadWithoutAFetch(
        post("/inbox", BODY).without("digest").covering("(request-target)", "host", "date"));
  }

  @Test
  void case2_aDigestThatIsNotSignedIsBad() {
    assertBadWithoutAFetch(post("/inbox", BODY).covering("(request-target)", "host", "date"));
  }

  @Test
  void case3_aDigestThatFitsButWasPutInAfterSigningIsBad() {
    assertBad(
        post("/inbox", BODY)
            .with("digest", "SHA-256=" + hash("SHA-256", new byte[0]))
            .later("digest", "SHA-256=" + hash("SHA-256", BYTES)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"post /users/example.org/juliet/inbox", "get /inbox", "post /inbox?a=b", "post /"})
  void case7_aSignatureForAnotherTargetIsBad(String target) {
    assertBad(post("/inbox", BODY).signingTarget(target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.example", "example.org.evil.example", "example.org:8080", ""})
  void case7_aRequestForAnotherHostIsBadAndNothingIsFetched(String host) {
    assertBadWithoutAFetch(post("/inbox", BODY).with("host", host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EXAMPLE.org", "example.org:443"})
  void ourHostIsOursAlsoInOtherSpellings(String host) {
    assertSigned(post("/inbox", BODY).with("host", host));
  }

  static Stream<List<String>> tooLittle() {
    return Stream.of(
        List.of("date"),
        List.of("(request-target)"),
        List.of("host", "date"),
        List.of("(request-target)", "date"),
        List.of("(request-target)", "host"));
  }

  @ParameterizedTest
  @MethodSource("tooLittle")
  void case8_aSignatureThatCoversTooLittleIsBadAndNothingIsFetched(List<String> covered) {
    assertBadWithoutAFetch(get("/a").covering(covered.toArray(String[]::new)));
  }

  @Test
  void case8_withoutAListOfHeadersOnlyTheDateIsCoveredWhichIsTooLittle() {
    assertBadWithoutAFetch(
        get("/a").covering("date").as("keyId=\"{key}\",signature=\"{signature}\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"date", "host"})
  void case8_aHeaderThatIsThereTwiceIsBad(String name) {
    SignedRequest request = get("/a");
    String once = request.headers().get(name);
    assertBadWithoutAFetch(request.with(name, once + ", " + once));
  }

  @Test
  void case8_aCoveredHeaderThatIsMissingIsBadAndNothingIsFetched() {
    assertBadWithoutAFetch(get("/a").covering("(request-target)", "host", "date", "x-lacking"));
  }

  @ParameterizedTest
  @CsvSource({"-3600, true", "3600, true", "-3601, false", "3601, false", "-7200, false"})
  void case9_theDateMayBeAnHourOff(int seconds, boolean good) {
    Outcome outcome = check(get("/a").with("date", SignedRequest.date(NOW.plusSeconds(seconds))));
    assertThat(outcome instanceof Outcome.Signed).isEqualTo(good);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-03-01T12:00:00Z",
        "1772366400",
        "Mon, 01 Mar 2026 12:00:00 GMT",
        "Sun, 31 Feb 2026 12:00:00 GMT"
      })
  void case9_aDateThatIsNoneIsBadAndNothingIsFetched(String date) {
    assertBadWithoutAFetch(get("/a").with("date", date));
  }

  private static SignedRequest created(String algorithm, String header, Instant created) {
    String seconds = String.valueOf(created.getEpochSecond());
    return get("/a")
        .covering("(request-target)", "(created)", "host")
        .derived("(created)", seconds)
        .as(
            "keyId=\"{key}\",algorithm=\""
                + algorithm
                + "\",created="
                + header.formatted(seconds)
                + ",headers=\"{headers}\",signature=\"{signature}\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "\"%s\""})
  void theTimeOfCreationCountsWithHs2019(String form) {
    assertSigned(created("hs2019", form, NOW.minusSeconds(60)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-7_200, -3_601, 3_601, 7_200, 2_000_000_000})
  void case9_aTimeOfCreationThatIsFarOffIsBad(int seconds) {
    assertBadWithoutAFetch(created("hs2019", "%s", NOW.plusSeconds(seconds)));
  }

  /** Draft-cavage-12 §2.3: with the algorithms of old, only a Date can be signed. */
  @Test
  void case8_aTimeOfCreationWithRsaSha256IsBad() {
    assertBadWithoutAFetch(created("rsa-sha256", "%s", NOW));
  }

  @Test
  void aTimeOfExpiryCoveredWithRsaSha256IsBad() {
    String end = String.valueOf(NOW.plusSeconds(60).getEpochSecond());
    assertBadWithoutAFetch(
        get("/a")
            .covering("(request-target)", "host", "date", "(expires)")
            .derived("(expires)", end)
            .as(
                "keyId=\"{key}\",algorithm=\"rsa-sha256\",expires="
                    + end
                    + ",headers=\"{headers}\",signature=\"{signature}\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99999999999999999999",
        "\"1e400\"",
        "\"NaN\"",
        "\"-1e300\"",
        "\"soon\"",
        "31556889864403200"
      })
  void aTimeBeyondAllTimesIsBadAndNothingIsFetched(String number) {
    assertBadWithoutAFetch(
        get("/a")
            .covering("(request-target)", "(created)", "host")
            .as(
                "keyId=\"{key}\",algorithm=\"hs2019\",created="
                    + number
                    + ",headers=\"{headers}\",signature=\"{signature}\""));
  }

  @Test
  void aTimeOfCreationThatIsCoveredButNotGivenIsBad() {
    assertBadWithoutAFetch(
        get("/a")
            .covering("(request-target)", "(created)", "host")
            .as("keyId=\"{key}\",headers=\"{headers}\",signature=\"{signature}\""));
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "60, true", "-86400, false"})
  void case9_aSignatureCountsUntilItExpires(int seconds, boolean good) {
    long end = NOW.plusSeconds(seconds).getEpochSecond();
    Outcome outcome =
        check(
            get("/a")
                .as(
                    "keyId=\"{key}\",algorithm=\"hs2019\",expires="
                        + end
                        + ",headers=\"{headers}\",signature=\"{signature}\""));
    assertThat(outcome instanceof Outcome.Signed).isEqualTo(good);
  }

  @Test
  void case9_theSameBytesAreGoodAgainWithinTheHourAndNotAfter() {
    SignedRequest request = post("/inbox", BODY);
    assertSigned(request);
    clock.pass(Duration.ofMinutes(59));
    assertSigned(request);
    clock.pass(Duration.ofMinutes(2));
    assertBad(request);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hmac-sha256", "none", "", "rsa-sha1", "rsa-pss-sha512", "ecdsa-sha256"})
  void case11_anotherAlgorithmIsBadAndNothingIsFetched(String algorithm) {
    assertBadWithoutAFetch(
        post("/inbox", BODY)
            .as(
                "keyId=\"{key}\",algorithm=\""
                    + algorithm
                    + "\",headers=\"{headers}\",signature=\"{signature}\""));
  }

  @Test
  void case11_aMacMadeWithThePublicKeyAsSecretIsBad() throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            SignedRequest.PAIR.publicPem().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String forged = Base64.getEncoder().encodeToString(mac.doFinal(BYTES));
    assertBad(
        post("/inbox", BODY)
            .as(
                "keyId=\"{key}\",algorithm=\"hs2019\",headers=\"{headers}\",signature=\""
                    + forged
                    + "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://social.example/users/ada#main-key",
        "https://social.example/users/ada/main-key",
        "https://social.example/users/ada/publickey",
        "https://social.example/users/ada",
        "https://social.example/?author=1#main-key",
        "https://SOCIAL.example:8443/users/ada#main-key",
        "https://xn--bcher-kva.example/users/ada#main-key",
        "https://social.example/key?id=%C3%A4",
        "http://127.0.0.1:4001/users/ada#main-key",
      })
  void keysAreAskedForByEveryIdThatServersUse(String keyId) {
    assertSigned(get("/a").keyId(keyId));
    assertThat(asked).containsExactly("known " + keyId);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acct:ada@social.example",
        "ada",
        "",
        "/users/ada#main-key",
        "ftp://social.example/ada",
        "file:///etc/passwd",
        "data:text/plain,x",
        "https:///users/ada",
        "https:social.example",
        "https://victim.example@evil.example/ada#main-key",
        "https://a b.example/",
        "https://bücher.example/users/ada",
        "https://social。example/users/ada",
        "https://%73ocial.example/users/ada"
      })
  void case10_anIdThatIsNoPlainWebAddressIsBadAndNothingIsFetched(String keyId) {
    assertBadWithoutAFetch(get("/a").keyId(keyId));
  }

  @Test
  void aSignatureByAnotherKeyIsBadAfterAskingOnceMore() {
    assertBad(post("/inbox", BODY).signedWith(OTHER.privatePem()));
    assertThat(asked)
        .containsExactly("known " + SignedRequest.KEY_ID, "fresh " + SignedRequest.KEY_ID);
  }

  @Test
  void case53_aKeyThatWasReplacedIsFoundByAskingOnceMore() {
    published = OTHER.publicPem();
    assertSigned(post("/inbox", BODY).signedWith(OTHER.privatePem()));
  }

  @Test
  void theOldKeyIsWorthNothingOnceTheNewOneIsKnown() {
    stored = OTHER.publicPem();
    published = OTHER.publicPem();
    assertBad(post("/inbox", BODY));
  }

  @Test
  void case11_aWeakKeyIsBad() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1_024);
    var pair = generator.generateKeyPair();
    var base64 = Base64.getMimeEncoder();
    stored =
        "-----BEGIN PUBLIC KEY-----\n"
            + base64.encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    published = stored;
    assertBad(
        post("/inbox", BODY)
            .signedWith(
                "-----BEGIN PRIVATE KEY-----\n"
                    + base64.encodeToString(pair.getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n"));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(new Answer.Missing<OwnedKey>(), Outcome.Bad.class),
        arguments(new Answer.Gone<OwnedKey>(), Outcome.Bad.class),
        arguments(new Answer.Closed<OwnedKey>(), Outcome.Bad.class),
        arguments(new Answer.Unavailable<OwnedKey>("down"), Outcome.Unknown.class));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void aKeyThatCannotBeHadNowLeavesTheQuestionOpen(
      Answer<OwnedKey> answer, Class<? extends Outcome> outcome) {
    assertThat(check((keyId, fresh) -> answer, post("/inbox", BODY))).isInstanceOf(outcome);
  }

  @Test
  void whoSignedIsWhoTheKeySourceSaysAndNotWhoTheKeyIdSeemsToName() {
    URI eve = URI.create("https://evil.example/eve");
    assertThat(
            check(
                (keyId, fresh) ->
                    Answer.got(new OwnedKey(keyId, eve, SignedRequest.PAIR.publicPem())),
                post("/inbox", BODY)))
        .isEqualTo(new Outcome.Signed(eve));
  }

  @ParameterizedTest
  @CsvSource({
    "rsa-sha512, RSA, SHA512withRSA",
    "hs2019, RSA, SHA512withRSA",
    "ed25519, Ed25519, Ed25519",
    "ed25519-sha512, Ed25519, Ed25519",
    "hs2019, Ed25519, Ed25519",
    "RSA-SHA256, RSA, SHA256withRSA"
  })
  void theAlgorithmsThatServersUseAreGood(String name, String family, String jca) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(family).generateKeyPair();
    published = pem("PUBLIC KEY", pair.getPublic());
    assertSigned(
        get("/a")
            .as(
                "keyId=\"{key}\",algorithm=\""
                    + name
                    + "\",headers=\"{headers}\",signature=\""
                    + signed(pair, jca)
                    + "\""));
  }

  @ParameterizedTest
  @CsvSource({
    "rsa-sha256, RSA, SHA512withRSA",
    "rsa-sha256, Ed25519, Ed25519",
    "ed25519, RSA, SHA256withRSA",
    "hs2019, EC, SHA256withECDSAinP1363Format"
  })
  void case11_aKeyOfAnotherKindThanTheAlgorithmsIsBad(String name, String family, String jca)
      throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(family).generateKeyPair();
    stored = pem("PUBLIC KEY", pair.getPublic());
    published = stored;
    assertBad(
        get("/a")
            .as(
                "keyId=\"{key}\",algorithm=\""
                    + name
                    + "\",headers=\"{headers}\",signature=\""
                    + signed(pair, jca)
                    + "\""));
  }

  /** What {@code get("/a")} signs. */
  private static String signed(KeyPair pair, String jca) throws Exception {
    Signature signature = Signature.getInstance(jca);
    signature.initSign(pair.getPrivate());
    signature.update(
        ("(request-target): get /a\nhost: example.org\ndate: " + SignedRequest.date(NOW))
            .getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(signature.sign());
  }

  private static String pem(String label, Key key) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END "
        + label
        + "-----\n";
  }

  @Test
  void case85_aTargetMayBeSignedWithAndWithoutItsQuery() {
    assertSigned(get("/a?b=c").signingTarget("get /a"));
    assertSigned(get("/a?b=c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"get /a?b=d", "get /a?", "get /b"})
  void case85_aTargetWithAnotherQueryIsBad(String target) {
    assertBad(get("/a?b=c").signingTarget(target));
  }
}
