package im.tombolo.core.activity;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds what a post quotes, in the order that counts: FEP-044f, its older spellings, FEP-e232. */
final class QuoteReader {
  private static final List<String> NAMES =
      List.of("quote", "quoteUri", "quoteUrl", "_misskey_quote");
  private static final Set<String> RELATIONS =
      Set.of(
          "https://misskey-hub.net/ns#_misskey_quote",
          "https://misskey-hub.net/ns/#_misskey_quote");

  private QuoteReader() {}

  static Optional<URI> read(ObjectNode post) {
    for (ObjectNode quote : Json.objects(post, "quote")) {
      if (Json.isType(quote, "Tombstone")) {
        return Optional.empty();
      }
    }
    for (String name : NAMES) {
      Optional<URI> quoted = Json.ref(post, name);
      if (quoted.isPresent()) {
        return quoted;
      }
    }
    return Json.first(post, "tag", QuoteReader::link);
  }

  private static Optional<URI> link(JsonNode tag) {
    return Json.isType(tag, "Link") && isQuote(tag) && isActivity(tag)
        ? Json.text(tag, "href").flatMap(Json::uri)
        : Optional.empty();
  }

  private static boolean isQuote(JsonNode link) {
    return Json.values(link, "rel").stream()
        .anyMatch(rel -> rel.isString() && RELATIONS.contains(rel.stringValue()));
  }

  private static boolean isActivity(JsonNode link) {
    String type = Json.text(link, "mediaType").orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("application/activity+json")
        || (type.startsWith("application/ld+json")
            && type.contains("https://www.w3.org/ns/activitystreams"));
  }
}
