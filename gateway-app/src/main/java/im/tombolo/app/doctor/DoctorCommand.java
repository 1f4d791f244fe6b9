package im.tombolo.app.doctor;

import im.tombolo.app.ConfigOption;
import im.tombolo.app.config.Configuration;
import im.tombolo.app.doctor.Finding.Level;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Exit code 0 when nothing failed, 1 when something did. */
@Command(
    name = "doctor",
    description = "Looks at a running gateway from outside: what is wrong, and how to mend it.")
public final class DoctorCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ConfigOption config;

  @Option(names = "--json", description = "the findings as JSON, and nothing else")
  private boolean json;

  @Override
  public Integer call() {
    Optional<Configuration> read = config.read(spec.commandLine().getErr());
    if (read.isEmpty()) {
      return ExitCode.USAGE;
    }
    List<Finding> findings;
    try (Visits visits = new Visits(read.get().federation().trustedCertificates())) {
      findings = new Checkup(read.get(), visits, Clock.systemUTC()).run();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(findings));
    } else {
      findings.forEach(finding -> print(finding, out));
      out.print(Snippets.of(read.get()));
      out.flush();
    }
    boolean failed = findings.stream().anyMatch(finding -> finding.level() == Level.FAIL);
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private static void print(Finding finding, PrintWriter out) {
    out.printf("%-5s %s: %s%n", finding.levelName(), finding.check(), finding.text());
    finding.mend().ifPresent(mend -> out.printf("      %s%n", mend));
  }

  private static String json(List<Finding> findings) {
    JsonMapper mapper = new JsonMapper();
    ArrayNode out = mapper.createArrayNode();
    for (Finding finding : findings) {
      var one =
          out.addObject()
              .put("check", finding.check())
              .put("level", finding.levelName())
              .put("text", finding.text());
      finding.mend().ifPresent(mend -> one.put("mend", mend));
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(out);
  }
}
