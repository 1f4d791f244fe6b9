package im.tombolo.app;

import im.tombolo.app.config.Configuration;
import im.tombolo.app.config.Configuration.Database;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "check-config",
    description = "Checks the configuration: exit code 0, or every mistake with its line and 2.")
final class CheckConfigCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ConfigOption config;

  @Override
  public Integer call() {
    Optional<Configuration> read = config.read(spec.commandLine().getErr());
    read.ifPresent(configuration -> print(configuration, spec.commandLine().getOut()));
    return read.isPresent() ? ExitCode.OK : ExitCode.USAGE;
  }

  private static void print(Configuration configuration, PrintWriter out) {
    out.println(
        "good: "
            + String.join(", ", configuration.xmpp().domains())
            + " at "
            + configuration.web().url()
            + ", fediverse people at "
            + configuration.xmpp().component());
    out.println(
        switch (configuration.database()) {
          case Database.Embedded embedded ->
              "database: embedded, for one process; several need database.url of a PostgreSQL that all"
                  + " of them reach";
          case Database.External external -> "database: external; several processes may share it";
        });
  }
}
