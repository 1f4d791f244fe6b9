package im.tombolo.app.admin;

import im.tombolo.app.ConfigOption;
import im.tombolo.app.config.Configuration;
import im.tombolo.core.port.QueuedDeliveries.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

/** Exit code 0 when all was done, 1 when the gateway did not do it. */
@Command(
    name = "deliveries",
    description = {
      "What waits for fediverse servers and what was given up, at a running gateway:",
      "lists it by server, or one by one with --host; tries it again now; or drops it."
    })
public final class DeliveriesCommand implements Callable<Integer> {
  /** What to do. */
  enum Action {
    LIST,
    RETRY,
    DROP
  }

  /** As it is typed. */
  static final class Actions implements ITypeConverter<Action> {
    @Override
    public Action convert(String typed) {
      return switch (typed) {
        case "list" -> Action.LIST;
        case "retry" -> Action.RETRY;
        case "drop" -> Action.DROP;
        default -> throw new TypeConversionException("expected list, retry or drop");
      };
    }
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ConfigOption config;

  @Parameters(paramLabel = "list|retry|drop", description = "what to do", converter = Actions.class)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Action action;

  @Option(names = "--host", description = "only of that server, as the list names it")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--post",
      description = "where the post with that address went: 100 inboxes of each kind at most")
  private Optional<URI> post = Optional.empty();

  @Option(names = "--dead", description = "only what was given up")
  private boolean dead;

  @Option(names = "--json", description = "the answer as JSON, one object a line")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (action == Action.DROP && host.isEmpty() && !dead) {
      err.println("Say what to drop: --dead, --host, or both.");
      return ExitCode.USAGE;
    }
    Optional<Configuration> read = config.read(err);
    if (read.isEmpty()) {
      return ExitCode.USAGE;
    }
    if (post.isPresent() && action != Action.LIST) {
      err.println("--post goes with list only.");
      return ExitCode.USAGE;
    }
    Selection selection = new Selection(host.map(name -> name.toLowerCase(Locale.ROOT)), dead);
    try (AdminClient admin = new AdminClient(read.get().admin())) {
      switch (action) {
        case LIST -> {
          if (post.isPresent()) {
            return report(admin, post.get());
          }
          list(admin, selection);
        }
        case RETRY -> change(admin, "/retry", selection, "due now");
        case DROP -> change(admin, "/drop", selection, "dropped");
      }
      return ExitCode.OK;
    } catch (IOException failed) {
      err.println(failed.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private void list(AdminClient admin, Selection selection) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    long lines = 0;
    Optional<String> after = Optional.empty();
    do {
      JsonNode page = admin.get("/deliveries", selection, after);
      for (JsonNode one : page.path(selection.host().isEmpty() ? "hosts" : "deliveries")) {
        out.println(json ? one.toString() : DeliveryText.line(one));
        lines++;
      }
      after = page.path("next").asStringOpt();
    } while (after.isPresent());
    if (lines == 0 && !json) {
      out.println(dead ? "Nothing was given up." : "Nothing waits and nothing was given up.");
    }
    out.flush();
  }

  private int report(AdminClient admin, URI address) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode report =
        admin.get(
            "/report.json?post=" + URLEncoder.encode(address.toString(), StandardCharsets.UTF_8));
    if (report.isEmpty()) {
      spec.commandLine().getErr().println(ReportPages.UNKNOWN);
      return ExitCode.SOFTWARE;
    }
    if (json) {
      out.println(report);
    } else {
      out.println(DeliveryText.report(report));
      report.path("inboxes").forEach(inbox -> out.println(DeliveryText.inbox(inbox)));
    }
    out.flush();
    return ExitCode.OK;
  }

  private void change(AdminClient admin, String path, Selection selection, String done)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    long total = 0;
    boolean isMore = true;
    while (isMore) {
      JsonNode page = admin.post("/deliveries" + path, selection);
      total += page.path("done").asLong();
      isMore = page.path("more").asBoolean();
      if (isMore && !json) {
        out.println(total + " " + done + " so far");
        out.flush();
      }
    }
    out.println(json ? "{\"done\":" + total + "}" : total + " " + done);
    out.flush();
  }
}
