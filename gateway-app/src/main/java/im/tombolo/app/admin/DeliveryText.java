package im.tombolo.app.admin;

import tools.jackson.databind.JsonNode;

/** One line of what {@link DeliveryPages} lists. */
final class DeliveryText {
  private DeliveryText() {}

  static String line(JsonNode one) {
    return (one.has("host") ? host(one) : delivery(one)) + trouble(one);
  }

  private static String trouble(JsonNode one) {
    return (one.has("error") ? ": " + one.path("error").asString() : "")
        + (one.has("next-try") ? "; next try " + one.path("next-try").asString() : "");
  }

  /** How far a post got, of {@link ReportPages}. */
  static String report(JsonNode report) {
    return "%d inboxes have it, for %d it waits, for %d it was given up"
        .formatted(
            report.path("taken").asLong(),
            report.path("waiting").asLong(),
            report.path("dead").asLong());
  }

  /** One inbox of a report. */
  static String inbox(JsonNode one) {
    return one.path("state").asString() + "  " + one.path("inbox").asString() + trouble(one);
  }

  private static String host(JsonNode one) {
    return "%s  %d waiting, %d dead, since %s"
        .formatted(
            one.path("host").asString(),
            one.path("waiting").asLong(),
            one.path("dead").asLong(),
            one.path("oldest").asString());
  }

  private static String delivery(JsonNode one) {
    return "%d %s  %s to %s, activity %s, since %s, %d attempts"
        .formatted(
            one.path("id").asLong(),
            one.path("dead").asBoolean() ? "dead" : "waits",
            one.path("actor").asString(),
            one.path("inbox").asString(),
            one.path("activity").asString(),
            one.path("queued").asString(),
            one.path("attempts").asInt());
  }
}
