package im.tombolo.app.admin;

import im.tombolo.app.ConfigOption;
import im.tombolo.app.config.Configuration;
import im.tombolo.core.port.Rules.Rule;
import im.tombolo.core.port.Rules.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the running gateway, at its admin address. Exit code 1 when something was not done. */
@Command(
    name = "block",
    description =
        "Whom the gateway has nothing to do with: domains with all below them, and people.")
public final class BlockCommand implements Runnable {
  private static final int BATCH = 500;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private final JsonMapper mapper = new JsonMapper();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: add, remove, list, import or export.");
  }

  /** What is done at a gateway. */
  private interface Work {
    int at(AdminClient admin) throws IOException;
  }

  private int ask(ConfigOption config, Work work) {
    PrintWriter err = spec.commandLine().getErr();
    Optional<Configuration> read = config.read(err);
    if (read.isEmpty()) {
      return ExitCode.USAGE;
    }
    try (AdminClient admin = new AdminClient(read.get().admin())) {
      return work.at(admin);
    } catch (IOException failed) {
      err.println(failed.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  @Command(name = "add", description = "Blocks, and ends all that there is with them.")
  int add(
      @Mixin ConfigOption config,
      @Option(names = "--media-only", description = "only their files") boolean mediaOnly,
      @Option(names = "--comment", defaultValue = "", description = "a note for yourself")
          String comment,
      @Parameters(paramLabel = "WHOM", arity = "1..*", description = "a domain, or a person")
          List<String> targets) {
    Severity severity = mediaOnly ? Severity.MEDIA : Severity.SUSPEND;
    List<Rule> rules = targets.stream().map(target -> new Rule(target, severity, comment)).toList();
    return ask(config, admin -> change(admin, "/blocks/add", rules, "blocked"));
  }

  @Command(name = "remove", description = "Blocks no longer. What was ended stays ended.")
  int remove(
      @Mixin ConfigOption config,
      @Parameters(paramLabel = "WHOM", arity = "1..*", description = "a domain, or a person")
          List<String> targets) {
    List<Rule> rules =
        targets.stream().map(target -> new Rule(target, Severity.SUSPEND, "")).toList();
    return ask(config, admin -> change(admin, "/blocks/remove", rules, "no longer blocked"));
  }

  @Command(name = "list", description = "Says who is blocked.")
  int list(@Mixin ConfigOption config) {
    return ask(
        config,
        admin -> {
          PrintWriter out = spec.commandLine().getOut();
          for (JsonNode rule : admin.get("/blocks").path("rules")) {
            out.println(
                rule.path("target").asString()
                    + (rule.path("severity").asString().equals("media") ? " (files)" : "")
                    + (rule.path("configured").asBoolean(false) ? " (configuration)" : "")
                    + (rule.path("comment").asString().isEmpty()
                        ? ""
                        : ": " + rule.path("comment").asString()));
          }
          out.flush();
          return ExitCode.OK;
        });
  }

  @Command(
      name = "import",
      description = "Blocks what a list names: Mastodon's CSV, or a name a line.")
  int importList(
      @Mixin ConfigOption config,
      @Option(names = "--dry-run", description = "only says what would be done") boolean dryRun,
      @Parameters(paramLabel = "FILE", description = "the list") Path file) {
    BlockList list;
    try {
      list = BlockList.read(Files.readString(file));
    } catch (IOException unreadable) {
      spec.commandLine().getErr().println(file + " cannot be read as UTF-8 text.");
      return ExitCode.USAGE;
    }
    PrintWriter out = spec.commandLine().getOut();
    list.skipped().forEach(line -> out.println("not taken: " + line));
    out.flush();
    if (dryRun) {
      out.println(list.rules().size() + " would be blocked");
      return ExitCode.OK;
    }
    return ask(config, admin -> change(admin, "/blocks/add", list.rules(), "blocked"));
  }

  @Command(name = "export", description = "Writes the blocked domains as Mastodon's CSV.")
  int export(
      @Mixin ConfigOption config,
      @Parameters(paramLabel = "FILE", description = "where to") Path file) {
    return ask(
        config,
        admin -> {
          List<Rule> rules = new ArrayList<>();
          for (JsonNode rule : admin.get("/blocks").path("rules")) {
            rules.add(
                new Rule(
                    rule.path("target").asString(),
                    rule.path("severity").asString().equals("media")
                        ? Severity.MEDIA
                        : Severity.SUSPEND,
                    rule.path("comment").asString()));
          }
          Files.writeString(file, BlockList.write(rules));
          return ExitCode.OK;
        });
  }

  private int change(AdminClient admin, String path, List<Rule> rules, String done)
      throws IOException {
    long total = 0;
    boolean isAll = true;
    for (int from = 0; from < rules.size(); from += BATCH) {
      JsonNode answer =
          admin.post(path, body(rules.subList(from, Math.min(from + BATCH, rules.size()))));
      total += answer.path("done").asLong();
      for (JsonNode refused : answer.path("refused")) {
        isAll = false;
        spec.commandLine()
            .getErr()
            .println(refused.path("target").asString() + ": " + refused.path("why").asString());
      }
    }
    spec.commandLine().getOut().println(total + " " + done);
    spec.commandLine().getOut().flush();
    return isAll ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private ObjectNode body(List<Rule> rules) {
    ObjectNode body = mapper.createObjectNode();
    ArrayNode list = body.putArray("rules");
    rules.forEach(rule ->
        list.addObject()
            .put("target", rule.target())
            .put("severity", BlockPages.severity(rule.severity()))
            .put("comment", rule.comment()));
    return body;
  }
}
