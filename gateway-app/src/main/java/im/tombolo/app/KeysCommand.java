package im.tombolo.app;

import im.tombolo.app.admin.AdminAddress;
import im.tombolo.app.admin.KeyPages;
import im.tombolo.app.config.Configuration;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the running gateway, at its admin address. */
@Command(name = "keys", description = "Shows or replaces the keys of an actor.")
final class KeysCommand implements Runnable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: list or rotate.");
  }

  @Command(name = "list", description = "Shows the public keys of an account.")
  int list(
      @Mixin ConfigOption config,
      @Parameters(paramLabel = "JID", description = "an account, or a served domain") String jid) {
    return ask(config, "GET", "/keys", jid);
  }

  @Command(
      name = "rotate",
      description =
          "Gives an account new keys and tells its followers; the old ones count for a week.")
  int rotate(
      @Mixin ConfigOption config,
      @Parameters(paramLabel = "JID", description = "an account, or a served domain") String jid) {
    return ask(config, "POST", "/keys/rotate", jid);
  }

  private int ask(ConfigOption config, String method, String path, String jid) {
    Optional<Configuration> read = config.read(spec.commandLine().getErr());
    if (read.isEmpty()) {
      return ExitCode.USAGE;
    }
    AdminAddress admin = new AdminAddress(read.get().admin());
    HttpRequest request =
        admin
            .request(path + "?jid=" + URLEncoder.encode(jid, StandardCharsets.UTF_8))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header(KeyPages.CHANGES, "keys")
            .timeout(PATIENCE)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      boolean isGood = answer.statusCode() == 200;
      (isGood ? spec.commandLine().getOut() : spec.commandLine().getErr()).print(answer.body());
      spec.commandLine().getOut().flush();
      spec.commandLine().getErr().flush();
      return isGood ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (IOException nobody) {
      spec.commandLine()
          .getErr()
          .println(
              "The gateway does not answer at admin.listen, " + admin.place() + "; is it running?");
      return ExitCode.SOFTWARE;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return ExitCode.SOFTWARE;
    }
  }
}
