package im.tombolo.bench;

import im.tombolo.bench.report.Machine;
import im.tombolo.bench.report.Reports;
import im.tombolo.bench.report.Result;
import im.tombolo.bench.scenario.ColdKeys;
import im.tombolo.bench.scenario.Crash;
import im.tombolo.bench.scenario.Deletes;
import im.tombolo.bench.scenario.Fanout;
import im.tombolo.bench.scenario.InboxLoad;
import im.tombolo.bench.scenario.Latency;
import im.tombolo.bench.scenario.ObjectGets;
import im.tombolo.bench.scenario.Paging;
import im.tombolo.bench.scenario.Scenario;
import im.tombolo.bench.scenario.ScenarioException;
import im.tombolo.bench.scenario.Soak;
import im.tombolo.bench.scenario.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code tombolo bench}: the launcher starts it. Exit codes: 0 measured, 1 something was lost,
 * doubled or wrong, 2 wrong use.
 */
@Command(
    name = "tombolo bench",
    description = {
      "Measures the gateway under load, between stubs of both networks on loopback.",
      "Figures count on a quiet machine; missed targets are told, and are no failure."
    },
    synopsisSubcommandLabel = "SCENARIO",
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Runnable {
  private static final int MAX_PROCESSES = 8;
  private static final int MAX_MINUTES = 24 * 60;

  @Spec private CommandSpec spec;

  /** What all scenarios take. */
  static final class RunOptions {
    @Option(
        names = "--small",
        description = "a few seconds: whether nothing is lost, not how fast it is")
    private boolean isSmall;

    @Option(
        names = "--results",
        paramLabel = "DIR",
        description = "for JSON and plots; default: ${DEFAULT-VALUE}")
    private Path results = Path.of("bench-results");
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchCommand()).execute(arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to measure.");
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "One post to 50,000 followers on 5,000 hosts.")
  int fanout(
      @Mixin RunOptions options,
      @Option(
              names = "--dead",
              paramLabel = "PERCENT",
              defaultValue = "0%",
              description = "of the hosts fail, hang, drip, refuse or are unreachable")
          String dead,
      @Option(names = "--own-inboxes", description = "no shared inboxes: 50,000 deliveries")
          boolean ownInboxes,
      @Option(
              names = "--processes",
              paramLabel = "NUMBER",
              defaultValue = "1",
              description = "of the gateway, on one database")
          int processes) {
    return play(options, new Fanout(percent(dead), !ownInboxes, checked(processes)));
  }

  private int checked(int processes) {
    if (processes < 1 || processes > MAX_PROCESSES) {
      throw new ParameterException(
          spec.commandLine(), "--processes takes 1 to " + MAX_PROCESSES + ", not " + processes);
    }
    return processes;
  }

  private int percent(String text) {
    if (!text.matches("[0-9]{1,2}%?")) {
      throw new ParameterException(spec.commandLine(), "--dead takes 0% to 99%, not " + text);
    }
    return Integer.parseInt(text.replace("%", ""));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Distinct signed notes, through to XMPP events.")
  int inbox(
      @Mixin RunOptions options,
      @Option(names = "--cold-keys", description = "of people whose keys have to be fetched")
          boolean cold) {
    return play(options, cold ? new ColdKeys() : new InboxLoad());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "10,000 Deletes of unknown actors a second.")
  int deletes(@Mixin RunOptions options) {
    return play(options, new Deletes());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "1,000 connections that all want one post, cold and warm.")
  int get(@Mixin RunOptions options) {
    return play(options, new ObjectGets());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "How long one post takes on an idle gateway, each way.")
  int latency(@Mixin RunOptions options) {
    return play(options, new Latency());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Process start to ready with a full database; memory while idle.")
  int start(@Mixin RunOptions options) {
    return play(options, new Start());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "200 XMPP clients page through 10,000 posts.")
  int paging(@Mixin RunOptions options) {
    return play(options, new Paging());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "SIGKILL every 5 s for 2 minutes, under load both ways.")
  int crash(
      @Mixin RunOptions options,
      @Option(
              names = "--processes",
              paramLabel = "N",
              defaultValue = "2",
              description = "on one database; default: ${DEFAULT-VALUE}")
          int processes) {
    return play(options, new Crash(checked(processes)));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Mixed load for long: memory and queues must not grow.")
  int soak(
      @Mixin RunOptions options,
      @Option(
              names = "--minutes",
              paramLabel = "N",
              defaultValue = "30",
              description = "default: ${DEFAULT-VALUE}")
          int minutes) {
    if (minutes < 1 || minutes > MAX_MINUTES) {
      throw new ParameterException(
          spec.commandLine(), "--minutes takes 1 to " + MAX_MINUTES + ", not " + minutes);
    }
    return play(options, new Soak(Duration.ofMinutes(minutes)));
  }

  @Command(mixinStandardHelpOptions = true, description = "All of them, in order.")
  int all(@Mixin RunOptions options) {
    return play(
        options,
        new Start(),
        new Latency(),
        new Fanout(0, true, 1),
        new Fanout(20, true, 1),
        new InboxLoad(),
        new ColdKeys(),
        new Deletes(),
        new ObjectGets(),
        new Paging(),
        new Crash(2),
        new Soak(Duration.ofMinutes(30)));
  }

  private int play(RunOptions options, Scenario... scenarios) {
    Path launcher = Path.of(System.getProperty("tombolo.launcher", "tombolo")).toAbsolutePath();
    boolean isCorrect = true;
    try {
      Machine machine = Machine.here();
      System.out.println(machine);
      Reports reports = new Reports(options.results, machine);
      for (Scenario scenario : List.of(scenarios)) {
        Result result = scenario.play(new Scenario.Scene(launcher, options.isSmall));
        isCorrect &= result.isCorrect();
        System.out.println(Reports.text(result));
        reports.add(result);
      }
      System.out.println("results are in " + options.results.toAbsolutePath());
    } catch (ScenarioException | IOException failed) {
      System.err.println(failed.getMessage());
      return ExitCode.SOFTWARE;
    }
    return isCorrect ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
