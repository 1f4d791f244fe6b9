package im.tombolo.http.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import im.tombolo.core.activity.KeyReader;
import im.tombolo.core.activity.OwnedKey;
import im.tombolo.core.port.Answer;
import im.tombolo.http.signature.SignatureCheck.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that a Fedify server really sent; they lie beside the project and are skipped where they
 * do not.
 */
class RecordedRequestsTest {
  private static final URI SITE = URI.create("http://127.0.0.1:4001");
  private static final Path FOLDER = Path.of("../../shared/fixtures/ap");

  @BeforeAll
  static void areThere() {
    assumeTrue(Files.isDirectory(FOLDER), "no fixtures beside the project");
  }

  static Stream<String> names() {
    return Stream.of("cavage12", "rfc9421")
        .flatMap(dialect ->
            Stream.of("follow", "create").map(what -> "vector-" + dialect + "-" + what + ".json"));
  }

  private record Recorded(JsonNode json) {
    static Recorded read(String name) throws IOException {
      return new Recorded(
          new JsonMapper().readTree(Files.readString(FOLDER.resolve("fedify").resolve(name))));
    }

    Message message() {
      URI target = URI.create(json.get("target_uri").stringValue());
      return new Message(json.get("method").stringValue(), target.getRawPath(), this::header);
    }

    Optional<String> header(String name) {
      return json.get("headers").path(name.toLowerCase(Locale.ROOT)).stringValueOpt();
    }

    byte[] body() {
      return Base64.getDecoder().decode(json.get("body_base64").stringValue());
    }

    Answer<OwnedKey> key(URI keyId) {
      return KeyReader.read(json.get("actor").toString(), keyId)
          .value()
          .map(Answer::got)
          .orElseGet(Answer.Missing::new);
    }

    URI actor() {
      return URI.create(json.get("actor").get("id").stringValue());
    }

    Instant sent() {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(
          header("date").orElseThrow(), Instant::from);
    }

    Outcome check(Instant now, byte[] body) {
      return new SignatureCheck(SITE, (id, fresh) -> key(id), new Rsa(), () -> now)
          .check(message(), Optional.of(body));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aRecordedRequestIsItsActors(String name) throws IOException {
    Recorded recorded = Recorded.read(name);
    assertThat(recorded.check(recorded.sent().plusSeconds(60), recorded.body()))
        .isEqualTo(new Outcome.Signed(recorded.actor()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aRecordedRequestIsWorthlessTwoHoursLater(String name) throws IOException {
    Recorded recorded = Recorded.read(name);
    assertThat(recorded.check(recorded.sent().plusSeconds(7_200), recorded.body()))
        .isInstanceOf(Outcome.Bad.class);
  }

  @ParameterizedTest
  @MethodSource("names")
  void aRecordedRequestWithAnotherBodyIsBad(String name) throws IOException {
    Recorded recorded = Recorded.read(name);
    byte[] other = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(recorded.check(recorded.sent(), other)).isInstanceOf(Outcome.Bad.class);
  }
}
