package im.tombolo.bench;

import im.tombolo.core.activity.ActivityReader;
import im.tombolo.core.model.IncomingActivity;
import im.tombolo.core.model.Reading;
import im.tombolo.core.text.Html;
import im.tombolo.core.text.RichText;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

/** Documents of a mebibyte that are made to take long. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HostileBenchmark {
  private static final int SIZE = 1 << 20;

  /** What is repeated. */
  @Param({
    "<<<<a href=",
    "<div>",
    "<p>x",
    "<b>",
    "<i>x</i>",
    "&lt;",
    "<li>",
    "<td>x",
    "@a@b.",
    "#a"
  })
  private String part = "";

  private String html = "";
  private String activity = "";

  @Setup
  public void make() {
    html = part.repeat(SIZE / part.length());
    String content = html.substring(0, SIZE - 1_000).replace("\\", "\\\\").replace("\"", "\\\"");
    activity =
        "{\"id\":\"https://a.example/c\",\"type\":\"Create\",\"actor\":\"https://a.example/a\",\"object\":"
            + "{\"id\":\"https://a.example/1\",\"type\":\"Note\",\"attributedTo\":\"https://a.example/a\",\"content\":\""
            + content
            + "\",\"to\":\"as:Public\"}}";
  }

  @Benchmark
  public String plainText() {
    return Html.clean(html, Optional.empty()).toPlainText();
  }

  @Benchmark
  public RichText fromPlainText() {
    return Html.ofPlainText(html);
  }

  @Benchmark
  public Reading<IncomingActivity> activity() {
    return ActivityReader.read(activity);
  }
}
