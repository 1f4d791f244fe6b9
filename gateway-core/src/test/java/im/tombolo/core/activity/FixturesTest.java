package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import im.tombolo.core.model.Reading;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Real documents of many servers; they lie beside the project and are skipped where they do not.
 */
class FixturesTest {
  private static final Path FOLDER = Path.of("../../shared/fixtures/ap");

  private static List<String> documents() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no fixtures beside the project");
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith("json"))
          .map(FixturesTest::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  @Test
  void everyDocumentIsReadByEveryReaderWithoutAnException() throws IOException {
    URI key = URI.create("https://a.example/key");
    for (String json : documents()) {
      assertThatCode(
              () -> {
                ActivityReader.read(json);
                PostReader.read(json);
                ActorReader.read(json, Instant.EPOCH);
                CollectionReader.read(json);
                KeyReader.read(json, key);
                Jrd.read(json);
              })
          .as(json)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void mostDocumentsAreUnderstood() throws IOException {
    List<String> documents = documents();
    long understood =
        documents.stream()
            .filter(json ->
                ActivityReader.read(json) instanceof Reading.Of
                    || PostReader.read(json) instanceof Reading.Of
                    || ActorReader.read(json, Instant.EPOCH) instanceof Reading.Of
                    || CollectionReader.read(json) instanceof Reading.Of)
            .count();
    assertThat(understood).isGreaterThan(documents.size() / 2);
  }
}
