package im.tombolo.http.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.core.address.Authority;
import im.tombolo.core.address.GatewayUrls;
import im.tombolo.core.address.Jid;
import im.tombolo.core.port.Peers.Dialect;
import im.tombolo.http.fake.Peer;
import im.tombolo.http.fake.SignedRequest;
import im.tombolo.http.fake.WithStorage;
import im.tombolo.http.fake.WithStorage.Database;
import im.tombolo.http.signature.Dialects;
import im.tombolo.http.signature.Dialects.Preference;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How we find out which signatures a server reads. */
@ExtendWith(WithStorage.class)
class DoubleKnockTest {
  private static final GatewayUrls URLS =
      new GatewayUrls(URI.create("https://example.org"), List.of("example.org"));
  private static final Jid ROMEO = Jid.of("romeo@example.org");
  private static final String CAVAGE = "draft-cavage";
  private static final String RFC_9421 = "RFC 9421";

  private final Database database;
  private Peer peer;
  private int told;

  DoubleKnockTest(Database database) {
    this.database = database;
  }

  @BeforeEach
  void start() {
    peer = Peer.start();
  }

  @AfterEach
  void stop() {
    peer.close();
  }

  private Dialects dialects(Preference preference) {
    return new Dialects(preference, database.storage(), database.clock());
  }

  private FediverseClient client(Dialects dialects) {
    return new FediverseClient(
        new ClientSettings(
            true,
            true,
            Optional.empty(),
            "Tombolo/1 (+https://example.org)",
            ClientSettings.Limits.DEFAULT),
        SignedRequest.signer(URLS, database.clock(), dialects),
        URLS.instanceJid(),
        database.clock());
  }

  private Delivered deliver(Dialects dialects) {
    try (FediverseClient client = client(dialects)) {
      return client.deliver(peer.uri("/inbox"), ROMEO, "{}".getBytes(UTF_8));
    }
  }

  private Delivered deliver(Preference preference) {
    return deliver(dialects(preference));
  }

  private List<String> knocks() {
    List<String> knocks =
        peer.seen().stream()
            .map(seen -> seen.header("signature-input").isPresent() ? RFC_9421 : CAVAGE)
            .toList();
    List<String> fresh = knocks.subList(told, knocks.size());
    told = knocks.size();
    return fresh;
  }

  /** A server that reads one kind of signature, and refuses the others with that status. */
  private void reads(String dialect, int refusal) {
    peer.on(
        "/inbox",
        (request, response, callback) -> {
          boolean isRfc9421 = request.getHeaders().contains("Signature-Input");
          boolean isRead = isRfc9421 == dialect.equals(RFC_9421);
          response.setStatus(isRead ? 202 : refusal);
          callback.succeeded();
        });
  }

  private void answers(int status) {
    peer.on("/inbox", Peer.answer(status, "text/plain", ""));
  }

  @Test
  void aHostThatReadsDraftCavageIsAskedOnce() {
    reads(CAVAGE, 401);
    assertThat(deliver(Preference.AUTO)).isInstanceOf(Delivered.Taken.class);
    assertThat(knocks()).containsExactly(CAVAGE);
  }

  @Test
  void case87_aHostThatReadsRfc9421OnlyIsAskedAgainAndRemembered() {
    reads(RFC_9421, 401);
    Dialects dialects = dialects(Preference.AUTO);
    assertThat(deliver(dialects)).isInstanceOf(Delivered.Taken.class);
    assertThat(knocks()).containsExactly(CAVAGE, RFC_9421);

    assertThat(deliver(dialects)).isInstanceOf(Delivered.Taken.class);
    assertThat(knocks()).containsExactly(RFC_9421);
  }

  @Test
  void whatAHostReadsIsKnownAfterARestartForAWeek() {
    reads(RFC_9421, 401);
    deliver(Preference.AUTO);
    knocks();

    deliver(Preference.AUTO);
    assertThat(knocks()).containsExactly(RFC_9421);

    database.clock().pass(Duration.ofDays(8));
    deliver(Preference.AUTO);
    assertThat(knocks()).containsExactly(CAVAGE, RFC_9421);
  }

  @Test
  void case87_aHostThatCannotReadRfc9421AnyMoreGetsDraftCavageAgain() {
    Dialects dialects = dialects(Preference.AUTO);
    dialects.understands(Authority.of(peer.uri("/")), Dialect.RFC_9421);
    reads(CAVAGE, 401);
    assertThat(deliver(dialects)).isInstanceOf(Delivered.Taken.class);
    assertThat(knocks()).containsExactly(RFC_9421, CAVAGE);

    deliver(dialects);
    assertThat(knocks()).containsExactly(CAVAGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 400, 403, 404, 410, 429, 500, 503})
  void anAnswerThatIsNotAboutTheSignatureIsTheLast(int status) {
    answers(status);
    deliver(Preference.AUTO);
    assertThat(knocks()).containsExactly(CAVAGE);
  }

  @Test
  void aHostThatRefusesBothIsAskedInOneWayForADay() {
    answers(401);
    Dialects dialects = dialects(Preference.AUTO);
    assertThat(deliver(dialects)).isInstanceOf(Delivered.Later.class);
    assertThat(knocks()).containsExactly(CAVAGE, RFC_9421);

    deliver(dialects);
    assertThat(knocks()).containsExactly(CAVAGE);

    database.clock().pass(Duration.ofHours(25));
    deliver(dialects);
    assertThat(knocks()).containsExactly(CAVAGE, RFC_9421);
  }

  @Test
  void rfc9421GoesFirstWhereTheAdministratorWantsIt() {
    reads(CAVAGE, 401);
    assertThat(deliver(Preference.RFC_9421)).isInstanceOf(Delivered.Taken.class);
    assertThat(knocks()).containsExactly(RFC_9421, CAVAGE);
  }

  @Test
  void nothingButDraftCavageGoesOutWhereTheAdministratorWantsThat() {
    reads(RFC_9421, 401);
    Dialects dialects = dialects(Preference.DRAFT_CAVAGE);
    dialects.understands(Authority.of(peer.uri("/")), Dialect.RFC_9421);
    assertThat(deliver(dialects)).isInstanceOf(Delivered.Later.class);
    assertThat(knocks()).containsExactly(CAVAGE);
  }

  private void wishes(String acceptSignature) {
    peer.on(
        "/inbox",
        (request, response, callback) -> {
          response.setStatus(202);
          response.getHeaders().put("Accept-Signature", acceptSignature);
          callback.succeeded();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sig1=(\"@method\" \"@target-uri\" \"content-digest\");created;keyid",
        "a=(\"x-odd\"), b=(\"@method\");alg=\"rsa-v1_5-sha256\""
      })
  void case87_aHostThatAsksForWhatWeCanSignGetsItNextTime(String wish) {
    wishes(wish);
    Dialects dialects = dialects(Preference.AUTO);
    deliver(dialects);
    deliver(dialects);
    assertThat(knocks()).containsExactly(CAVAGE, RFC_9421);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage(",
        "sig1=(\"@method\" \"x-odd\")",
        "sig1=(\"@method\");alg=\"ed25519\"",
        "sig1=(\"@method\");tag=\"other\"",
        "sig1=(\"@method\";req)"
      })
  void aWishThatWeCannotFulfilChangesNothing(String wish) {
    wishes(wish);
    Dialects dialects = dialects(Preference.AUTO);
    deliver(dialects);
    deliver(dialects);
    assertThat(knocks()).containsExactly(CAVAGE, CAVAGE);
  }

  @Test
  void aDocumentIsAskedForInBothWaysToo() {
    peer.on(
        "/ada",
        (request, response, callback) -> {
          if (request.getHeaders().contains("Signature-Input")) {
            Peer.answer(200, "application/activity+json", "{}").answer(request, response, callback);
          } else {
            response.setStatus(401);
            callback.succeeded();
          }
        });
    try (FediverseClient client = client(dialects(Preference.AUTO))) {
      assertThat(client.document(peer.uri("/ada")).value()).isPresent();
    }
    assertThat(knocks()).containsExactly(CAVAGE, RFC_9421);
  }
}
