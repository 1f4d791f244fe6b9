package im.tombolo.interop.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A foreign program under the test's control: started, watched until it is ready, stopped, killed,
 * started again. Its output is appended to a log. Not thread-safe; a program still running when the
 * JVM exits is killed.
 */
public final class Program implements AutoCloseable {
  // Seconds on an idle machine, ejabberd over a minute beside other work.
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Spec spec;
  private Optional<Process> process = Optional.empty();

  public Program(Spec spec) {
    this.spec = spec;
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill9, "kill " + spec.name()));
  }

  /**
   * What to run.
   *
   * @param environment added to the environment of the test
   * @param directory working directory; exists
   * @param piped true: standard output is read by the test; false: it goes to the log
   */
  public record Spec(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path directory,
      boolean piped) {

    Path log() {
      return directory.resolve(name + ".log");
    }
  }

  /**
   * Starts the program and waits until {@code ready}; fails with the end of the log when it ends or
   * takes too long.
   */
  public void start(BooleanSupplier ready) {
    launch();
    awaitReady(ready);
  }

  /** Starts the program and does not wait. */
  void launch() {
    if (alive()) {
      throw new StageException(spec.name() + " runs already");
    }
    ProcessBuilder builder =
        new ProcessBuilder(spec.command()).directory(spec.directory().toFile());
    builder.environment().putAll(spec.environment());
    var log = ProcessBuilder.Redirect.appendTo(spec.log().toFile());
    builder.redirectError(log);
    if (!spec.piped()) {
      builder.redirectOutput(log);
    }
    try {
      process = Optional.of(builder.start());
    } catch (IOException missing) {
      throw new StageException(
          spec.name() + " cannot be started; ./test installs what is missing", missing);
    }
  }

  /** The second half of {@link #start}. */
  void awaitReady(BooleanSupplier ready) {
    long deadline = System.nanoTime() + START.toNanos();
    while (!ready.getAsBoolean()) {
      if (exited(Duration.ofMillis(50))) {
        throw new StageException(spec.name() + " ended while starting:\n" + logTail());
      }
      if (System.nanoTime() > deadline) {
        kill9();
        throw new StageException(spec.name() + " not ready after " + START + ":\n" + logTail());
      }
    }
  }

  private boolean exited(Duration within) {
    try {
      return process.isEmpty() || process.get().waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StageException("interrupted while waiting for " + spec.name(), interrupted);
    }
  }

  public boolean alive() {
    return process.isPresent() && process.get().isAlive();
  }

  public Process process() {
    return process.orElseThrow(() -> new StageException(spec.name() + " was never started"));
  }

  /** SIGTERM, and SIGKILL for one that does not listen. */
  public void stop() {
    process.ifPresent(Process::destroy);
    if (!exited(PATIENCE)) {
      kill9();
    }
  }

  /** SIGKILL: no goodbye, nothing flushed. Returns when the process is gone. */
  public void kill9() {
    if (alive()) {
      process().descendants().forEach(ProcessHandle::destroyForcibly);
      process().destroyForcibly();
      exited(PATIENCE);
    }
  }

  /** The last 4,000 characters that the program had to say. */
  public String logTail() {
    try {
      String text = new String(Files.readAllBytes(spec.log()), StandardCharsets.UTF_8);
      return text.substring(Math.max(0, text.length() - 4_000));
    } catch (IOException none) {
      return "(no log)";
    }
  }

  @Override
  public void close() {
    stop();
  }
}
