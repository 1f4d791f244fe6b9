package im.tombolo.bench.report;

import im.tombolo.core.bridge.KeyPairSource;
import im.tombolo.http.signature.Rsa;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What physics allows: RSA-2048 signatures a second on all cores at once, by the gateway's own
 * provider and, beside it, by OpenSSL.
 *
 * @param openssl empty when the program is not here
 */
public record SigningLimit(double perSecond, OptionalDouble openssl) {
  private static final byte[] TEXT =
      "a text of about the size that is signed ".repeat(8).getBytes(StandardCharsets.UTF_8);

  /**
   * @param withOpenssl takes some seconds more
   */
  public static SigningLimit measure(Duration time, boolean withOpenssl) {
    int cores = Runtime.getRuntime().availableProcessors();
    sign(cores, time.dividedBy(4));
    return new SigningLimit(
        sign(cores, time), withOpenssl ? openssl(cores) : OptionalDouble.empty());
  }

  private static double sign(int cores, Duration time) {
    Rsa rsa = new Rsa();
    String key = KeyPairSource.rsa().generate().privatePem();
    long begun = System.nanoTime();
    Callable<Long> work =
        () -> {
          long signed = 0;
          while (System.nanoTime() - begun < time.toNanos()) {
            rsa.sign(key, TEXT);
            signed++;
          }
          return signed;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
      List<Future<Long>> all = new ArrayList<>();
      for (int i = 0; i < cores; i++) {
        all.add(threads.submit(work));
      }
      long sum = 0;
      for (Future<Long> one : all) {
        sum += one.get();
      }
      return sum * 1e9 / (System.nanoTime() - begun);
    } catch (Exception failed) {
      throw new IllegalStateException("no signatures", failed);
    }
  }

  /** The last line ends with signatures and verifications a second. */
  private static OptionalDouble openssl(int cores) {
    List<String> command =
        List.of("openssl", "speed", "-seconds", "1", "-multi", Integer.toString(cores), "rsa2048");
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        return out.lines()
            .filter(line -> line.startsWith("rsa 2048 bits"))
            .map(line -> line.strip().split("\\s+"))
            .mapToDouble(words -> Double.parseDouble(words[words.length - 2]))
            .findFirst();
      }
    } catch (IOException notHere) {
      return OptionalDouble.empty();
    }
  }
}
