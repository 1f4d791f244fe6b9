package im.tombolo.app;

import im.tombolo.app.config.Configuration;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = "Runs the gateway in the foreground. SIGTERM and Ctrl-C drain and stop it.")
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ConfigOption config;

  @Override
  public Integer call() {
    return run(config, spec.commandLine().getErr());
  }

  /** Until the process is told to stop; the exit code. */
  static int run(ConfigOption config, PrintWriter err) {
    Optional<Configuration> read = config.read(err);
    if (read.isEmpty()) {
      return ExitCode.USAGE;
    }
    Gateway gateway = new Gateway(read.get());
    Thread starter = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              LOG.info("stopping");
              // A start that waits for the database is cut short; close() waits for its end.
              starter.interrupt();
              gateway.close();
            }));
    try {
      gateway.start();
    } catch (RuntimeException failed) {
      LOG.error("cannot start: {}", failed.getMessage());
      LOG.debug("cannot start", failed);
      return ExitCode.SOFTWARE;
    }
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }
}
