package im.tombolo.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One scenario as an SVG of three panels: progress a second and memory over time, and how long
 * things took by percentile.
 */
final class Plot {
  private static final int WIDTH = 760;
  private static final int PANEL = 180;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int GAP = 46;
  private static final int TICKS = 4;
  private static final int MAX_POINTS = 400;
  private static final String[] COLOURS = {"#1f6f8b", "#c2571a", "#5a7d2a", "#7a4b9a"};

  private final StringBuilder svg = new StringBuilder();
  private int top = 40;

  private Plot() {}

  /** A line: x and y of each point. */
  private record Line(String name, List<double[]> points) {}

  static String of(Result result) {
    Plot plot = new Plot();
    String title = (result.scenario() + " " + result.options()).strip();
    plot.text(WIDTH / 2, 22, "middle", "bench " + title, 15);
    if (!result.samples().isEmpty()) {
      plot.panel("progress, 1/s", "s", List.of(progress(result.samples())));
      plot.panel(
          "memory, MB",
          "s",
          List.of(
              line("gateway", result.samples(), Sampler.Sample::gatewayMegabytes),
              line("PostgreSQL", result.samples(), Sampler.Sample::postgresMegabytes)));
    }
    List<Line> times =
        result.times().entrySet().stream()
            .filter(entry -> entry.getValue().count() > 0)
            .map(Plot::percentiles)
            .toList();
    if (!times.isEmpty()) {
      plot.panel("time, ms", "percentile", times);
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
    font-family="sans-serif" fill="#333333">
    <rect width="%1$d" height="%2$d" fill="white"/>
    %3$s</svg>
    """
        .formatted(WIDTH, plot.top, plot.svg);
  }

  private static Line line(
      String name, List<Sampler.Sample> samples, ToDoubleFunction<Sampler.Sample> value) {
    return new Line(
        name,
        samples.stream()
            .map(sample -> new double[] {sample.seconds(), value.applyAsDouble(sample)})
            .toList());
  }

  private static Line progress(List<Sampler.Sample> samples) {
    List<double[]> points = new ArrayList<>();
    for (int i = 1; i < samples.size(); i++) {
      Sampler.Sample before = samples.get(i - 1);
      Sampler.Sample now = samples.get(i);
      double seconds = Math.max(0.001, now.seconds() - before.seconds());
      points.add(
          new double[] {now.seconds(), Math.max(0, now.progress() - before.progress()) / seconds});
    }
    return new Line("", points);
  }

  private static Line percentiles(Map.Entry<String, Times> entry) {
    List<double[]> points = new ArrayList<>();
    for (int percent = 0; percent <= 100; percent++) {
      points.add(new double[] {percent, entry.getValue().millis(percent / 100.0)});
    }
    return new Line(entry.getKey(), points);
  }

  private void panel(String title, String across, List<Line> lines) {
    double maxX = largest(lines, 0);
    double maxY = nice(largest(lines, 1));
    int bottom = top + PANEL;
    for (int i = 0; i <= TICKS; i++) {
      int y = bottom - PANEL * i / TICKS;
      int x = LEFT + (WIDTH - LEFT - RIGHT) * i / TICKS;
      svg.append(
          "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#dddddd\"/>\n"
              .formatted(LEFT, y, WIDTH - RIGHT, y));
      text(LEFT - 6, y + 4, "end", Result.number(maxY * i / TICKS), 11);
      text(x, bottom + 15, "middle", Result.number(maxX * i / TICKS), 11);
    }
    text(LEFT, top - 6, "start", title, 12);
    text(WIDTH - RIGHT, bottom + 29, "end", across, 11);
    for (int i = 0; i < lines.size(); i++) {
      String colour = COLOURS[i % COLOURS.length];
      draw(lines.get(i), colour, maxX, maxY, bottom);
      svg.append("<g fill=\"%s\">".formatted(colour));
      text(WIDTH - RIGHT - 4, top + 14 + 15 * i, "end", lines.get(i).name, 12);
      svg.append("</g>\n");
    }
    top = bottom + GAP;
  }

  private void draw(Line line, String colour, double maxX, double maxY, int bottom) {
    int step = Math.max(1, line.points.size() / MAX_POINTS);
    svg.append(
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"".formatted(colour));
    for (int i = 0; i < line.points.size(); i += step) {
      double[] point = line.points.get(i);
      svg.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f ",
              LEFT + (WIDTH - LEFT - RIGHT) * point[0] / maxX,
              bottom - PANEL * point[1] / maxY));
    }
    svg.append("\"/>\n");
  }

  private static double largest(List<Line> lines, int axis) {
    return lines.stream()
        .flatMap(line -> line.points.stream())
        .mapToDouble(point -> point[axis])
        .filter(value -> value > 0)
        .max()
        .orElse(1);
  }

  /** The next larger 1, 2, 4 or 8 of a power of ten, which four ticks divide well. */
  private static double nice(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (int factor : new int[] {1, 2, 4, 8}) {
      if (value <= factor * power) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private void text(int x, int y, String anchor, String words, int size) {
    String escaped = words.replace("&", "&amp;").replace("<", "&lt;");
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"%d\">%s</text>\n"
            .formatted(x, y, anchor, size, escaped));
  }
}
