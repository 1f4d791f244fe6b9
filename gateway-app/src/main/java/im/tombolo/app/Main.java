package im.tombolo.app;

import im.tombolo.app.admin.BlockCommand;
import im.tombolo.app.admin.DeliveriesCommand;
import im.tombolo.app.admin.FlagsCommand;
import im.tombolo.app.admin.StatusCommand;
import im.tombolo.app.doctor.DoctorCommand;
import im.tombolo.app.quickstart.QuickstartCommand;
import im.tombolo.app.rehearsal.RehearseCommand;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 failed, 2 wrong use or configuration, 3 missing here. */
@Command(
    name = "tombolo",
    description = "Makes XMPP blogs part of the fediverse, and the fediverse part of XMPP.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class Main implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private Main() {}

  public static void main(String[] arguments) {
    LogSetup.want();
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    if (arguments.length > 0 && arguments[0].equals("run")) {
      Thread.ofPlatform().daemon().name("warm-up").start(Gateway::warmUp);
    }
    System.exit(execute(arguments));
  }

  /** To make picocli ready takes a fifth of a start: a gateway is run as usual without it. */
  private static int execute(String[] arguments) {
    if (arguments.length == 3 && arguments[0].equals("run") && arguments[1].equals("--config")) {
      return RunCommand.run(
          new ConfigOption(Path.of(arguments[2])),
          new PrintWriter(System.err, true, System.err.charset()));
    }
    return commands(arguments).execute(arguments);
  }

  /** Where one command is meant only that is made: to make all takes a quarter of a start. */
  static CommandLine commands(String... arguments) {
    CommandLine commands = new CommandLine(new Main());
    commands.getCommandSpec().version("tombolo " + Version.read());
    SequencedMap<String, Supplier<Object>> all = all();
    // A rehearsal is one for all of them.
    if (arguments.length > 0 && all.containsKey(arguments[0]) && !arguments[0].equals("rehearse")) {
      all.keySet().retainAll(Set.of(arguments[0]));
    }
    all.forEach((name, command) -> commands.addSubcommand(name, command.get()));
    return commands;
  }

  private static SequencedMap<String, Supplier<Object>> all() {
    SequencedMap<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("quickstart", QuickstartCommand::new);
    all.put("run", RunCommand::new);
    all.put("check-config", CheckConfigCommand::new);
    all.put("doctor", DoctorCommand::new);
    all.put("status", StatusCommand::new);
    all.put("keys", KeysCommand::new);
    all.put("deliveries", DeliveriesCommand::new);
    all.put("block", BlockCommand::new);
    all.put("flags", FlagsCommand::new);
    all.put("version", VersionCommand::new);
    all.put("rehearse", RehearseCommand::new);
    return all;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do.");
  }
}
