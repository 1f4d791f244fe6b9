package im.tombolo.http.signature;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.bridge.SigningKey;
import im.tombolo.core.port.Answer;
import im.tombolo.core.port.Peers.Dialect;
import im.tombolo.http.fake.DrivenClock;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.signature.SignatureCheck.Outcome;
import im.tombolo.http.signature.Signer.Knock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignerTest {
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final URI INBOX = URI.create("https://social.example/users/ada/inbox?a=%20b");
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  private final DrivenClock clock = new DrivenClock();
  private final Rsa rsa = new Rsa();
  private final Signer signer = SignedRequest.signer(URLS, clock);

  private Outcome check(String method, String target, Map<String, String> made, byte[]... body) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(made);
    return new SignatureCheck(
            URI.create("https://social.example"),
            (keyId, fresh) ->
                Answer.got(
                    new OwnedKey(
                        keyId,
                        URI.create(keyId.toString().replace("#main-key", "")),
                        SignedRequest.PAIR.publicPem())),
            rsa,
            clock)
        .check(
            new Message(method, target, name -> Optional.ofNullable(headers.get(name))),
            body.length == 0 ? Optional.empty() : Optional.of(body[0]));
  }

  private Map<String, String> get(URI target, Jid actor) {
    return signer.get(target, signer.knocks(target, actor).getFirst());
  }

  private Map<String, String> post() {
    return signer.post(
        INBOX, signer.knocks(INBOX, ROMEO).getFirst(), "application/activity+json", BODY);
  }

  private static Knock byRfc9421() {
    return new Knock(
        Dialect.RFC_9421, new SigningKey(URLS.keyId(ROMEO), SignedRequest.PAIR.privatePem()));
  }

  @Test
  void aPostByRfc9421PassesOurOwnCheck() {
    Map<String, String> headers =
        signer.post(INBOX, byRfc9421(), "application/activity+json", BODY);
    assertThat(check("POST", "/users/ada/inbox?a=%20b", headers, BODY))
        .isEqualTo(new Outcome.Signed(URLS.actor(ROMEO)));
  }

  @Test
  void aGetByRfc9421PassesOurOwnCheck() {
    assertThat(check("GET", "/users/ada/inbox?a=%20b", signer.get(INBOX, byRfc9421())))
        .isEqualTo(new Outcome.Signed(URLS.actor(ROMEO)));
  }

  @Test
  void aPostByRfc9421CoversWhatMastodonAsksFor() {
    assertThat(signer.post(INBOX, byRfc9421(), "application/activity+json", BODY))
        .containsEntry(
            "Signature-Input",
            "sig1=(\"@method\" \"@target-uri\" \"@authority\" \"host\" \"date\""
                + " \"content-digest\" \"content-type\");created="
                + DrivenClock.START.getEpochSecond()
                + ";keyid=\"https://example.org/users/example.org/romeo#main-key\""
                + ";alg=\"rsa-v1_5-sha256\"")
        .containsEntry("Content-Digest", "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:")
        .doesNotContainKey("Digest");
  }

  @Test
  void aPostOfOursPassesOurOwnCheck() {
    Map<String, String> headers = post();
    assertThat(check("POST", "/users/ada/inbox?a=%20b", headers, BODY))
        .isEqualTo(new Outcome.Signed(URLS.actor(ROMEO)));
  }

  @Test
  void aGetOfOursPassesOurOwnCheck() {
    assertThat(check("GET", "/users/ada/inbox?a=%20b", get(INBOX, URLS.instanceJid())))
        .isEqualTo(new Outcome.Signed(URLS.instanceActor()));
  }

  @Test
  void aPostCoversTargetHostDateDigestAndContentType() {
    assertThat(post().get("Signature"))
        .startsWith(
            "keyId=\"https://example.org/users/example.org/romeo#main-key\","
                + "algorithm=\"rsa-sha256\","
                + "headers=\"(request-target) host date digest content-type\",signature=\"");
  }

  @Test
  void aGetCoversTargetHostAndDate() {
    assertThat(get(INBOX, URLS.instanceJid()).get("Signature"))
        .startsWith(
            "keyId=\"https://example.org/actor#main-key\",algorithm=\"rsa-sha256\","
                + "headers=\"(request-target) host date\",signature=\"");
  }

  @Test
  void theDigestIsNamedInCapitalsAsThreadsWantsIt() {
    assertThat(post())
        .containsEntry("Digest", "SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=");
  }

  @Test
  void theDayOfTheDateHasTwoDigits() {
    clock.set(Instant.parse("2026-03-05T07:08:09Z"));
    assertThat(get(INBOX, ROMEO)).containsEntry("Date", "Thu, 05 Mar 2026 07:08:09 GMT");
  }

  @ParameterizedTest
  @CsvSource({
    "https://social.example/a, social.example",
    "https://social.example:8443/a, social.example:8443",
    "https://social.example:443/a, social.example",
    "http://social.example:80/a, social.example",
    "https://Social.EXAMPLE/a, social.example",
    "http://[::1]:8080/a, [::1]:8080",
  })
  void theHostIsWrittenAsServersKnowThemselves(URI target, String host) {
    assertThat(get(target, ROMEO)).containsEntry("Host", host);
  }

  @ParameterizedTest
  @CsvSource({
    "https://social.example, /",
    "https://social.example/, /",
    "https://social.example?a=b, /?a=b",
    "https://social.example/a/%2e%2e/b%2Fc, /a/%2e%2e/b%2Fc",
    "https://social.example/?author=1#main-key, /?author=1",
  })
  void theTargetIsSignedAsItIsSent(URI target, String sent) {
    assertThat(check("GET", sent, get(target, URLS.instanceJid())))
        .isEqualTo(new Outcome.Signed(URLS.instanceActor()));
  }

  @Test
  void headersAreTheSameWhateverTheLanguageOfTheMachine() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(get(INBOX, ROMEO)).containsEntry("Date", "Sun, 01 Mar 2026 12:00:00 GMT");
    } finally {
      Locale.setDefault(before);
    }
  }
}
