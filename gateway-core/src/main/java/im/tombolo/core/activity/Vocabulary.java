package im.tombolo.core.activity;

import im.tombolo.core.model.Content;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The JSON-LD context of what we write: ActivityStreams, and beside it the terms that the document
 * really has, no more. Most readers take plain JSON and need none of it, strict ones lose whatever
 * is not defined.
 */
final class Vocabulary {
  static final String ACTIVITY_STREAMS = "https://www.w3.org/ns/activitystreams";

  /** Room that a context needs for the terms of any post, in bytes. */
  private static final int MAX_BYTES = 2_048;

  /** The same of the terms that only events have. */
  private static final int MAX_EVENT_BYTES = 2_560;

  private static final String SECURITY = "https://w3id.org/security/v1";
  // By name: an IRI, or its definition.
  private static final Map<String, JsonNode> TERMS = new HashMap<>();

  static {
    String as = ACTIVITY_STREAMS + "#";
    words(as, "Hashtag", "sensitive", "manuallyApprovesFollowers", "quoteUrl");
    words("http://joinmastodon.org/ns#", "Emoji", "blurhash", "votersCount");
    words("http://joinmastodon.org/ns#", "discoverable", "indexable");
    // Wrong by the letter, and what everybody writes.
    words("http://schema.org#", "PropertyValue", "value");
    words("https://misskey-hub.net/ns#", "_misskey_quote", "_misskey_reaction");
    words("http://fedibird.com/ns#", "quoteUri");
    words("http://ostatus.org#", "conversation");
    words("https://joinpeertube.org/ns#", "size");
    words("https://w3id.org/fep/044f#", "QuoteRequest", "QuoteAuthorization");
    words("https://w3id.org/security#", "Multikey", "publicKeyMultibase");
    words("https://purl.archive.org/socialweb/webfinger#", "webfinger");
    words("http://schema.org#", "PostalAddress", "address", "addressCountry", "addressLocality");
    words("http://schema.org#", "addressRegion", "postalCode", "streetAddress", "VirtualLocation");
    words("http://schema.org#", "maximumAttendeeCapacity", "remainingAttendeeCapacity");
    words("http://schema.org#", "inLanguage", "category", "propertyID");
    words("https://joinmobilizon.org/ns#", "joinMode", "timezone", "participantCount", "isOnline");
    words("https://joinmobilizon.org/ns#", "externalParticipationUrl", "participationMessage");
    words("https://joinmobilizon.org/ns#", "anonymousParticipationEnabled");
    words("https://joinmobilizon.org/ns#", "repliesModerationOption");
    references("https://joinmobilizon.org/ns#", "contacts");
    words("https://joinpeertube.org/ns#", "commentsEnabled");
    words("https://join-lemmy.org/ns#", "Lock", "removeData");
    words("https://w3id.org/fep/8a8e/", "isBannerImage");
    references("https://w3id.org/fep/8a8e/", "attendees", "organizers");
    TERMS.put(
        "eventStatus",
        Json.object().put("@id", "https://w3id.org/fep/8a8e/eventStatus").put("@type", "@vocab"));
    words("https://w3id.org/fep/8a8e/", "EventScheduled", "EventTentative", "EventCancelled");
    // A prefix.
    TERMS.put("ical", StringNode.valueOf("http://www.w3.org/2002/12/cal/ical#"));
    words("http://www.w3.org/2002/12/cal/ical#", "status");
    references(as, "alsoKnownAs");
    references("http://joinmastodon.org/ns#", "featured");
    references("https://w3id.org/fep/044f#", "quote", "quoteAuthorization");
    references("https://gotosocial.org/ns#", "interactionPolicy", "canQuote", "automaticApproval");
    references("https://gotosocial.org/ns#", "interactingObject", "interactionTarget");
    references("https://w3id.org/security#", "controller");
    references("https://w3id.org/fep/844e#", "implements");
    TERMS.put(
        "focalPoint",
        Json.object()
            .put("@id", "http://joinmastodon.org/ns#focalPoint")
            .put("@container", "@list"));
    TERMS.put(
        "assertionMethod",
        reference("https://w3id.org/security#assertionMethod").put("@container", "@set"));
  }

  private Vocabulary() {}

  private static void words(String space, String... names) {
    for (String name : names) {
      TERMS.put(name, StringNode.valueOf(space + name));
    }
  }

  private static void references(String space, String... names) {
    for (String name : names) {
      TERMS.put(name, reference(space + name));
    }
  }

  private static ObjectNode reference(String id) {
    return Json.object().put("@id", id).put("@type", "@id");
  }

  /** Room that a context needs in a document that has every term of such a post, in bytes. */
  static int maxBytes(Content content) {
    return MAX_BYTES + (content.event().isPresent() ? MAX_EVENT_BYTES : 0);
  }

  /** The document that an object is by itself, with the context in front. */
  static String document(ObjectNode object) {
    ObjectNode out = Json.object();
    ObjectNode terms = new Terms().of(object);
    // An actor by itself, or inside of its update.
    boolean hasKey = object.has("publicKey") || object.path("object").has("publicKey");
    if (terms.isEmpty() && !hasKey) {
      out.put("@context", ACTIVITY_STREAMS);
    } else {
      ArrayNode context = out.putArray("@context").add(ACTIVITY_STREAMS);
      if (hasKey) {
        context.add(SECURITY);
      }
      context.add(terms);
    }
    return out.setAll(object).toString();
  }

  /** Names of properties and of types; what is a language's name in a map cannot be one. */
  private static final class Terms {
    private final ObjectNode found = Json.object();
    private final BiConsumer<String, JsonNode> names = this::name;
    private final BiConsumer<String, JsonNode> values = this::value;

    ObjectNode of(ObjectNode object) {
      define(object);
      return found;
    }

    private void define(JsonNode node) {
      if (node instanceof ObjectNode object) {
        object.forEachEntry(names);
        define(object.path("type").asString(""));
        object.forEachEntry(values);
      } else if (node.isArray()) {
        for (int i = 0; i < node.size(); i++) {
          define(node.get(i));
        }
      }
    }

    private void name(String name, JsonNode value) {
      define(name);
    }

    private void value(String name, JsonNode value) {
      define(value);
    }

    /** Of a name with a prefix, the prefix is the term. */
    private void define(String name) {
      int colon = name.indexOf(':');
      String key = colon < 0 ? name : name.substring(0, colon);
      JsonNode term = TERMS.get(key);
      if (term != null) {
        found.set(key, term);
      }
    }
  }
}
