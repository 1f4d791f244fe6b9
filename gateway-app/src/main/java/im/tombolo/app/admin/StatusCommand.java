package im.tombolo.app.admin;

import im.tombolo.app.ConfigOption;
import im.tombolo.app.config.Configuration;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Exit code 0 when the gateway answered, 1 when it did not. */
@Command(
    name = "status",
    description = "Asks a running gateway how it is: the XMPP link, what waits, what fails, sizes.")
public final class StatusCommand implements Callable<Integer> {
  // The gateway itself waits up to half a minute for its database.
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ConfigOption config;

  @Option(names = "--json", description = "the same as JSON")
  private boolean json;

  @Override
  public Integer call() {
    Optional<Configuration> read = config.read(spec.commandLine().getErr());
    if (read.isEmpty()) {
      return ExitCode.USAGE;
    }
    AdminAddress admin = new AdminAddress(read.get().admin());
    String place = admin.place();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest question =
          admin.request(json ? "/status.json" : "/status").timeout(PATIENCE).build();
      HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        spec.commandLine().getOut().print(answer.body());
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
      }
      return fail("the gateway at " + place + " says: " + answer.body().strip());
    } catch (IOException silent) {
      return fail("no gateway answers at " + place + " (admin.listen); is it running?");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return fail("stopped");
    }
  }

  private int fail(String why) {
    spec.commandLine().getErr().println(why);
    return ExitCode.SOFTWARE;
  }
}
