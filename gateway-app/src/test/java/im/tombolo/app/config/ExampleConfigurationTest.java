package im.tombolo.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import im.tombolo.app.config.ConfigurationReader.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example configuration and the administrator's guide say what the reader knows. */
class ExampleConfigurationTest {
  private static final Path PROJECT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
  private static final Path EXAMPLE = PROJECT.resolve("config/tombolo.yml");
  private static final Path GUIDE = PROJECT.resolve("docs/admin.md");

  @TempDir private Path directory;

  static Stream<Setting<?>> settings() {
    return Settings.ALL.stream();
  }

  static Stream<Setting<?>> limits() {
    return settings().filter(setting -> setting.key().startsWith("limits."));
  }

  static Stream<Setting<?>> defaults() {
    return settings().filter(setting -> setting.fallback().filter(t -> !t.isEmpty()).isPresent());
  }

  @Test
  void theExampleIsAccepted() {
    assertThat(ConfigurationReader.read(EXAMPLE, Map.of())).isInstanceOf(Outcome.Good.class);
  }

  @Test
  void theExampleIsAcceptedWithAllThatIsCommentedOut() throws IOException {
    Path full = full();
    Files.createFile(directory.resolve("ca.pem"));
    assertThat(ConfigurationReader.read(full, Map.of())).isInstanceOf(Outcome.Good.class);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theExampleHasEveryKey(Setting<?> setting) throws IOException {
    assertThat(YamlFile.read(full()).values()).containsKey(setting.key());
  }

  @ParameterizedTest
  @MethodSource("defaults")
  void whatTheExampleCommentsOutIsTheDefault(Setting<?> setting) throws IOException {
    List<String> written = YamlFile.read(full()).values().get(setting.key()).values();
    assertThat(setting.parse().apply(written))
        .isEqualTo(setting.parse().apply(Types.words(setting.fallback().orElseThrow())));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void theGuideNamesEveryLimitWithItsDefault(Setting<?> limit) throws IOException {
    assertThat(rows())
        .anyMatch(row ->
            row.startsWith("| `" + limit.key() + "` |")
                && row.contains("| `" + limit.variable() + "` |")
                && row.contains("| `" + limit.fallback().orElseThrow() + "` |"));
  }

  /** {@link SettingsTable#markdown()} is what belongs there. */
  @Test
  void theGuideHasTheTableOfAllKeys() throws IOException {
    assertThat(rows()).containsSequence(SettingsTable.markdown().lines().toList());
  }

  private static List<String> rows() throws IOException {
    return Files.readAllLines(GUIDE);
  }

  /** Prose has a space after its "#", a key has none. */
  private Path full() throws IOException {
    String text = Files.readString(EXAMPLE).replaceAll("(?m)^( *)#(?=[a-z])", "$1");
    return Files.writeString(directory.resolve("tombolo.yml"), text);
  }
}
