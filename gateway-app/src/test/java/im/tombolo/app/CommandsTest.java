package im.tombolo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
  private static final String GOOD =
      """
      xmpp:
        component: ap.example.org
        secret: hunter2
        domains: [example.org, pubsub.example.org]
      web:
        url: https://example.org
      """;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commands = Main.commands();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(arguments);
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("tombolo.yml"), yaml).toString();
  }

  @Test
  void aGoodConfigurationIsPraisedInALine() throws IOException {
    assertThat(run("check-config", "--config", file(GOOD))).isZero();

    assertThat(out.toString().lines().findFirst())
        .contains(
            "good: example.org, pubsub.example.org at https://example.org, fediverse people at"
                + " ap.example.org");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theEmbeddedDatabaseIsForOneProcess() throws IOException {
    run("check-config", "--config", file(GOOD));

    assertThat(out.toString()).contains("database: embedded, for one process;");
  }

  @Test
  void aStatusThatNobodyGivesIsAFailureInASentence() throws IOException {
    String nobody = GOOD + "admin:\n  listen: 127.0.0.1:1\n";

    assertThat(run("status", "--config", file(nobody))).isEqualTo(1);

    assertThat(err.toString())
        .startsWith("no gateway answers at 127.0.0.1:1 (admin.listen); is it running?");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void everyMistakeIsALineOnTheErrorOutput() throws IOException {
    String file = file(GOOD.replace("component", "componet") + "  listen: nowhere\n");

    assertThat(run("check-config", "--config", file)).isEqualTo(2);

    assertThat(err.toString().lines())
        .containsExactlyInAnyOrder(
            file + ":2: xmpp.componet: unknown key; did you mean xmpp.component?",
            file + ": xmpp.component: is missing; expected a domain such as ap.example.org",
            file + ":7: web.listen: does not fit; expected host:port");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aConfigurationThatIsNotThereIsAMistake() {
    assertThat(run("check-config", "--config", directory.resolve("none.yml").toString()))
        .isEqualTo(2);

    assertThat(err.toString()).contains("none.yml: there is no such file");
  }

  @Test
  void theGatewayDoesNotRunOnAConfigurationWithMistakes() throws IOException {
    assertThat(run("run", "--config", file("web: {}"))).isEqualTo(2);

    assertThat(err.toString()).contains("xmpp.component: is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version"})
  void theVersionIsALine(String argument) {
    assertThat(run(argument)).isZero();

    assertThat(out.toString()).matches("tombolo [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "dance", "run", "check-config", "version --fast", "run --config", "--unknown"})
  void whatWasNotUnderstoodIsWrongUse(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);

    assertThat(err.toString()).isNotBlank();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void helpNamesTheCommands() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString()).contains("quickstart", "run", "check-config", "version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "rotate"})
  void keysAreForARunningGateway(String what) throws IOException {
    String file = file(GOOD + "admin:\n  listen: 127.0.0.1:1\n");

    assertThat(run("keys", what, "romeo@example.org", "--config", file)).isEqualTo(1);

    assertThat(err.toString()).contains("does not answer at admin.listen");
  }
}
