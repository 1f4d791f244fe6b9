package im.tombolo.app;

import im.tombolo.app.config.Configuration;
import im.tombolo.app.config.ConfigurationReader;
import im.tombolo.app.config.ConfigurationReader.Outcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that names the configuration. */
public final class ConfigOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "the configuration, YAML")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  /** For picocli. */
  public ConfigOption() {}

  ConfigOption(Path file) {
    this.file = file;
  }

  /** The configuration; when it has mistakes, they are printed. */
  public Optional<Configuration> read(PrintWriter err) {
    return switch (ConfigurationReader.read(file, System.getenv())) {
      case Outcome.Good(Configuration configuration) -> Optional.of(configuration);
      case Outcome.Bad(List<String> mistakes) -> {
        mistakes.forEach(err::println);
        yield Optional.empty();
      }
    };
  }
}
