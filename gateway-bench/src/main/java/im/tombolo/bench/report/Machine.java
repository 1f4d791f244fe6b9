package im.tombolo.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where it was measured.
 *
 * @param load of the last minute before the run: other work makes figures worse
 */
public record Machine(String processor, int cores, long memoryBytes, String java, double load) {
  private static final double GIBI = 1L << 30;

  public static Machine here() {
    return new Machine(
        first("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(first("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "")) * 1_024,
        System.getProperty("java.vendor.version") + " " + Runtime.version(),
        loadNow());
  }

  private static double loadNow() {
    try {
      return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    } catch (IOException notLinux) {
      return -1;
    }
  }

  private static String first(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("0");
    } catch (IOException notLinux) {
      return "0";
    }
  }

  @Override
  public String toString() {
    return "%d × %s, %.0f GiB, %s, load %.1f before the run"
        .formatted(cores, processor, memoryBytes / GIBI, java, load);
  }
}
