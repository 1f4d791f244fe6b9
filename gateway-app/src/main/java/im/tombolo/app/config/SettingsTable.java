package im.tombolo.app.config;

/** The documentation of all keys, as a Markdown table; docs/admin.md holds it. */
public final class SettingsTable {
  private SettingsTable() {}

  public static String markdown() {
    StringBuilder out =
        new StringBuilder(
            "| key | environment | value | default | what it is |\n|---|---|---|---|---|\n");
    for (Setting<?> setting : Settings.ALL) {
      String fallback =
          setting
              .fallback()
              .filter(text -> !text.isEmpty())
              .map(text -> "`" + text + "`")
              .orElse(setting.required() ? "required" : "");
      out.append("| `")
          .append(setting.key())
          .append("` | `")
          .append(setting.variable())
          .append("` | ")
          .append(setting.expected())
          .append(" | ")
          .append(fallback)
          .append(" | ")
          .append(setting.about())
          .append(" |\n");
    }
    return out.toString();
  }
}
