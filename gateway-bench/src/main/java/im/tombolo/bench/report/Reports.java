package im.tombolo.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what a run found below one directory: for each scenario a JSON document and a plot, and
 * one table of all for the documentation.
 */
public final class Reports {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Machine machine;
  private final Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final List<Result> results = new ArrayList<>();

  /**
   * @param directory made when it is not there
   */
  public Reports(Path directory, Machine machine) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.machine = machine;
  }

  /** Writes the files of a scenario, and the table again with it. */
  public void add(Result result) throws IOException {
    results.add(result);
    String name =
        (result.scenario() + " " + result.options())
            .strip()
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("-$", "");
    Files.writeString(
        directory.resolve(name + ".json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json(result)) + "\n");
    Files.writeString(directory.resolve(name + ".svg"), Plot.of(result));
    Files.writeString(directory.resolve("summary.md"), markdown());
    ArrayNode all = JSON.createArrayNode();
    results.forEach(one -> all.add(json(one)));
    Files.writeString(
        directory.resolve("summary.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
  }

  private ObjectNode json(Result result) {
    ObjectNode root = JSON.createObjectNode();
    root.put("scenario", result.scenario()).put("options", result.options());
    root.put("at", at.toString()).put("correct", result.isCorrect());
    root.putPOJO("machine", machine);
    root.set("figures", JSON.valueToTree(result.figures()));
    root.set("checks", JSON.valueToTree(result.checks()));
    root.set("targets", JSON.valueToTree(result.targets()));
    root.set("samples", JSON.valueToTree(result.samples()));
    return root;
  }

  /** Lines that may be pasted into docs/performance.md. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(at).append(": ").append(machine).append("\n\n");
    text.append("| scenario | what | target | measured | |\n|---|---|---|---|---|\n");
    for (Result result : results) {
      for (Result.Target target : result.targets()) {
        text.append(
            "| `%s` | %s | %s %s | %s %s | %s |\n"
                .formatted(
                    (result.scenario() + " " + result.options()).strip(),
                    target.name(),
                    target.wanted(),
                    target.unit(),
                    Result.number(target.value()),
                    target.unit(),
                    target.isMet() ? "met" : "**missed**"));
      }
    }
    return text.toString();
  }

  /** What a person reads at the end of a scenario. */
  public static String text(Result result) {
    StringBuilder text = new StringBuilder();
    text.append((result.scenario() + " " + result.options()).strip()).append('\n');
    result.figures().forEach(figure -> text.append("  ").append(figure).append('\n'));
    for (Result.Target target : result.targets()) {
      text.append(
          "  %-7s %s: %s %s (target %s)\n"
              .formatted(
                  target.isMet() ? "met" : "missed",
                  target.name(),
                  Result.number(target.value()),
                  target.unit(),
                  target.wanted()));
    }
    result.checks().stream()
        .filter(check -> !check.holds())
        .forEach(
            check -> text.append("  WRONG   %s: %s\n".formatted(check.name(), check.detail())));
    return text.toString();
  }
}
