package im.tombolo.bench.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Looks at the gateway and at PostgreSQL again and again while a scenario runs. */
public final class Sampler implements AutoCloseable {
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final int MAX_SAMPLES = 20_000;
  // To look at all its processes costs far more than to look at one.
  private static final int POSTGRES_EVERY = 40;

  private final LongSupplier gatewayPid;
  private final long postgresPid;
  private final LongSupplier progress;
  private final long begun = System.nanoTime();
  private final List<Sample> samples = new ArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sampler").factory());

  /**
   * @param seconds since the start
   * @param progress whatever the scenario counts
   */
  public record Sample(
      double seconds, ProcessStatus gateway, ProcessStatus postgres, long progress) {

    public double gatewayMegabytes() {
      return gateway.memoryBytes() / BYTES_PER_MEGABYTE;
    }

    public double postgresMegabytes() {
      return postgres.memoryBytes() / BYTES_PER_MEGABYTE;
    }
  }

  /**
   * @param gatewayPid another one after each restart
   */
  public Sampler(LongSupplier gatewayPid, long postgresPid, LongSupplier progress, Duration pause) {
    this.gatewayPid = gatewayPid;
    this.postgresPid = postgresPid;
    this.progress = progress;
    timer.scheduleWithFixedDelay(this::take, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void take() {
    if (samples.size() < MAX_SAMPLES) {
      samples.add(
          new Sample(
              (System.nanoTime() - begun) / 1e9,
              ProcessStatus.of(gatewayPid.getAsLong()),
              postgres(),
              progress.getAsLong()));
    }
  }

  private ProcessStatus postgres() {
    return samples.size() % POSTGRES_EVERY == 0
        ? ProcessStatus.ofFamily(postgresPid)
        : samples.getLast().postgres();
  }

  /** Ends the sampling and writes processor and memory into the result. */
  public synchronized void into(Result result) {
    close();
    take();
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds = Math.max(0.001, last.seconds() - first.seconds());
    long gateway = last.gateway().processorMillis() - first.gateway().processorMillis();
    long postgres =
        ProcessStatus.ofFamily(postgresPid).processorMillis() - first.postgres().processorMillis();
    // A restart begins to count anew.
    if (gateway >= 0) {
      result.figure("gateway processor", gateway / 1e3 / seconds, "cores");
    }
    result.figure("PostgreSQL processor", postgres / 1e3 / seconds, "cores");
    result.figure("gateway memory at most", peak(), "MB");
    result.figure("gateway memory at the end", last.gatewayMegabytes(), "MB");
    result.figure(
        "PostgreSQL memory at most",
        samples.stream().mapToDouble(Sample::postgresMegabytes).max().orElse(0),
        "MB");
    result.samples(samples);
  }

  private double peak() {
    return samples.stream().mapToDouble(Sample::gatewayMegabytes).max().orElse(0);
  }

  public synchronized double gatewayMegabytes() {
    return peak();
  }

  @Override
  public void close() {
    timer.shutdown();
  }
}
