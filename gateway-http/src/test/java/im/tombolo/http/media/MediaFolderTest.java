package im.tombolo.http.media;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.http.fake.DrivenClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaFolderTest {
  private static final int BLOCK = 4_096;

  @TempDir private Path directory;
  private final DrivenClock clock = new DrivenClock();

  private MediaFolder folder() {
    return MediaFolder.open(
        directory, new MediaLimits(1 << 20, 3 * BLOCK, Duration.ofHours(1)), clock);
  }

  private static MediaFile put(MediaFolder folder, String key, String type) throws IOException {
    Path file = folder.newFile();
    Files.writeString(file, "content of " + key);
    return folder.keep(key, file, type);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString().split("\\.")[0]).sorted().toList();
    }
  }

  @Test
  void aFileIsNamedByItsContentAndType() throws IOException {
    MediaFile kept = put(folder(), "a", "image/png");
    assertThat(kept.path().getFileName())
        .hasToString(
            "a.8e56b639882ef91f67c597965dfb451cbd2e4b41d1a8cd9b01dd3241aa518796.image_png");
    assertThat(kept.path()).hasContent("content of a");
    assertThat(kept.bytes()).isEqualTo("content of a".length());
  }

  @Test
  void filesAreThereAfterARestartAndUnfinishedOnesAreNot() throws IOException {
    MediaFolder before = folder();
    MediaFile kept = put(before, "a", "video/mp4");
    Files.writeString(before.newFile(), "half");
    MediaFolder after = folder();
    assertThat(after.find("a")).contains(kept);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void filesOfOthersAreLeftAlone() throws IOException {
    for (String name : List.of("a.b.c", "letter.part", "report.2026.image_png")) {
      Files.writeString(directory.resolve(name), "mine");
    }
    Files.createDirectory(directory.resolve("folder"));
    MediaFolder folder = folder();
    clock.pass(Duration.ofDays(1_000));
    folder.forgetOld();
    assertThat(names()).containsExactly("a", "folder", "letter", "report");
  }

  @Test
  void aFileGoesWhenItIsTooOld() throws IOException {
    MediaFolder folder = folder();
    put(folder, "a", "image/png");
    clock.pass(Duration.ofHours(1));
    assertThat(folder.find("a")).isPresent();
    clock.pass(Duration.ofSeconds(1));
    assertThat(folder.find("a")).isEmpty();
    assertThat(names()).isEmpty();
  }

  @Test
  void whatNobodyAskedForLongestMakesRoom() throws IOException {
    MediaFolder folder = folder();
    for (String key : List.of("a", "b", "c")) {
      put(folder, key, "image/png");
    }
    assertThat(folder.find("a")).isPresent();
    put(folder, "d", "image/png");
    assertThat(names()).containsExactly("a", "c", "d");
  }

  @Test
  void aFileThatComesAgainReplacesTheOld() throws IOException {
    MediaFolder folder = folder();
    put(folder, "a", "image/png");
    MediaFile again = put(folder, "a", "text/html");
    assertThat(folder.find("a")).contains(again);
    assertThat(again.type()).isEqualTo(MediaTypes.BYTES);
    assertThat(names()).containsExactly("a");
  }
}
