package im.tombolo.bench;

import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Reading;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Activities of a mebibyte whose JSON, not their text, is made to take long. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HostileJsonBenchmark {
  // With what is around it, no more than a document may have.
  private static final int SIZE = (1 << 20) - 1_000;
  private static final int DEPTH = 50;

  /** What the activity is full of. */
  public enum Shape {
    /** Arrays in arrays, deeper than is read. */
    DEEP,
    /** Objects in objects, as deep as is read. */
    DEEP_OBJECTS,
    /** Members that nobody asks for. */
    MEMBERS,
    /** Members whose names have one hash code. */
    COLLIDING_MEMBERS,
    TAGS,
    ATTACHMENTS,
    LANGUAGES,
    RECIPIENTS,
    NUMBER,
    ESCAPES
  }

  @Param private Shape shape = Shape.DEEP;

  private String activity = "";

  @Setup
  public void make() {
    activity =
        "{\"id\":\"https://a.example/c\",\"type\":\"Create\",\"actor\":\"https://a.example/a\",\"object\":"
            + "{\"id\":\"https://a.example/1\",\"type\":\"Note\",\"attributedTo\":\"https://a.example/a\",\"content\":\"x\","
            + filling()
            + ",\"cc\":\"as:Public\"}}";
  }

  private String filling() {
    return switch (shape) {
      case DEEP -> "\"x\":" + "[".repeat(SIZE / 2) + "]".repeat(SIZE / 2);
      case DEEP_OBJECTS ->
          "\"x\":[" + many("{\"a\":".repeat(DEPTH) + "0" + "}".repeat(DEPTH)) + "]";
      case MEMBERS -> many("\"m%07d\":0");
      case COLLIDING_MEMBERS -> colliding();
      case TAGS ->
          "\"tag\":["
              + many(
                  "{\"type\":\"Mention\",\"href\":\"https://a.example/%1$d\",\"name\":\"@a%1$d@a.example\"}")
              + "]";
      case ATTACHMENTS ->
          "\"attachment\":["
              + many(
                  "{\"type\":\"Image\",\"mediaType\":\"image/png\",\"url\":\"https://a.example/%1$d.png\",\"name\":\"%1$d\"}")
              + "]";
      case LANGUAGES -> "\"contentMap\":{" + many("\"x-%07d\":\"<p>x</p>\"") + "}";
      case RECIPIENTS -> "\"to\":[" + many("\"https://a.example/users/%d\"") + "]";
      case NUMBER -> "\"x\":" + "9".repeat(900);
      case ESCAPES -> "\"summary\":\"" + "\\u00e9".repeat(SIZE / 6) + "\"";
    };
  }

  private static String many(String pattern) {
    StringBuilder out = new StringBuilder(pattern.formatted(0));
    for (int i = 1; out.length() < SIZE - 2 * pattern.length(); i++) {
      out.append(',').append(pattern.formatted(i));
    }
    return out.toString();
  }

  /** {@code "Aa".hashCode() == "BB".hashCode()}, and so for all words that are made of them. */
  private static String colliding() {
    return IntStream.range(0, SIZE / 35)
        .mapToObj(number ->
            IntStream.range(0, 15)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining("", "\"", "\":0")))
        .collect(Collectors.joining(","));
  }

  @Benchmark
  public Reading<IncomingActivity> activity() {
    return ActivityReader.read(activity);
  }
}
