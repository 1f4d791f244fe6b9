package im.tombolo.app;

import im.tombolo.app.admin.BlockCommand;
import im.tombolo.app.admin.DeliveriesCommand;
import im.tombolo.app.admin.FlagsCommand;
import im.tombolo.app.admin.StatusCommand;
import im.tombolo.app.doctor.DoctorCommand;
import im.tombolo.app.quickstart.QuickstartCommand;
import im.tombolo.app.rehearsal.RehearseCommand;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 failed, 2 wrong use or configuration, 3 missing here. */
@Command(
    name = "tombolo",
    description = "Makes XMPP blogs part of the fediverse, and the fediverse part of XMPP.",
    subcommands = {
      QuickstartCommand.class,
      RunCommand.class,
      CheckConfigCommand.class,
      DoctorCommand.class,
      StatusCommand.class,
      KeysCommand.class,
      DeliveriesCommand.class,
      BlockCommand.class,
      FlagsCommand.class,
      VersionCommand.class,
      RehearseCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class Main implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private Main() {}

  public static void main(String[] arguments) {
    boolean json = "json".equals(System.getenv("TOMBOLO_LOG"));
    System.setProperty("logback.configurationFile", json ? "logback-json.xml" : "logback.xml");
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    int code = commands().execute(arguments);
    System.exit(code);
  }

  static CommandLine commands() {
    CommandLine commands = new CommandLine(new Main());
    commands.getCommandSpec().version("tombolo " + Version.read());
    return commands;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do.");
  }
}
