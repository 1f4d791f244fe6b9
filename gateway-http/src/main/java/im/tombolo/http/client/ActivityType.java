package im.tombolo.http.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The media types of ActivityStreams documents (ActivityPub §3.2). */
final class ActivityType {
  static final String ACTIVITY = "application/activity+json";
  static final String LD = "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";

  private static final String PROFILE = "https://www.w3.org/ns/activitystreams";

  private ActivityType() {}

  /** Mastodon's rule: plain JSON may be anybody's upload, so only these two count. */
  static boolean is(String contentType) {
    List<String> parts =
        Arrays.stream(contentType.toLowerCase(Locale.ROOT).split(";")).map(String::strip).toList();
    return switch (parts.isEmpty() ? "" : parts.getFirst()) {
      case ACTIVITY -> true;
      case "application/ld+json" -> parts.stream().anyMatch(ActivityType::isProfile);
      default -> false;
    };
  }

  private static boolean isProfile(String parameter) {
    return parameter.startsWith("profile=")
        && Arrays.asList(parameter.substring("profile=".length()).replace("\"", "").split(" "))
            .contains(PROFILE);
  }
}
