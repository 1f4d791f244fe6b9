package im.tombolo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** NOTICE names whom it has to name. */
class NoticeTest {
  private static final Path NOTICE =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent().resolve("NOTICE");
  private static final String FORM = "(?i)(.*/)?NOTICE(\\.txt|\\.md)?";

  /** Only for tests, and not shipped. */
  private static final String NOT_SHIPPED = ".*/(net/bytebuddy|org/junit|org/assertj)/.*";

  static Stream<Path> jars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.endsWith(".jar") && !path.matches(NOT_SHIPPED))
        .map(Path::of)
        .filter(jar -> firstLine(jar).isPresent());
  }

  private static Optional<String> firstLine(Path path) {
    try (JarFile jar = new JarFile(path.toFile())) {
      Optional<JarEntry> notice =
          jar.stream().filter(entry -> entry.getName().matches(FORM)).findFirst();
      if (notice.isEmpty()) {
        return Optional.empty();
      }
      try (InputStream in = jar.getInputStream(notice.get())) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replace("#", "").strip())
            .filter(line -> !line.isEmpty())
            .findFirst();
      }
    } catch (IOException unreadable) {
      throw new AssertionError(path.toString(), unreadable);
    }
  }

  private static String notice() throws IOException {
    return Files.readString(NOTICE).replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @MethodSource("jars")
  void aLibraryThatBringsANoticeIsNamed(Path jar) throws IOException {
    assertThat(notice()).contains(firstLine(jar).orElseThrow());
  }

  @Test
  void theConditionsOfIcal4jAreThereInFull() throws IOException {
    assertThat(notice())
        .contains("iCal4j, Copyright (c) 2010, Ben Fortuna, all rights reserved")
        .contains("Redistributions in binary form must reproduce the above copyright notice")
        .contains("THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS \"AS IS\"");
  }
}
