package im.tombolo.app.admin;

import im.tombolo.app.ConfigOption;
import im.tombolo.app.config.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the running gateway, at its admin address. */
@Command(name = "flags", description = "What fediverse servers report to you.")
public final class FlagsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: list or done.");
  }

  @Command(name = "list", description = "Shows what was reported, oldest first.")
  int list(@Mixin ConfigOption config) {
    return ask(config, "GET", "/flags");
  }

  @Command(name = "done", description = "Forgets a report.")
  int done(
      @Mixin ConfigOption config,
      @Parameters(paramLabel = "NUMBER", description = "as the list has it") long number) {
    return ask(config, "POST", "/flags/done?id=" + number);
  }

  private int ask(ConfigOption config, String method, String path) {
    PrintWriter err = spec.commandLine().getErr();
    Optional<Configuration> read = config.read(err);
    if (read.isEmpty()) {
      return ExitCode.USAGE;
    }
    try (AdminClient admin = new AdminClient(read.get().admin())) {
      spec.commandLine().getOut().print(admin.text(method, path));
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    } catch (IOException failed) {
      err.println(failed.getMessage());
      return ExitCode.SOFTWARE;
    }
  }
}
