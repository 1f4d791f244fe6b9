package im.tombolo.app.admin;

import im.tombolo.core.port.Rules.Rule;
import im.tombolo.core.port.Rules.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lists of domains as they are passed around: Mastodon's CSV, whose first line names the columns,
 * or a name a line.
 *
 * @param skipped lines that are not taken, each with the reason
 */
record BlockList(List<Rule> rules, List<String> skipped) {
  private static final String HEAD =
      "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate";

  static BlockList read(String text) {
    List<Rule> rules = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    Map<String, Integer> columns = Map.of("domain", 0);
    for (String line : text.lines().map(String::strip).toList()) {
      List<String> cells = cells(line);
      String first = cells.getFirst().toLowerCase(Locale.ROOT);
      if (first.equals("#domain") || first.equals("domain")) {
        columns = columns(cells);
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        take(columns, cells, rules, skipped);
      }
    }
    return new BlockList(List.copyOf(rules), List.copyOf(skipped));
  }

  private static Map<String, Integer> columns(List<String> head) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < head.size(); i++) {
      columns.putIfAbsent(head.get(i).toLowerCase(Locale.ROOT).replace("#", ""), i);
    }
    return columns;
  }

  private static void take(
      Map<String, Integer> columns, List<String> cells, List<Rule> rules, List<String> skipped) {
    String domain = cell(columns, cells, "domain");
    if (domain.indexOf('*') >= 0) {
      skipped.add(domain + ": its name is hidden");
    } else if (isCanary(domain)) {
      skipped.add(domain + ": a mark of the list's authors, not a server");
    } else {
      String comment = cell(columns, cells, "public_comment");
      boolean isMedia = cell(columns, cells, "reject_media").equalsIgnoreCase("true");
      switch (cell(columns, cells, "severity").toLowerCase(Locale.ROOT)) {
        case "", "suspend" -> rules.add(new Rule(domain, Severity.SUSPEND, comment));
        case "silence", "limit", "noop", "none" -> {
          if (isMedia) {
            rules.add(new Rule(domain, Severity.MEDIA, comment));
          } else {
            skipped.add(domain + ": only suspend and reject_media are done here");
          }
        }
        default -> skipped.add(domain + ": a severity that is not known");
      }
    }
  }

  /** Some lists hold names that tell who copied them without looking. */
  private static boolean isCanary(String domain) {
    return domain.toLowerCase(Locale.ROOT).matches("(.+\\.)?canary\\..*");
  }

  private static String cell(Map<String, Integer> columns, List<String> cells, String name) {
    int at = columns.getOrDefault(name, Integer.MAX_VALUE);
    return at < cells.size() ? cells.get(at).strip() : "";
  }

  /** Of a line of CSV (RFC 4180); no cell goes over several lines. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && isQuoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == ',' && !isQuoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  /** As CSV, which Mastodon reads too. */
  static String write(List<Rule> rules) {
    StringBuilder out = new StringBuilder(HEAD).append('\n');
    rules.stream()
        .filter(rule -> !rule.isActor())
        .forEach(rule ->
            out.append(rule.target())
                .append(rule.severity() == Severity.SUSPEND ? ",suspend,true" : ",noop,true")
                .append(",false,\"")
                .append(rule.comment().replace("\"", "\"\"").replaceAll("\\s+", " "))
                .append("\",false\n"));
    return out.toString();
  }
}
