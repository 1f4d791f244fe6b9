package im.tombolo.http.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms in which one address is served, chosen by {@code Accept} (RFC 9110 §12.5.1). */
enum Form {
  HTML,
  ACTIVITY,
  ATOM,
  CALENDAR;

  /** The form that the client likes best; the page for people where it has no preference. */
  static Form wanted(Optional<String> accept, List<Form> offered) {
    Form best = HTML;
    double weight = 0;
    for (String range : accept.orElse("*/*").split(",")) {
      String[] parts = range.strip().toLowerCase(Locale.ROOT).split(";", -1);
      double quality = quality(parts);
      for (Form form : offered) {
        if (form.matches(parts[0].strip()) && quality > weight) {
          best = form;
          weight = quality;
        }
      }
    }
    return best;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException malformed) {
          return 0;
        }
      }
    }
    return 1;
  }

  private boolean matches(String range) {
    return switch (this) {
      case HTML ->
          switch (range) {
            case "text/html", "application/xhtml+xml", "text/*", "*/*" -> true;
            default -> false;
          };
      case ACTIVITY ->
          switch (range) {
            case "application/activity+json",
                "application/ld+json",
                "application/json",
                "application/*" ->
                true;
            default -> false;
          };
      case ATOM -> range.equals("application/atom+xml");
      case CALENDAR -> range.equals("text/calendar");
    };
  }
}
