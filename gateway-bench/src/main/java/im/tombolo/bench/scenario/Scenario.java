package im.tombolo.bench.scenario;

import im.tombolo.bench.report.Result;
import im.tombolo.bench.report.SigningLimit;
import java.nio.file.Path;
import java.time.Duration;

/** One thing that is measured. */
public interface Scenario {
  /**
   * Where it plays.
   *
   * @param launcher the file {@code tombolo}
   * @param isSmall a few seconds, to see that nothing is lost; figures mean nothing then
   */
  record Scene(Path launcher, boolean isSmall) {
    /** A size: as large as is worth measuring, or just enough to see that it works. */
    int size(int full, int small) {
      return isSmall ? small : full;
    }

    Duration time(Duration full, Duration small) {
      return isSmall ? small : full;
    }

    /** What the provider can sign, measured now, and written down. */
    SigningLimit signingLimit(Result result) {
      SigningLimit limit =
          SigningLimit.measure(time(Duration.ofSeconds(3), Duration.ofMillis(300)), !isSmall);
      result.figure("RSA-2048 signatures on all cores", limit.perSecond(), "/s");
      limit
          .openssl()
          .ifPresent(openssl -> result.figure("the same by openssl speed", openssl, "/s"));
      return limit;
    }
  }

  /** Plays it; may take minutes. */
  Result play(Scene scene);
}
