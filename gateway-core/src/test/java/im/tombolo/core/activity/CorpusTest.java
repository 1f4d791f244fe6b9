package im.tombolo.core.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Reading;
import im.tombolo.core.model.RemotePost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Documents of real servers, which lie beside the project and are no part of it. Each is read by
 * the reader for its kind: none may throw, and what is understood has to be of that kind.
 */
class CorpusTest {
  private static final Path FOLDER = Path.of("../../shared/fixtures/ap");
  private static final Set<String> ACTORS =
      Set.of("Person", "Group", "Service", "Application", "Organization");
  private static final Set<String> COLLECTIONS =
      Set.of("Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage");
  private static final Set<String> POSTS =
      Set.of("Note", "Article", "Page", "Question", "Event", "Video", "Audio", "Image");
  private static final Map<String, Class<? extends IncomingActivity>> ACTIVITIES =
      Map.of(
          "Follow", IncomingActivity.Follow.class,
          "Delete", IncomingActivity.Delete.class,
          "QuoteRequest", IncomingActivity.QuoteRequest.class);
  private static final Set<String> OTHERS =
      Set.of("Like", "EmojiReact", "Block", "Flag", "Add", "Remove", "Move", "Join", "Leave");

  /** A line of the index. */
  private record Sample(Path file, String implementation, String type, boolean negative) {
    /** The outermost type: {@code Create} of {@code Create(Note)}. */
    String outer() {
      return type.replaceFirst("\\(.*", "");
    }

    /** Documentation shows parts. */
    boolean isFragment() {
      return implementation.equals("spec-fep") || file.getFileName().toString().startsWith("docs-");
    }

    String json() {
      try {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** What came of one document: {@code read}, or why not. */
  private static String outcome(Reading<?> reading) {
    return reading instanceof Reading.Refused<?>(String reason) ? reason : "read";
  }

  private static List<Sample> samples() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no documents beside the project");
    return Files.readAllLines(FOLDER.resolve("INDEX.tsv")).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .filter(cells -> Files.isRegularFile(FOLDER.resolve(cells[0])))
        .map(cells ->
            new Sample(
                FOLDER.resolve(cells[0]),
                cells[1],
                cells[2],
                cells.length > 6 && cells[6].equals("negative")))
        .toList();
  }

  private static Reading<?> read(Sample sample) {
    String json = sample.json();
    if (ACTORS.contains(sample.outer())) {
      return ActorReader.read(json, Instant.EPOCH);
    }
    if (COLLECTIONS.contains(sample.outer())) {
      return CollectionReader.read(json);
    }
    return POSTS.contains(sample.outer()) ? PostReader.read(json) : ActivityReader.read(json);
  }

  @Test
  void everyDocumentIsReadByEveryReaderWithoutAnException() throws IOException {
    URI key = URI.create("https://a.example/key");
    for (Sample sample : samples()) {
      assertThatCode(
              () -> {
                String json = sample.json();
                ActivityReader.read(json);
                PostReader.read(json);
                ActorReader.read(json, Instant.EPOCH);
                CollectionReader.read(json);
                KeyReader.read(json, key);
                Jrd.read(json);
              })
          .as(sample.file().toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void whatIsUnderstoodIsOfItsKind() throws IOException {
    Map<String, Map<String, Integer>> report = new TreeMap<>();
    int kinds = 0;
    for (Sample sample : samples()) {
      Reading<?> reading = read(sample);
      report
          .computeIfAbsent(sample.implementation(), name -> new LinkedHashMap<>())
          .merge(outcome(reading), 1, Integer::sum);
      Class<? extends IncomingActivity> expected =
          OTHERS.contains(sample.outer())
              ? IncomingActivity.Other.class
              : ACTIVITIES.get(sample.outer());
      if (expected != null && reading instanceof Reading.Of<?>(Object value)) {
        assertThat(value).as(sample.file().toString()).isInstanceOf(expected);
        kinds++;
      }
    }
    report.forEach((name, outcomes) -> System.out.println(name + " " + outcomes));
    assertThat(kinds).isGreaterThan(50);
  }

  @Test
  void whatIsHostileOnPurposeIsRefused() throws IOException {
    for (Sample sample : samples().stream().filter(Sample::negative).toList()) {
      Reading<?> reading = read(sample);
      // A quotation that its author did not allow is only a link here.
      boolean isHarmless =
          switch (reading) {
            case Reading.Refused<?> refused -> true;
            case Reading.Of<?>(IncomingActivity.Other other) -> true;
            // Of what is shown only the id is read.
            case Reading.Of<?>(IncomingActivity.Announce announce) -> true;
            case Reading.Of<?>(RemotePost post) -> post.content().quote().isPresent();
            case Reading.Of<?> believed -> false;
          };
      assertThat(isHarmless).as(sample.file() + ": " + outcome(reading)).isTrue();
    }
  }

  @Test
  void postsAndActorsOfNearlyAllServersAreUnderstood() throws IOException {
    List<Sample> usual =
        samples().stream()
            .filter(sample -> !sample.negative() && !sample.isFragment())
            .filter(sample ->
                ACTORS.contains(sample.outer())
                    || POSTS.contains(sample.outer())
                    || COLLECTIONS.contains(sample.outer()))
            .toList();
    List<String> refused =
        usual.stream()
            .filter(sample -> read(sample) instanceof Reading.Refused<?>)
            .map(sample -> sample.file() + ": " + outcome(read(sample)))
            .toList();
    System.out.println(String.join("\n", refused));
    assertThat(refused.size()).isLessThan(usual.size() / 10);
  }
}
