package im.tombolo.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSetupTest {
  /** What would be on the console. */
  private static String logged(Map<String, String> environment) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    LogSetup.configure(context, environment);
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ConsoleAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>) root.getAppender("STDOUT");
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    root.detachAppender(console);
    root.addAppender(events);
    context.getLogger("im.tombolo.app.Gateway").info("it runs");
    context.getLogger("org.example.Library").info("chatter");
    context.getLogger("org.example.Library").warn("trouble");
    return events.list.stream()
        .map(event -> new String(console.getEncoder().encode(event), UTF_8))
        .collect(joining());
  }

  @Test
  void anEventIsALine() {
    assertThat(logged(Map.of()).lines())
        .hasSize(2)
        .first()
        .asString()
        .matches("[0-9-]+T[0-9:.]+(Z|[+-][0-9:]+) INFO  i\\.t\\.app\\.Gateway it runs");
  }

  @Test
  void anEventIsAJsonObjectWhereThatIsWanted() {
    assertThat(logged(Map.of("TOMBOLO_LOG", "json")).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{") && line.endsWith("}"))
        .first()
        .asString()
        .contains("\"message\":\"it runs\"");
  }

  @Test
  void theLevelIsThatOfOurOwnMessages() {
    assertThat(logged(Map.of("TOMBOLO_LOG_LEVEL", "ERROR")).lines())
        .singleElement()
        .asString()
        .endsWith("trouble");
  }
}
