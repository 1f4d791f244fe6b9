package im.tombolo.bench.scenario;

import im.tombolo.bench.report.Sampler;
import java.util.List;

/**
 * Memory at the end of a run beside that at its beginning, the very first part left out.
 *
 * @param percent by how much more there is at the end
 */
record Growth(double percent) {
  /** Compares the second of so many parts with the last. */
  static Growth of(List<Sampler.Sample> samples, int parts) {
    int part = Math.max(1, samples.size() / parts);
    int second = Math.min(part, samples.size() - part);
    double before = mean(samples.subList(second, second + part));
    double after = mean(samples.subList(samples.size() - part, samples.size()));
    return new Growth(100 * (after / before - 1));
  }

  private static double mean(List<Sampler.Sample> samples) {
    return samples.stream().mapToDouble(Sampler.Sample::gatewayMegabytes).average().orElse(0);
  }
}
