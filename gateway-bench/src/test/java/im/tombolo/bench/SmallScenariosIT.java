package im.tombolo.bench;

import static org.assertj.core.api.Assertions.assertThat;

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
import im.tombolo.bench.scenario.Soak;
import im.tombolo.bench.scenario.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scenario, small: nothing is lost, doubled or wrong. How fast it is does not matter here. */
class SmallScenariosIT {
  private static final Path LAUNCHER = Path.of("..", "tombolo").toAbsolutePath().normalize();

  static Stream<Scenario> scenarios() {
    return Stream.of(
        new Start(),
        new Latency(),
        new Fanout(20, true, 2),
        new InboxLoad(),
        new ColdKeys(),
        new Deletes(),
        new ObjectGets(),
        new Paging(),
        new Crash(1),
        new Soak(Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void everyScenarioFindsAllThatWasSent(Scenario scenario) {
    Result result = scenario.play(new Scenario.Scene(LAUNCHER, true));
    assertThat(result.checks()).isNotEmpty().allMatch(Result.Check::holds);
  }

  @Test
  void aResultIsWrittenAsJsonPlotAndTable(@TempDir Path directory) throws Exception {
    Result result = new Result("fanout", "--dead 20%");
    result.atMost("longer by ill hosts", 5, 7, "%");
    result.check("all came", true, "1 of 1");
    new Reports(directory, Machine.here()).add(result);
    assertThat(directory.resolve("fanout-dead-20.json")).content().contains("longer by ill hosts");
    assertThat(directory.resolve("fanout-dead-20.svg")).content().contains("<svg");
    assertThat(Files.readString(directory.resolve("summary.md")))
        .contains("| `fanout --dead 20%` | longer by ill hosts | ≤ 5 % | 7 % | **missed** |");
  }
}
