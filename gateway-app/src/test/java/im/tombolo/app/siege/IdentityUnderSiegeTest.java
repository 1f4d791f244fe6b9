package im.tombolo.app.siege;

import static im.tombolo.app.siege.HostilePeer.document;
import static im.tombolo.app.siege.HostilePeer.redirect;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody speaks for anybody else: whatever is tried, there is no row, no stanza and no fetch. */
@ExtendWith(UnderSiege.class)
class IdentityUnderSiegeTest {
  private final Siege siege;

  IdentityUnderSiegeTest(Siege siege) {
    this.siege = siege;
  }

  @BeforeEach
  void forget() {
    siege.settle();
    siege.peer().forget();
  }

  private static Arguments attack(String name, int status, Function<Siege, byte[]> request) {
    return arguments(name, status, request);
  }

  private static byte[] good(Siege siege, String json) {
    return siege.signed("/inbox", json, siege.ada() + "#main-key", "/inbox", Instant.now());
  }

  /** An activity of ada's, changed into what she may not say. */
  private static Arguments said(String name, int status, Function<Siege, String> json) {
    return attack(name, status, siege -> good(siege, json.apply(siege)));
  }

  private static String text(byte[] request) {
    return new String(request, ISO_8859_1);
  }

  private static byte[] changed(byte[] request, String what, String into) {
    return text(request).replaceFirst(what, into).getBytes(ISO_8859_1);
  }

  static Stream<Arguments> attacks() {
    return Stream.of(
        attack(
            "case1_unsigned",
            401,
            s -> changed(good(s, s.follow("x")), "Signature: [^\r]+\r\n", "")),
        attack(
            "case1_garbage",
            401,
            s -> changed(good(s, s.follow("x")), "Signature: [^\r]+", "Signature: ????")),
        attack(
            "case2_withoutADigest",
            401,
            s -> changed(good(s, s.follow("x")), "Digest: [^\r]+\r\n", "")),
        attack("case3_anotherBody", 401, s -> changed(good(s, s.follow("x")), "/x\"", "/y\"")),
        said("case4_anotherHost", 401, s -> s.follow("x").replace("ada.wild", "bob.wild")),
        said("case4_sameHost", 401, s -> s.follow("x").replace("/users/ada", "/users/eve")),
        attack(
            "case7_anotherPath",
            401,
            s ->
                s.signed("/inbox", s.follow("x"), s.ada() + "#main-key", "/outbox", Instant.now())),
        attack(
            "case7_anotherHost",
            401,
            s -> changed(good(s, s.follow("x")), "Host: [^\r]+", "Host: victim.example")),
        attack(
            "case8_twoDates",
            401,
            s ->
                changed(
                    good(s, s.follow("x")),
                    "Date:",
                    "Date: Mon, 01 Jan 2024 00:00:00 GMT\r\nDate:")),
        attack(
            "case9_old",
            401,
            s ->
                s.signed(
                    "/inbox",
                    s.follow("x"),
                    s.ada() + "#main-key",
                    "/inbox",
                    Instant.now().minus(Duration.ofHours(2)))),
        attack(
            "case9_toCome",
            401,
            s ->
                s.signed(
                    "/inbox",
                    s.follow("x"),
                    s.ada() + "#main-key",
                    "/inbox",
                    Instant.now().plus(Duration.ofHours(2)))),
        attack(
            "case10_userInTheKey",
            401,
            s ->
                s.signed(
                    "/inbox",
                    s.follow("x"),
                    "http://victim.example@" + s.ada().substring(7) + "#main-key",
                    "/inbox",
                    Instant.now())),
        attack(
            "case11_anotherAlgorithm",
            401,
            s -> changed(good(s, s.follow("x")), "rsa-sha256", "hmac-sha256")),
        said(
            "case12_aDeleteOnAnotherServer",
            400,
            s -> s.says("x", "Delete", "\"http://victim.example/1\"")),
        said(
            "case13_aPostOfSomebodyElse",
            400,
            s ->
                s.says(
                    "x",
                    "Create",
                    s.note("1", "")
                        .replace(
                            "attributedTo\":\"" + s.ada(),
                            "attributedTo\":\"http://victim.example/v"))),
        said("case15_aGraph", 400, s -> s.follow("x").replace("{\"id\"", "{\"@graph\":[],\"id\"")),
        said(
            "case15_somethingReversed",
            400,
            s -> s.follow("x").replace("\"object\":", "\"x\":{\"@reverse\":{}},\"object\":")),
        said(
            "case23_anAuthorOfAnotherServer",
            400,
            s ->
                s.says(
                    "x",
                    "Create",
                    s.note("1", "")
                        .replace(
                            "\"attributedTo\":",
                            "\"actor\":\"http://victim.example/v\",\"attributedTo\":[],\"x\":"))),
        said(
            "case25_anIdOfAnotherServer",
            400,
            s -> s.follow("x").replaceFirst("\"id\":\"[^\"]+", "\"id\":\"http://victim.example/1")),
        said(
            "case25_theIdOfTheActor",
            400,
            s -> s.follow("x").replaceFirst("\"id\":\"[^\"]+", "\"id\":\"" + s.ada())),
        said(
            "case25_noId",
            400,
            s -> s.follow("x").replaceFirst("\"id\":\"[^\"]+\"", "\"id\":null")),
        said(
            "case25_aNumber",
            400,
            s -> s.follow("x").replaceFirst("\"id\":\"[^\"]+\"", "\"id\":7")),
        said(
            "case42_twoActors",
            400,
            s -> s.follow("x").replace("{\"id\"", "{\"actor\":\"http://victim.example/v\",\"id\"")),
        said("case42_noNumber", 400, s -> s.follow("x").replace("{\"id\"", "{\"x\":NaN,\"id\"")),
        said(
            "case41_nesting",
            400,
            s ->
                s.follow("x")
                    .replace(
                        "\"object\":",
                        "\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + ",\"object\":")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void nothingComesOf(String name, int status, Function<Siege, byte[]> attack) {
    byte[] request = attack.apply(siege);
    Map<String, Long> rows = siege.rows();
    List<String> stanzas = siege.home().stanzas();

    assertThat(Siege.status(siege.raw(request))).isEqualTo(status);

    siege.settle();
    assertThat(siege.rows()).isEqualTo(rows);
    assertThat(siege.home().stanzas()).isEqualTo(stanzas);
    // Of what somebody else brings, its origin is asked once whether it said so.
    assertThat(siege.peer().asked()).hasSizeLessThanOrEqualTo(name.startsWith("case4_") ? 1 : 0);
  }

  private void assertNobody(URI keyId, URI victim) {
    List<String> followers = siege.list("select actor from follower order by 1");

    assertThat(siege.post("/inbox", siege.follow("x"), keyId.toString())).isEqualTo(401);

    assertThat(siege.list("select actor from follower order by 1")).isEqualTo(followers);
    assertThat(siege.list("select id from remote_actor where id = '" + victim + "'")).isEmpty();
    assertThat(siege.peer().fetches().size()).isLessThanOrEqualTo(4);
  }

  @Test
  void case5_aKeyThatNamesAnOwnerWhoDoesNotListItIsNobodys() {
    URI key = siege.peer().at("evil", "/keys/1");
    siege
        .peer()
        .on(
            "/keys/1",
            document(
                "{\"id\":\"%s\",\"owner\":\"%s\",\"publicKeyPem\":\"x\"}"
                    .formatted(key, siege.peer().at("victim", "/users/victim"))));

    assertThat(siege.post("/inbox", siege.follow("x"), key.toString())).isEqualTo(401);
  }

  @Test
  void case6_anActorThatSaysTheIdOfAnotherHostIsAskedForThereAndIsNobody() {
    URI evil = siege.peer().at("evil", "/people/6");
    URI victim = siege.peer().at("victim", "/people/6");
    siege
        .peer()
        .on(
            "/people/6",
            (asked, out) ->
                document(
                        siege
                            .peer()
                            .person(asked.host().startsWith("evil") ? victim.toString() : "x", ""))
                    .answer(asked, out));

    assertNobody(URI.create(evil + "#main-key"), victim);
  }

  /** An open redirect lends nobody the name of the server that has it. */
  @Test
  void case22_whatARedirectToAnotherServerSaysIsNotTheFirstServers() {
    URI victim = siege.peer().at("victim", "/away");
    siege.peer().on("/away", redirect(siege.peer().at("evil", "/people/22").toString()));
    siege.peer().on("/people/22", document(siege.peer().person(victim.toString(), "")));

    assertNobody(URI.create(victim + "#main-key"), victim);
  }

  /** The control: none of the above is refused because nothing works. */
  @Test
  void case25_whatIsGoodIsTakenAlsoUnderAnIdWithAFragment() {
    String json = siege.follow("x").replaceFirst("/x\"", "#follows/" + System.nanoTime() + "\"");

    assertThat(siege.post("/inbox", json)).isEqualTo(202);
  }
}
