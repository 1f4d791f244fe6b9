package im.tombolo.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What one scenario found. Filled by one thread. */
public final class Result {
  private final String scenario;
  private final String options;
  private final List<Figure> figures = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();
  private final Map<String, Times> times = new TreeMap<>();
  private List<Sampler.Sample> samples = List.of();

  /** A measured value. */
  public record Figure(String name, double value, String unit) {
    @Override
    public String toString() {
      return name + " " + Result.number(value) + (unit.isEmpty() ? "" : " " + unit);
    }
  }

  /** Something that has to hold however slow the machine is. */
  public record Check(String name, boolean holds, String detail) {}

  /** Something that is hoped for on a quiet machine of two cores. */
  public record Target(String name, String wanted, double value, String unit, boolean isMet) {}

  public Result(String scenario, String options) {
    this.scenario = scenario;
    this.options = options;
  }

  public void figure(String name, double value, String unit) {
    figures.add(new Figure(name, value, unit));
  }

  /** Median, 95th and 99th percentile, and the whole for the plot. */
  public void times(String name, Times measured) {
    times.put(name, measured);
    figure(name + " p50", measured.millis(0.5), "ms");
    figure(name + " p95", measured.millis(0.95), "ms");
    figure(name + " p99", measured.millis(0.99), "ms");
  }

  public void check(String name, boolean holds, String detail) {
    checks.add(new Check(name, holds, detail));
  }

  public void equal(String name, long wanted, long found) {
    check(name, wanted == found, found + " of " + wanted);
  }

  public void atLeast(String name, double wanted, double value, String unit) {
    targets.add(new Target(name, "≥ " + number(wanted), value, unit, value >= wanted));
  }

  public void atMost(String name, double wanted, double value, String unit) {
    targets.add(new Target(name, "≤ " + number(wanted), value, unit, value <= wanted));
  }

  public void samples(List<Sampler.Sample> taken) {
    samples = List.copyOf(taken);
  }

  public String scenario() {
    return scenario;
  }

  public String options() {
    return options;
  }

  public List<Figure> figures() {
    return Collections.unmodifiableList(figures);
  }

  public List<Check> checks() {
    return Collections.unmodifiableList(checks);
  }

  public List<Target> targets() {
    return Collections.unmodifiableList(targets);
  }

  public Map<String, Times> times() {
    return Collections.unmodifiableMap(times);
  }

  public List<Sampler.Sample> samples() {
    return samples;
  }

  /** Whether nothing was lost, doubled or wrong; says nothing of the speed. */
  public boolean isCorrect() {
    return checks.stream().allMatch(Check::holds);
  }

  /** Three digits that count. */
  static String number(double value) {
    if (value >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }
}
