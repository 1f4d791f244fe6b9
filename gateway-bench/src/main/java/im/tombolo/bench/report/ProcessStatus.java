package im.tombolo.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processor time and memory of processes, from Linux's {@code /proc}.
 *
 * @param processorMillis user and system time, that of children that ended included
 * @param memoryBytes resident; of several processes, each shared page counts once (Pss)
 */
public record ProcessStatus(long processorMillis, long memoryBytes) {
  private static final int MILLIS_PER_TICK = 10;
  private static final long KIBI = 1_024;
  private static final ProcessStatus NOTHING = new ProcessStatus(0, 0);

  /** Of one process; zeros when it is gone. */
  public static ProcessStatus of(long pid) {
    return new ProcessStatus(processor(pid), field(pid, "status", "VmRSS:"));
  }

  /** Of a process and all below it, as PostgreSQL's. */
  public static ProcessStatus ofFamily(long pid) {
    return ProcessHandle.of(pid)
        .map(parent ->
            Stream.concat(Stream.of(parent), parent.descendants())
                .map(ProcessHandle::pid)
                .map(one -> new ProcessStatus(processor(one), field(one, "smaps_rollup", "Pss:")))
                .reduce(NOTHING, ProcessStatus::plus))
        .orElse(NOTHING);
  }

  private ProcessStatus plus(ProcessStatus other) {
    return new ProcessStatus(
        processorMillis + other.processorMillis, memoryBytes + other.memoryBytes);
  }

  private static long processor(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name, in brackets, may hold spaces; utime is the 12th field behind it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Stream.of(fields).skip(11).limit(4).mapToLong(Long::parseLong).sum() * MILLIS_PER_TICK;
    } catch (IOException gone) {
      return 0;
    }
  }

  private static long field(long pid, String file, String name) {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/" + file));
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBI)
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }
}
