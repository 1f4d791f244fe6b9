package im.tombolo.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;

/**
 * What is logged, and how: one line an event to standard output, or one JSON object. Said here and
 * not in logback's XML, since to read that takes a tenth of a start. Logback finds it by itself;
 * tests have files of their own.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{20} %msg%n%ex{12}";
  private static volatile boolean isWanted;

  /** Before anything is logged: this process logs so. */
  static void want() {
    isWanted = true;
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (!isWanted) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    configure(context, System.getenv());
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * @param environment {@code TOMBOLO_LOG}: {@code json} or anything else; {@code
   *     TOMBOLO_LOG_LEVEL}: of our own messages, INFO where it is none; libraries log warnings
   */
  static void configure(LoggerContext context, Map<String, String> environment) {
    Encoder<ILoggingEvent> encoder = encoder("json".equals(environment.get("TOMBOLO_LOG")));
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("STDOUT");
    console.setEncoder(encoder);
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    context
        .getLogger("im.tombolo")
        .setLevel(Level.toLevel(environment.get("TOMBOLO_LOG_LEVEL"), Level.INFO));
  }

  private static Encoder<ILoggingEvent> encoder(boolean json) {
    if (json) {
      return new JsonEncoder();
    }
    PatternLayoutEncoder lines = new PatternLayoutEncoder();
    lines.setPattern(PATTERN);
    return lines;
  }
}
