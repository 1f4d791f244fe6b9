package im.tombolo.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.tombolo.fuzz.Bounded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A configuration, whatever stands in it. */
class ConfigurationFuzzTest {
  /** What the seeds have for secrets; no key has spaces, so it can be taken for none. */
  private static final String SECRET = "c4n4ry of a s3cr3t";

  private static Path file = Path.of("");

  @BeforeAll
  static void makeAFile() throws IOException {
    file = Files.createTempDirectory("fuzz").resolve("tombolo.yml");
  }

  @AfterAll
  static void removeTheFile() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(file.resolveSibling(""));
  }

  @DictionaryEntries({
    "xmpp: ",
    "component: ",
    "secret: ",
    "secret-file: ",
    "domains: [",
    "web: ",
    "url: https://",
    "listen: ",
    "trusted-proxies: ",
    "admin: ",
    "token: ",
    "jids: ",
    "database: ",
    "password: ",
    "federation: ",
    "limits: ",
    "&a",
    "*a",
    "!!java.net.URL",
    "<<: ",
    "--- ",
    "? ",
    "|",
    ">-",
    "%TAG ! ",
    "9999999999d",
    "GiB",
    SECRET
  })
  @FuzzTest(maxDuration = "3s")
  void files(byte[] data) {
    ConfigurationReader.Outcome outcome = Bounded.work(() -> read(data));
    if (outcome instanceof ConfigurationReader.Outcome.Bad(List<String> mistakes)) {
      assertThat(mistakes).isNotEmpty();
      for (String mistake : mistakes) {
        assertThat(mistake).startsWith(file.toString()).doesNotContain("\n", SECRET);
      }
    }
  }

  private static ConfigurationReader.Outcome read(byte[] data) {
    try {
      Files.write(file, data);
      return ConfigurationReader.read(file, Map.of());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
